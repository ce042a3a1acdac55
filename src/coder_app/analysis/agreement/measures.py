"""Which coefficients are computed for so many coders, and what they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement import coefficients
from coder_app.analysis.agreement.decisions import NO, YES
from coder_app.analysis.agreement.ratings import Reals, Sums
from coder_app.i18n import tr

_PAIR = 2
PERCENT, ALPHA, COHEN, LIGHT = "percent_agreement", "krippendorff_alpha", "cohen_kappa", "light_kappa"
POSITIVE, AC1 = "positive_agreement", "gwet_ac1"
FLEISS, CONGER, SCOTT = "fleiss_kappa", "conger_kappa", "scott_pi"


@dataclass(frozen=True, slots=True)
class Measure:
    """A coefficient with its id in files, and its version where several go by one name."""

    id: str
    title: str
    version: str


def measures(coders: int) -> tuple[Measure, ...]:
    """Return the coefficients for so many coders, in the order of tables."""
    two = (
        Measure(COHEN, tr("Cohen’s kappa"), "Cohen 1960"),
        Measure(SCOTT, tr("Scott’s pi"), "Scott 1955"),
    )
    more = (
        Measure(FLEISS, tr("Fleiss’ kappa"), "Fleiss 1971; Gwet 2014 where a coder is missing"),
        Measure(LIGHT, tr("Light’s kappa"), "Light 1971: mean of Cohen’s kappa over pairs of coders"),
        Measure(CONGER, tr("Conger’s kappa"), "Conger 1980; Gwet 2014 where a coder is missing"),
    )
    return (
        Measure(PERCENT, tr("Percent agreement"), "mean over units of agreeing pairs of coders"),
        Measure(ALPHA, tr("Krippendorff’s alpha"), "Krippendorff 2011, nominal"),
        *(two if coders == _PAIR else more),
        Measure(AC1, tr("Gwet’s AC1"), "Gwet 2008, two categories"),
        Measure("brennan_prediger", tr("Brennan–Prediger"), "Brennan & Prediger 1981, two categories"),
        Measure(POSITIVE, tr("Positive agreement"), "2a / (2a + b + c)"),
        Measure("negative_agreement", tr("Negative agreement"), "2d / (2d + b + c)"),
    )


_FUNCTIONS: Mapping[str, Callable[[Sums], Reals]] = {
    PERCENT: coefficients.percent,
    ALPHA: coefficients.alpha,
    COHEN: coefficients.light,  # of one pair, the mean over pairs is Cohen's
    LIGHT: coefficients.light,
    SCOTT: coefficients.fleiss,  # which it is with two coders
    FLEISS: coefficients.fleiss,
    CONGER: coefficients.conger,
    AC1: coefficients.ac1,
    "brennan_prediger": coefficients.brennan_prediger,
    POSITIVE: lambda sums: coefficients.specific(sums, YES),
    "negative_agreement": lambda sums: coefficients.specific(sums, NO),
}


def functions(coders: int) -> dict[str, Callable[[Reals], Reals]]:
    """Return the coefficients as functions of sums over decisions.

    For a code that nobody used only the percent agreement is defined.
    """
    return {measure.id: _of_array(measure.id, coders) for measure in measures(coders)}


def _of_array(measure: str, coders: int) -> Callable[[Reals], Reals]:
    def of(array: Reals) -> Reals:
        sums = Sums(array, 2, coders)
        value = _FUNCTIONS[measure](sums)
        return value if measure == PERCENT else np.where(sums.values[..., YES] > 0, value, np.nan)

    return of
