"""The window while the disk fails and while the drive is away: the notice, what is shown, what Undo would do.

Coded by keys; prints "done", or stops at the first promise that was not kept.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import coder_app.app
from coder_app.gui.main_window import MainWindow
from coder_app.store.dump import dump
from coder_app.store.verify import verify

disk = ctypes.CDLL(os.environ["LD_PRELOAD"])
path = Path(sys.argv[1])
KEPT = "everything before it is safe", "nothing was changed"


def stop(why: str) -> None:
    """End at once; Qt would swallow an exit from within an event."""
    sys.stdout.write(why)
    sys.stdout.flush()
    os._exit(1)


class Coder:
    """Somebody at the keyboard, and what they see."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.view = window.reader.view
        self.at = 100

    def press(self) -> None:
        """Code the next passage with the code that is pinned to 1."""
        self.at += 20
        self.view.select(self.at, self.at + 10)
        QTest.qWait(30)
        QTest.keyClicks(self.view, "1")
        QTest.qWait(30)

    def shown(self) -> tuple[object, ...]:
        """What the panels show of codes and codings, and what Undo and Redo say."""
        model = self.window.codebook.model
        rows = [
            [model.data(model.index(row, column)) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]
        return rows, *(self.window.actions_by_id[one].text() for one in ("edit.undo", "edit.redo"))

    def kept(self) -> tuple[object, ...]:
        """What the file holds, and what Undo would do."""
        project = self.window.context.project
        return dump(project.db), project.undo_label(), project.redo_label()

    def is_refused(self, what: str, fail: Callable[[], object], recover: Callable[[], object]) -> None:
        """Press the key while the disk refuses: a notice says so, and all stands; and go on after it recovered."""
        shown, kept = self.shown(), self.kept()
        self.window.notice.hide()
        fail()
        for _ in range(2):
            self.press()
            told = self.window.notice.words()
            if not self.window.notice.isVisible() or not any(words in told for words in KEPT):
                stop(f"{what}: nothing was said: {told}")
            if self.shown() != shown:
                stop(f"{what}: something half done is shown")
        if path.parent.exists() == path.parent.with_name("away").exists():
            stop(f"{what}: a folder was made anew")
        recover()
        if self.kept() != kept:
            stop(f"{what}: the old state does not stand")
        self.can_go_on(what)

    def can_go_on(self, what: str) -> None:
        """Press the key: it is coded, and taken back by Undo."""
        before = self.kept()[0]
        self.press()
        if self.kept()[0] == before:
            stop(f"{what}: the app does not go on")
        self.window.actions_by_id["edit.undo"].trigger()
        if self.kept()[0] != before or verify(self.window.context.project.db):
            stop(f"{what}: the step is not taken back whole")


def failing(kind: str, error: int) -> Callable[[], None]:
    """Return what makes all calls of a kind fail from now on."""
    return lambda: disk.disk_arm(ctypes.c_char(kind.encode()), ctypes.c_long(1), error, True, False)


def work(window: MainWindow) -> None:
    coder = Coder(window)
    coder.can_go_on("at first")
    for kind in "wst":
        for error in (errno.EIO, errno.ENOSPC):
            coder.is_refused(f"{kind} {errno.errorcode[error]}", failing(kind, error), failing("-", 0))
    away = path.parent.with_name("away")
    coder.is_refused("no drive", lambda: path.parent.rename(away), lambda: away.rename(path.parent))
    sys.stdout.write("done\n")
    sys.stdout.flush()
    window.close()


class Driven(QApplication):
    """The app with that person."""

    def exec(self) -> int:
        (window,) = (widget for widget in self.topLevelWidgets() if isinstance(widget, MainWindow))

        def begin() -> None:
            try:
                work(window)
            finally:
                self.quit()

        QTimer.singleShot(200, begin)
        return super().exec()


coder_app.app.QApplication = Driven
coder_app.app.main(path)
