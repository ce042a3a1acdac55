"""The first page: what the app is for, and the ways to a project."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.gui.widgets.words import heading, sentence
from coder_app.i18n import tr

_WIDTH = 560
_SUFFIX = ".coder"


class WelcomePage(QWidget):
    """Centred and calm: a title, a sentence, three buttons, the projects opened last."""

    project_requested = Signal(object)
    """A project, by its Path, should be opened."""

    def __init__(self, context: Context, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Welcome"))
        self.rows: list[RecentRow] = []
        self._recent = QFrame(self)
        self._recent.setObjectName("recent")
        set_role(self._recent, "card")
        self._list = QVBoxLayout(self._recent)
        self._list.setContentsMargins(4, 4, 4, 4)
        self._list.setSpacing(0)
        self._recent_heading = heading(tr("Recent projects"))
        self._arrange()
        context.theme.changed.connect(self._draw)
        context.signals.closed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        sizes = self._context.theme.theme.sizes
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(sizes.large, sizes.wide, sizes.large, sizes.wide)
        column.setSpacing(sizes.small)
        column.addStretch(2)
        column.addWidget(sentence(tr("Coder App"), "title"))
        column.addWidget(
            sentence(
                tr(
                    "Read your texts closely, mark what matters and name it with codes, alone or with others. "
                    "Every step is saved as you work, and every step can be taken back."
                )
            )
        )
        column.addSpacing(sizes.medium)
        column.addLayout(self._buttons(sizes.small))
        column.addSpacing(sizes.wide)
        column.addWidget(self._recent_heading)
        column.addWidget(self._recent)
        column.addWidget(sentence(tr("A project can also be dropped anywhere on this page."), "muted"))
        column.addStretch(3)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(area, "quiet")
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _buttons(self, gap: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(gap)
        for action_id, role in (("project.new", "primary"), ("project.open", ""), ("project.sample", "")):
            action = self._actions[action_id]
            button = QPushButton(action.text().removesuffix("…"), self)
            button.setObjectName(action_id)
            keys = action.shortcut().toString()
            button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
            button.clicked.connect(action.trigger)
            button.setAutoDefault(True)
            if role:
                set_role(button, role)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Show the recent projects as they are now; those that are gone are greyed."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for path in map(Path, self._context.settings.values.recent):
            row = RecentRow(path, self._context.theme.theme, self._recent)
            row.chosen.connect(self._ask_for)
            row.removed.connect(self._forget)
            self._list.addWidget(row)
            self.rows.append(row)
        for widget in (self._recent_heading, self._recent):
            widget.setVisible(bool(self.rows))

    def _draw(self, theme: Theme) -> None:
        for row in self.rows:
            row.draw(theme)

    def _ask_for(self, path: Path) -> None:
        self.project_requested.emit(path)
        # It may have turned out to be gone.
        self.refresh()

    def _forget(self, path: Path) -> None:
        self._context.settings.values.forget(path)
        self._context.settings.save()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = _dropped(event)
        if found:
            event.acceptProposedAction()
            self.project_requested.emit(found[0])


def _dropped(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == _SUFFIX]


class RecentRow(QWidget):
    """One project opened lately: its name, its folder, when it was last written to."""

    chosen = Signal(object)
    """The project, by its Path, should be opened."""
    removed = Signal(object)
    """The project, by its Path, should no longer be listed."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        changed = _changed(path)
        self.missing = changed is None
        self.open = _RowButton(self)
        self.open.setEnabled(not self.missing)
        self.open.setAccessibleName(tr("Open {name} in {folder}", name=path.stem, folder=path.parent))
        self.open.setToolTip(str(path))
        self.open.clicked.connect(lambda: self.chosen.emit(path))
        self.remove = QToolButton(self)
        self.remove.setAccessibleName(tr("Take {name} off the list", name=path.stem))
        self.remove.setToolTip(tr("Take it off the list; no file is touched"))
        self.remove.setVisible(self.missing)
        self.remove.clicked.connect(lambda: self.removed.emit(path))
        set_role(self.remove, "quiet")
        self._fill(changed or tr("not there any more"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.open, 1)
        row.addWidget(self.remove)
        self.draw(theme)

    def _fill(self, when: str) -> None:
        name = QLabel(self._path.stem)
        name.setTextFormat(Qt.TextFormat.PlainText)
        set_role(name, "muted" if self.missing else "strong")
        folder = _Elided(_short(self._path.parent))
        set_role(folder, "muted")
        day = QLabel(when)
        set_role(day, "muted")
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(name)
        left.addWidget(folder)
        row = QHBoxLayout(self.open)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(day)
        for label in (name, folder, day):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.remove.setIcon(icon("close", theme, theme.muted))


class _RowButton(QPushButton):
    """A flat button as large as what is laid out on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        laid_out = self.layout()
        return laid_out.sizeHint() if laid_out else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        laid_out = self.layout()
        return laid_out.minimumSize() if laid_out else super().minimumSizeHint()


class _Elided(QLabel):
    """A label whose words are cut in their middle where there is no room for them."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))
        return super().eventFilter(watched, event)


def _changed(path: Path) -> str | None:
    """Return when the file was last written to, or None where it is not there."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().strftime("%Y-%m-%d %H:%M")
    except OSError:
        return None


def _short(folder: Path) -> str:
    """Return the folder with the home folder as "~"."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)
