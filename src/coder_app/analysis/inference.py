"""What is computed of a co-occurrence table besides its counts: choices that are printed with it."""

from dataclasses import dataclass
from enum import StrEnum

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr


class Against(StrEnum):
    """What chance is compared with: units shuffled inside documents, or one code turned round in them."""

    NONE = "none"
    PERMUTATION = "permutation"
    CIRCULAR = "circular"


OF_UNITS = (
    "jaccard",
    "dice",
    "ochiai",
    "overlap",
    "p_b_given_a",
    "p_a_given_b",
    "lift",
    "pmi",
    "npmi",
    "phi",
    "chi2",
    "g2",
    "fisher",
)
"""Coefficients of the table of units, as columns name them (`association.COEFFICIENTS`)."""

CHARACTERS = "char_jaccard"
COMPATIBLE = "c"
EVERY = (*OF_UNITS, CHARACTERS, COMPATIBLE)
DEFAULT = ("lift", "npmi", "phi", "p_b_given_a", "p_a_given_b")
"""What a table shows besides the Jaccard coefficient unless other coefficients are asked for."""


@dataclass(frozen=True, slots=True)
class Inference:
    """What to compute besides counts. `intervals` are the coefficients that get one, of OF_UNITS or char_jaccard.

    A pair is tested where both codes are in `fewest_units` units and `fewest_documents` documents; how often they
    are together decides nothing. `coded_only` takes as N the units in which anything is coded. `over_cases` draws
    cases instead of documents for the intervals, where several documents belong to one.
    """

    test: Against = Against.NONE
    intervals: tuple[str, ...] = ()
    coefficients: tuple[str, ...] = DEFAULT
    seed: int = 1
    resamples: int = 10_000
    fewest_units: int = 3
    fewest_documents: int = 2
    coded_only: bool = False
    over_cases: bool = False

    @property
    def is_long(self) -> bool:
        """Whether anything is resampled or shuffled, which takes its time."""
        return self.test is not Against.NONE or bool(self.intervals)

    def check(self) -> None:
        """Raise BadInput for coefficients that nobody knows, and for numbers that make no sense."""
        unknown = [name for name in self.coefficients if name not in EVERY]
        unknown += [name for name in self.intervals if name not in OF_UNITS or name == "fisher"]
        if unknown:
            raise BadInput(
                tr(
                    "There is no coefficient “{name}” here; choose among {known}.",
                    name=unknown[0],
                    known=", ".join(EVERY),
                )
            )
        if self.seed < 0 or self.resamples < 1 or self.fewest_units < 1 or self.fewest_documents < 1:
            raise BadInput(tr("The seed cannot be negative, and resamples and least numbers are 1 or more."))
