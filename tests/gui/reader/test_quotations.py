"""Passages marked without a code: by key, seen beside the text, coded later, listed, removed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from coder_app.edits.memos import write_memo
from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages.model import PASSAGE
from coder_app.gui.reader.frame import build_frame
from coder_app.queries.codings import codings_in
from coder_app.queries.memos import memos_on
from coder_app.queries.quotations import quotation, quotations_in

KEY = Qt.Key
WORDS = "They came twice."


def mark(window: MainWindow, coded, words: str = WORDS) -> str:
    view = window.reader.view
    start = view.text.index(words)
    view.setFocus()
    view.select(start, start + len(words))
    QApplication.processEvents()  # what can be done is told once the caret rests
    QTest.keyClick(view, KEY.Key_Q)
    return quotations_in(coded.project, coded.interview)[-1].id


def test_q_marks_what_is_selected_with_a_bracket_and_no_colour(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    before = shown.bottom._counts.text()
    segment_id = mark(shown, coded)
    assert view.chosen() == segment_id
    assert segment_id in view.margin.bracket_ids()
    start = view.text.index(WORDS)
    frame = build_frame(view.screen_lines(), lambda *_: view.codings_between(start, start + 1), view._positions)
    assert frame.tints == []
    assert frame.underlines == []
    assert not view.margin.grab().isNull()
    assert shown.bottom._counts.text() == before
    assert shown.reader.codings.view.describe(start) == "Quotation (A)"
    details = shown.details._segment
    assert details._quote.text() == f"“{WORDS}”"
    assert details._who.text() == "Ann · quotation without a code"
    QTest.keyClick(view, KEY.Key_U)
    assert view.text[view.caret() :].startswith("Work is scarce")


def test_a_quotation_is_coded_later_and_undo_makes_it_one_again(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    segment_id = mark(shown, coded)
    QTest.keyClick(view, KEY.Key_Return)
    picker = shown.reader.gestures._picker
    QTest.keyClicks(picker._field, "inst")
    QTest.keyClick(picker._field, KEY.Key_Return)
    (new,) = [one for one in codings_in(coded.project, coded.interview) if one.segment_id == segment_id]
    assert view.chosen() == new.id
    assert view.span(segment_id) is None
    shown.context.undo()
    assert view.span(new.id) is None
    assert view.span(segment_id) is not None


def test_x_removes_it_and_undo_brings_it_back(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    segment_id = mark(shown, coded)
    QTest.keyClick(view, KEY.Key_X)
    assert quotation(coded.project, segment_id) is None
    assert view.span(segment_id) is None
    assert shown.notice.isVisible()
    shown.context.undo()
    assert view.span(segment_id) is not None
    view.choose(segment_id)
    view.coding_chosen.emit(segment_id)
    QApplication.processEvents()
    button = next(
        one for one in shown.details._segment.findChildren(QToolButton) if one.text() == "Unmark" and one.isVisible()
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert quotation(coded.project, segment_id) is None


def test_its_borders_move_by_keys_and_a_memo_can_be_written(shown: MainWindow, coded) -> None:
    segment_id = mark(shown, coded)
    view = shown.reader.view
    QTest.keyClicks(view, "{{")
    found = quotation(coded.project, segment_id)
    assert view.text[found.start : found.stop] == "They came"
    assert view.span(segment_id).stop == found.stop
    write_memo(coded.project, "segment", segment_id, "Who?")
    QTest.keyClick(view, KEY.Key_X)
    assert memos_on(coded.project, "segment", segment_id) == []


def test_n_and_j_walk_to_quotations(shown: MainWindow, coded) -> None:
    first = mark(shown, coded, "They came twice.")
    last = mark(shown, coded, "The young leave")
    view = shown.reader.view
    shown.reader.gestures.let_go()
    view.select(0, 0)
    view.choose(first)
    QTest.keyClick(view, KEY.Key_N)
    assert view.chosen() == last
    QTest.keyClick(view, KEY.Key_P)
    assert view.chosen() == first


def test_a_passage_that_is_coded_needs_no_mark_and_it_is_said(shown: MainWindow, coded, qtbot) -> None:
    view = shown.reader.view
    start = view.text.index("Trust is everything here.")
    view.select(start, start + 25)
    QApplication.processEvents()
    with qtbot.waitSignal(shown.context.notice_requested) as told:
        QTest.keyClick(view, KEY.Key_Q)
    assert "coded already" in told.args[0]
    assert quotations_in(coded.project, coded.interview) == []


def test_they_are_listed_and_a_click_goes_there(shown: MainWindow, coded) -> None:
    shown.actions_by_id["coding.quotations"].trigger()
    assert shown.passages._count.text() == "None. Q marks one."
    segment_id = mark(shown, coded)
    model = shown.passages.list.model()
    assert model.rowCount() == 1
    assert model.index(0, 0).data(PASSAGE).text == WORDS
    shown.readers.show_source(coded.diary)
    rect = shown.passages.list.visualRect(model.index(0, 0))
    QTest.mouseClick(shown.passages.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(60, 12))
    assert shown.reader.source_id == coded.interview
    assert shown.reader.view.chosen() == segment_id
    shown.context.undo()
    assert model.rowCount() == 0


def test_they_stay_in_sight_whichever_codes_are_shown_and_follow_their_coder(shown: MainWindow, coded) -> None:
    segment_id = mark(shown, coded)
    shown.context.shown_codes.show_codes([])
    assert shown.reader.view.span(segment_id) is not None
    shown.actions_by_id["view.split"].trigger()
    assert all(reader.view.span(segment_id) is not None for reader in shown.readers.readers())
    shown.context.hide_coders({coded.ann})
    assert shown.reader.view.span(segment_id) is None
    shown.context.hide_coders(set())
    shown.readers.show_source(coded.diary)
    shown.readers.show_source(coded.interview)
    assert shown.reader.view.span(segment_id) is not None
