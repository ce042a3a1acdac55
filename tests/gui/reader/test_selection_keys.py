"""Coding from the first key to the last without the mouse, in the window."""

import pytest
from PySide6.QtCore import Qt

from coder_app.edits.codings import apply_code
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codings import coding, codings_in


@pytest.fixture
def press(shown: MainWindow, qtbot):
    def press_keys(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            qtbot.keyClick(shown.reader.view, key, modifier)

    return press_keys


def selected(shown: MainWindow) -> str:
    return shown.reader.words(*shown.reader.view.selection())


def test_a_sentence_is_selected_grown_and_coded_with_keys(shown: MainWindow, coded, press) -> None:
    end = shown.reader.view.text.index("Nobody")
    shown.reader.view.select(end, end)
    press(Qt.Key.Key_S)
    assert selected(shown) == "Nobody trusts the police."
    press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert selected(shown).startswith("We trust our neighbours.")
    shown.reader.apply_code(coded.work)
    made = [one for one in codings_in(coded.project, coded.interview) if one.code_id == coded.work]
    assert shown.reader.words(made[-1].start, made[-1].stop).startswith("We trust our neighbours.")


def test_what_was_selected_last_is_left_out_again(shown: MainWindow, press) -> None:
    press(Qt.Key.Key_W, Qt.Key.Key_W, Qt.Key.Key_W)
    longer = selected(shown)
    press(Qt.Key.Key_Backspace)
    assert longer.startswith(selected(shown))
    assert len(selected(shown).split()) == len(longer.split()) - 1


def test_what_was_taken_in_before_the_selection_is_left_out_there(shown: MainWindow, press) -> None:
    place = shown.reader.view.text.index("They came")
    shown.reader.view.select(place, place)
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert selected(shown) == "Nobody trusts the police. They came twice."
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert selected(shown) == "They came twice."
    press(Qt.Key.Key_Backspace)
    assert selected(shown) == "They came twice."


def test_a_turn_in_a_text_that_is_no_transcript_is_its_paragraph(shown: MainWindow, press) -> None:
    press(Qt.Key.Key_G)
    paragraph = selected(shown)
    shown.reader.view.select(0, 0)
    press(Qt.Key.Key_T)
    assert selected(shown) == paragraph != ""


def test_a_block_is_begun_ended_and_dropped_with_keys(shown: MainWindow, press) -> None:
    press(Qt.Key.Key_B)
    assert "A block begins here" in shown.notice.words()
    shown.reader.view.select(12, 12)
    press(Qt.Key.Key_B)
    assert shown.reader.view.selection() == (0, 12)
    press(Qt.Key.Key_B, Qt.Key.Key_Escape)
    assert shown.reader.view.block_start() is None


def test_a_segment_takes_in_the_next_sentence_and_leaves_it_out(shown: MainWindow, coded, press) -> None:
    view = shown.reader.view
    view.choose(coded.bens)
    view.select(coding(coded.project, coded.bens).start, coding(coded.project, coded.bens).start)
    before = coding(coded.project, coded.bens)
    press(Qt.Key.Key_Plus)
    grown = coding(coded.project, coded.bens)
    assert " ".join(view.text[grown.start : grown.stop].split()) == "We trust our neighbours. Nobody trusts the police."
    press(Qt.Key.Key_Minus)
    assert coding(coded.project, coded.bens) == before
    press(Qt.Key.Key_Minus)
    assert coding(coded.project, coded.bens) == before


def words_of(shown: MainWindow, coded, coding_id: str) -> str:
    one = coding(coded.project, coding_id)
    return shown.reader.view.text[one.start : one.stop]


def test_a_border_stops_at_its_paragraph_and_leaves_it_when_the_key_is_pressed_again(
    shown: MainWindow, coded, press, qtbot
) -> None:
    shown.reader.view.choose(coded.police)
    for _ in range(5):
        press(Qt.Key.Key_BracketLeft)  # as quickly as a key that is held down
    assert words_of(shown, coded, coded.police) == "Nobody trusts the police."
    assert "begins where its paragraph begins" in shown.notice.words()
    qtbot.wait(450)
    press(Qt.Key.Key_BracketLeft)
    assert words_of(shown, coded, coded.police) == "neighbours.\nNobody trusts the police."


def test_a_stop_does_not_run_into_the_next_paragraph(shown: MainWindow, coded, qtbot) -> None:
    view = shown.reader.view
    view.choose(coded.bens)
    for _ in range(3):
        qtbot.keyClicks(view, "}")
    assert words_of(shown, coded, coded.bens) == "We trust our neighbours."
    assert "ends where its paragraph ends" in shown.notice.words()
    qtbot.wait(450)
    qtbot.keyClicks(view, "}")
    assert words_of(shown, coded, coded.bens) == "We trust our neighbours.\nNobody"
    qtbot.keyClicks(view, "{")
    assert words_of(shown, coded, coded.bens) == "We trust our neighbours."


def test_a_coding_stays_the_one_that_is_meant_when_its_border_passes_the_caret(shown: MainWindow, coded, press) -> None:
    view = shown.reader.view
    start = coding(coded.project, coded.police).start
    view.select(start, start)
    press(Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight)
    assert words_of(shown, coded, coded.police) == "the police."
    assert view.chosen() == coded.police


def test_the_next_coding_of_the_same_code_leaves_out_the_others(shown: MainWindow, coded, press) -> None:
    view = shown.reader.view
    view.choose(coded.first)
    press(Qt.Key.Key_J)
    assert view.chosen() == coded.bens
    press(Qt.Key.Key_J)
    assert "last coding of this code" in shown.notice.words()
    press(Qt.Key.Key_K)
    assert view.chosen() == coded.first


def test_a_code_that_is_hidden_is_seen_again_once_it_is_used(shown: MainWindow, coded) -> None:
    shown.reader.look.codes_wanted.emit({coded.trust})
    assert shown.reader.view.span(coded.police) is None
    assert "1 of 4 codes shown" in shown.reader._about.text()
    shown.reader.apply_code_to(coded.work, 0, 4)
    assert shown.reader.view.span(coded.second) is not None
    assert "2 of 4 codes shown" in shown.reader._about.text()
    shown.reader.look.codes_wanted.emit(None)
    assert shown.reader.view.span(coded.police) is not None


def test_a_coding_of_another_view_stays_hidden_with_its_code(shown: MainWindow, coded) -> None:
    shown.reader.look.codes_wanted.emit({coded.trust})
    made = apply_code(coded.project, coded.interview, 0, 4, coded.work)
    assert shown.reader.view.span(made) is None


def test_the_settings_open_with_a_key_and_change_the_text_at_once(shown: MainWindow, press, qtbot) -> None:
    press(Qt.Key.Key_T, modifier=Qt.KeyboardModifier.ControlModifier)
    popup = shown.reader.look._popup
    assert popup is not None
    assert popup.isVisible()
    assert [popup.codes_list.item(row).text().strip() for row in range(4)]
    popup.size_box.setValue(24)
    assert shown.reader.view.reader_style.pixels == 24
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
