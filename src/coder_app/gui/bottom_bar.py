"""The line at the foot of the window: what the caret stands on, when it was saved, how much there is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.gui.jobs import Job
from coder_app.gui.theme import set_role
from coder_app.gui.times import clock
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.overview import overview

HEIGHT = 28


class BottomBar(QFrame):
    """Plain facts in small type; the progress of a job with its Cancel takes their place while one runs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Status"))
        set_role(self, "bottom-bar")
        self._caret = self._label("small")
        self._saved = self._label("muted")
        self._counts = self._label("muted")
        self._coders = self._label("muted")
        self._job = self._label("small")
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(tr("Progress"))
        self._cancel = QPushButton(tr("Cancel"), self)
        set_role(self._cancel, "link")
        self._cancel.clicked.connect(self._cancel_job)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(20)
        for widget in (self._caret, self._saved, self._counts):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._job, self._bar, self._cancel, self._coders):
            row.addWidget(widget)
        self._running: Job | None = None
        self._show_job()
        context.jobs.started.connect(self._show_job)
        context.jobs.progressed.connect(self._show_progress)
        context.jobs.ended.connect(self._show_job)
        signals = context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._refresh_coders)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, role)
        return label

    def say_caret(self, words: str) -> None:
        """Show what the caret stands on."""
        self._caret.setText(words)
        self._caret.setAccessibleName(words)

    def _on_opened(self) -> None:
        project = self._context.project
        readable = project is not None and not project.writable
        self._saved.setText(tr("Read only") if readable else tr("Everything is saved"))
        self._refresh_counts()
        self._refresh_coders()

    def _on_closed(self) -> None:
        for label in (self._caret, self._saved, self._counts, self._coders):
            label.setText("")

    def _on_changed(self, change: ChangeSet) -> None:
        self._saved.setText(tr("Saved {time}", time=clock(change.wall_time)))
        if any((row.before is None) != (row.after is None) for row in change.rows):
            self._refresh_counts()
        if change.touches("coder"):
            self._refresh_coders()

    def _refresh_counts(self) -> None:
        project = self._context.project
        if project is None:
            return
        all_ = overview(project)
        self._counts.setText(
            " · ".join(
                (
                    trn("{n} source", "{n} sources", all_.sources),
                    trn("{n} code", "{n} codes", all_.codes),
                    trn("{n} coding", "{n} codings", all_.codings),
                )
            )
        )

    def _refresh_coders(self) -> None:
        project = self._context.project
        if project is None:
            return
        shown = set(self._context.coders_shown())
        names = ", ".join(coder.name for coder in coders(project) if coder.id in shown)
        self._coders.setText(tr("Coders shown: {names}", names=names or tr("none")))

    def _show_job(self, *_: object) -> None:
        """Show the job that runs now; the next one takes the place of the one that has ended."""
        job = self._context.jobs.current
        for widget in (self._job, self._bar, self._cancel):
            widget.setVisible(job is not None)
        if job is not None and job is not self._running:
            self._job.setText(job.label)
            self._bar.setRange(0, 0)
        self._running = job

    def _show_progress(self, job: Job, done: int, of: int) -> None:
        if job is self._running:
            self._bar.setRange(0, of)
            self._bar.setValue(done)

    def _cancel_job(self) -> None:
        if self._running is not None:
            self._running.progress.cancel()
            self._job.setText(tr("Stopping…"))
