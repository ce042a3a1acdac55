"""The small window for one line: it goes with the answer, and stays with what was typed where that is refused."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.cases import add_case
from coder_app.edits.saved_queries import save_query
from coder_app.gui.files.ask import Ask
from coder_app.queries.cases import cases
from coder_app.queries.saved_queries import saved_queries

ENTER = Qt.Key.Key_Return


@pytest.fixture
def ask(context, coded, qtbot):
    context.show(coded.project)
    add_case(coded.project, "Anna")
    window = Ask(context, None, "Name of the new case", lambda name: context.attempt(add_case, name))
    qtbot.waitExposed(window)
    return window


def test_a_name_that_is_taken_stays_typed_and_the_reason_stands_below_it(ask, coded, context, qtbot):
    QTest.keyClicks(ask.line, "Anna")
    with qtbot.assertNotEmitted(context.notice_requested):
        QTest.keyClick(ask.line, ENTER)
    assert ask.isVisible()
    assert ask.line.text() == "Anna"
    assert "Anna" in ask.refused.text()
    assert ask.refused.isVisible()
    assert ask.line.accessibleDescription() == ask.refused.text()
    QTest.keyClick(ask.line, Qt.Key.Key_End)
    QTest.keyClicks(ask.line, " B")
    assert ask.refused.isHidden(), "it is about what was typed before"
    QTest.keyClick(ask.line, ENTER)
    assert [one.name for one in cases(coded.project)] == ["Anna", "Anna B"]


def test_an_answer_that_is_taken_is_taken_once(ask, coded):
    QTest.keyClicks(ask.line, "Bea")
    QTest.keyClick(ask.line, ENTER)
    QTest.qWait(10)
    assert [one.name for one in cases(coded.project)] == ["Anna", "Bea"]


def test_what_is_refused_elsewhere_is_told_as_ever(ask, context, qtbot):
    with qtbot.waitSignal(context.notice_requested) as told:
        context.attempt(add_case, "Anna")
    assert "Anna" in told.args[0]
    ask.reject()


def test_a_query_is_saved_under_another_name_where_the_first_is_taken(context, coded, qtbot):
    context.show(coded.project)
    save_query(coded.project, "All trust", "Trust")

    def keep(name):
        if context.attempt(save_query, name, "Trust+") is not None:
            context.say(f"{name} is saved")

    window = Ask(context, None, "What the query is called", keep)
    QTest.keyClicks(window.line, "All trust")
    QTest.keyClick(window.line, ENTER)
    assert "All trust" in window.refused.text()
    QTest.keyClick(window.line, Qt.Key.Key_End)
    QTest.keyClicks(window.line, " in all")
    QTest.keyClick(window.line, ENTER)
    assert [one.text for one in saved_queries(coded.project)] == ["Trust", "Trust+"]
