"""Who had seen what: whether one change set of the journal builds on another.

Steps that follow one another in one copy form a lane. Within a lane a step has seen all that stand before
it; of other lanes it knows how far it has seen each, a small table that the steps up to the next merge share.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from coder_app.i18n import tr


@dataclass(slots=True)
class _Place:
    order: int
    lane: int
    position: int
    seen: dict[int, int]
    """How far each other lane has been seen, by lane."""


@dataclass(slots=True)
class Ancestry:
    """The change sets of a journal in their total order (made_at, id), and who has seen whom."""

    _places: dict[str, _Place] = field(default_factory=dict[str, _Place])
    _tips: list[str] = field(default_factory=list[str])
    """The last change set of each lane."""

    def add(self, change_set_id: str, parents: Iterable[str]) -> None:
        """Add the next change set in the total order. Raises ValueError where one that it builds on is missing."""
        places, parents = self._places, list(parents)
        if len(parents) == 1 and (last := places.get(parents[0])) is not None and self._tips[last.lane] == parents[0]:
            # The step after the one before it, as nearly all are.
            self._tips[last.lane] = change_set_id
            places[change_set_id] = _Place(len(places), last.lane, last.position + 1, last.seen)
            return
        try:
            before = [(parent, places[parent]) for parent in sorted(parents, key=lambda parent: places[parent].order)]
        except KeyError as error:
            raise ValueError(tr("the journal's step {id} is missing", id=error.args[0])) from error
        own = next((place for parent, place in reversed(before) if self._tips[place.lane] == parent), None)
        if own is None:
            lane, position, others = len(self._tips), 0, before
            self._tips.append(change_set_id)
        else:
            lane, position = own.lane, own.position + 1
            others = [(parent, place) for parent, place in before if place is not own]
            self._tips[lane] = change_set_id
        seen = own.seen if own is not None else {}
        if others:
            seen = _joined([seen, *(place.seen | {place.lane: place.position} for _, place in others)])
            seen.pop(lane, None)
        places[change_set_id] = _Place(len(places), lane, position, seen)

    def has_seen(self, later: str, earlier: str) -> bool:
        """Say whether `later` builds on `earlier`, directly or over others; each has seen itself."""
        a, b = self._places[later], self._places[earlier]
        if a.lane == b.lane:
            return b.position <= a.position
        return b.position <= a.seen.get(b.lane, -1)

    def order(self, change_set_id: str) -> int:
        """Return the place of a change set in the total order."""
        return self._places[change_set_id].order

    def __contains__(self, change_set_id: str) -> bool:
        return change_set_id in self._places

    def __len__(self) -> int:
        return len(self._places)


def _joined(tables: Iterable[dict[int, int]]) -> dict[int, int]:
    joined: dict[int, int] = {}
    for table in tables:
        for lane, position in table.items():
            if position > joined.get(lane, -1):
                joined[lane] = position
    return joined


def ancestry(db: Database) -> Ancestry:
    """Return who has seen whom in a project's journal. Raises ValueError where the journal has a gap."""
    found = Ancestry()
    for change_set_id, parents in db.conn.execute("SELECT id, parents FROM change_set ORDER BY made_at, id"):
        found.add(change_set_id, json.loads(parents))
    return found
