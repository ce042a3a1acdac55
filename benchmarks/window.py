"""What is measured in the real window, drawn without a display; each function returns seconds by name."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from clock import timed
from material import Material, copied

SOURCES = 20
CODINGS = 40
FRAMES = 200
JUMPS = 30
WIDTHS = (1400, 1000, 1200, 900, 1300, 1100, 950, 1440)
LETTERS = 10
FOLLOWED = 10
TYPED = ("code 01", "gory 1", "de 5")


def start(_: Material, scratch: Path) -> dict[str, float]:
    """From the start of the process to the first idle moment after the window is painted."""
    return {"start": _started(scratch)}


def start_open(made: Material, scratch: Path) -> dict[str, float]:
    return {"start_open": _started(scratch, str(made.coded))}


def _started(scratch: Path, *project: str) -> float:
    settings_in(scratch)
    command = [sys.executable, str(Path(__file__).with_name("starting.py")), *project]
    begin = time.perf_counter()
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=120)
    if done.returncode:
        raise SystemExit(f"the window did not open as it should\n{done.stderr}")
    return float(done.stdout) - begin


def settings_in(scratch: Path) -> None:
    """Keep the person's own settings out of it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(scratch / name.lower())


def window_of(scratch: Path):
    """Return the app's object and its window without a project, painted."""
    settings_in(scratch)
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from coder_app.gui.context import Context
    from coder_app.gui.interpreter import Interpreter
    from coder_app.gui.main_window import MainWindow
    from coder_app.gui.theme import ThemeSource
    from coder_app.settings import SettingsFile

    app = QApplication([])
    window = MainWindow(Context(ThemeSource(app, "light"), SettingsFile(), app))
    Interpreter(window.context, app).take_over()
    window.show()
    QTest.qWaitForWindowActive(window)
    QTest.qWait(300)
    return app, window


def opened(path: Path, scratch: Path):
    """Return the app's object and its window with a project open, all its codings shown."""
    app, window = window_of(scratch)
    open_in(window, path)
    loaded(app, window)
    return app, window


def open_in(window, path: Path) -> None:
    window.flows.open_path(path)
    if window.context.project is None:
        raise SystemExit("the coded project was not opened")


def loaded(app, window) -> None:
    """Wait until what is loaded behind the first sight is there, and nothing else is going on."""
    from PySide6.QtTest import QTest

    end = time.perf_counter() + 60
    while window.reader.codings._next is not None or window.reader.view.minimap.is_counting():  # noqa: SLF001
        app.processEvents()
        if time.perf_counter() > end:
            raise SystemExit("the codings were not loaded within a minute")
    QTest.qWait(500)


def painted(app) -> None:
    # Changes ask for a paint, a paint may start a timer of zero, and that may ask for another paint.
    for _ in range(3):
        app.processEvents()


def until_painted(app, act: Callable[[], object]) -> float:
    """Return how many seconds it takes to do something and to paint what has come of it."""

    def both() -> None:
        act()
        painted(app)

    return timed(both)


def _slowest(taken: Iterable[float], share: float = 0.95) -> float:
    ordered = sorted(taken)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def open_window(made: Material, scratch: Path) -> dict[str, float]:
    """In a window that is there already."""
    app, window = window_of(scratch)
    return {"open_window": until_painted(app, lambda: open_in(window, made.coded))}


def show_source(made: Material, scratch: Path) -> dict[str, float]:
    """Click after click: from the wish for a source to its text with the codings painted, headings and margin too."""
    from coder_app.queries.sources import sources

    app, window = opened(made.coded, scratch)
    some = sources(window.context.project)[1 : SOURCES + 1]
    taken = [until_painted(app, lambda one=one: window.reader.show_source(one.id)) for one in some]
    return {"show_source": statistics.median(taken)}


def scroll(made: Material, scratch: Path) -> dict[str, float]:
    """Turn the wheel by one notch (three lines) after the other, from the middle of the text; then go anywhere."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent

    app, window = opened(made.coded, scratch)
    view = window.reader.view
    view.scroll_to(len(view.text) // 2)
    painted(app)
    middle = QPointF(view.viewport().rect().center())

    def turn(by: int) -> None:
        nothing, none = QPoint(), Qt.MouseButton.NoButton
        begins = Qt.ScrollPhase.NoScrollPhase
        where = QPointF(view.viewport().mapToGlobal(middle))
        wheel = QWheelEvent(
            middle,
            where,
            nothing,
            QPoint(0, by),
            none,
            Qt.KeyboardModifier.NoModifier,
            begins,
            False,  # noqa: FBT003 - Qt's
        )
        app.sendEvent(view.viewport(), wheel)

    before = view.verticalScrollBar().value()
    turn(-120)
    if view.verticalScrollBar().value() == before:
        raise SystemExit("the wheel did not scroll")
    frames = [until_painted(app, lambda by=by: turn(by)) for by in [-120, 120, -120, -120] * (FRAMES // 4)]
    random = Random(7)  # noqa: S311 - places, no secret
    places = [random.randrange(len(view.text)) for _ in range(JUMPS)]
    jumps = [until_painted(app, lambda place=place: view.scroll_to(place)) for place in places]
    return {
        "scroll": statistics.median(frames),
        "scroll_slow": _slowest(frames),
        "scroll_jump": statistics.median(jumps),
    }


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


def apply_code(made: Material, scratch: Path) -> dict[str, float]:
    """Press R (“apply the last code again”) on one selection after another, until it is painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from coder_app.queries.codes import codes

    app, window = opened(copied(made.coded, scratch), scratch)
    project, view = window.context.project, window.reader.view
    connection = project.db.conn = Connection(project.db.conn)
    window.reader.gestures.last_code = codes(project)[-1].id
    view.setFocus()
    edit, disk, views = [], [], []
    for number in range(CODINGS):
        view.select(40 * number, 40 * number + 30)
        painted(app)
        begin = time.perf_counter()
        taken = until_painted(app, lambda: QTest.keyClick(view, Qt.Key.Key_R))
        committing, committed = connection.commit
        if committing < begin:
            raise SystemExit("the key did not apply a code")
        edit.append(committing - begin)
        disk.append(committed - committing)
        views.append(taken - (committed - begin))
    beside = [one + other for one, other in zip(edit, views, strict=True)]
    named = {"apply_code": beside, "apply_code_disk": disk, "apply_code_edit": edit, "apply_code_views": views}
    return {name: statistics.median(taken) for name, taken in named.items()}


