"""How to count: the choices that a person makes once for a whole table, and that are printed in it."""

from dataclasses import dataclass
from enum import StrEnum

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

EACH = "each"
MERGED = "merged"
_CONSENSUS = "consensus:"


class Mode(StrEnum):
    """What one count in a cell is."""

    SEGMENTS = "segments"
    PAIRS = "pairs"
    CHARACTERS = "characters"
    UNITS = "units"


class Unit(StrEnum):
    """The stretch of a source that is looked at as a whole."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Counting:
    """How to count. `coders` is "each", "merged", "consensus:2" (any number) or the id of one coder.

    `sources` and `codes` narrow the scope to these ids; None takes all. Codes left out still count
    for their ancestors under roll-up, and a source counts as coded whatever code was used there.
    """

    mode: Mode = Mode.SEGMENTS
    unit: Unit = Unit.PARAGRAPH
    coders: str = EACH
    roll_up: bool = False
    sources: frozenset[str] | None = None
    codes: frozenset[str] | None = None

    @property
    def at_least(self) -> int | None:
        """The number of coders that a consensus asks for; None for every other policy. Raises BadInput."""
        if not self.coders.startswith(_CONSENSUS):
            return None
        number = self.coders.removeprefix(_CONSENSUS)
        if not (number.isascii() and number.isdigit() and int(number)):
            raise BadInput(tr("“{coders}” needs a number of coders, such as consensus:2.", coders=self.coders))
        return int(number)
