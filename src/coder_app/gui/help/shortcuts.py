"""The window of keyboard shortcuts (F1): every action with its keys, to be found by typing and to be changed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.actions import ACTIONS, MENUS, Action, ActionSet
from coder_app.gui.context import Context
from coder_app.gui.help.keys import holder, in_words
from coder_app.gui.picker.ranking import plain
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.codes import code_tree
from coder_app.queries.settings import code_keys

_ID = Qt.ItemDataRole.UserRole
_SIZE = (620, 640)
_KEYS_WIDTH = 190


def _key(spelled: str) -> QKeySequence:
    return QKeySequence(spelled, QKeySequence.SequenceFormat.PortableText)


def _native(spelled: str) -> str:
    return in_words([_key(spelled)])


class ShortcutsWindow(QDialog):
    """Lists actions by menu. A new key for the chosen one is in force at once and kept in the settings."""

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        set_role(self, "panel")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find an action or a key"))
        self.field.setAccessibleName(tr("Find an action or a key"))
        self.field.setClearButtonEnabled(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(tr("Actions and their keys"))
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.key = QKeySequenceEdit(self)
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName(tr("New key for the chosen action"))
        self.set_button = QPushButton(tr("Use this key"), self)
        self.none_button = QPushButton(tr("No key"), self)
        self.usual_button = QPushButton(tr("Usual keys"), self)
        self.told = words(tr("Choose an action, press the key in the field, then “Use this key”."), "muted", self)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._arrange()
        self._fill()
        self.field.textChanged.connect(self._on_typed)
        self.tree.currentItemChanged.connect(self._on_chosen)
        self.key.keySequenceChanged.connect(self._on_chosen)
        self.set_button.clicked.connect(self._use_key)
        self.none_button.clicked.connect(lambda: self._give([]))
        self.usual_button.clicked.connect(self._give_back)
        self._on_chosen()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.key, 1)
        for button in (self.set_button, self.none_button, self.usual_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addWidget(self.told)

    def _fill(self) -> None:
        for menu in MENUS:
            top = QTreeWidgetItem([tr(menu)])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(top)
            there = [action for action in ACTIONS if action.menu == menu]
            items = [QTreeWidgetItem([tr(action.text), self._keys_of(action)]) for action in there]
            for action, item in zip(there, items, strict=True):
                item.setData(0, _ID, action.id)
            top.addChildren(items)
            self._groups.append((top, items))
        self._fill_codes()
        self.tree.expandAll()
        self.tree.setColumnWidth(0, _SIZE[0] - _KEYS_WIDTH - 40)

    def _fill_codes(self) -> None:
        """List the keys that the coder has given to codes; they are changed in the codebook."""
        project = self._context.project
        keys = code_keys(project) if project is not None else {}
        if project is None or not keys:
            return
        tree = code_tree(project)
        top = QTreeWidgetItem([tr("Own keys of codes")])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(top)
        rows = sorted((tree.path(code_id), key) for code_id, key in keys.items())
        items = [QTreeWidgetItem([path, tr("{keys} (in the text)", keys=_native(key))]) for path, key in rows]
        top.addChildren(items)
        self._groups.append((top, items))

    def _code_with(self, key: QKeySequence) -> str:
        """Return the name of the code that has `key`, "" where none has."""
        project = self._context.project
        keys = code_keys(project) if project is not None else {}
        found = next((code_id for code_id, held in keys.items() if _key(held) == key), None)
        return code_tree(project)[found].name if project is not None and found is not None else ""

    def _keys_of(self, action: Action) -> str:
        keys = in_words(self._actions[action.id].shortcuts())
        return tr("{keys} (in the text)", keys=keys) if keys and action.in_reader else keys

    def _on_typed(self, typed: str) -> None:
        wanted = plain(typed).split()
        for top, items in self._groups:
            for item in items:
                said = plain(f"{item.text(0)} {item.text(1)}")
                item.setHidden(not all(word in said for word in wanted))
            top.setHidden(all(item.isHidden() for item in items))

    def _chosen(self) -> Action | None:
        item = self.tree.currentItem()
        wanted = item.data(0, _ID) if item else None
        return next((action for action in ACTIONS if action.id == wanted), None)

    def _on_chosen(self, *_: object) -> None:
        chosen = self._chosen()
        self.set_button.setEnabled(chosen is not None and not self.key.keySequence().isEmpty())
        self.none_button.setEnabled(chosen is not None)
        self.usual_button.setEnabled(chosen is not None)

    def _use_key(self) -> None:
        key = self.key.keySequence()
        if not key.isEmpty():
            self._give([key])
            self.key.clear()

    def _give_back(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._give([QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in chosen.keys])

    def _give(self, keys: list[QKeySequence]) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        for key in keys:
            other = holder(self._actions, key, chosen.id)
            name = tr(other.text) if other is not None else self._code_with(key)
            if name:
                told = tr(
                    "{key} belongs to “{other}”; nothing was changed. Give that another key first.",
                    key=in_words([key]),
                    other=name,
                )
                self.told.setText(told)
                return
        self._actions.set_keys(chosen.id, keys)
        values = self._context.settings.values
        values.shortcuts = self._actions.changed_keys()
        self._context.settings.save()
        item = self.tree.currentItem()
        if item is not None:
            item.setText(1, self._keys_of(chosen))
        text = tr(chosen.text)
        self.told.setText(
            tr("“{action}” now has {keys}.", action=text, keys=in_words(keys))
            if keys
            else tr("“{action}” has no key now.", action=text)
        )
