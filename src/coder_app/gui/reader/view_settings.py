"""How the text is shown, to be changed while one looks at it: a small popup over the reader."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.reader.layout import Numbers, ReaderStyle
from coder_app.gui.theme import set_role
from coder_app.gui.theme.fonts import TEXT_FAMILIES
from coder_app.gui.widgets.words import SWATCH, swatch, words
from coder_app.i18n import tr
from coder_app.settings import Settings

_WIDTH = 380
_LIST_HEIGHT = 200
_ID = Qt.ItemDataRole.UserRole
_DEPTH = Qt.ItemDataRole.UserRole + 1
_INDENT = "\u2003"


def style_of(values: Settings) -> ReaderStyle:
    """Return how the text is set as the person likes it."""
    usual = ReaderStyle()
    try:
        numbers = Numbers(values.reader_numbers)
    except ValueError:  # of a newer app
        numbers = Numbers.NONE
    return ReaderStyle(
        family=values.reader_font,
        pixels=round(values.reader_size * values.text_scale),
        line_height=values.reader_line_height,
        columns=values.reader_columns,
        margin=usual.margin if values.reader_margin else 0,
        minimap=values.reader_minimap,
        numbers=numbers,
    )


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as it is offered: `depth` is 0 at the top, `colour` "#rrggbb"."""

    code_id: str
    name: str
    colour: str
    depth: int


