"""What a reader of agreement figures should be told beside them: why one is missing, and when one misleads."""

from math import ceil

from coder_app.analysis.agreement.intervals import FIRM
from coder_app.domain.number_words import decimal
from coder_app.i18n import tr

# Feinstein and Cicchetti (1990) show 85 % agreement with kappa .32; their pair with .70 needs no warning.
_HIGH, _LOW = 0.80, 0.50
_NORMAL_05 = 1.644854


def why_undefined(*, is_used: bool) -> str:
    """Return why a coefficient has no value for a code."""
    if not is_used:
        return tr("undefined: nobody used this code")
    return tr("undefined (no variation)")


def paradox(percent: float | None, kappa: float | None, prevalence: float | None) -> str | None:
    """Return a warning where coders agree on most units and kappa is low all the same, or None."""
    if percent is None or kappa is None or prevalence is None or percent < _HIGH or kappa >= _LOW:
        return None
    return tr(
        "High agreement ({percent} %) with a low kappa ({kappa}): the code is in {prevalence} % of the decisions, so"
        " chance alone agrees often. Read positive and negative agreement beside it.",
        percent=round(100 * percent),
        kappa=decimal(kappa, 2),
        prevalence=round(100 * prevalence, 1),
    )


def units_needed(prevalence: float | None) -> int | None:
    """Return how many units it takes to tell an alpha of .800 from a lower one at the 5 % level.

    None where nothing varies. After Bloch and Kraemer (1989) as Krippendorff uses it, for the rarer decision.
    """
    if prevalence is None or not 0 < prevalence < 1:
        return None
    varying = 4 * (1 - FIRM) * prevalence * (1 - prevalence)
    return ceil(_NORMAL_05**2 * ((1 + FIRM) * (3 - FIRM) / varying - FIRM))
