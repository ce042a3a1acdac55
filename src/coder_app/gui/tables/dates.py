"""Reads when codes were first and last used, in slices that leave the window free, and then only what changed."""

from collections.abc import Iterable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.domain.change import ChangeSet
from coder_app.gui.context import Context
from coder_app.queries.code_dates import dates_of

_SLICE_SECONDS = 0.02
_WHILE_HELD_MILLISECONDS = 200
_MOST_ROWS = 1_000


class DatesReader(QObject):
    """The dates of the codes that were asked for."""

    done = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._by_code: dict[str, dict[str, tuple[str, str]]] = {}
        self._wanted: list[str] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._slice)

    @property
    def known(self) -> dict[tuple[str, str], tuple[str, str]]:
        """What has been read, by code and coder."""
        return {(code, coder): span for code, by_coder in self._by_code.items() for coder, span in by_coder.items()}

    def forget(self) -> None:
        """Forget all: another project, or none."""
        self.stop()
        self._by_code.clear()

    def stop(self) -> None:
        """Leave the rest for another time."""
        self._timer.stop()
        self._wanted = []

    def note(self, change: ChangeSet) -> None:
        """Learn whose dates may have changed."""
        if change.count("coding") > _MOST_ROWS:
            self._by_code.clear()
            return
        for one in change.of("coding"):
            for row in (one.before, one.after):
                if row is not None:
                    self._by_code.pop(str(row["code_id"]), None)

    def read(self, code_ids: Iterable[str]) -> None:
        """Read what is missing of these codes; `done` follows, at once where that is little."""
        self._timer.stop()
        wanted = set(code_ids)
        self._by_code = {code: dates for code, dates in self._by_code.items() if code in wanted}
        self._wanted = [code for code in wanted if code not in self._by_code]
        self._slice()

    def _slice(self) -> None:
        project = self._context.project
        if project is None:
            self._timer.start(_WHILE_HELD_MILLISECONDS)
            return
        end = perf_counter() + _SLICE_SECONDS
        while self._wanted:
            code_id = self._wanted.pop()
            self._by_code[code_id] = dates_of(project, code_id)
            if perf_counter() > end:
                break
        if self._wanted:
            self._timer.start(0)
        else:
            self.done.emit()
