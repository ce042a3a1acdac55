"""The grid as one works in it: typing, clearing, copying and pasting blocks, one key after the other."""

import csv
import io

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.gui.cases.grid_model import INHERITED, GridModel, Index
from coder_app.gui.theme import ThemeSource, set_role
from coder_app.gui.widgets.only import choose_only
from coder_app.i18n import tr

NAMES_WIDTH = 232
_COLUMN_WIDTH = 128
_ROW_HEIGHT = 30
_KEEPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_OWN_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridView(QTableView):
    """Shows a GridModel; Enter keeps what is typed and goes down, Tab goes on to the right."""

    values_requested = Signal(object)
    """Values are wanted: a list of (variable, case or source, text)."""
    cut_off = Signal(int, int)
    """So many rows and columns that were pasted had no place."""
    variable_menu_requested = Signal(int, QPoint)
    """The menu of a column is asked for at a place of the screen."""
    row_menu_requested = Signal(int, QPoint)
    """The menu of a row is asked for at a place of the screen; -1 is no row."""
    row_opened = Signal(int)
    """A row's name was clicked twice."""

    def __init__(self, theme: ThemeSource, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self._sorted = -1
        self.setModel(model)
        self.setItemDelegate(_Cell(theme, model, self))
        self.setAccessibleName(tr("Values"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        set_role(self, "grid")
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(_COLUMN_WIDTH)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across.customContextMenuRequested.connect(self._ask_variable_menu)
        across.sectionClicked.connect(self.sort_by)
        down.setFixedWidth(NAMES_WIDTH)
        down.setDefaultSectionSize(_ROW_HEIGHT)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setHighlightSections(True)
        down.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        down.customContextMenuRequested.connect(self._ask_name_menu)
        down.sectionDoubleClicked.connect(self.row_opened)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_row_menu)

    def _ask_variable_menu(self, place: QPoint) -> None:
        header = self.horizontalHeader()
        self.variable_menu_requested.emit(header.logicalIndexAt(place), header.viewport().mapToGlobal(place))

    def _ask_row_menu(self, place: QPoint) -> None:
        self.row_menu_requested.emit(self.rowAt(place.y()), self.viewport().mapToGlobal(place))

    def _ask_name_menu(self, place: QPoint) -> None:
        header = self.verticalHeader()
        self.row_menu_requested.emit(header.logicalIndexAt(place), header.viewport().mapToGlobal(place))

    def sort_by(self, column: int) -> None:
        """Sort by a column, the other way round at the second time, as it was at the third."""
        kept = self.current_id()
        if column != self._sorted:
            self._sorted = column
            self._grid.sort(column, Qt.SortOrder.AscendingOrder)
        elif self._grid.headerData(column, Qt.Orientation.Horizontal).endswith("▴"):
            self._grid.sort(column, Qt.SortOrder.DescendingOrder)
        else:
            self._sorted = -1
            self._grid.sort(-1)
        self.choose(kept, column)

    def current_id(self) -> str:
        """Return the case or source of the current row, or ""."""
        row = self.currentIndex().row()
        return self._grid.rows[row].id if 0 <= row < len(self._grid.rows) else ""

    def choose(self, row_id: str, column: int = 0) -> None:
        """Make a cell of this row the current one, where the row is shown."""
        row = self._grid.row_of(row_id)
        if row >= 0:
            index = self._grid.index(row, min(max(column, 0), self._grid.columnCount() - 1))
            choose_only(self, index)
            self.scrollTo(index)

    def chosen_rows(self) -> list[str]:
        """Return the cases or sources in whose rows something is selected, from the top."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [self._grid.rows[row].id for row in rows]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            # The window has actions on these keys, which mean codes and not cells.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid():
                choose_only(self, below)

    def copy(self) -> None:
        """Copy the rectangle around the selection, as spreadsheets take it."""
        chosen = {(index.row(), index.column()): index for index in self.selectedIndexes()}
        if not chosen:
            return
        rows = range(min(row for row, _ in chosen), max(row for row, _ in chosen) + 1)
        columns = range(min(column for _, column in chosen), max(column for _, column in chosen) + 1)
        text = io.StringIO()
        writer = csv.writer(text, dialect="excel-tab", lineterminator="\n")
        for row in rows:
            writer.writerow([str(chosen[row, n].data() or "") if (row, n) in chosen else "" for n in columns])
        QGuiApplication.clipboard().setText(text.getvalue().removesuffix("\n"))

    def clear(self) -> None:
        """Take the values of the selected cells away."""
        filled = [index for index in self.selectedIndexes() if self._grid.own_text(index)]
        if filled and self._grid.editable:
            self.values_requested.emit([(*self._grid.place(index), "") for index in filled])

    def paste(self) -> None:
        """Put what was copied into the cells from the first selected one on; one value fills all that are selected."""
        chosen = self.selectedIndexes()
        block = _block(QGuiApplication.clipboard().text())
        if not chosen or not block or not self._grid.editable:
            return
        if len(block) == 1 and len(block[0]) == 1:
            self.values_requested.emit([(*self._grid.place(index), block[0][0]) for index in chosen])
            return
        top, left = min(index.row() for index in chosen), min(index.column() for index in chosen)
        height, width = self._grid.rowCount() - top, self._grid.columnCount() - left
        widest = max(map(len, block))
        if len(block) > height or widest > width:
            # Told first: that a value is refused matters more.
            self.cut_off.emit(max(0, len(block) - height), max(0, widest - width))
        self.values_requested.emit(
            [
                (*self._grid.place(self._grid.index(top + n, left + m)), text)
                for n, cells in enumerate(block[:height])
                for m, text in enumerate(cells[:width])
            ]
        )
        self._select_block(top, left, min(len(block), height), min(widest, width))

    def _select_block(self, top: int, left: int, height: int, width: int) -> None:
        selection = self.selectionModel()
        selection.clearSelection()
        for row in range(top, top + height):
            for column in range(left, left + width):
                selection.select(self._grid.index(row, column), QItemSelectionModel.SelectionFlag.Select)


def _block(text: str) -> list[list[str]]:
    """Return copied cells by rows; quotation marks may hold tabs and line breaks."""
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), dialect="excel-tab"))
    except csv.Error:
        rows = [line.split("\t") for line in text.splitlines()]
    return [row or [""] for row in rows]


class _Cell(QStyledItemDelegate):
    """Greys what comes from cases, and offers while one types what the variable has elsewhere."""

    def __init__(self, theme: ThemeSource, model: GridModel, view: GridView) -> None:
        super().__init__(view)
        self._theme = theme
        self._grid = model
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(INHERITED):
            option.palette.setColor(QPalette.ColorRole.Text, self._theme.theme.muted)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.theme.muted)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        variable = self._grid.grid.variables[index.column()]
        line.setAccessibleName(variable.name)
        line.setFrame(False)
        set_role(line, "cell")
        hints = {"date": "2026-03-01", "datetime": "2026-03-01 09:30", "boolean": tr("yes or no")}
        line.setPlaceholderText(hints.get(variable.type, ""))
        known = [tr("yes"), tr("no")] if variable.type == "boolean" else self._grid.known_values(index.column())
        if variable.type in ("text", "boolean"):
            completer = QCompleter(known, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            line.setCompleter(completer)
        return line

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            index = self._view.currentIndex()
            if event.key() in _KEEPING and self._grid.is_unreadable(index, editor.text()):
                # The project refuses it in a sentence; what was typed stays, to be mended.
                self._grid.setData(index, editor.text())
                return True
        return super().eventFilter(editor, event)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._grid.setData(index, editor.text())
