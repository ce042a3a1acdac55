"""Reviewing what was coded under an older wording: the offer, the list, still fits, recode, remove."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import describe_code
from coder_app.edits.codings import apply_code
from coder_app.gui.passages.model import PASSAGE
from coder_app.gui.team.sides import SideText
from coder_app.queries.codings import coding


@pytest.fixture
def review(shown, coded, qtbot):
    describe_code(coded.project, coded.trust, {"definition": "Relying on others"})
    shown._on_code_chosen(coded.trust)
    shown.sharing.review(coded.trust)
    window = shown.sharing._review
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def listed(window):
    model = window.model
    return [model.index(row).data(PASSAGE).coding_id for row in range(model.rowCount())]


def said(window):
    return [text.toPlainText() for text in window.beside.findChildren(SideText)]


def offer(shown):
    return shown.details._code._older


def test_the_card_of_the_code_offers_it(shown, coded, review):
    assert offer(shown).text() == "Review 2 under an older wording"
    assert listed(review) == [coded.first, coded.bens]
    assert said(review) == ["", "Relying on others"]


def test_a_code_that_was_not_reworded_offers_nothing(shown, coded):
    shown._on_code_chosen(coded.work)
    assert offer(shown).isHidden()


def test_still_fits_takes_a_passage_off_the_list_until_it_is_undone(shown, coded, review):
    QTest.keyClick(review.list, Qt.Key.Key_F)
    assert listed(review) == [coded.bens]
    assert offer(shown).text() == "Review 1 under an older wording"
    QTest.mouseClick(review.fits, Qt.MouseButton.LeftButton)
    assert listed(review) == []
    assert offer(shown).isHidden()
    assert not review.fits.isEnabled()
    shown.context.undo()
    assert listed(review) == [coded.bens]


def test_all_can_be_said_to_fit_as_one_step(shown, coded, review):
    QTest.mouseClick(review.all_fit, Qt.MouseButton.LeftButton)
    assert listed(review) == []
    shown.context.undo()
    assert len(listed(review)) == 2


def test_a_passage_can_be_removed_or_recoded(shown, coded, review):
    QTest.keyClick(review.list, Qt.Key.Key_X)
    assert coding(coded.project, coded.first) is None
    assert listed(review) == [coded.bens]
    QTest.keyClick(review.list, Qt.Key.Key_R)
    assert review._picker.isVisible()
    QTest.keyClicks(review._picker._field, "inst")
    QTest.keyClick(review._picker._field, Qt.Key.Key_Return)
    assert coding(coded.project, coded.bens).code_id == coded.institutions
    assert listed(review) == []


def test_enter_shows_the_passage_in_the_text(shown, coded, review):
    QTest.keyClick(review.list, Qt.Key.Key_Down)
    QTest.keyClick(review.list, Qt.Key.Key_Return)
    assert shown.reader.view.selection()[0] >= 0
    assert coding(coded.project, coded.bens).start in shown.reader.view.selection()


def test_another_change_of_the_definition_is_taken_up(shown, coded, review):
    QTest.keyClick(review.list, Qt.Key.Key_F)
    describe_code(coded.project, coded.trust, {"definition": "Relying on people"})
    assert set(listed(review)) == {coded.first, coded.bens}
    review.list.setCurrentIndex(review.model.index(0))
    assert said(review)[0] == "Relying on others"


def test_what_is_coded_now_does_not_come_on_the_list(shown, coded, review):
    apply_code(coded.project, coded.diary, 0, 5, coded.trust)
    assert listed(review) == [coded.first, coded.bens]


def test_hidden_coders_are_not_reviewed(shown, coded, review):
    shown.context.hide_coders({coded.ben})
    assert listed(review) == [coded.first]


def test_the_window_goes_with_the_project(shown, review, qtbot):
    shown.context.close()
    qtbot.waitUntil(lambda: shown.sharing._review is None)


def test_in_a_large_project_the_older_codings_are_looked_for_beside_the_window(
    shown, coded, review, qtbot, monkeypatch
):
    monkeypatch.setattr("coder_app.gui.sharing.drift._AT_ONCE", 0)
    shown.sharing.review(coded.trust)
    assert review.about.text().startswith("Looking for passages")
    assert not review.fits.isEnabled()
    qtbot.waitUntil(lambda: listed(review) == [coded.first, coded.bens])
    assert review.about.text() == "2 passages were coded under an older wording."
    QTest.keyClick(review.list, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: listed(review) == [coded.bens])
