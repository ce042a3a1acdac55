"""The bar at the head of the window: project, layouts, what Undo and Redo would do, search, coder."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.pages import IN_BAR
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.gui.widgets.cut import CutLabel
from coder_app.gui.widgets.words import unmarked
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.overview import overview

HEIGHT = 44
_LONGEST_LABEL = 30
_LEAST_NAME = 96


class TopBar(QFrame):
    """Shows what is open and who works; its buttons ask through the window's actions."""

    palette_requested = Signal()
    coder_chosen = Signal(str)
    new_coder_requested = Signal()
    rename_requested = Signal(str)
    """A coder is to get another name."""
    coders_to_hide = Signal(set)

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Project bar"))
        set_role(self, "top-bar")
        self._name = CutLabel(self, least=_LEAST_NAME)
        set_role(self._name, "strong")
        self._layouts = self._make_layouts()
        self._undo = self._button("edit.undo")
        self._redo = self._button("edit.redo")
        self._search = self._make_search()
        self._theme_button = self._button("view.theme")
        for button, action_id, shown in ((self._undo, "edit.undo", True), (self._redo, "edit.redo", False)):
            self._follow(button, action_id, shown=shown)
        self._follow(self._theme_button, "view.theme", shown=False)
        self._coder = QToolButton(self)
        self._coder.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._coder.setMenu(QMenu(self))
        self._coder.menu().aboutToShow.connect(self._fill_coders)
        set_role(self._coder, "quiet")
        for widget, least in ((self._undo, 36), (self._search, 110), (self._coder, 88)):
            # Long names are cut before they make the window broader than the screen.
            widget.setMinimumWidth(least)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        for widget in (self._name, self._layouts, self._undo, self._redo):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._search)
        row.addStretch(1)
        row.addWidget(self._theme_button)
        row.addWidget(self._coder)
        context.theme.changed.connect(self._draw_icons)
        self._draw_icons(context.theme.theme)
        context.signals.opened.connect(self.refresh)
        context.signals.closed.connect(self.refresh)
        context.signals.changed.connect(self._on_changed)
        context.signals.coder_changed.connect(self.refresh)
        self.refresh()

    def _button(self, action_id: str) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "quiet")
        action = self._actions[action_id]
        button.clicked.connect(action.trigger)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _follow(self, button: QToolButton, action_id: str, *, shown: bool) -> None:
        """Let a button say what its action says now and later; `shown` puts the words on it."""
        action = self._actions[action_id]

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(_tip(action))
            button.setAccessibleName(_words(action))
            words = _words(action) if shown and action.isEnabled() else ""
            button.setText(unmarked(words if len(words) <= _LONGEST_LABEL else words[: _LONGEST_LABEL - 1] + "…"))

        action.changed.connect(follow)
        follow()

    def _make_layouts(self) -> QFrame:
        frame = QFrame(self)
        set_role(frame, "segmented")
        row = QHBoxLayout(frame)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(0)
        frame.setFixedHeight(32)
        group = QButtonGroup(self)
        for action_id in IN_BAR:
            action = self._actions[action_id]
            action.setCheckable(True)
            button = QToolButton(frame)
            button.setText(action.text())
            button.setCheckable(True)
            button.setToolTip(_tip(action))
            button.setAccessibleName(action.text())
            button.clicked.connect(action.trigger)
            action.toggled.connect(button.setChecked)
            group.addButton(button)
            row.addWidget(button)
        return frame

    def _make_search(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(tr("Search texts, codes, actions") + "      Ctrl+K")
        button.setAccessibleName(tr("Search texts, codes, actions"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self.palette_requested)
        return button

    def _draw_icons(self, theme: Theme) -> None:
        self._undo.setIcon(icon("undo", theme))
        self._redo.setIcon(icon("redo", theme))
        self._search.setIcon(icon("search", theme, theme.muted))
        self._theme_button.setIcon(icon("theme", theme))

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("project", "coder"):
            self.refresh()

    def refresh(self, *_: object) -> None:
        """Say again what is open and who is at work."""
        project = self._context.project
        for widget in (self._layouts, self._undo, self._redo, self._coder, self._search):
            widget.setVisible(project is not None)
        if project is None:
            self._name.setText(tr("Coder App"))
            self._name.setToolTip("")
            return
        name = overview(project).name
        self._name.setText(name if project.writable else tr("{project} (read only)", project=name))
        self._name.setToolTip(f"<qt>{escape(self._name.text())}</qt>")  # a name may look like markup
        present = next((coder.name for coder in coders(project) if coder.id == project.coder_id), tr("Nobody"))
        self._coder.setText(f"{unmarked(present)}  ▾")
        self._coder.setAccessibleName(tr("Coder at work: {name}", name=present))

    def _fill_coders(self) -> None:
        project = self._context.project
        menu = self._coder.menu()
        menu.clear()
        if project is None:
            return
        everybody = coders(project)
        _heading(menu, tr("Work as"))
        for coder in (one for one in everybody if not one.is_consensus):
            action = menu.addAction(unmarked(coder.name))
            action.setCheckable(True)
            action.setChecked(coder.id == project.coder_id)
            action.triggered.connect(lambda _=False, coder_id=coder.id: self.coder_chosen.emit(coder_id))
        new = menu.addAction(tr("New coder…"))
        new.setEnabled(project.writable)
        new.triggered.connect(self.new_coder_requested)
        rename = menu.addMenu(tr("Rename"))
        rename.setEnabled(project.writable)
        for coder in everybody:
            action = rename.addAction(f"{unmarked(coder.name)}…")
            action.triggered.connect(lambda _=False, coder_id=coder.id: self.rename_requested.emit(coder_id))
        menu.addSeparator()
        _heading(menu, tr("Show codings of"))
        for coder in everybody:
            action = menu.addAction(unmarked(coder.name))
            action.setCheckable(True)
            action.setChecked(coder.id not in self._context.hidden_coders)
            action.triggered.connect(lambda shown=False, coder_id=coder.id: self._toggle(coder_id, shown=shown))

    def _toggle(self, coder_id: str, *, shown: bool) -> None:
        hidden = set(self._context.hidden_coders)
        self.coders_to_hide.emit(hidden - {coder_id} if shown else hidden | {coder_id})

    def open_coders(self) -> None:
        """Open the menu of coders, as the keyboard asks for it."""
        self._coder.showMenu()


def _words(action: QAction) -> str:
    return action.text().replace("&&", "&")


def _tip(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    said = escape(f"{_words(action)} ({keys})" if keys else _words(action))
    return f"<qt>{said}</qt>"  # what Undo names may look like markup


def _heading(menu: QMenu, words: str) -> None:
    # addSection() shows no words under a style sheet.
    menu.addAction(words).setEnabled(False)
