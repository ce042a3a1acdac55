"""A large edit holds the project: the window stays alive, nobody else reads or writes, Cancel takes all back."""

import threading
import time
from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.edits.codes import add_code
from coder_app.gui.context import LARGE
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import codes
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify


class Slow:
    """An edit that adds codes one by one until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go, self.ended = Event(), Event(), Event()

    def __call__(self, project: Project, on_progress) -> int:
        number = 0
        try:
            with project.edit("Add many codes"):
                while not self.go.is_set():
                    add_code(project, f"Code {number}")
                    number += 1
                    on_progress(number, 1000)
                    self.begun.set()
                    time.sleep(0.002)
        finally:
            self.ended.set()
        return number


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.go.set()


def begin(shown: MainWindow, slow: Slow, done=lambda _: None) -> None:
    shown.context.attempt_large("Adding codes", LARGE, slow, done)
    assert slow.begun.wait(5)


def strip(shown: MainWindow):
    return shown.bottom.progress


def poke(window: MainWindow) -> None:
    """Fire keys, clicks, wheel and menus at everything that can be seen."""
    for key in "rkmcx1/":
        QTest.keyClick(QApplication.focusWidget() or window, key)
    for key, modifier in (
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(window, key, modifier)
    for widget in (window.reader.view, window.codebook, window.sources, window.top, window.details, window.top._undo):
        for target in (widget, *[child for child in widget.findChildren(type(widget)) if child.isVisible()][:3]):
            middle = target.rect().center()
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=middle)
            QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=middle)
            menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, target.mapToGlobal(middle))
            QApplication.sendEvent(target, menu)
    viewport = window.reader.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(viewport, QPoint(120, 40))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(120, 40))
    window.update()
    window.resize(window.width() - 1, window.height())
    QTest.qWait(10)


def test_nobody_else_touches_the_project_whatever_is_done_to_the_window(shown: MainWindow, coded, slow, qtbot) -> None:
    threads: set[int] = set()
    before = dump(coded.project.db)
    selected = shown.reader.view.selection()
    watching = Event()
    # Set before the edit begins: set while it runs it would wait for SQLite with the interpreter in its hands.
    coded.project.db.conn.set_trace_callback(lambda _: watching.is_set() and threads.add(threading.get_ident()))
    begin(shown, slow)
    watching.set()
    for _ in range(5):
        poke(shown)
    watching.clear()
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    assert shown.context.project is None
    assert not shown.context.writable
    assert shown.reader.view.selection() == selected
    qtbot.waitUntil(strip(shown).isVisible)
    QTest.mouseClick(strip(shown).cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.context.busy)
    coded.project.db.conn.set_trace_callback(None)
    assert dump(coded.project.db) == before
    assert shown.notice.words() == "Stopped; the project is as it was before."


def test_the_window_hears_of_it_once_on_its_own_thread_and_then_goes_on(shown: MainWindow, coded, slow, qtbot) -> None:
    heard: list[tuple[str, int, bool]] = []
    results: list[int] = []
    shown.context.signals.changed.connect(
        lambda change: heard.append((change.label, threading.get_ident(), shown.context.project is not None))
    )
    begin(shown, slow, results.append)
    slow.go.set()
    qtbot.waitUntil(lambda: bool(results))
    assert heard == [("Add many codes", threading.get_ident(), True)]
    assert results == [len(codes(coded.project)) - 4]
    assert verify(coded.project.db) == []
    QTest.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(codes(coded.project)) == 4


def test_escape_stops_it(shown: MainWindow, coded, slow, qtbot) -> None:
    begin(shown, slow)
    QTest.keyClick(shown.reader.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.context.busy)
    assert len(codes(coded.project)) == 4


def test_the_foot_belongs_to_the_progress_until_it_ends(shown: MainWindow, slow, qtbot) -> None:
    begin(shown, slow)
    assert not strip(shown).isVisible()
    assert shown.bottom._counts.isVisible()
    qtbot.waitUntil(strip(shown).isVisible)
    assert not shown.bottom._counts.isVisible()
    assert strip(shown).bar.width() > shown.width() // 2
    assert strip(shown).label.text() == "Adding codes"
    slow.go.set()
    qtbot.waitUntil(lambda: not shown.context.busy)
    assert shown.bottom._counts.isVisible()
    assert not strip(shown).isVisible()
    assert shown.actions_by_id["edit.undo"].isEnabled()


def test_what_is_over_in_a_moment_is_never_shown(shown: MainWindow, coded, qtbot) -> None:
    results: list[str] = []
    shown.context.attempt_large("Quick", LARGE, lambda project, _: add_code(project, "Quick"), results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert not strip(shown).isVisible()
    qtbot.wait(400)
    assert not strip(shown).isVisible()
    assert len(codes(coded.project)) == 5


def test_a_small_edit_is_made_at_once(shown: MainWindow, coded) -> None:
    results: list[str] = []
    shown.context.attempt_large("Small", LARGE - 1, lambda project, _: add_code(project, "Small"), results.append)
    assert [code.id for code in codes(coded.project) if code.name == "Small"] == results


def test_what_goes_wrong_is_told_and_nothing_is_kept(shown: MainWindow, coded, qtbot) -> None:
    def edit(project: Project, _) -> None:
        with project.edit("Two codes"):
            add_code(project, "First")
            add_code(project, "  ")

    shown.context.attempt_large("Adding", LARGE, edit, pytest.fail)
    qtbot.waitUntil(lambda: not shown.context.busy)
    assert shown.notice.words() == "A code needs a name."
    assert len(codes(coded.project)) == 4


def test_a_statement_that_takes_long_is_broken_off(shown: MainWindow, coded, qtbot) -> None:
    begun = Event()

    def edit(project: Project, _) -> None:
        with project.edit("Count for ever"):
            add_code(project, "First")
            begun.set()
            project.rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")

    shown.context.attempt_large("Counting", LARGE, edit, pytest.fail)
    assert begun.wait(5)
    shown.context.jobs.current.progress.cancel()
    qtbot.waitUntil(lambda: not shown.context.busy)
    assert shown.notice.words() == "Stopped; the project is as it was before."
    assert len(codes(coded.project)) == 4
    assert add_code(coded.project, "Afterwards")


def test_the_window_can_be_closed_meanwhile(shown: MainWindow, coded, slow) -> None:
    path = coded.project.path
    begin(shown, slow)
    shown.close()
    assert slow.ended.is_set()
    assert not shown.context.busy
    with Project.open(path) as again:
        assert len(codes(again)) == 4
        assert verify(again.db) == []


def test_a_large_undo_holds_the_project_and_a_small_one_does_not(shown: MainWindow, coded, qtbot) -> None:
    project = coded.project
    with project.edit("Many"):
        for number in range(LARGE):
            add_code(project, str(number)) if number < 3 else project.insert(
                "memo", {"id": f"memo-{number}", "body": "x", "created_at": ""}
            )
    shown.context.undo()
    assert shown.context.busy
    qtbot.waitUntil(lambda: not shown.context.busy)
    assert len(codes(project)) == 4
    add_code(project, "One")
    shown.context.undo()
    assert not shown.context.busy
    assert len(codes(project)) == 4
