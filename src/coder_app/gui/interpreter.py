"""Keeps Python itself out of the window's way: when garbage is looked for, and how long a worker may hold it up."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

from coder_app.gui.jobs import Jobs

_LOOKS_EVERY, _WHILE_WORKING = 1_000, 200
"""Milliseconds between two looks for new garbage: at rest, and while a worker makes things fast."""

_YOUNG, _OLD = 10_000, 100_000
"""So many new things are worth a look at them; once so many have stayed, all things are looked at."""

_TURN_SECONDS = 0.001
"""A worker has the interpreter so long before the window gets it back. With Python's own 5 ms, reading a hundred rows
on the window's thread, each of which lets go of the interpreter, took half a second beside a busy worker."""


class Interpreter(QObject):
    """Looks for garbage on the window's thread alone, between two events.

    Left to itself Python does so in whatever thread makes the next thing: all threads stand still while a million
    things are gone through, and what belongs to the window is destroyed by a worker, which Qt does not survive.
    """

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._stayed = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        jobs.started.connect(self._set_pace)
        jobs.ended.connect(self._set_pace)
        self._set_pace()

    def take_over(self) -> None:
        """Do so from now on, for the rest of the process; what was made up to now lasts, and is not looked at."""
        gc.disable()
        gc.freeze()
        sys.setswitchinterval(_TURN_SECONDS)

    def _set_pace(self, *_: object) -> None:
        self._timer.start(_WHILE_WORKING if self._jobs.running else _LOOKS_EVERY)

    def _look(self) -> None:
        new = gc.get_count()[0]
        if new < _YOUNG:
            return
        # What a job holds at this moment is mostly gone when it ends.
        if self._stayed + new < _OLD or self._jobs.running:
            gc.collect(1)
            self._stayed += new
        else:
            gc.collect()
            self._stayed = 0
