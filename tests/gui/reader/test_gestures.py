"""Every gesture of coding, by key and mouse, in the whole window on a real project."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from coder_app.edits.settings import pin_code
from coder_app.gui.main_window import MainWindow
from coder_app.gui.reader.mime import code_data, selection_data
from coder_app.queries.codes import code_tree, examples
from coder_app.queries.codings import coding, codings_in, codings_on

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def write(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def select(window: MainWindow, words: str) -> tuple[int, int]:
    start = window.reader.view.text.index(words)
    window.reader.view.select(start, start + len(words))
    QApplication.processEvents()
    return start, start + len(words)


def double_click_on_code(window: MainWindow) -> None:
    tree = window.codebook.tree
    at = tree.visualRect(tree.currentIndex()).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)


def stand(window: MainWindow, words: str) -> None:
    place = window.reader.view.text.index(words)
    window.reader.view.choose(None)
    window.reader.view.select(place, place)
    QApplication.processEvents()


def codes_at(made: SimpleNamespace, place: tuple[int, int]) -> list[str]:
    tree = code_tree(made.project)
    found = codings_in(made.project, made.interview)
    return sorted(tree[one.code_id].name for one in found if (one.start, one.stop) == place)


@pytest.mark.parametrize("key", [KEY.Key_C, KEY.Key_Return])
def test_a_key_opens_the_picker_and_enter_applies_what_was_typed(shown: MainWindow, coded, key) -> None:
    place = select(shown, "Work is scarce.")
    press(key)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    write("wor")
    press(KEY.Key_Return)
    assert codes_at(coded, place) == ["Work & pay"]
    assert QApplication.activePopupWidget() is None


def test_ctrl_enter_opens_the_picker_too(shown: MainWindow, coded) -> None:
    place = select(shown, "Work is scarce.")
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    write("inst")
    press(KEY.Key_Return)
    assert codes_at(coded, place) == ["Institutions"]


def test_escape_leaves_the_picker_and_nothing_is_coded(shown: MainWindow, coded) -> None:
    place = select(shown, "Work is scarce.")
    press(KEY.Key_C)
    write("work")
    press(KEY.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert codes_at(coded, place) == []
    assert shown.reader.view.selection() == place


def test_a_name_that_is_new_is_created_and_applied_as_one_step(shown: MainWindow, coded) -> None:
    place = select(shown, "The young leave for work.")
    press(KEY.Key_C)
    write("Migration")
    press(KEY.Key_Return)
    assert codes_at(coded, place) == ["Migration"]
    shown.context.undo()
    assert codes_at(coded, place) == []
    assert not code_tree(coded.project).matches("Migration")


def test_a_path_makes_a_sub_code(shown: MainWindow, coded) -> None:
    select(shown, "The young leave for work.")
    press(KEY.Key_C)
    write("Work & pay > Leaving")
    press(KEY.Key_Return)
    tree = code_tree(coded.project)
    assert tree.path(tree.find("Leaving").id) == "Work & pay > Leaving"


def test_shift_enter_applies_and_stays_for_several_codes_on_one_segment(shown: MainWindow, coded) -> None:
    place = select(shown, "They came twice.")
    press(KEY.Key_C)
    write("inst")
    press(KEY.Key_Return, SHIFT)
    assert QApplication.activePopupWidget() is not None
    write("work")
    press(KEY.Key_Return)
    assert codes_at(coded, place) == ["Institutions", "Work & pay"]
    found = [one for one in codings_in(coded.project, coded.interview) if (one.start, one.stop) == place]
    assert len({one.segment_id for one in found}) == 1


def test_after_a_code_the_same_passage_takes_another_without_being_selected_again(shown: MainWindow, coded) -> None:
    place = select(shown, "They came twice.")
    shown.reader.apply_code(coded.work)
    press(KEY.Key_C)
    write("trust")
    press(KEY.Key_Return)
    assert codes_at(coded, place) == ["Trust", "Work & pay"]


def test_r_applies_the_last_code_again(shown: MainWindow, coded) -> None:
    place = select(shown, "They came twice.")
    press(KEY.Key_R)
    assert codes_at(coded, place) == []
    shown.reader.apply_code(coded.work)
    other = select(shown, "The young leave for work.")
    press(KEY.Key_R)
    assert codes_at(coded, other) == ["Work & pay"]


def test_a_number_key_applies_its_pinned_code_and_a_free_one_says_how_to_pin(shown: MainWindow, coded) -> None:
    pin_code(coded.project, 3, coded.institutions)
    place = select(shown, "They came twice.")
    press(KEY.Key_3)
    assert codes_at(coded, place) == ["Institutions"]
    press(KEY.Key_4)
    assert "4" in shown.notice.words()
    assert shown.notice.isVisible()


def test_v_makes_a_code_of_the_words(shown: MainWindow, coded) -> None:
    place = select(shown, "neighbours")
    press(KEY.Key_V)
    assert codes_at(coded, place) == ["neighbours"]


def test_x_removes_one_coding_of_two_and_undo_in_the_notice_brings_it_back(shown: MainWindow, coded, qtbot) -> None:
    stand(shown, "everything")
    press(KEY.Key_N)
    press(KEY.Key_P)
    stand(shown, "everything")
    meant = shown.reader.gestures.target()
    press(KEY.Key_X)
    assert coding(coded.project, meant.id) is None
    assert len(codings_on(coded.project, meant.segment_id)) == 1
    assert "Removed" in shown.notice.words()
    button = next(one for one in shown.notice.findChildren(type(shown.notice._undo)) if one.text() == "Undo")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert coding(coded.project, meant.id) is not None
    assert not shown.notice.isVisible()


def test_after_x_the_next_coding_of_the_segment_is_the_chosen_one(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.first)
    shown.reader.gestures.choose_target()
    press(KEY.Key_X)
    assert shown.reader.view.chosen() == coded.second
    press(KEY.Key_X)
    assert shown.reader.view.chosen() is None
    assert codings_in(coded.project, coded.interview)[0].id == coded.bens


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("]", "trusts the police."),
        ("{", "Nobody trusts the police"),
        ("}", "Nobody trusts the police. They"),
        ("[", "Nobody trusts the police."),
    ],
)
def test_brackets_move_the_borders_by_words(shown: MainWindow, coded, key: str, words: str) -> None:
    stand(shown, "trusts")
    write(key)
    moved = coding(coded.project, coded.police)
    assert shown.reader.view.text[moved.start : moved.stop] == words
    assert shown.reader.view.span(coded.police).start == moved.start


def test_a_handle_is_dragged_with_the_mouse(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    stand(shown, "trusts")
    shown.reader.gestures.choose_target()
    now = coding(coded.project, coded.police)
    port = view.viewport()
    at = view.rects_of(now.start, now.stop)[-1].bottomRight().toPoint() + QPoint(3, -4)
    word = view.rects_of(now.stop + 1, now.stop + 5)[0].center().toPoint()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(port, word)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=word)
    moved = coding(coded.project, coded.police)
    assert moved.start == now.start
    assert view.text[moved.start : moved.stop].startswith("Nobody trusts the police. They")


def test_n_and_p_visit_every_coding_even_those_that_start_together(shown: MainWindow, coded) -> None:
    seen = []
    shown.reader.view.choose(None)
    press(KEY.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        press(KEY.Key_N)
        seen.append(shown.reader.view.chosen())
    press(KEY.Key_N)
    assert "last" in shown.notice.words()
    back = []
    for _ in range(3):
        press(KEY.Key_P)
        back.append(shown.reader.view.chosen())
    assert {*seen, *back} == {coded.first, coded.second, coded.bens, coded.police}
    assert back == [coded.bens, *sorted([coded.first, coded.second], reverse=True)]


def test_u_goes_to_the_next_paragraph_without_a_coding(shown: MainWindow) -> None:
    press(KEY.Key_U)
    assert shown.reader.view.caret() == shown.reader.view.text.index("Work is scarce.")
    assert "1 paragraph" in shown.notice.words()


def test_m_goes_to_the_memo_of_the_passage_and_escape_comes_back(shown: MainWindow, coded) -> None:
    stand(shown, "trusts")
    press(KEY.Key_M)
    write("They remember.")
    press(KEY.Key_Escape)
    assert shown.reader.view.hasFocus()
    assert coded.project.rows("SELECT body FROM memo") == [("They remember.",)]


def test_m_brings_hidden_details_back(shown: MainWindow) -> None:
    shown.actions_by_id["view.right"].trigger()
    assert not shown.details.isVisible()
    stand(shown, "trusts")
    press(KEY.Key_M)
    assert shown.details.isVisible()
    assert QApplication.focusWidget().accessibleName() == "Memo on the passage"


def test_a_coding_gets_another_code_by_recoding(shown: MainWindow, coded) -> None:
    stand(shown, "trusts")
    press(KEY.Key_R, SHIFT)
    write("work")
    press(KEY.Key_Return)
    assert coding(coded.project, coded.police).code_id == coded.work


def test_the_passage_becomes_an_example_of_its_code(shown: MainWindow, coded) -> None:
    stand(shown, "trusts")
    shown.actions_by_id["coding.example"].trigger()
    assert [one.text for one in examples(coded.project)[coded.institutions]] == ["Nobody trusts the police."]


def test_a_code_is_dropped_on_the_selection(shown: MainWindow, coded) -> None:
    place = select(shown, "They came twice.")
    view = shown.reader.view
    at = view.rects_of(*place)[0].center()
    data = code_data([coded.work])
    drop = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(drop)
    assert drop.isAccepted()
    assert codes_at(coded, place) == ["Work & pay"]


def test_the_selection_is_dropped_on_a_code(shown: MainWindow, coded) -> None:
    place = select(shown, "They came twice.")
    tree = shown.codebook.tree
    data = selection_data(*place, "They came twice.")
    index = shown.codebook._index(coded.institutions)
    assert tree.model().canDropMimeData(data, Qt.DropAction.CopyAction, -1, -1, index)
    assert tree.model().dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, index)
    assert codes_at(coded, place) == ["Institutions"]


def test_a_code_that_only_groups_others_says_why_it_is_not_applied(shown: MainWindow, coded) -> None:
    place = select(shown, "They came twice.")
    shown.codebook.reveal(coded.topics)
    double_click_on_code(shown)
    assert codes_at(coded, place) == []
    assert "“Topics” only groups other codes" in shown.notice.words()


def test_a_double_click_on_a_code_codes_the_selection_and_gives_the_keys_back_to_the_text(
    shown: MainWindow, coded
) -> None:
    place = select(shown, "They came twice.")
    shown.codebook.reveal(coded.work)
    double_click_on_code(shown)
    assert codes_at(coded, place) == ["Work & pay"]
    assert shown.reader.view.hasFocus()


def test_words_are_selected_with_the_keyboard_and_coded(shown: MainWindow, coded) -> None:
    press(KEY.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(len("for work.")):
        press(KEY.Key_Left, SHIFT)
    press(KEY.Key_V)
    stop = len(shown.reader.view.text)
    assert codes_at(coded, (stop - len("for work."), stop)) == ["for work."]


def bracket(window: MainWindow, coding_id: str) -> QPoint:
    """Return the middle of a bracket, in pixels of the margin."""
    window.reader.view.margin.grab()
    drawn = window.reader.view.margin.bracket_rect(coding_id)
    assert drawn is not None
    return drawn.center().toPoint()


def test_a_double_click_on_a_bracket_gives_its_coding_another_code(shown: MainWindow, coded) -> None:
    margin = shown.reader.view.margin
    at = bracket(shown, coded.police)
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseDClick(margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    write("work")
    press(KEY.Key_Return)
    assert coding(coded.project, coded.police).code_id == coded.work


def test_after_a_click_on_a_bracket_the_keys_mean_its_coding(shown: MainWindow, coded) -> None:
    shown.codebook.tree.setFocus()
    at = bracket(shown, coded.police)
    QTest.mouseClick(shown.reader.view.margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    press(KEY.Key_X)
    assert coding(coded.project, coded.police) is None


def test_a_click_on_a_bracket_makes_its_text_the_one_that_is_meant(shown: MainWindow, coded) -> None:
    left = shown.reader
    shown.actions_by_id["view.split"].trigger()
    QApplication.processEvents()
    assert shown.reader is not left
    left.view.margin.grab()
    drawn = left.view.margin.bracket_rect(coded.police)
    assert drawn is not None
    at = drawn.center().toPoint()
    QTest.mouseClick(left.view.margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert shown.reader is left
    assert left.view.chosen() == coded.police


def test_a_coding_that_the_caret_has_left_is_not_the_one_that_is_meant(shown: MainWindow, coded) -> None:
    stand(shown, "trusts")
    press(KEY.Key_N)
    press(KEY.Key_P)
    chosen = shown.reader.view.chosen()
    assert chosen is not None
    press(KEY.Key_End, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert shown.reader.view.chosen() is None
    press(KEY.Key_X)
    assert coding(coded.project, chosen) is not None


def test_within_its_words_and_at_their_end_the_caret_keeps_the_chosen_coding(shown: MainWindow, coded) -> None:
    select(shown, "Nobody")
    place = coding(coded.project, coded.police)
    shown.reader.view.choose(coded.police)
    for caret in (place.start + 3, place.stop):
        shown.reader.view.select(caret, caret)
        QApplication.processEvents()
        assert shown.reader.view.chosen() == coded.police


def test_the_next_uncoded_paragraph_has_no_details_of_the_coding_before(shown: MainWindow, coded) -> None:
    stand(shown, "trusts")
    shown.reader.gestures.choose_target()
    with_coding = shown.details.grab().toImage()
    press(KEY.Key_U)
    QApplication.processEvents()
    assert shown.reader.view.chosen() is None
    assert shown.details.grab().toImage() != with_coding


def test_enter_where_there_is_nothing_to_code_says_what_to_do_first(shown: MainWindow, coded) -> None:
    stand(shown, "Work is scarce")
    press(KEY.Key_Return)
    assert "Select words first" in shown.notice.words()
    assert QApplication.activePopupWidget() is None
