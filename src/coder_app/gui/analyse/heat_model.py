"""One block of a co-occurrence as Qt's table sees it: names, numbers and how strongly each cell is coloured."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.analysis.block import Block
from coder_app.analysis.how import Counting, Mode
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.options import Colour
from coder_app.gui.analyse.sentences import cell_words, coefficient, jaccard_of, short_names
from coder_app.gui.analyse.tips import plain_tip
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex

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
        self._names: dict[str, str] = {}
        self._place: dict[str, int] = {}
        self.highest = 0.0

    def show(self, block: Block | None, how: Counting, tree: CodeTree, colour: Colour) -> None:
        """Show another block. Where the codes are the same, places and choice of cells stay."""
        codes = block.codes if block is not None else ()
        names = short_names(codes, tree)
        same = codes == self._codes and names == self._names
        if not same:
            self.beginResetModel()
        self._block, self._how, self._tree, self._colour = block, how, tree, colour
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
        block = self._block
        if block is None:
            return 0.0
        if self._colour is Colour.COUNT:
            return block.counts.highest()
        by_unit = block.by_unit if block.mode in {Mode.SEGMENTS, Mode.PAIRS} else block.counts
        return by_unit.highest_jaccard() if by_unit is not None else 0.0

    def _strength(self, code_a: str, code_b: str) -> float | None:
        """Return what a cell's colour stands for, None where it is undefined."""
        if self._block is None:
            return None
        if self._colour is Colour.COUNT:
            return self._block.n_ab(code_a, code_b)
        return jaccard_of(self._block, code_a, code_b)

    def widest(self) -> str:
        """Return the longest number of all cells."""
        block = self._block
        if block is None:
            return ""
        return f"{max([block.counts.highest(), *map(block.n, self._codes)]):,}"

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
        strength = self._strength(code_a, code_b)
        shade = strength / self.highest if strength is not None and self.highest else None
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
        if pair[0] == pair[1] or self._colour is not Colour.JACCARD:
            return said
        return said + tr("; Jaccard {value}", value=coefficient(jaccard_of(self._block, *pair)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not 0 <= section < len(self._codes):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[self._codes[section]]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tree.path(self._codes[section]))
        return self._tree.path(self._codes[section]) if role == Qt.ItemDataRole.AccessibleTextRole else None
