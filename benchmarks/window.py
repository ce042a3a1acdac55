"""What is measured in the real window, drawn without a display; each function returns seconds by name."""

import os
import statistics
import time
from pathlib import Path

import material as made

SOURCES = 20
CODINGS = 40


def start(_: Path, scratch: Path) -> dict[str, float]:
    """From the start of the process to the first idle moment after the window is painted."""
    return {"start": _start(scratch, None)}


def start_open(_: Path, scratch: Path) -> dict[str, float]:
    return {"start_open": _start(scratch, scratch / made.CODED)}


def _start(scratch: Path, project: Path | None) -> float:
    """Run `coder-app` in this process, up to the moment at which it would wait for the person.

    The clock was started by whoever started this process.
    """
    _settings_in(scratch)
    from PySide6 import QtWidgets
    from PySide6.QtCore import QTimer

    from coder_app import display
    from coder_app.__main__ import main

    # The platform that shows nothing counts as no display.
    display.window_problem = lambda _environment: None
    idle: list[float] = []

    class Measured(QtWidgets.QApplication):
        def exec(self) -> int:
            # A timer of zero fires when no event waits, so after the first paint; the second lets what it began end.
            QTimer.singleShot(0, lambda: QTimer.singleShot(0, self._note))
            return super().exec()

        def _note(self) -> None:
            idle.append(time.perf_counter())
            opened = [window.context.project for window in self.topLevelWidgets() if hasattr(window, "context")]
            self.exit(0 if bool(project) == any(opened) else 1)

    QtWidgets.QApplication = Measured
    if main([str(project)] if project else []):
        raise SystemExit("the window did not open as it should")
    return idle[0] - float(os.environ["CODER_APP_BENCH_BEGAN"])


def _settings_in(scratch: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(scratch / name.lower())


def _window(scratch: Path):
    """Return the app's object and its window with the coded project open and painted."""
    _settings_in(scratch)
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from coder_app.gui.context import Context
    from coder_app.gui.main_window import MainWindow
    from coder_app.gui.theme import ThemeSource
    from coder_app.settings import SettingsFile

    app = QApplication([])
    window = MainWindow(Context(ThemeSource(app, "light"), SettingsFile(), app))
    window.show()
    window.flows.open_path(scratch / made.CODED)
    if window.context.project is None:
        raise SystemExit("the coded project was not opened")
    QTest.qWaitForWindowActive(window)
    QTest.qWait(300)
    return app, window


def _until_painted(app) -> None:
    # Changes ask for a paint, a paint may start a timer of zero, and that may ask for another paint.
    for _ in range(3):
        app.processEvents()


def show_source(_: Path, scratch: Path) -> dict[str, float]:
    """Click after click: from the wish for a source to its text with the codings painted, headings and margin too."""
    from coder_app.queries.sources import sources

    app, window = _window(scratch)
    taken: list[float] = []
    for source in sources(window.context.project)[1 : SOURCES + 1]:
        begin = time.perf_counter()
        window.reader.show_source(source.id)
        _until_painted(app)
        taken.append(time.perf_counter() - begin)
    window.close()
    return {"show_source": statistics.median(taken)}


class Connection:
    """A connection that notes when its last commit began and ended: what the disk needs to make a step safe."""

    def __init__(self, connection) -> None:
        self._connection = connection
        self.commit = 0.0, 0.0

    def __getattr__(self, name: str):
        return getattr(self._connection, name)

    def execute(self, sql: str, *parameters):
        begin = time.perf_counter()
        try:
            return self._connection.execute(sql, *parameters)
        finally:
            if sql == "COMMIT":
                self.commit = begin, time.perf_counter()


def apply_code(_: Path, scratch: Path) -> dict[str, float]:
    """Press R (“apply the last code again”) on one selection after another, until it is painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from coder_app.queries.codes import codes

    app, window = _window(scratch)
    project, view = window.context.project, window.reader.view
    connection = project.db.conn = Connection(project.db.conn)
    window.reader.gestures.last_code = codes(project)[-1].id
    view.setFocus()
    edit, disk, views = [], [], []
    for number in range(CODINGS):
        view.select(40 * number, 40 * number + 30)
        _until_painted(app)
        begin = time.perf_counter()
        QTest.keyClick(view, Qt.Key.Key_R)
        _until_painted(app)
        end = time.perf_counter()
        committing, committed = connection.commit
        edit.append(committing - begin)
        disk.append(committed - committing)
        views.append(end - committed)
    window.close()
    beside = [one + other for one, other in zip(edit, views, strict=True)]
    named = {"apply_code": beside, "apply_code_disk": disk, "apply_code_edit": edit, "apply_code_views": views}
    return {name: statistics.median(taken) for name, taken in named.items()}
