"""Reads the texts that a worker needs a few at a time, so that the window never waits for all of them."""

from collections.abc import Callable, Iterable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from coder_app.gui.context import Context

_SLICE_SECONDS = 0.012
_WHILE_HELD_MILLISECONDS = 200


class TextFeed(QObject):
    """Gathers texts by hash, then hands them over at once. A new order takes the place of the one before."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: list[str] = []
        self._texts: dict[str, str] = {}
        self._done: Callable[[dict[str, str]], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read_some)

    @property
    def reading(self) -> bool:
        """Whether texts are being read."""
        return self._timer.isActive()

    def read(self, hashes: Iterable[str], done: Callable[[dict[str, str]], None], *, at_once: bool) -> None:
        """Read the texts of these hashes and call `done` with them; `at_once` before this returns."""
        self.stop()
        self._wanted, self._done = list(dict.fromkeys(hashes)), done
        if at_once:
            self._read(float("inf"))
        else:
            self._timer.start(0)

    def stop(self) -> None:
        """Read no more; nobody is told."""
        self._timer.stop()
        self._wanted, self._texts, self._done = [], {}, None

    def _read_some(self) -> None:
        self._read(perf_counter() + _SLICE_SECONDS)

    def _read(self, until: float) -> None:
        project, done = self._context.project, self._done
        if project is None or done is None:
            self._timer.start(_WHILE_HELD_MILLISECONDS)
            return
        while self._wanted:
            digest = self._wanted.pop()
            self._texts[digest] = project.text(digest)
            if perf_counter() > until:
                self._timer.start(0)
                return
        texts = self._texts
        self.stop()
        done(texts)
