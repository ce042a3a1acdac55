"""The two tables: quiet, row by row, with keys of their own for what can be done with their rows."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.words.lines_model import LEFT, RIGHT, SOURCE, WORD, LinesModel
from coder_app.gui.words.words_model import COUNT, PER_THOUSAND, WordsModel
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_AIR = 12
_SAMPLE_ROWS = 200
_WIDEST_WORD = 220


class _Table(QTableView):
    """Whole rows to choose, no grid, rows as high as their type asks for."""

    entered = Signal()
    """Enter was pressed, or a row was clicked twice."""

    def __init__(self, theme: ThemeSource, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        set_role(self, "rows")
        theme.changed.connect(self._fit_rows)
        self.doubleClicked.connect(self._on_double_click)
        self._fit_rows(theme.theme)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is None:
            return
        # To draw a heading Qt looks whether each row of its column is selected: seconds for half a million rows.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))

    def _fit_rows(self, theme: Theme) -> None:
        self.verticalHeader().setDefaultSectionSize(round(theme.sizes.interface * 1.25) + _AIR)

    def _on_double_click(self, _index: QModelIndex) -> None:
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() in _ENTER and plain and self.currentIndex().isValid():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def chosen_rows(self) -> list[int]:
        """Return the selected rows in their order."""
        return sorted(row for first, last in self._ranges() for row in range(first, last + 1))

    def chosen_count(self) -> int:
        """Return how many rows are selected."""
        return sum(last - first + 1 for first, last in self._ranges())

    def _ranges(self) -> set[tuple[int, int]]:
        # By ranges: to ask for the indexes of half a million rows would take seconds.
        selection = self.selectionModel().selection()
        ranges = (selection.at(n) for n in range(selection.count()))
        return {(one.top(), one.bottom()) for one in ranges}

    def menu_place(self, at: QPoint) -> QPoint:
        """Return where a menu asked for at `at` opens: there, or at the current row for the menu key."""
        inside = at if self.viewport().rect().contains(at) else self.visualRect(self.currentIndex()).center()
        return self.viewport().mapToGlobal(inside)


class WordsTable(_Table):
    """The counted words. Enter goes on to the lines, Delete leaves the chosen words out."""

    leave_out_requested = Signal()

    def __init__(self, theme: ThemeSource, model: WordsModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Words"), parent)
        self.setModel(model)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(0)
        self.setSortingEnabled(True)
        header.setSortIndicatorClearable(False)
        header.setSortIndicatorShown(False)  # the model puts an arrow behind the name, where it covers no letter
        self.sortByColumn(COUNT, Qt.SortOrder.DescendingOrder)
        header.setMinimumSectionSize(56)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setColumnWidth(PER_THOUSAND, 90)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.leave_out_requested.emit()
        else:
            super().keyPressEvent(event)


class LinesTable(_Table):
    """Words in their context. Enter opens the place, C or Ctrl+Enter codes."""

    code_requested = Signal()

    def __init__(self, theme: ThemeSource, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Words in context"), parent)
        self._lines = model
        self.setModel(model)
        self.setItemDelegate(_LineCell(theme, self))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(40)
        for column in (LEFT, RIGHT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(WORD, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SOURCE, QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def fit(self) -> None:
        """Give the words the room that the first of them need, and the names of sources a fifth."""
        font = QFont(self.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        rows = range(min(_SAMPLE_ROWS, len(self._lines.lines)))
        widest = max((line.stop - line.start for line in (self._lines.lines[row] for row in rows)), default=0)
        width = metrics.horizontalAdvance("n" * widest) + 24
        self.setColumnWidth(WORD, max(64, min(_WIDEST_WORD, width)))
        self.setColumnWidth(SOURCE, max(70, min(160, self.viewport().width() // 5)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        # The window has the same key for the passage in the reader, which is out of sight here.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _codes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _codes(event):
            self.code_requested.emit()
        else:
            super().keyPressEvent(event)


def _codes(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _ENTER:
        return modifiers == Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_C and modifiers == Qt.KeyboardModifier.NoModifier


class _LineCell(QStyledItemDelegate):
    """Sets what stands before a word against it, the word in bold, the source muted; right to left where need be."""

    def __init__(self, theme: ThemeSource, parent: LinesTable) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        model, column = index.model(), index.column()
        if not isinstance(model, LinesModel):
            return
        theme = self._theme.theme
        line = model.shown(index.row())
        sides = {LEFT: Qt.AlignmentFlag.AlignRight, WORD: Qt.AlignmentFlag.AlignHCenter}
        side = sides.get(column, Qt.AlignmentFlag.AlignLeft)
        option.displayAlignment = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        starts = RIGHT if line.is_mirrored else LEFT
        option.textElideMode = Qt.TextElideMode.ElideLeft if column == starts else Qt.TextElideMode.ElideRight
        if line.is_mirrored and column != SOURCE:
            option.direction = Qt.LayoutDirection.RightToLeft
        ink = theme.ink
        if column == WORD:
            option.font.setBold(True)
            ink = theme.accent
        elif column == SOURCE:
            ink = theme.muted
            option.font.setPixelSize(theme.sizes.note)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, ink)
