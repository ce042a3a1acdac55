"""Hits under headings that fold, as Qt's table sees them; words and codes are looked up for the rows in sight."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.domain.hits import Hit, Placed
from coder_app.domain.tree import CodeTree
from coder_app.gui.context import Context
from coder_app.gui.passages.model import PASSAGE, ShownPassage
from coder_app.gui.passages.stretches import joined
from coder_app.gui.widgets.words import plain_tip
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.queries.search import codes_covering, hits_at
from coder_app.store.project import Project

Index = QModelIndex | QPersistentModelIndex

HEADING = Qt.ItemDataRole.UserRole + 1

_CONTEXT = 100
_BLOCK = 16
_MOST_BLOCKS = 64
_NOT_THERE = -1


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the hits of one source or code; `colour` is a code's."""

    title: str
    count: int
    is_open: bool
    colour: str = ""


@dataclass(slots=True)
class Group:
    """Places that belong together, in order. Groups with one `key` that follow one another are one."""

    key: str
    title: str
    places: Sequence[Placed] = field(default_factory=list[Placed])
    colour: str = ""
    is_open: bool = True

    @property
    def rows(self) -> int:
        """How many rows are shown, the heading counted."""
        return 1 + (len(self.places) if self.is_open else 0)


class HitsModel(QAbstractTableModel):
    """Headings and hits in one column. Only places are kept: a million letters cost nothing until they are seen.

    `names_sources` adds the name of its source to each hit, for groups that are not sources.
    """

    def __init__(self, context: Context, parent: QObject | None = None, *, names_sources: bool = False) -> None:
        super().__init__(parent)
        self._context = context
        self._names_sources = names_sources
        self._groups: list[Group] = []
        self._firsts: list[int] = []
        self._rows = 0
        self._blocks: OrderedDict[tuple[int, int], list[ShownPassage]] = OrderedDict()
        self._tree: CodeTree | None = None
        self._longest: dict[str, int] = {}

    def clear(self) -> None:
        """Show nothing."""
        self.show([])

    def show(self, groups: Sequence[Group]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self._groups = list(groups)
        self._count_from(0)
        self.forget()
        self.endResetModel()

    def extend(self, groups: Iterable[Group]) -> None:
        """Add groups at the end; the first may carry on the last one that is there."""
        fresh = [group for group in groups if group.places]
        if fresh and self._groups and self._groups[-1].key == fresh[0].key:
            self._carry_on(fresh.pop(0).places)
        added = sum(group.rows for group in fresh)
        if not added:
            return
        self.beginInsertRows(QModelIndex(), self._rows, self._rows + added - 1)
        there = len(self._groups)
        self._groups += fresh
        self._count_from(there)
        self.endInsertRows()

    def _carry_on(self, places: Sequence[Placed]) -> None:
        number = len(self._groups) - 1
        last = self._groups[number]
        # The block at the seam was read when it was shorter.
        self._blocks.pop((number, len(last.places) // _BLOCK), None)
        if last.is_open:
            self.beginInsertRows(QModelIndex(), self._rows, self._rows + len(places) - 1)
        last.places = joined(last.places, places)
        self._count_from(number)
        if last.is_open:
            self.endInsertRows()
        heading = self.index(self._firsts[number], 0)
        self.dataChanged.emit(heading, heading)

    def _count_from(self, number: int) -> None:
        del self._firsts[number:]
        self._rows = self._firsts[-1] + self._groups[number - 1].rows if number else 0
        for group in self._groups[number:]:
            self._firsts.append(self._rows)
            self._rows += group.rows

    @property
    def groups(self) -> Sequence[Group]:
        """What is shown, in order."""
        return self._groups

    def total(self) -> int:
        """Return how many hits there are, those under closed headings too."""
        return sum(len(group.places) for group in self._groups)

    def locate(self, row: int) -> tuple[int, int]:
        """Return the group of a row and the hit's number in it, -1 for the heading."""
        number = bisect_right(self._firsts, row) - 1
        return number, row - self._firsts[number] - 1

    def place_at(self, row: int) -> Placed | None:
        """Return the place in a row, None for a heading."""
        number, within = self.locate(row)
        return self._groups[number].places[within] if within >= 0 else None

    def places_in(self, rows: Iterable[int]) -> list[Placed]:
        """Return the places of rows, given from top to bottom; a heading stands for all that is under it."""
        wanted: list[Placed] = []
        past = 0
        for row in rows:
            if row < past:
                continue
            number, within = self.locate(row)
            group = self._groups[number]
            if within < 0:
                wanted += group.places
                past = row + group.rows
            else:
                wanted.append(group.places[within])
        return wanted

    def row_of(self, place: Placed) -> int:
        """Return the row of a place, -1 where it is not shown."""
        meant = (place.source_id, place.start, place.stop)
        for first, group in zip(self._firsts, self._groups, strict=True):
            if group.is_open and (self._names_sources or group.key == place.source_id):
                for within, one in enumerate(group.places):
                    if (one.source_id, one.start, one.stop) == meant:
                        return first + 1 + within
        return _NOT_THERE

    def heading_row(self, number: int) -> int:
        """Return the row of a group's heading, -1 where there is no such group."""
        return self._firsts[number] if 0 <= number < len(self._firsts) else _NOT_THERE

    def next_hit(self, row: int, step: int) -> int:
        """Return the hit that follows `row` (or with step -1 comes before it), headings left out; -1: none."""
        row += step
        while 0 <= row < self._rows and self.locate(row)[1] < 0:
            row += step
        return row if 0 <= row < self._rows else _NOT_THERE

    def set_open(self, row: int, *, is_open: bool) -> int:
        """Open or close the group that a row belongs to and return the row of its heading."""
        number, _ = self.locate(row)
        group, first = self._groups[number], self._firsts[number]
        if group.is_open == is_open or not group.places:
            return first
        last = first + len(group.places)
        if is_open:
            self.beginInsertRows(QModelIndex(), first + 1, last)
        else:
            self.beginRemoveRows(QModelIndex(), first + 1, last)
        group.is_open = is_open
        self._count_from(number)
        (self.endInsertRows if is_open else self.endRemoveRows)()
        heading = self.index(first, 0)
        self.dataChanged.emit(heading, heading)
        return first

    def set_all_open(self, *, is_open: bool) -> None:
        """Open or close all groups."""
        self.beginResetModel()
        for group in self._groups:
            group.is_open = is_open
        self._count_from(0)
        self.endResetModel()

    def forget(self) -> None:
        """Look words and codes up again when they are next seen, as after a change of codings."""
        self._blocks.clear()
        self._tree = None
        self._longest.clear()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        number, within = self.locate(index.row())
        if within < 0:
            return self._heading_data(self._groups[number], role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(number, within).text
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(self._shown(number, within))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(name for name, _ in self._shown(number, within).codes)
            case _:
                return self._shown(number, within) if role == PASSAGE else None

    def _heading_data(self, group: Group, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return group.title
            case Qt.ItemDataRole.AccessibleTextRole:
                state = tr("open") if group.is_open else tr("closed")
                return f"{group.title}, {trn('{n:,} hit', '{n:,} hits', len(group.places))}, {state}"
            case _:
                heading = Heading(group.title, len(group.places), group.is_open, group.colour)
                return heading if role == HEADING else None

    def _shown(self, number: int, within: int) -> ShownPassage:
        key = (number, within // _BLOCK)
        if key not in self._blocks:
            project = self._context.project
            if project is None:
                # A large edit holds it for a moment.
                place = self._groups[number].places[within]
                return ShownPassage(place.source_id, place.start, place.stop, "", "…", "", "")
            start = key[1] * _BLOCK
            self._blocks[key] = self._read(project, self._groups[number].places[start : start + _BLOCK])
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.popitem(last=False)
        return self._blocks[key][within % _BLOCK]

    def _read(self, project: Project, places: Sequence[Placed]) -> list[ShownPassage]:
        self._tree = self._tree or code_tree(project)
        hidden = {one for place in places for one in self._context.hidden_in(place.source_id)}
        coders = [one for one in self._context.coders_shown() if one not in hidden] if hidden else None
        found = hits_at(project, places, context=_CONTEXT)
        codes = codes_covering(project, places, coders, longest=self._longest)
        return [self._passage(hit, tuple(_named(self._tree, ids))) for hit, ids in zip(found, codes, strict=True)]

    def _passage(self, hit: Hit, codes: tuple[tuple[str, str], ...]) -> ShownPassage:
        where = hit.source if self._names_sources else ""
        return ShownPassage(hit.source_id, hit.start, hit.stop, hit.before, hit.text, hit.after, where, codes=codes)


def _named(tree: CodeTree, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and colour of codes; one that went a moment ago is left out."""
    return ((tree[one].name, tree[one].colour) for one in ids if one in tree)


def _spoken(passage: ShownPassage) -> str:
    codes = ", ".join(name for name, _ in passage.codes)
    coded = tr("coded {codes}", codes=codes) if codes else ""
    words = " ".join(f"{passage.before[-40:]}{passage.text}{passage.after[:40]}".split())
    return ". ".join(part for part in (passage.text, words, passage.where, coded) if part)
