"""Reads the codings that a table counts, in slices that leave the window free, and afterwards only what changed."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.analysis.columns import Codings, Ids, Row, joined, numbered
from coder_app.analysis.directed import Marks
from coder_app.analysis.how import HUNDRED_WORDS, Mode, Unit
from coder_app.analysis.units import Grid, splitter
from coder_app.domain.distance import Distance, Measure, marks
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.gui.context import Context
from coder_app.queries.places import places_from
from coder_app.queries.sources import text_of
from coder_app.store.project import Project

_SLICE_SECONDS = 0.02
_AT_ONCE = 20
"""So many sources are read before the caller goes on."""

_ROWS = 4_000
"""So many codings of one source are asked for at once, in some 10 ms."""

_NO_HALF: tuple[str, list[Row], int | None] = "", [], 0
_Key: TypeAlias = Hashable
_UNITS, _MARKS = "units", "marks"


class CodingsReader(QObject):
    """The codings of the open project and the units of its texts, as far as they have been read.

    `coded` are the sources that have codings, `fresh` those that were read since the reader of them has last
    emptied the set.
    """

    done = Signal()
    """Everything that was asked for has been read."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        context.blinding.changed.connect(self._on_blinding)
        self.clear()

    def clear(self) -> None:
        """Forget all: another project, or none."""
        self._timer.stop()
        self._tree = CodeTree([])
        self.codings = numbered([], self._tree)
        # What texts are cut into for the table at hand, and what has been cut so far, by what it was cut into.
        self._grid_key: _Key = None
        self._marks_key: _Key = None
        self._cutters: dict[_Key, Callable[[str], list[Span]] | Callable[[str], list[int]]] = {}
        self._cut: dict[_Key, dict[str, list[Span] | list[int]]] = {}
        # To be read: whether the codings are, besides the text. And what was read since `done`.
        self._unread: dict[str, bool] = {}
        self._is_much = False
        self._pieces: list[tuple[set[str], Codings]] = []
        # A source with very many codings, those that are read of it, and where to go on.
        self._half = _NO_HALF
        self.coded: set[str] = set()
        self.fresh: set[str] = set()

    def expect(self, source_ids: Collection[str], *, texts: bool) -> None:
        """Note that the codings of these sources are to be read again, and their texts, too."""
        self._unread.update(dict.fromkeys(source_ids, True))
        if self._half[0] in source_ids:
            self._half = _NO_HALF
        if texts:
            gone = set(source_ids)
            # A table that was counted keeps the units that it was counted with.
            self._cut = {
                key: {source_id: units for source_id, units in known.items() if source_id not in gone}
                for key, known in self._cut.items()
            }

    def _on_blinding(self) -> None:
        # Which sources were hidden before is not known here; all are read again.
        self._half = _NO_HALF
        self.expect(self.coded | self._context.blinding.sources, texts=False)

    def grid(self) -> Grid | None:
        """Return the units of the sources that have codings; None for whole documents and cases."""
        known: Mapping[str, Sequence[tuple[int, int]]] | None = self._cut.get(self._grid_key)  # pyright: ignore[reportAssignmentType] (the key says which cutter filled it)
        return known

    def marks(self) -> Marks | None:
        """Return where the words or paragraphs begin by which nearness is measured; None where none are needed."""
        known: Mapping[str, Sequence[int]] | None = self._cut.get(self._marks_key)  # pyright: ignore[reportAssignmentType] (the key says which cutter filled it)
        return known

    def start(
        self,
        tree: CodeTree,
        unit: Unit,
        *,
        window: Distance = HUNDRED_WORDS,
        mode: Mode = Mode.SEGMENTS,
        distance: Distance | None = None,
    ) -> None:
        """Read what is missing to count so; `done` follows, at once where that is little."""
        self._timer.stop()
        self._tree = tree
        self._cutters.clear()
        self._grid_key = self._marks_key = None
        split = splitter(unit, window)
        if split is not None:
            self._grid_key = (_UNITS, unit, window if unit is Unit.WINDOW else None)
            self._cutters[self._grid_key] = split
        if mode is Mode.PROXIMITY and distance is not None and distance.measure is not Measure.CHARACTERS:
            self._marks_key = (_MARKS, distance.measure)
            self._cutters[self._marks_key] = partial(marks, measure=distance.measure)
        for key in self._cutters:
            for source_id in self.coded - self._cut.setdefault(key, {}).keys():
                self._unread.setdefault(source_id, False)
        # All codes of the tree have a number afterwards, also where nothing is to be read.
        self._pieces.append((set(), numbered([], tree, self._ids())))
        self._is_much = len(self._unread) > _AT_ONCE
        if self._is_much:
            self._timer.start(0)
        else:
            self._go_on()

    def stop(self) -> None:
        """Leave the rest for another time."""
        self._timer.stop()

    def _go_on(self) -> None:
        """Read a slice, put together what was read, or tell it: each of much in an event of its own."""
        project = self._context.project
        if project is None:
            return
        if self._unread:
            self._slice(project)
            self._is_much |= bool(self._unread)
        elif self._pieces:
            self._join()
        else:
            self.done.emit()
            return
        if self._is_much:
            self._timer.start(0)
        else:
            self._go_on()

    def _slice(self, project: Project) -> None:
        end = perf_counter() + _SLICE_SECONDS
        rows: list[Row] = []
        read: set[str] = set()
        cut: dict[_Key, dict[str, list[Span] | list[int]]] = {key: {} for key in self._cutters}
        while self._unread and (not read or perf_counter() < end):
            source_id, codings_too = self._unread.popitem()
            if codings_too:
                found = self._rows(project, source_id, end)
                if found is None:
                    self._unread[source_id] = True
                    break
                rows += found
                read.add(source_id)
            if source_id in self.coded:
                self._cut_text(project, source_id, cut)
        self._pieces.append((read, numbered(rows, self._tree, self._ids())))
        # A table that was counted keeps the mapping that it was counted with.
        self._cut |= {key: self._cut[key] | found for key, found in cut.items()}

    def _cut_text(self, project: Project, source_id: str, cut: dict[_Key, dict[str, list[Span] | list[int]]]) -> None:
        missing = [key for key in self._cutters if source_id not in self._cut[key]]
        if missing:
            text = text_of(project, source_id)
            for key in missing:
                cut[key][source_id] = self._cutters[key](text)

    def _rows(self, project: Project, source_id: str, end: float) -> list[Row] | None:
        """Return the codings of a source; None where the time is up before all are read, to go on another time."""
        hides = self._context.blinding.hides
        half, rows, start = self._half
        if half != source_id:
            rows, start = list[Row](), 0
        while start is not None:
            places, start = places_from(project, source_id, start, _ROWS)
            rows += [(source_id, *place[2:]) for place in places if not hides(source_id, place[5])]
            if start is not None and perf_counter() > end:
                self._half = source_id, rows, start
                return None
        self._half = _NO_HALF
        (self.coded.add if rows else self.coded.discard)(source_id)
        return rows

    def _ids(self) -> Ids:
        return self._pieces[-1][1].ids if self._pieces else self.codings.ids

    def _join(self) -> None:
        """Put the pieces beside what was known; of a source that was read twice the later codings count."""
        parts: list[Codings] = []
        later: set[str] = set()
        for read, piece in reversed(self._pieces):
            parts.append(piece.where(~piece.within(later)) if read & later else piece)
            later |= read
        parts.append(self.codings.where(~self.codings.within(later)) if len(self.codings) else self.codings)
        self.codings = joined(reversed(parts))
        self._pieces.clear()
        self.fresh |= later
