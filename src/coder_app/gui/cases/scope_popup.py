"""A popup that says which part of the project is looked at: sets, cases, and conditions on variables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Protocol

from PySide6.QtCore import QPoint, QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.errors import BadInput
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.cases import cases
from coder_app.queries.scope import Scope, parse_condition, sources_in
from coder_app.queries.sets import sets
from coder_app.queries.sources import sources
from coder_app.queries.variables import variables

_WIDTH, _HEIGHT = 380, 480
_CONDITIONS_HEIGHT = 84
_NAME = Qt.ItemDataRole.UserRole


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def scope_said(scope: Scope) -> str:
    """Return a scope in a few words for a row; "" for everything."""
    return "; ".join((*scope.sources, *scope.sets, *scope.cases, *map(str, scope.conditions)))


class ScopePopup(QFrame):
    """Each tick and each condition counts at once; Escape or Done leaves."""

    chosen = Signal(object)
    """The Scope that is meant now."""

    def __init__(self, context: Context, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self._sources: tuple[str, ...] = ()
        self._items: dict[str, list[QTreeWidgetItem]] = {}
        set_role(self, "card")
        self.resize(_WIDTH, _HEIGHT)
        self.setAccessibleName(title)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type to filter"))
        self.field.setAccessibleName(tr("Filter: {list}", list=title))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(title)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        set_role(self.tree, "quiet")
        self.conditions = _Conditions()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Add a condition, such as Age >= 30"))
        self.line.setAccessibleName(tr("Add a condition"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.line.setCompleter(completer)
        self.problem = words("", "warning")
        self.told = words("", "muted")
        self._arrange(title)
        self.field.textChanged.connect(self._filter)
        self.tree.itemChanged.connect(self._tell)
        self.line.returnPressed.connect(self._add)
        self.conditions.removed.connect(self._tell)
        context.signals.closed.connect(self.close)

    def _arrange(self, title: str) -> None:
        label = QLabel(title)
        set_role(label, "label")
        everything = QPushButton(tr("Everything"))
        set_role(everything, "quiet")
        everything.clicked.connect(self._clear)
        done = QPushButton(tr("Done"))
        done.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(everything)
        buttons.addStretch(1)
        buttons.addWidget(done)
        self.conditions.setFixedHeight(_CONDITIONS_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        for part in (label, self.field):
            column.addWidget(part)
        column.addWidget(self.tree, 1)
        for part in (self.conditions, self.line, self.problem, self.told):
            column.addWidget(part)
        column.addLayout(buttons)

    def ask(self, scope: Scope, under: QWidget) -> None:
        """Open below `under` with what is chosen so far; sources that the scope names stay in it."""
        self.offer(scope)
        at = under.mapToGlobal(QPoint(0, under.height() + 4))
        room = (QGuiApplication.screenAt(at) or self.screen()).availableGeometry()
        x = min(max(at.x(), room.left() + 8), room.right() - self.width() - 8)
        self.move(QPoint(x, max(room.top() + 8, min(at.y(), room.bottom() - self.height() - 8))))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer(self, scope: Scope) -> None:
        """Show what the project has, with what is chosen ticked."""
        project = self._context.project
        if project is None:
            return
        self._sources = scope.sources
        with QSignalBlocker(self.tree):
            self.tree.clear()
            with_sources = [one for one in sets(project) if one.sources]
            self._items = {
                "set": self._section(tr("Sets"), with_sources, scope.sets),
                "case": self._section(tr("Cases"), cases(project), scope.cases),
            }
        self.conditions.clear()
        self.conditions.addItems([str(one) for one in scope.conditions])
        self.conditions.setVisible(bool(scope.conditions))
        self._names.setStringList([one.name for one in variables(project)])
        self.line.setEnabled(bool(self._names.stringList()))
        self.field.clear()
        self.line.clear()
        self._say(scope)

    def _section(self, title: str, things: Sequence[_Named], ticked: Iterable[str]) -> list[QTreeWidgetItem]:
        if not things:
            return []
        top = QTreeWidgetItem([title])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(top)
        made: list[QTreeWidgetItem] = []
        names, chosen = Counter(one.name for one in things), set(ticked)
        for one in things:
            item = QTreeWidgetItem([one.name])
            # A scope is read by people, too, so it names things; by their ids only where a name fits several.
            item.setData(0, _NAME, one.name if names[one.name] == 1 else one.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            there = bool({one.name, one.id} & chosen)
            item.setCheckState(0, Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)
            made.append(item)
        top.addChildren(made)
        top.setExpanded(True)
        return made

    def scope(self) -> Scope:
        """Return what is chosen."""
        ticked = {
            kind: tuple(str(one.data(0, _NAME)) for one in items if one.checkState(0) is Qt.CheckState.Checked)
            for kind, items in self._items.items()
        }
        return Scope(
            self._sources,
            ticked.get("set", ()),
            ticked.get("case", ()),
            tuple(parse_condition(text) for text in self.conditions.texts()),
        )

    def _add(self) -> None:
        project, text = self._context.project, self.line.text().strip()
        if project is None or not text:
            return
        try:
            condition = parse_condition(text)
            sources_in(project, Scope(conditions=(condition,)))
        except BadInput as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        if str(condition) not in self.conditions.texts():
            self.conditions.addItem(str(condition))
        self.line.clear()
        self._tell()

    def _clear(self) -> None:
        self.offer(Scope(self._sources))
        self._tell()

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold()
        for item in chain.from_iterable(self._items.values()):
            item.setHidden(wanted not in item.text(0).casefold())

    def _tell(self, *_: object) -> None:
        scope = self.scope()
        self.conditions.setVisible(bool(scope.conditions))
        self._say(scope)
        self.chosen.emit(scope)

    def _say(self, scope: Scope) -> None:
        project = self._context.project
        self.problem.hide()
        if project is None:
            return
        everything = len(sources(project))
        try:
            found = sources_in(project, scope)
        except BadInput as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.told.setText(
            tr("All {all} sources", all=everything)
            if found is None
            else tr("{n} of {all} sources", n=len(found), all=everything)
        )


class _Conditions(QListWidget):
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Conditions: Delete removes one"))
        self.setToolTip(tr("All of these must hold. Delete removes one."))

    def texts(self) -> list[str]:
        """Return the conditions as they are written."""
        return [self.item(row).text() for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentRow() >= 0:
            self.takeItem(self.currentRow())
            self.removed.emit()
        else:
            super().keyPressEvent(event)