def resize(made: Material, scratch: Path) -> dict[str, float]:
    """Give the window other widths, in the middle of the text; what counts is the longest time without an event."""
    from heartbeat import Heartbeat

    app, window = opened(made.coded, scratch)
    view = window.reader.view
    view.scroll_to(len(view.text) // 2)
    painted(app)
    heart = Heartbeat()
    gaps = [heart.longest_gap(lambda width=width: window.resize(width, 900), settle=0.3) for width in WIDTHS]
    return {"resize": max(gaps)}


def correct_letter(made: Material, scratch: Path) -> dict[str, float]:
    """Replace one letter in the middle of the text that is shown, as one edit, until it is painted."""
    from coder_app.edits.texts import correct_text

    app, window = opened(copied(made.coded, scratch), scratch)
    text, source_id = window.reader.view.text, window.reader.source_id
    taken: list[float] = []
    for number in range(3):
        place = len(text) // 2 + number
        text = f"{text[:place]}{'x' if text[place] != 'x' else 'y'}{text[place + 1 :]}"
        taken.append(until_painted(app, lambda words=text: window.context.attempt(correct_text, source_id, words)))
        if window.reader.view.text != text:
            raise SystemExit("the text was not corrected")
    return {"correct_letter": statistics.median(taken)}


def filter_codes(made: Material, scratch: Path) -> dict[str, float]:
    """Type letter after letter into the filter of the tree of codes."""
    app, window = opened(made.coded, scratch)
    field = window.codebook.field
    field.setFocus()
    return _keys(app, field, "filter_codes")


def pick_code(made: Material, scratch: Path) -> dict[str, float]:
    """Type letter after letter into the picker that Enter opens on a selection."""
    from PySide6.QtWidgets import QLineEdit

    app, window = opened(made.coded, scratch)
    window.reader.view.select(0, 30)
    window.reader.gestures.pick()
    painted(app)
    field = app.activePopupWidget().findChild(QLineEdit)
    return _keys(app, field, "pick_code")


def _keys(app, field, name: str) -> dict[str, float]:
    from PySide6.QtTest import QTest

    taken: list[float] = []
    for words in TYPED:
        taken += [until_painted(app, lambda letter=letter: QTest.keyClick(field, letter)) for letter in words]
        if field.text() != words:
            raise SystemExit("the keys did not arrive")
        field.clear()
        painted(app)
    return {name: statistics.median(taken), f"{name}_slow": max(taken)}


def live_table(made: Material, scratch: Path) -> dict[str, float]:
    """Code a passage while the table of co-occurrences is in sight, until the table is painted that has it."""
    from coder_app.edits.codings import apply_code as apply
    from coder_app.queries.codes import codes
    from coder_app.queries.sources import sources

    app, window = opened(copied(made.coded, scratch), scratch)
    window.actions_by_id["view.analyse"].trigger()
    page = window.late["view.analyse"].pages[0]
    wait_for(app, lambda: page.panel is not None)
    model = page.panel.table.model
    wait_for(app, model.rowCount)
    project = window.context.project
    code_id = codes(project)[-1].id
    shown: list[float] = []
    model.modelReset.connect(lambda: shown.append(time.perf_counter()))
    model.dataChanged.connect(lambda *_: shown.append(time.perf_counter()))
    taken: list[float] = []
    for number, source in enumerate(sources(project)[:FOLLOWED] * FOLLOWED):
        if number == FOLLOWED:
            break
        shown.clear()

        def act(number=number, source=source) -> None:
            window.context.attempt(apply, source.id, 40 * number, 40 * number + 30, code_id)
            wait_for(app, lambda: shown)

        taken.append(until_painted(app, act))
    return {"live_table": statistics.median(taken)}


def wait_for(app, what: Callable[[], object], seconds: float = 300) -> None:
    from PySide6.QtCore import QEventLoop

    end = time.perf_counter() + seconds
    while not what():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise SystemExit("it did not come to an end")
