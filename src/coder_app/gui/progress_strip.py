"""What runs beside the window: what it is, how far it is, and Cancel. What is over in a moment is not shown."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from coder_app.gui.context import Context
from coder_app.gui.jobs import Job
from coder_app.gui.theme import set_role
from coder_app.i18n import tr

_DELAY_MILLISECONDS = 300
_NARROW = 160
_WIDEST = 16_777_215


class ProgressStrip(QWidget):
    """Shows the job that people wait for; one that holds the project gets all the room that there is."""

    wide_wanted = Signal(bool)
    """The strip needs the room of its neighbours, or no longer."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._shown: Job | None = None
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.label, "small")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(_NARROW)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"), self)
        set_role(self.cancel, "link")
        self.cancel.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MILLISECONDS)
        self._delay.timeout.connect(self._appear)
        self._jobs.started.connect(self._follow)
        self._jobs.progressed.connect(self._progress)
        self._jobs.ended.connect(self._follow)
        self.hide()

    def _follow(self, _: Job) -> None:
        """Show the job that runs now; the next one takes the place of the one that has ended."""
        job = self._jobs.current
        if job is self._shown:
            return
        self._shown = job
        if job is None:
            self._delay.stop()
            self.hide()
            self.wide_wanted.emit(False)  # noqa: FBT003 - a signal takes no keywords
            return
        self.label.setText(job.label)
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0)
        self.cancel.setToolTip(tr("Cancel (Esc)") if job.exclusive else "")
        self.bar.setMaximumWidth(_WIDEST if job.exclusive else _NARROW)
        if not self.isVisible():
            self._delay.start()
        else:
            self._appear()

    def _appear(self) -> None:
        wide = self._shown is not None and self._shown.exclusive
        self.wide_wanted.emit(wide)
        self.show()
        if wide:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.label.text()))

    def _progress(self, job: Job, done: int, of: int) -> None:
        if job is self._shown:
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def stop(self) -> None:
        """Ask the job that is shown to stop."""
        if self._shown is not None:
            self._shown.progress.cancel()
            self.label.setText(tr("Stopping…"))
            self.cancel.setEnabled(False)
