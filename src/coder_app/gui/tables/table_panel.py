"""The middle column: title, table or chart, export, and a note on what the numbers rest on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.errors import AppError
from coder_app.exporters.figures.table_chart import table_drawing
from coder_app.gui.context import Context
from coder_app.gui.tables.chart import ChartView
from coder_app.gui.tables.export import ExportButton
from coder_app.gui.tables.notes import note_of
from coder_app.gui.tables.sheet import Sheet, sheet_of
from coder_app.gui.tables.sheet_model import SheetModel
from coder_app.gui.tables.sheet_view import SheetView
from coder_app.gui.tables.strips import StripRow, StripsView
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.reports.table_options import TableKind
from coder_app.reports.tables import Made, of_block

TABLE, CHART = 0, 1


class TablePanel(QFrame):
    """Shows one block of a table at a time, as numbers or as its picture."""

    cell_chosen = Signal(object)
    opened = Signal(object)
    place_chosen = Signal(str, int, int)
    passages_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "paper")
        self.title = QLabel(tr("Tables"))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.title, "heading")
        self.export = ExportButton(context)
        self.model = SheetModel(self)
        self.view = SheetView(context.theme, self.model)
        self.chart = ChartView(context.theme)
        self.strips = StripsView(context.theme)
        self.note = words("", "muted")
        self.empty = words("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._made: Made | None = None
        self._block = ""
        self._mode = TABLE
        self._drawn: tuple[Made, str] | None = None
        self._switch = QFrame()
        self._modes = QButtonGroup(self)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        set_role(self._switch, "segmented")
        self._switch.setFixedHeight(32)
        row = QHBoxLayout(self._switch)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(0)
        for mode, name in ((TABLE, tr("Table")), (CHART, tr("Chart"))):
            button = QToolButton()
            button.setText(name)
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.setChecked(mode == TABLE)
            self._modes.addButton(button, mode)
            row.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._switch)
        head.addWidget(self.export)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._shapes = QStackedWidget()
        for shape in (self.view, self.chart, self.strips):
            self._shapes.addWidget(shape)
        column.addWidget(self._shapes, 1)
        column.addWidget(self.note)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 20, 34, 20)
        whole.setSpacing(14)
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._modes.idClicked.connect(self.turn_to)
        self.view.cell_chosen.connect(self.cell_chosen)
        self.view.opened.connect(self.opened)
        self.chart.place_pointed.connect(self._on_pointed)
        self.chart.passages_wanted.connect(self.passages_wanted)
        self.strips.place_chosen.connect(self.place_chosen)

    def turn_to(self, mode: int) -> None:
        """Show the table (TABLE) or its picture (CHART)."""
        self._mode = mode
        self._modes.button(mode).setChecked(True)
        self._show_shape()

    def show_block(self, made: Made, block: str) -> None:
        """Show one block of a table, or the sentence that says why there is nothing to show."""
        self._made, self._block = made, block
        sheet = sheet_of(made, block)
        self.title.setText(made.table.title)
        self.model.show(sheet)
        if not sheet.rows:
            self._say(_why_empty(made))
            self.export.take(made)
            return
        self.export.take(made)
        self.note.setText(note_of(made, block))
        self._show_shape()
        self._pages.setCurrentIndex(1)

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self.model.sheet

    def _show_shape(self) -> None:
        if self._mode == TABLE or self._made is None:
            self._shapes.setCurrentWidget(self.view)
        elif self._made.gathered.options.kind is TableKind.COVERAGE:
            self.strips.strips.show(_strip_rows(self._made, self._block))
            self._shapes.setCurrentWidget(self.strips)
        else:
            self._draw(self._made)
            self._shapes.setCurrentWidget(self.chart)

    def _draw(self, made: Made) -> None:
        if self._drawn == (made, self._block):
            return
        self._drawn = made, self._block
        try:
            drawing = table_drawing(made.gathered.options.kind.value, of_block(made, self._block), titled=False)
        except AppError as error:
            self.note.setText(str(error))
            return
        self.chart.show_drawing(drawing, tr("Chart: {title}", title=made.table.title))

    def _on_pointed(self, row: str, column: str) -> None:
        """Make the cell that a place of the picture stands for the current one."""
        place = self.model.find({"code_id": row})
        ids = [one.id for one in self.sheet.columns]
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place, ids.index(column) if column in ids else 0))

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a table."""
        self._made = None
        self.title.setText(tr("Tables"))
        self.model.clear()
        self.export.take(None)
        self._say(sentence)

    def say_counting(self) -> None:
        """Say that it takes a moment; the table before stays in sight where there is one."""
        if self._pages.currentIndex() == 0:
            self.empty.setText(tr("Counting…"))
        else:
            self.note.setText(tr("Counting again…"))

    def _say(self, sentence: str) -> None:
        self.empty.setText(sentence)
        self._pages.setCurrentIndex(0)


def _why_empty(made: Made) -> str:
    kind = made.gathered.options.kind
    if kind is TableKind.UNCODED:
        return tr("Every passage is coded: nothing is left to do here.")
    if kind is TableKind.CONTRADICTIONS:
        return tr("No passage has two codes that exclude each other.")
    return tr("There is nothing to show. Widen the scope at the left.")


def _strip_rows(made: Made, block: str) -> list[StripRow]:
    material = made.gathered.material
    shares = {
        str(row[-1]): float(row[4] or 0)
        for row in made.table.rows
        if row[0] == block and isinstance(row[4], float | None)
    }
    found = next((one for one in made.coverage if one.coders == block), None)
    if found is None:
        return []
    return [
        StripRow(one, document.name, document.characters, shares.get(one, 0.0), found)
        for one, document in material.sources.items()
    ]
