"""Reads the codings that a table counts, in slices that leave the window free, and afterwards only what changed."""

from collections.abc import Collection
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.analysis.columns import Codings, Ids, Row, joined, numbered
from coder_app.analysis.counting import Grid
from coder_app.analysis.how import Unit
from coder_app.domain.text import Span, paragraphs, sentences
from coder_app.domain.tree import CodeTree
from coder_app.gui.context import Context
from coder_app.queries.codings import coded_spans_in
from coder_app.queries.sources import text_of
from coder_app.store.project import Project

_SLICE_SECONDS = 0.03
_SPLIT = {Unit.PARAGRAPH: paragraphs, Unit.SENTENCE: sentences}


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
        self._timer.timeout.connect(self._slice)
        self.clear()

    def clear(self) -> None:
        """Forget all: another project, or none."""
        self._timer.stop()
        self._tree = CodeTree([])
        self.codings = numbered([], self._tree)
        self._unit = Unit.DOCUMENT
        self._grids: dict[Unit, dict[str, list[Span]]] = {}
        # To be read: whether the codings are, besides the text. And what was read since `done`.
        self._unread: dict[str, bool] = {}
        self._pieces: list[tuple[set[str], Codings]] = []
        self.coded: set[str] = set()
        self.fresh: set[str] = set()

    def expect(self, source_ids: Collection[str], *, texts: bool) -> None:
        """Note that the codings of these sources are to be read again, and their texts, too."""
        self._unread.update(dict.fromkeys(source_ids, True))
        if texts:
            gone = set(source_ids)
            # A table that was counted keeps the units that it was counted with.
            self._grids = {
                unit: {source_id: units for source_id, units in grid.items() if source_id not in gone}
                for unit, grid in self._grids.items()
            }

    def grid(self) -> Grid | None:
        """Return the units of the sources that have codings; None for whole documents."""
        return self._grids[self._unit] if self._unit in _SPLIT else None

    def start(self, tree: CodeTree, unit: Unit) -> None:
        """Read what is missing; `done` follows, at once where that is little."""
        self._timer.stop()
        self._tree, self._unit = tree, unit
        grid = self._grids.setdefault(unit, {})
        if unit in _SPLIT:
            for source_id in self.coded - grid.keys():
                self._unread.setdefault(source_id, False)
        self._slice()

    def stop(self) -> None:
        """Leave the rest for another time."""
        self._timer.stop()

    def _slice(self) -> None:
        project = self._context.project
        if project is None:
            return
        end = perf_counter() + _SLICE_SECONDS
        rows: list[Row] = []
        read: set[str] = set()
        units: dict[str, list[Span]] = {}
        while self._unread and (not read or perf_counter() < end):
            source_id, codings_too = self._unread.popitem()
            if codings_too:
                rows += self._rows(project, source_id)
                read.add(source_id)
            if source_id in self.coded and self._unit in _SPLIT and source_id not in self._grids[self._unit]:
                units[source_id] = _SPLIT[self._unit](text_of(project, source_id))
        self._pieces.append((read, numbered(rows, self._tree, self._ids())))
        self._grids[self._unit] = self._grids[self._unit] | units
        if self._unread:
            self._timer.start(0)
        else:
            self._join()
            self.done.emit()

    def _rows(self, project: Project, source_id: str) -> list[Row]:
        found = coded_spans_in(project, source_id)
        (self.coded.add if found else self.coded.discard)(source_id)
        return found

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
