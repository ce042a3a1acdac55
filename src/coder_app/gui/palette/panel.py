"""The palette (Ctrl+K): type a few letters of a text, a code or an action, Enter goes there."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coder_app.gui.actions import ACTIONS, ActionSet
from coder_app.gui.context import Context
from coder_app.gui.palette.entries import Entry, ranked
from coder_app.gui.theme import icon, set_role
from coder_app.gui.widgets.words import swatch
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import sources

_WIDTH = 560
_SHOWN = 40
_ROWS = 12
_ENTRY = Qt.ItemDataRole.UserRole


class Palette(QFrame):
    """A popup at the head of the window."""

    source_chosen = Signal(str)
    code_chosen = Signal(str)
    words_wanted = Signal(str)

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self._actions = actions
        self._over = parent
        self._entries: list[Entry] = []
        set_role(self, "card")
        self.setFixedWidth(_WIDTH)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Search texts, codes, actions"))
        self._field.setAccessibleName(tr("Search texts, codes, actions"))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._fill)
        self._list = QListWidget(self)
        self._list.setAccessibleName(tr("What fits"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setIconSize(QSize(14, 14))
        self._list.itemClicked.connect(self._on_clicked)
        set_role(self._list, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(self._list)

    def open(self) -> None:
        """Show the palette with everything that can be reached now."""
        self._entries = self._collect()
        self._field.clear()
        self._fill("")
        corner = self._over.mapToGlobal(QPoint((self._over.width() - _WIDTH) // 2, 60))
        self.move(corner)
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _collect(self) -> list[Entry]:
        found: list[Entry] = []
        project = self._context.project
        if project is not None:
            tree = code_tree(project)
            for code in tree.walk():
                parent = tree.parent(code.id)
                found.append(Entry("code", code.id, code.name, tree.path(parent) if parent else "", code.colour))
            found += [Entry("source", one.id, one.name, one.folder) for one in sources(project)]
        for action in ACTIONS:
            text = self._actions[action.id].text().replace("&&", "&")
            if self._actions[action.id].isEnabled():
                found.append(Entry("action", action.id, text, self._actions[action.id].shortcut().toString()))
            elif wish := _wish(self._actions.missing(action.id)):
                found.append(Entry("later", action.id, text, wish))
        return found

    def _fill(self, typed: str) -> None:
        self._list.clear()
        for entry in ranked(self._entries, typed.strip(), _SHOWN):
            self._add(entry)
        if typed.strip() and self._context.project is not None:
            words = typed.strip()
            self._add(Entry("words", words, tr("Find “{words}” in all sources", words=words)))
        self._list.setCurrentRow(0)
        rows = min(_ROWS, max(1, self._list.count()))
        self._list.setFixedHeight(rows * max(26, self._list.sizeHintForRow(0)) + 6)
        self.setFixedHeight(self.sizeHint().height())

    def _add(self, entry: Entry) -> None:
        item = QListWidgetItem(self._icon(entry), entry.text + (f"   {entry.note}" if entry.note else ""))
        item.setData(_ENTRY, (entry.kind, entry.id))
        self._list.addItem(item)

    def _icon(self, entry: Entry) -> QIcon:
        theme = self._context.theme.theme
        match entry.kind:
            case "code":
                return swatch(entry.colour)
            case "source":
                return icon("source", theme, theme.muted)
            case "words":
                return icon("search", theme, theme.muted)
            case _:
                blank = QPixmap(14, 14)
                blank.fill(Qt.GlobalColor.transparent)
                return QIcon(blank)

    def _on_clicked(self, _item: QListWidgetItem) -> None:
        self._go()

    def _go(self) -> None:
        if self._list.currentRow() < 0:
            return
        kind, wanted = self._list.currentItem().data(_ENTRY)
        self.hide()
        match kind:
            case "source":
                self.source_chosen.emit(wanted)
            case "code":
                self.code_chosen.emit(wanted)
            case "words":
                self.words_wanted.emit(wanted)
            case "later":
                # What is missing may have come since the palette was opened.
                if self._actions[wanted].isEnabled():
                    self._actions[wanted].trigger()
                else:
                    text = self._actions[wanted].text().replace("&&", "&")
                    self._context.say(f"“{text}”: {_wish(self._actions.missing(wanted))}.")
            case _:
                self._actions[wanted].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
                return True
        return super().eventFilter(watched, event)


def _wish(missing: Collection[str]) -> str:
    """Return what a person has to choose before an action can be done; "" where choosing is not enough."""
    wishes = {
        "source": tr("open a source first"),
        "code": tr("choose a code in the codebook first"),
        "passage": tr("select a passage in the text first"),
        "selection": tr("select a passage in the text first"),
        "coding": tr("go to a coding in the text first"),
    }
    return next((wishes[one] for one in wishes if one in missing), "") if wishes.keys() >= set(missing) else ""
