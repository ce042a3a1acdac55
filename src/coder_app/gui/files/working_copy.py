"""A strip below the top bar: this project is on a network or in a synced folder, or is a working copy of one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.i18n import tr
from coder_app.store import working_copy
from coder_app.store.places import Place, kind_of_place
from coder_app.store.project import Project


class WorkingCopyBar(QFrame):
    """Says where the project lies where that matters, with the way to a working copy and back."""

    def __init__(self, context: Context, open_path: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._open_path = open_path
        self._project: Project | None = None
        self._origin: Path | None = None
        self.setAccessibleName(tr("Where the project lies"))
        set_role(self, "top-bar")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._to_copy = QPushButton(tr("Work on a local copy…"), self)
        self._to_copy.clicked.connect(self.work_on_copy)
        self._back = QPushButton(tr("Copy back now"), self)
        self._back.clicked.connect(self.copy_back)
        self._away = QPushButton(tr("Hide"), self)
        self._away.clicked.connect(self.hide)
        set_role(self._away, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (self._to_copy, self._back, self._away):
            row.addWidget(button)
        context.signals.opened.connect(self._on_opened)
        context.signals.changed.connect(self._on_changed)
        context.signals.closed.connect(self._on_closed)
        self.hide()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions on working copies."""
        return {"project.local_copy": self.work_on_copy, "project.copy_back": self.copy_back}

    def words(self) -> str:
        """Return the sentence that is shown, or was last."""
        return self._words.text()

    def _on_opened(self, project: Project) -> None:
        self._project = project
        self._origin = working_copy.origin(project)
        place = kind_of_place(project.path)
        self._to_copy.setVisible(self._origin is None)
        self._back.setVisible(self._origin is not None)
        self._on_changed()
        if self._origin is not None:
            sentence = _of_copy(self._origin, is_behind=working_copy.is_behind(project))
        else:
            sentence = _of_place(place, is_left=working_copy.is_left(project.path))
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def _on_changed(self, _: ChangeSet | None = None) -> None:
        project = self._project
        if project is not None and self._origin is not None:
            self._back.setEnabled(project.writable and working_copy.is_ahead(project))

    def _on_closed(self) -> None:
        # What is being closed is still open while this is told.
        project, self._project = self._project, None
        self.hide()
        if project is not None and project.writable and self._origin is not None and working_copy.is_ahead(project):
            self._take_back(project)

    def copy_back(self) -> None:
        """Put the working copy in its place now and go on working on it."""
        self._context.signals.save_requested.emit()
        if self._project is not None:
            self._take_back(self._project)
            self._on_changed()

    def _take_back(self, project: Project) -> None:
        self.setCursor(Qt.CursorShape.WaitCursor)
        try:
            kept = working_copy.copy_back(project)
        except AppError as error:
            self._context.say_until_closed(str(error))
        else:
            self._context.say(_told(self._origin, kept))
        finally:
            self.unsetCursor()

    def work_on_copy(self) -> None:
        """Close the project, make a working copy of it, and open that; where that fails, open the project again."""
        project = self._project
        if project is None:
            return
        if self._origin is not None:
            self._context.say(tr("This is a working copy already."))
            return
        original = project.path
        self._context.close()

        def failed(error: BaseException) -> None:
            self._open_path(original)
            self._context.tell(error)

        self._context.jobs.run(
            tr("Making a working copy"), lambda _: working_copy.working_copy(original), self._open_path, failed=failed
        )


def _told(origin: Path | None, kept: Path | None) -> str:
    if kept is None:
        return tr("The working copy holds no changes; there was nothing to copy back.")
    return tr("Copied back to {place}. The file from there is kept as “{kept}”.", place=origin, kept=kept.name)


def _of_copy(origin: Path, *, is_behind: bool) -> str:
    if is_behind:
        return tr(
            "A working copy of {file}, which others have changed since, so this copy cannot be taken back. "
            "Close it and open the project there.",
            file=origin,
        )
    return tr("A working copy. It is taken back to {folder} when you close it.", folder=origin.parent)


def _of_place(place: Place, *, is_left: bool) -> str:
    if is_left:
        return tr(
            "There is a working copy of this project with changes that were not copied back. Go on with that one."
        )
    if place is Place.NETWORK:
        return tr("This project is on a network, where it can be damaged while you write. Better work on a local copy.")
    if place is Place.SYNCED:
        return tr(
            "This project is in a synced folder, where it can be copied in the middle of a change. "
            "Better work on a local copy."
        )
    return ""
