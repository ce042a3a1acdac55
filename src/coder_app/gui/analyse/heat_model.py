"""One block of a co-occurrence as Qt's table sees it: names, numbers and how strongly each cell is coloured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.analysis.block import Block
from coder_app.analysis.how import Counting
from coder_app.analysis.hypergeometric import Reals
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.options import Colour, Shows, colour_words
from coder_app.gui.analyse.sentences import cell_words, coefficient, short_names, short_number
from coder_app.gui.analyse.strengths import strengths
from coder_app.gui.analyse.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex

PairDetails = Callable[[str, str], tuple[tuple[str, str], ...]]
"""Names and values of what was computed of a pair of codes."""

VALUE = Qt.ItemDataRole.UserRole
DOT = "·"


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn in a cell. `shade` is 0 to 1 between the heat colours, None where the cell has no colour."""

    words: str
    shade: float | None
    is_own: bool


class HeatModel(QAbstractTableModel):
    """The full symmetric matrix of the codes that a block uses; the diagonal holds their own numbers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[str, ...] = ()
        self._block: Block | None = None
        self._how = Counting()
        self._tree = CodeTree([])
        self._colour = Colour.COUNT
        self._shows = Shows.COUNT
        self._details: PairDetails | None = None
        self._strengths: Reals | None = None
        self._names: dict[str, str] = {}
        self._place: dict[str, int] = {}
        self.highest = 0.0

    def show(
        self,
        block: Block | None,
        how: Counting,
        tree: CodeTree,
        colour: Colour,
        shows: Shows = Shows.COUNT,
        details: PairDetails | None = None,
    ) -> None:
        """Show another block. Where the codes are the same, places and choice of cells stay.

        `details` gives what was computed of a pair besides, for its tooltip.
        """
        codes = block.codes if block is not None else ()
        names = short_names(codes, tree)
        same = codes == self._codes and names == self._names
        if not same:
            self.beginResetModel()
        self._block, self._how, self._tree, self._colour = block, how, tree, colour
        self._shows, self._details = shows, details
        self._strengths = None if block is None else strengths(block, colour)
        self._codes, self._names = codes, names
        self._place = {code_id: place for place, code_id in enumerate(codes)}
        self.highest = self._highest()
        if not same:
            self.endResetModel()
        elif codes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(codes) - 1, len(codes) - 1))

    def clear(self) -> None:
        """Show no table."""
        self.show(None, Counting(), CodeTree([]), Colour.COUNT)

    def _highest(self) -> float:
        known = self._strengths
        if known is None or np.isnan(known).all():
            return 0.0
        return max(0.0, float(np.nanmax(known)))

    def _strength(self, row: int, column: int) -> float | None:
        """Return what a cell's colour stands for, None where it is undefined."""
        value = np.nan if self._strengths is None else float(self._strengths[row, column])
        return None if np.isnan(value) else value

    def widest(self) -> str:
        """Return the longest number of all cells."""
        block = self._block
        if block is None:
            return ""
        longest = f"{max([block.counts.highest(), *map(block.n, self._codes)]):,}"
        if self._shows is Shows.COUNT or self._strengths is None or np.isnan(self._strengths).all():
            return longest
        return max(longest, "-.00", short_number(float(np.nanmax(self._strengths))), key=len)

    @property
    def names(self) -> list[str]:
        """The names of the codes in their order, as rows and columns bear them."""
        return [self._names[code_id] for code_id in self._codes]

    def pair(self, index: Index) -> tuple[str, str]:
        """Return the ids of the codes of a cell: of its row and of its column."""
        return self._codes[index.row()], self._codes[index.column()]

    def index_of(self, pair: tuple[str, str]) -> QModelIndex:
        """Return the cell of two codes; an invalid one where the table lacks them."""
        row, column = self._place.get(pair[0]), self._place.get(pair[1])
        return self.index(row, column) if row is not None and column is not None else QModelIndex()

    def look(self, row: int, column: int) -> Look:
        """Return how a cell is drawn."""
        if self._block is None:
            return Look("", None, is_own=False)
        code_a, code_b = self._codes[row], self._codes[column]
        if row == column:
            return Look(f"{self._block.n(code_a):,}", None, is_own=True)
        both = self._block.n_ab(code_a, code_b)
        if not both:
            return Look("" if both is None else DOT, None, is_own=False)
        strength = self._strength(row, column)
        # Less than chance has no colour: the scale runs from nothing to the strongest tie.
        shade = max(0.0, strength) / self.highest if strength is not None and self.highest else None
        if self._shows is Shows.COEFFICIENT and self._colour is not Colour.COUNT:
            return Look("–" if strength is None else short_number(strength), shade, is_own=False)
        return Look(f"{both:,}", shade, is_own=False)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._codes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._codes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid() or self._block is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.look(index.row(), index.column()).words
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._said(index))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._said(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case _:
                pair = self.pair(index)
                own = pair[0] == pair[1]
                return (self._block.n(pair[0]) if own else self._block.n_ab(*pair)) if role == VALUE else None

    def _said(self, index: Index) -> str:
        if self._block is None:
            return ""
        pair = self.pair(index)
        said = cell_words(self._block, self._how, (self._names[pair[0]], self._names[pair[1]]), pair)
        if pair[0] == pair[1] or self._block.n_ab(*pair) is None:
            return said
        if self._colour is not Colour.COUNT:
            value = coefficient(self._strength(index.row(), index.column()))
            said += f"; {colour_words()[self._colour]} {value}"
        details = () if self._details is None else self._details(*pair)
        return "\n".join([said, *(f"{name} {value}" for name, value in details)])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not 0 <= section < len(self._codes):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[self._codes[section]]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tree.path(self._codes[section]))
        return self._tree.path(self._codes[section]) if role == Qt.ItemDataRole.AccessibleTextRole else None
