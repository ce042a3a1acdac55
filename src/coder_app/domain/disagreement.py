"""Where coders of one text differ, what they agree on, and what was decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Difference(StrEnum):
    """How coders differ: somebody marked nothing, marked it with another code, or with other borders."""

    MISSED = "missed"
    CODE = "code"
    BOUNDARY = "boundary"


class Outcome(StrEnum):
    """What stands after a decision: one coder's codings, those of all, none, or others than anybody's."""

    ONE = "one"
    ALL = "all"
    NONE = "none"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch [start, stop) that a coder gave a code; several codings where these overlap."""

    coder_id: str
    code_id: str
    start: int
    stop: int
    coding_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place of a source, [start, stop) in code points, where its coders differ.

    `coders` are all who coded the source, those without a mark here included. `overlap` is the share of the
    characters marked by anybody that all who marked here have in common (1 where all marked the same stretch).
    """

    kind: Difference
    source_id: str
    start: int
    stop: int
    marks: tuple[Mark, ...]
    coders: tuple[str, ...]
    overlap: float

    @property
    def coding_ids(self) -> tuple[str, ...]:
        """Return the codings that it is about."""
        return tuple(sorted(one for mark in self.marks for one in mark.coding_ids))

    def of(self, coder_id: str) -> tuple[Mark, ...]:
        """Return what one coder marked here."""
        return tuple(mark for mark in self.marks if mark.coder_id == coder_id)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A stretch to which all coders of a source gave a code; [start, stop) is what all of them marked."""

    source_id: str
    code_id: str
    start: int
    stop: int
    coding_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A code on a stretch [start, stop) of a source, as somebody decides that it should be."""

    start: int
    stop: int
    code_id: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a decision teaches about a code: `where` is "use_when", "not_when" or "memo"."""

    code_id: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided about a disagreement: `side` is the coder taken (ONE), `own` what stands (OWN)."""

    outcome: Outcome
    side: str | None = None
    own: tuple[Placed, ...] = ()
    reason: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was made, with the place [start, stop) in the text `text_hash` of then; times in UTC."""

    id: str
    round_id: str | None
    source_id: str
    text_hash: str
    start: int
    stop: int
    kind: str
    judged: tuple[str, ...]
    agreed: tuple[str, ...]
    outcome: str
    side: str | None
    reason: str
    coder_id: str | None
    created_at: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round of coding; `closed_at` is None while it is open. Times in UTC."""

    id: str
    name: str
    number: int
    is_blind: bool
    opened_at: str
    closed_at: str | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A source that a coder is to code in a round; `done_at` is None until it is finished."""

    round_id: str
    source_id: str
    coder_id: str
    done_at: str | None


@dataclass(frozen=True, slots=True)
class Blinds:
    """Whose codings are not shown where: in these sources nobody's but those of the coder at work."""

    coder_id: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """The name of the round that hides them, by source id."""

    def hide(self, source_id: str, coder_id: str) -> bool:
        """Say whether a coder's codings of a source are not to be seen."""
        return coder_id != self.coder_id and source_id in self.sources


NOTHING_HIDDEN = Blinds()
"""Everything is to be seen."""
