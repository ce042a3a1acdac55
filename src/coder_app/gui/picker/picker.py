"""The popup at the selection: type to find or create, Enter applies, Shift+Enter applies and stays."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coder_app.domain.tree import CodeTree
from coder_app.gui.context import Context
from coder_app.gui.picker.ranking import plain, ranked
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import SWATCH, swatch, words
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree, code_uses

_ID = Qt.ItemDataRole.UserRole
_WIDTH = 380
_ROWS = 9
_SHOWN = 60
_PREVIEW = 220


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
        self._tree = CodeTree([])
        self._uses: dict[str, int] = {}
        self._recent: dict[str, int] = {}
        self._may_create = True
        self._may_stay = True
        self._groups = False
        self._excluded: set[str] = set()
        set_role(self, "card")
        self.setFixedWidth(_WIDTH)
        self._title = words("", "label")
        self._field = QLineEdit()
        self._field.setAccessibleName(tr("Find or create a code"))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._fill)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Codes that fit"))
        self._list.setIconSize(QSize(SWATCH, SWATCH))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.currentItemChanged.connect(self._preview)
        self._list.itemClicked.connect(self._on_clicked)
        set_role(self._list, "quiet")
        self._about = words("", "muted")
        self._keys = QLabel()
        set_role(self._keys, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 10)
        column.setSpacing(8)
        for widget in (self._title, self._field, self._list, self._about, self._keys):
            column.addWidget(widget)

    def note_use(self, code_id: str) -> None:
        """Remember that a code was used just now: it comes first next time."""
        self._recent[code_id] = max(self._recent.values(), default=0) + 1

    def ask(
        self,
        at: QPoint,
        title: str,
        *,
        create: bool = True,
        stay: bool = True,
        groups: bool = False,
        without: set[str] | None = None,
    ) -> None:
        """Open at the global point `at`.

        `create` offers new codes, `stay` several in a row, `groups` also the codes that only group others.
        """
        project = self._context.project
        if project is None:
            return
        self._tree = code_tree(project)
        self._uses = {code_id: use.codings for code_id, use in code_uses(project).items()}
        self._may_create, self._may_stay, self._groups, self._excluded = create, stay, groups, without or set()
        self._field.setPlaceholderText(tr("Type to find or create a code") if create else tr("Type to find a code"))
        self._title.setText(title)
        self._keys.setText(
            tr("Enter applies · Shift+Enter applies and stays · Esc leaves")
            if stay
            else tr("Enter chooses · Esc leaves")
        )
        self._field.clear()
        self._fill("")
        self._place(at)
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, at: QPoint) -> None:
        self.adjustSize()
        screen = QGuiApplication.screenAt(at) or self.screen()
        room = screen.availableGeometry()
        x = min(max(at.x(), room.left() + 8), room.right() - self.width() - 8)
        below = at.y() + 8
        y = below if below + self.height() <= room.bottom() else at.y() - self.height() - 34
        self.move(x, max(room.top() + 8, y))

    def _fill(self, typed: str) -> None:
        self._list.clear()
        found = ranked(self._tree, typed.strip(), self._recent, self._uses, groups=self._groups)
        for code_id in [one for one in found if one not in self._excluded][:_SHOWN]:
            code = self._tree[code_id]
            parent = self._tree.parent(code_id)
            item = QListWidgetItem(swatch(code.colour), code.name + (f"   {self._tree.path(parent)}" if parent else ""))
            item.setData(_ID, code_id)
            self._list.addItem(item)
        name = typed.strip()
        if self._may_create and name and not self._is_there(name):
            item = QListWidgetItem(tr("Create “{name}”", name=name))
            item.setData(_ID, "")
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        rows = min(_ROWS, max(1, self._list.count()))
        self._list.setFixedHeight(rows * max(26, self._list.sizeHintForRow(0)) + 6)
        self._preview()

    def _preview(self, *_: object) -> None:
        code_id = self._list.currentItem().data(_ID) if self._list.currentRow() >= 0 else ""
        parts: list[str] = []
        if code_id:
            code = self._tree[code_id]
            parts = [code.definition] if code.definition else []
            if code.not_when:
                parts.append(tr("Not when: {text}", text=code.not_when))
        elif not self._list.count():
            parts = [self._why_nothing()]
        about = "\n".join(part if len(part) <= _PREVIEW else part[:_PREVIEW] + "…" for part in parts)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.setFixedHeight(self.sizeHint().height() if not about else self._height_with_preview())

    def _is_there(self, name: str) -> bool:
        """Say whether a code has this name or path; one letter's case makes no other code."""
        wanted = plain(name)
        return any(wanted in (plain(code.name), plain(self._tree.path(code.id))) for code in self._tree.walk())

    def _why_nothing(self) -> str:
        name = self._field.text().strip()
        groups = (code for code in self._tree.walk() if not code.is_codable)
        if any(plain(code.name) == plain(name) for code in groups):
            return tr("“{name}” only groups other codes; the menu Codebook can change that.", name=name)
        return tr("No code fits.") if name else tr("There are no codes yet. Type a name to make one.")

    def _height_with_preview(self) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(_WIDTH) if layout is not None else self.sizeHint().height()

    def _on_clicked(self, _item: QListWidgetItem) -> None:
        self._choose(stay=False)

    def _choose(self, *, stay: bool) -> None:
        if self._list.currentRow() < 0:
            return
        code_id, typed = self._list.currentItem().data(_ID), self._field.text().strip()
        if not (stay and self._may_stay):
            self.hide()
        if code_id:
            self.note_use(code_id)
            self.code_picked.emit(code_id)
        else:
            self.create_requested.emit(typed)
        if stay and self._may_stay and self._context.project is not None:
            self._tree = code_tree(self._context.project)
            self._field.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._choose(stay=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    step = 1 if event.key() == Qt.Key.Key_Down else -1
                    count = max(1, self._list.count())
                    self._list.setCurrentRow((self._list.currentRow() + step) % count)
                    return True
                case _:
                    pass
        return super().eventFilter(watched, event)

    def hideEvent(self, event: object) -> None:
        self.left.emit()
