"""The steps of a long history are found beside the window."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import add_code, rename_code
from coder_app.gui.history import page as history_page
from coder_app.gui.history.model import STEP
from coder_app.gui.history.page import HistoryPage
from coder_app.gui.main_window import MainWindow
from coder_app.queries.history import history


@pytest.fixture
def page(shown: MainWindow, turned_to, qtbot, monkeypatch) -> HistoryPage:
    """The history of the small project, in sight, as if it were a long one."""
    monkeypatch.setattr(history_page, "_SHORT", 0)
    page = turned_to(shown, "view.history")
    qtbot.waitUntil(page.list.isVisible)
    settled(page, qtbot)
    return page


def settled(page: HistoryPage, qtbot) -> None:
    qtbot.waitUntil(lambda: not page._context.jobs.running)


def words(page: HistoryPage) -> list[str]:
    steps = (page.model.index(n).data(STEP) for n in range(page.model.rowCount()))
    return [step.words for step in steps if step is not None]


def test_they_are_looked_for_on_the_worker_and_shown_when_they_are_there(page, coded, qtbot, monkeypatch):
    where: list[int] = []
    list_of = history_page.step_list
    monkeypatch.setattr(
        history_page, "step_list", lambda *given: where.append(threading.get_ident()) or list_of(*given)
    )
    before = words(page)
    page.filters.kind.picked.emit("code")
    assert page.count.text() == "Looking…"
    assert words(page) == before, "what was shown stays until the others are there"
    settled(page, qtbot)
    assert len(words(page)) == 5
    assert page.count.text() == "5 steps"
    assert where
    assert threading.get_ident() not in where


def test_of_two_filters_only_the_later_one_is_shown(page, coded, qtbot):
    page.filters.kind.picked.emit("code")
    page.filters.kind.picked.emit("")
    settled(page, qtbot)
    assert page.count.text() == f"{len(history(coded.project))} steps"


def test_a_change_meanwhile_is_shown_too(page, coded, qtbot):
    page.filters.kind.picked.emit("code")
    rename_code(coded.project, coded.work, "Labour")
    settled(page, qtbot)
    assert words(page)[0] == "Ann renamed the code “Work & pay” to “Labour”"


def test_a_link_leads_to_a_step_that_the_filter_leaves_out(page, coded, qtbot):
    wanted = history(coded.project)[0].id
    page.filters.kind.picked.emit("coding")
    settled(page, qtbot)
    page.show_step(wanted)
    settled(page, qtbot)
    qtbot.waitUntil(lambda: page.list.currentIndex().isValid() and page.list.currentIndex().data(STEP).id == wanted)
    assert page.details.title.text() == "The project was begun"


def test_a_large_edit_does_not_wait_for_the_list(page, coded, qtbot):
    page.filters.kind.picked.emit("code")
    page._context.attempt_large("Adding", 100_000, lambda held, _: add_code(held, "By a worker"))
    settled(page, qtbot)
    assert words(page)[0] == "Ann added the code “By a worker”"
    assert page._context.project is coded.project


def test_the_project_can_be_closed_while_it_is_looked_through(page, shown, qtbot):
    page.filters.kind.picked.emit("code")
    shown.context.close()
    assert page.model.rowCount() == 0
    QTest.keyClick(page.list, Qt.Key.Key_Down)
