"""How to count: the choices that a person makes once for a whole table, and that are printed in it."""

from dataclasses import dataclass
from enum import StrEnum

from coder_app.analysis.spans import Relation
from coder_app.domain.distance import Distance, Measure, checked
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
    RELATION = "relation"
    PROXIMITY = "proximity"
    WINDOWS = "windows"


DIRECTED = frozenset({Mode.RELATION, Mode.PROXIMITY})
"""Modes in which a cell is read from its row to its column."""


class Unit(StrEnum):
    """The stretch of a source, or the case, that is looked at as a whole."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    TURN = "turn"
    WINDOW = "window"
    DOCUMENT = "document"
    CASE = "case"


WHOLES = frozenset({Unit.DOCUMENT, Unit.CASE})
"""Units that no document holds several of."""


NEXT_PARAGRAPH = Distance(1, Measure.PARAGRAPHS)
HUNDRED_WORDS = Distance(100, Measure.WORDS)


@dataclass(frozen=True, slots=True)
class Counting:
    """How to count. `coders` is "each", "merged", "consensus:2" (any number) or the id of one coder.

    `sources` and `codes` narrow the scope to these ids; None takes all. Codes left out still count
    for their ancestors under roll-up, and a source counts as coded whatever code was used there.
    `relation` is asked for in the mode `relation`, `distance` in `proximity`, `stanza` (the lines of a moving
    window, the current one included) in `windows`; `window` is how long the unit `window` is.
    `scope` says in words which sources these are; it is only printed.
    """

    mode: Mode = Mode.SEGMENTS
    unit: Unit = Unit.PARAGRAPH
    coders: str = EACH
    roll_up: bool = False
    sources: frozenset[str] | None = None
    codes: frozenset[str] | None = None
    relation: Relation = Relation.WITHIN
    distance: Distance = NEXT_PARAGRAPH
    window: Distance = HUNDRED_WORDS
    stanza: int = 4
    scope: str = ""

    @property
    def at_least(self) -> int | None:
        """The number of coders that a consensus asks for; None for every other policy. Raises BadInput."""
        if not self.coders.startswith(_CONSENSUS):
            return None
        number = self.coders.removeprefix(_CONSENSUS)
        if not (number.isascii() and number.isdigit() and int(number)):
            raise BadInput(tr("“{coders}” needs a number of coders, such as consensus:2.", coders=self.coders))
        return int(number)

    @property
    def is_directed(self) -> bool:
        """Whether a cell is read from its row to its column, and the other one may differ."""
        return self.mode in DIRECTED

    def check(self) -> None:
        """Raise BadInput for choices that cannot be counted whatever the codings are."""
        checked(self.distance)
        if self.mode is Mode.WINDOWS and self.unit in WHOLES:
            raise BadInput(tr("A moving window needs lines in a document; choose paragraphs, sentences or turns."))
        if self.stanza < 1:
            raise BadInput(tr("A moving window needs at least one line, not {n}.", n=self.stanza))
        if self.window.number < 1 or self.window.measure not in {Measure.WORDS, Measure.CHARACTERS}:
            raise BadInput(tr("A fixed window is so many words or characters long, such as 100 words."))
