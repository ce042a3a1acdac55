"""Ranges that are to be coded, each with a tick: what is ticked off is left out."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, cast

from PySide6.QtCore import QObject, Qt

from coder_app.domain.tree import CodeTree
from coder_app.edits.autocode import PlannedRange
from coder_app.gui.context import Context
from coder_app.gui.passages.hits import Group, HitsModel, Index


class PlanModel(HitsModel):
    """The hits of a plan under their sources or codes. What is coded so already is left out beforehand."""

    def __init__(self, context: Context, parent: QObject, *, names_sources: bool = False) -> None:
        super().__init__(context, parent, names_sources=names_sources)
        self._dropped: dict[int, set[int]] = {}

    def show(self, groups: Sequence[Group]) -> None:
        """Show other ranges, all of them ticked."""
        self._dropped = {}
        super().show(groups)

    def kept(self) -> list[PlannedRange]:
        """Return what is ticked."""
        return [
            cast("PlannedRange", place)
            for number, group in enumerate(self.groups)
            for within, place in enumerate(group.places)
            if within not in self._dropped.get(number, ())
        ]

    def kept_total(self) -> int:
        """Return how many ranges are ticked."""
        return self.total() - sum(map(len, self._dropped.values()))

    def tick_rows(self, rows: Iterable[int], *, is_kept: bool) -> None:
        """Tick rows or tick them off; a heading stands for all that is under it."""
        for row in rows:
            number, within = self.locate(row)
            self._tick(number, within, is_kept=is_kept)
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, 0), [Qt.ItemDataRole.CheckStateRole]
            )

    def tick_all(self, *, is_kept: bool) -> None:
        """Tick everything or nothing."""
        self.tick_rows([self.heading_row(number) for number in range(len(self.groups))], is_kept=is_kept)

    def _tick(self, number: int, within: int, *, is_kept: bool) -> None:
        dropped = self._dropped.setdefault(number, set())
        meant = range(len(self.groups[number].places)) if within < 0 else (within,)
        (dropped.difference_update if is_kept else dropped.update)(meant)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            # A plain number: Qt's own views and checks read the enum's wrapper as nothing.
            return self.state(index.row()).value
        return super().data(index, role)

    def state(self, row: int) -> Qt.CheckState:
        """Return whether a row is ticked; a heading may be so in part."""
        number, within = self.locate(row)
        dropped = self._dropped.get(number, set())
        if within >= 0:
            return Qt.CheckState.Unchecked if within in dropped else Qt.CheckState.Checked
        if not dropped:
            return Qt.CheckState.Checked
        all_gone = len(dropped) == len(self.groups[number].places)
        return Qt.CheckState.Unchecked if all_gone else Qt.CheckState.PartiallyChecked

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick_rows([index.row()], is_kept=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


def by_source(ranges: Iterable[PlannedRange]) -> list[Group]:
    """Return ranges under their sources, in the order given."""
    return [
        Group(source_id, some[0].source, some)
        for source_id, found in groupby(ranges, key=lambda one: one.source_id)
        for some in [list(found)]
    ]


def by_code(ranges: Iterable[PlannedRange], tree: CodeTree) -> list[Group]:
    """Return ranges under their codes, these in the order in which they come first."""
    found: dict[str, list[PlannedRange]] = {}
    for one in ranges:
        found.setdefault(one.code_id, []).append(one)
    return [
        Group(code_id, tree.path(code_id), some, tree[code_id].colour)
        for code_id, some in found.items()
        if code_id in tree
    ]
