"""Measures how long the window stands still: the longest time between two beats of a timer while something is done."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

_BEAT_MILLISECONDS = 2


class Heartbeat:
    """Beats as often as the event loop lets it; what holds the loop up shows as a gap."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MILLISECONDS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def longest_gap(
        self,
        act: Callable[[], object],
        until: Callable[[], bool] = lambda: True,
        *,
        settle: float = 0.5,
        timeout: float = 120.0,
    ) -> float:
        """Return the longest gap, in seconds, from the call of `act` to `settle` seconds after `until()` has come true.

        What `act` itself takes is a gap as well. Raises TimeoutError.
        """
        self._run(lambda: False, 0.05)
        self._longest, self._last = 0.0, time.perf_counter()
        act()
        self._beat()
        if not self._run(until, timeout):
            raise TimeoutError
        self._run(lambda: False, settle)
        return self._longest

    def _run(self, until: Callable[[], bool], seconds: float) -> bool:
        """Run the event loop until `until()` or for so many seconds, and say which of the two it was."""
        end = time.perf_counter() + seconds
        while not until():
            if time.perf_counter() > end:
                return False
            QCoreApplication.processEvents(
                QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
            )
        return True
