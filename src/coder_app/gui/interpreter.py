"""Keeps Python itself out of the window's way: when garbage is looked for, and how long a worker may hold it up."""

import gc
import sys
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from coder_app.gui.context import Context

_LOOKS_EVERY, _WHILE_WORKING = 1_000, 200
"""Milliseconds between two looks for new garbage: at rest, and while a worker makes things fast."""

_YOUNG, _OLD, _MANY = 10_000, 100_000, 300_000
"""So many new things are worth a look at them; once so many have stayed, all things are looked at; so many at once,
which a job has made to last, until the project is closed."""

_LONG_SECONDS = 0.05
"""What stays after a look that took longer is not looked at again until the project is closed."""

_TURN_SECONDS = 0.001
"""A worker has the interpreter so long before the window gets it back. With Python's own 5 ms, reading a hundred rows
on the window's thread, each of which lets go of the interpreter, took half a second beside a busy worker."""


class Interpreter(QObject):
    """Looks for garbage on the window's thread alone, between two events.

    Left to itself Python does so in whatever thread makes the next thing: all threads stand still while a million
    things are gone through, and what belongs to the window is destroyed by a worker, which Qt does not survive.
    """

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = context.jobs
        self._stayed = 0
        self._was_closed = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._jobs.started.connect(self._set_pace)
        self._jobs.ended.connect(self._set_pace)
        context.signals.closed.connect(self._on_closed)
        self._set_pace()

    def take_over(self) -> None:
        """Do so from now on, for the rest of the process; what was made up to now lasts, and is not looked at."""
        gc.disable()
        gc.freeze()
        sys.setswitchinterval(_TURN_SECONDS)

    def _set_pace(self, *_: object) -> None:
        self._timer.start(_WHILE_WORKING if self._jobs.running else _LOOKS_EVERY)

    def _on_closed(self) -> None:
        self._was_closed = True

    def _look(self) -> None:
        if self._was_closed:
            self._was_closed = False
            gc.unfreeze()
            self._look_at_all()
            return
        new = gc.get_count()[0]
        stayed = self._stayed + new
        if stayed >= _MANY:
            self._let_stay()
        elif new >= _YOUNG and (stayed < _OLD or self._jobs.running):
            gc.collect(1)
            self._stayed = stayed
        elif new >= _YOUNG:
            self._look_at_all()

    def _look_at_all(self) -> None:
        begin = perf_counter()
        gc.collect()
        self._stayed = 0
        if perf_counter() - begin > _LONG_SECONDS:
            self._let_stay()

    def _let_stay(self) -> None:
        gc.freeze()
        self._stayed = 0
