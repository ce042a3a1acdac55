"""Fills the search index while the person reads: small slices between events, nothing to wait for."""

from PySide6.QtCore import QObject, QTimer

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.store.full_text import index_some

_SLICE_MILLISECONDS = 15
_PAUSE_MILLISECONDS = 60
_LATER_MILLISECONDS = 250


class Indexing(QObject):
    """Works in an open project that may be written to until every text is in the index."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._left: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._slice)
        context.signals.opened.connect(self._begin)
        context.signals.closed.connect(self._timer.stop)
        context.signals.released.connect(self._begin)
        context.signals.changed.connect(self._on_changed)

    @property
    def running(self) -> bool:
        """Whether there is more to index."""
        return self._timer.isActive()

    def _begin(self, *_: object) -> None:
        self._left = None
        if self._context.writable:
            self._timer.start(_PAUSE_MILLISECONDS)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("source") and not self._timer.isActive():
            self._begin()

    def _slice(self) -> None:
        project = self._context.project
        if project is None or not project.writable:
            return
        before, self._left = self._left, index_some(project, _SLICE_MILLISECONDS)
        if self._left:
            # The number stands still in a long text, but also where the disk is full or others read the file.
            still = before is not None and self._left >= before
            self._timer.start(_LATER_MILLISECONDS if still else _PAUSE_MILLISECONDS)
