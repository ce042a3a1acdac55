"""A notice stands a few seconds at the foot, with Undo where that helps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from coder_app.gui.notices import Notice


@pytest.fixture
def parent(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def notice(parent: QWidget) -> Notice:
    return Notice(parent)


def button(notice: Notice, text: str) -> QPushButton:
    return next(one for one in notice.findChildren(QPushButton) if one.text() == text)


def test_a_sentence_is_shown_inside_the_window_and_named_for_screen_readers(notice: Notice, parent: QWidget) -> None:
    notice.say("Something was done.", undo=False)
    assert notice.isVisible()
    assert parent.rect().contains(notice.geometry())
    assert notice._words.accessibleName() == "Something was done."
    assert not button(notice, "Undo").isVisible()


def test_a_long_sentence_wraps_and_fits(notice: Notice, parent: QWidget) -> None:
    notice.say("Words and words and more of them. " * 12, undo=True)
    assert parent.rect().contains(notice.geometry())
    needed = notice._words.heightForWidth(notice._words.width())
    assert notice._words.height() >= needed


def test_undo_is_asked_for_once_and_the_notice_goes(notice: Notice, qtbot) -> None:
    notice.say("Removed.", undo=True)
    with qtbot.waitSignal(notice.undo_requested):
        QTest.mouseClick(button(notice, "Undo"), Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_it_goes_by_itself_unless_it_is_to_stay(notice: Notice, qtbot) -> None:
    notice._timer.setInterval(20)
    notice.say("Gone soon.", undo=False)
    qtbot.waitUntil(lambda: not notice.isVisible())
    notice.say_until_closed("This stays.")
    qtbot.wait(60)
    assert notice.isVisible()
    QTest.mouseClick(button(notice, "Close"), Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_only_an_offer_of_undo_is_forgotten(notice: Notice) -> None:
    notice.say("Just so you know.", undo=False)
    notice.forget_undo()
    assert notice.isVisible()
    notice.say("Removed.", undo=True)
    notice.forget_undo()
    assert not notice.isVisible()


def test_it_follows_the_size_of_the_window(notice: Notice, parent: QWidget, qtbot) -> None:
    notice.say("Something was done.", undo=False)
    parent.resize(500, 300)
    qtbot.waitUntil(lambda: parent.rect().contains(notice.geometry()))


def test_what_looks_like_markup_is_shown_as_it_is(notice: Notice) -> None:
    notice.say("Removed “<b>x</b>”.", undo=False)
    assert notice._words.textFormat() is Qt.TextFormat.PlainText
    assert notice.words() == "Removed “<b>x</b>”."


def test_it_stands_above_a_list_that_people_work_through_and_below_when_the_list_is_closed(
    notice: Notice, parent: QWidget, qtbot
) -> None:
    rows = QWidget(parent)
    rows.setGeometry(0, 300, 900, 200)
    notice.keep_clear(rows)
    rows.hide()
    notice.say("5 steps of Ben came in.", undo=True)
    low = notice.y()
    rows.show()
    assert notice.geometry().bottom() < rows.y()
    rows.hide()
    assert notice.y() == low