class ViewSettings(QFrame):
    """Changes `values` as the person does and says so; nothing needs to be confirmed."""

    style_changed = Signal()
    codes_shown_changed = Signal(object)
    """The ids of the codes whose codings are to be seen as a set, None for all."""

    def __init__(self, values: Settings, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._values = values
        self._is_filling = False
        set_role(self, "card")
        self.setAccessibleName(tr("How the text is shown"))
        self.setFixedWidth(_WIDTH)
        self._make_inputs()
        self._make_codes()
        self._arrange()
        self.fill()

    def _make_inputs(self) -> None:
        self.font_box = QComboBox(self)
        self.font_box.addItem(tr("Usual ({name})", name=TEXT_FAMILIES[0]), "")
        for family in QFontDatabase.families():
            if not QFontDatabase.isPrivateFamily(family):
                self.font_box.addItem(family, family)
        self.size_box = QSpinBox(self)
        self.size_box.setRange(8, 48)
        self.size_box.setSuffix(tr(" px"))
        self.columns_box = QSpinBox(self)
        self.columns_box.setRange(30, 160)
        self.columns_box.setSingleStep(2)
        self.columns_box.setSuffix(tr(" characters"))
        self.spacing_box = QDoubleSpinBox(self)
        self.spacing_box.setRange(1.0, 3.0)
        self.spacing_box.setSingleStep(0.1)
        self.spacing_box.setDecimals(1)
        self.numbers_box = QComboBox(self)
        for numbers, said in (
            (Numbers.NONE, tr("None")),
            (Numbers.PARAGRAPHS, tr("Paragraphs")),
            (Numbers.LINES, tr("Lines")),
            (Numbers.FIFTH_LINES, tr("Each fifth line")),
        ):
            self.numbers_box.addItem(said, numbers.value)
        self.margin_box = QCheckBox(tr("Codings beside the text"), self)
        self.minimap_box = QCheckBox(tr("Map of the whole text"), self)
        self.font_box.currentIndexChanged.connect(self._keep)
        self.numbers_box.currentIndexChanged.connect(self._keep)
        for spin in (self.size_box, self.columns_box):
            spin.valueChanged.connect(self._keep)
        self.spacing_box.valueChanged.connect(self._keep)
        for check in (self.margin_box, self.minimap_box):
            check.toggled.connect(self._keep)

    def _make_codes(self) -> None:
        self.filter_field = QLineEdit(self)
        self.filter_field.setPlaceholderText(tr("Filter codes"))
        self.filter_field.setAccessibleName(tr("Filter codes"))
        self.filter_field.textChanged.connect(self._filter)
        self.codes_list = QListWidget(self)
        self.codes_list.setAccessibleName(tr("Codes shown in the text"))
        self.codes_list.setIconSize(QSize(SWATCH, SWATCH))
        self.codes_list.setFixedHeight(_LIST_HEIGHT)
        self.codes_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.codes_list.setTextElideMode(Qt.TextElideMode.ElideRight)
        set_role(self.codes_list, "quiet")
        self.codes_list.itemChanged.connect(self._on_checked)
        self.all_button = QPushButton(tr("Show all"), self)
        self.none_button = QPushButton(tr("Hide all"), self)
        self.all_button.clicked.connect(lambda: self._check_all(Qt.CheckState.Checked))
        self.none_button.clicked.connect(lambda: self._check_all(Qt.CheckState.Unchecked))
        self.usual_button = QPushButton(tr("As usual"), self)
        self.usual_button.setToolTip(tr("Face, size, width and spacing as they were at first"))
        self.usual_button.clicked.connect(self._reset)
        for button in (self.all_button, self.none_button, self.usual_button):
            set_role(button, "link")

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in (
            (tr("Font"), self.font_box),
            (tr("Size"), self.size_box),
            (tr("Line width"), self.columns_box),
            (tr("Spacing of lines"), self.spacing_box),
            (tr("Numbers"), self.numbers_box),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        head, codes = QHBoxLayout(), QHBoxLayout()
        head.addWidget(words(tr("Text"), "label"))
        head.addStretch(1)
        head.addWidget(self.usual_button)
        codes.addWidget(words(tr("Codes shown"), "label"))
        codes.addStretch(1)
        codes.setSpacing(14)
        codes.addWidget(self.all_button)
        codes.addWidget(self.none_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(form)
        column.addWidget(self.margin_box)
        column.addWidget(self.minimap_box)
        column.addSpacing(8)
        column.addLayout(codes)
        column.addWidget(self.filter_field)
        column.addWidget(self.codes_list)

    def open(self, at: QPoint) -> None:
        """Open with the upper right corner at the global point `at`, moved so that all of it is on the screen."""
        self.fill()
        self.adjustSize()
        screen = (QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()).availableGeometry()
        x = min(max(at.x() - self.width(), screen.left()), screen.right() + 1 - self.width())
        y = min(max(at.y(), screen.top()), screen.bottom() + 1 - self.height())
        self.move(x, y)
        self.show()
        self.size_box.setFocus(Qt.FocusReason.PopupFocusReason)

    # how the text is set

    def fill(self) -> None:
        """Show the values of today."""
        values = self._values
        self._is_filling = True
        self.font_box.setCurrentIndex(max(self.font_box.findData(values.reader_font), 0))
        self.size_box.setValue(values.reader_size)
        self.columns_box.setValue(values.reader_columns)
        self.spacing_box.setValue(values.reader_line_height)
        self.numbers_box.setCurrentIndex(max(self.numbers_box.findData(values.reader_numbers), 0))
        self.margin_box.setChecked(values.reader_margin)
        self.minimap_box.setChecked(values.reader_minimap)
        self._is_filling = False

    def _keep(self, *_: object) -> None:
        if self._is_filling:
            return
        values = self._values
        values.reader_font = str(self.font_box.currentData())
        values.reader_size = self.size_box.value()
        values.reader_columns = self.columns_box.value()
        values.reader_line_height = round(self.spacing_box.value(), 1)
        values.reader_numbers = str(self.numbers_box.currentData())
        values.reader_margin = self.margin_box.isChecked()
        values.reader_minimap = self.minimap_box.isChecked()
        self.style_changed.emit()

    def _reset(self) -> None:
        usual = Settings()
        for name in ("reader_font", "reader_size", "reader_columns", "reader_line_height"):
            setattr(self._values, name, getattr(usual, name))
        self.fill()
        self.style_changed.emit()

    # which codes are shown

    def set_codes(self, entries: Iterable[CodeEntry], shown: Set[str] | None) -> None:
        """Offer these codes, parents before their children; `shown` are those whose codings are seen, None for all."""
        self._is_filling = True
        self.codes_list.clear()
        for entry in entries:
            item = QListWidgetItem(swatch(entry.colour), _INDENT * entry.depth + entry.name)
            item.setToolTip("")
            item.setData(_ID, entry.code_id)
            item.setData(_DEPTH, entry.depth)
            is_shown = shown is None or entry.code_id in shown
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self.codes_list.addItem(item)
        self._is_filling = False
        self._filter(self.filter_field.text())

    def _items(self) -> Sequence[QListWidgetItem]:
        return [self.codes_list.item(row) for row in range(self.codes_list.count())]

    def _filter(self, wanted: str) -> None:
        wanted = wanted.casefold().strip()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    def _on_checked(self, item: QListWidgetItem) -> None:
        """Let the codes under one follow it, then say what is shown."""
        if self._is_filling:
            return
        self._is_filling = True
        items = self._items()
        for below in items[self.codes_list.row(item) + 1 :]:
            if below.data(_DEPTH) <= item.data(_DEPTH):
                break
            below.setCheckState(item.checkState())
        self._is_filling = False
        self._tell()

    def _check_all(self, state: Qt.CheckState) -> None:
        """Show or hide all codes that the filter leaves."""
        self._is_filling = True
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)
        self._is_filling = False
        self._tell()

    def _tell(self) -> None:
        items = self._items()
        shown = {str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked}
        self.codes_shown_changed.emit(None if len(shown) == len(items) else shown)
