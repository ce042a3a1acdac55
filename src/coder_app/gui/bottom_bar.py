"""The line at the foot of the window: what the caret stands on, when it was saved, how much there is."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.gui.correcting.to_check_link import ToCheckLink
from coder_app.gui.hidden_codes import HiddenCodes
from coder_app.gui.progress_strip import ProgressStrip
from coder_app.gui.theme import set_role
from coder_app.gui.times import clock
from coder_app.gui.widgets.cut import CutLabel
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.overview import overview

HEIGHT = 28
_ALL = 1_000


class BottomBar(QFrame):
    """Plain facts in small type; the progress of a job with its Cancel takes their place while one runs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Status"))
        set_role(self, "bottom-bar")
        self._caret = self._label("small")
        self._caret.hide()
        self._saved = self._label("muted")
        self._counts = self._label("muted")
        self._coders = self._label("muted")
        self.progress = ProgressStrip(context, self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(20)
        for widget in (self._caret, self._saved, self._counts):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.progress)
        row.addWidget(self._coders)
        signals = context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._refresh_coders)
        context.blinding.changed.connect(self._refresh_counts)
        row.insertWidget(row.count() - 1, HiddenCodes(context, self))
        self.to_check = ToCheckLink(context, self)
        row.insertWidget(3, self.to_check)
        self.progress.wide_wanted.connect(self._make_room)

    def _label(self, role: str) -> QLabel:
        label = CutLabel(self)
        set_role(label, role)
        return label

    def take_in(self, widget: QWidget) -> None:
        """Show what another part of the window has to say, beside the coders shown."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def say_caret(self, words: str) -> None:
        """Show what the caret stands on."""
        self._caret.setText(words)
        self._caret.setAccessibleName(words)
        self._caret.setVisible(bool(words) and self._saved.isVisibleTo(self))

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
        if change.touches("source", "code", "coding"):
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
                    trn("{n} coding", "{n} codings", all_.codings - self._context.blinding.number_hidden()),
                )
            )
        )

    def _refresh_coders(self) -> None:
        project = self._context.project
        if project is None:
            return
        shown = set(self._context.coders_shown())
        names = ", ".join(coder.name for coder in coders(project) if coder.id in shown)
        said = [tr("Coders shown: {names}", names=names or tr("none")), self._context.blinding.words()]
        self._coders.setText(" · ".join(filter(None, said)))

    def _make_room(self, wide: bool) -> None:  # noqa: FBT001 - the signature of the signal
        """Leave the line to the progress of a large edit, or have it back."""
        for label in (self._caret, self._saved, self._counts, self._coders):
            label.setVisible(not wide and (label is not self._caret or bool(label.text())))
        self._row.setStretchFactor(self.progress, _ALL if wide else 0)
