"""The popup at the selection: type to find or create, Enter applies, Shift+Enter applies and stays."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coder_app.domain.tree import CodeTree
from coder_app.gui.context import Context
from coder_app.gui.picker.placing import place_beside
from coder_app.gui.picker.preview import shortened
from coder_app.gui.picker.ranking import plain
from coder_app.gui.picker.rows import Choices, Row
from coder_app.gui.picker.view import APPLIED, KEYS, NAME, NOTE, ChoiceDelegate
from coder_app.gui.theme import set_role
from coder_app.gui.theme.values import Sizes
from coder_app.gui.widgets.key_cap import keys_of_codes
from coder_app.gui.widgets.words import plain_tip, swatch, words
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree, code_uses, codes_used_lately

_WIDTH = 380
_ROWS = 9
_OFFERS = 2
_SIDE = 14
_BORDERS = 4
_PREVIEW_LINES = 6


class CodePicker(QFrame):
    """Asks for a code. Nothing happens before the person chooses; Escape or a click elsewhere leaves."""

    code_picked = Signal(str)
    """The id of an existing code."""
    create_requested = Signal(str)
    """The name, or path with " > ", of a code to be made and used."""
    left = Signal()
    """The popup was closed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self._choices = Choices(CodeTree([]), {}, {})
        self._keys_of: dict[str, list[str]] = {}
        self._used: dict[str, int] = {}
        self._applied: set[str] = set()
        self._rows: list[Row] = []
        self._title_text = ""
        self._may_create = True
        self._may_stay = True
        self._groups = False
        self._excluded: set[str] = set()
        self._name_to_place = ""
        set_role(self, "card")
        self._title = words("", "label")
        self._field = QLineEdit()
        self._field.setAccessibleName(tr("Find or create a code"))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._fill)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Codes that fit"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(ChoiceDelegate(context.theme, self._list))
        self._list.currentItemChanged.connect(self._preview)
        self._list.itemClicked.connect(self._on_clicked)
        set_role(self._list, "quiet")
        self._about = words("", "muted")
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._keys = QLabel()
        set_role(self._keys, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 14, _SIDE, 10)
        column.setSpacing(8)
        for widget in (self._title, self._field, self._list, self._about, self._keys):
            column.addWidget(widget)

    def note_use(self, code_id: str) -> None:
        """Remember that a code was used just now: it comes first next time, and is on the passage."""
        self._used[code_id] = max(self._used.values(), default=0) + 1
        self._applied.add(code_id)

    def ask(
        self,
        about: QRect | QPoint,
        title: str,
        *,
        create: bool = True,
        stay: bool = True,
        groups: bool = False,
        without: set[str] | None = None,
        applied: Collection[str] = (),
    ) -> None:
        """Open beside `about`, a point or an area of the screen, without covering it.

        `create` offers new codes, `stay` several in a row, `groups` also the codes that only group others;
        the `applied` are ticked.
        """
        if self._context.project is None:
            return
        self._may_create, self._may_stay, self._groups, self._excluded = create, stay, groups, without or set()
        self._applied = set(applied)
        self._title_text = title
        self._read()
        self._ask_for_code("")
        self._measure()
        self._preview()
        area = about if isinstance(about, QRect) else QRect(about, QSize(1, 1))
        screen = QGuiApplication.screenAt(area.topLeft()) or self.screen()
        self.move(place_beside(area, self.size(), screen.availableGeometry()))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _read(self) -> None:
        project = self._context.project
        if project is None:
            return
        lately = {code_id: -place for place, code_id in enumerate(codes_used_lately(project), start=-1000)}
        recent = lately | {code_id: 1000 + number for code_id, number in self._used.items()}
        uses = {code_id: use.codings for code_id, use in code_uses(project).items()}
        self._choices = Choices(code_tree(project), recent, uses)
        self._keys_of = keys_of_codes(project)

    def _measure(self) -> None:
        """Take a size that does not change while one types; larger words need a wider popup."""
        self.setFixedWidth(_WIDTH * self._context.theme.theme.sizes.interface // Sizes().interface)
        tree = self._choices.tree
        most = len(tree) + _OFFERS * self._may_create
        self._list.setFixedHeight(min(_ROWS, max(2, most)) * max(26, self._list.sizeHintForRow(0)) + 6)
        told = any(code.definition or code.not_when for code in tree.walk())
        lines = _PREVIEW_LINES if told else 2
        self._about.setFixedHeight(lines * self._about.fontMetrics().lineSpacing())
        self.adjustSize()

    # what is asked: for a code, or for the one above a new one

    def _ask_for_code(self, typed: str) -> None:
        self._name_to_place = ""
        found = tr("Type to find or create a code") if self._may_create else tr("Type to find a code")
        keys = tr("Enter applies · Shift+Enter applies and stays · Esc leaves")
        self._say(self._title_text, found, keys if self._may_stay else tr("Enter chooses · Esc leaves"), typed)

    def _ask_for_parent(self, name: str) -> None:
        self._name_to_place = name
        hint = tr("Type to find the code above “{name}”", name=name)
        self._say(tr("Under which code?"), hint, tr("Enter creates it there · Esc goes back"), "")

    def _say(self, title: str, hint: str, keys: str, typed: str) -> None:
        self._title.setText(title)
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint)
        self._keys.setText(keys)
        self._field.setText(typed)
        self._fill(typed)

    def _fill(self, typed: str) -> None:
        typed = typed.strip()
        placing = bool(self._name_to_place)
        rows = self._choices.codes(typed, groups=self._groups or placing, without=() if placing else self._excluded)
        if self._may_create and not placing:
            rows += self._choices.new(typed)
        self._rows = rows
        self._list.clear()
        for row in rows:
            self._list.addItem(self._item(row))
        self._list.setCurrentRow(0)
        self._preview()

    def _item(self, row: Row) -> QListWidgetItem:
        item = QListWidgetItem(row.text + (f"   {row.note}" if row.note else ""))
        item.setData(NAME, row.text)
        item.setData(NOTE, row.note)
        if row.code_id:
            item.setIcon(swatch(self._choices.tree[row.code_id].colour))
            item.setToolTip(plain_tip([self._choices.tree.path(row.code_id)]))
            item.setData(KEYS, self._keys_of.get(row.code_id, []))
            item.setData(APPLIED, row.code_id in self._applied and not self._name_to_place)
        return item

    def _current(self) -> Row | None:
        place = self._list.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _preview(self, *_: object) -> None:
        row = self._current()
        parts: list[str] = []
        if row is None:
            parts = [self._why_nothing()]
        elif row.code_id:
            code = self._choices.tree[row.code_id]
            parts = [code.definition] if code.definition else []
            if code.not_when:
                parts.append(tr("Do not use when: {text}", text=code.not_when))
        metrics, width = self._about.fontMetrics(), self.width() - 2 * _SIDE - _BORDERS
        self._about.setText(shortened(parts, self._about.height() // metrics.lineSpacing(), metrics, width))

    def _why_nothing(self) -> str:
        name = self._field.text().strip()
        groups = (code for code in self._choices.tree.walk() if not code.is_codable)
        if any(plain(code.name) == plain(name) for code in groups):
            return tr("“{name}” only groups other codes; the menu Codebook can change that.", name=name)
        return tr("No code fits.") if name else tr("There are no codes yet. Type a name to make one.")

    # what is chosen

    def _on_clicked(self, _item: QListWidgetItem) -> None:
        self._choose(stay=False)

    def _choose(self, *, stay: bool) -> None:
        row = self._current()
        if row is None:
            return
        if row.asks_parent:
            self._ask_for_parent(row.path)
            return
        if self._name_to_place:
            row = self._choices.under(row.code_id, self._name_to_place)
        stay = stay and self._may_stay
        if not stay:
            self.hide()
        if row.code_id:
            self.note_use(row.code_id)
            self.code_picked.emit(row.code_id)
        else:
            self.create_requested.emit(row.path)
        if stay:
            self._read()
            self._ask_for_code("")

    def _step(self, by: int) -> None:
        self._list.setCurrentRow((self._list.currentRow() + by) % max(1, self._list.count()))

    def _on_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False leaves it to the field."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(stay=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Escape if self._name_to_place:
                self._ask_for_code(self._name_to_place)
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: object) -> None:
        self.left.emit()
