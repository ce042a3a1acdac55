"""The column: its layout holds in every way Qt looks at it, and the outside sees code points only."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextDocumentLayout

from coder_app.domain.imported import Block
from coder_app.gui.reader.layout import ReaderStyle
from coder_app.gui.reader.view import ReaderView

LONG = "\n".join(
    f"Paragraph {number} says as much as is needed for two lines of the column, and a bit more." * 2
    for number in range(400)
)


def line_tops(reader: ReaderView) -> list[float]:
    return [line.top for line in reader.screen_lines()]


def test_lines_stand_one_and_three_fifths_of_the_type_apart(reader: ReaderView):
    first, second = [line for line in reader.screen_lines() if line.block_start > 0][:2]
    assert second.top - first.top == round(17 * 1.6)
    assert second.bottom - second.top == round(17 * 1.6)


def test_the_column_holds_about_sixty_six_characters(reader: ReaderView):
    reader.set_source("The words of a text are of many lengths, and this line is like most lines. " * 20)
    reader.resize(1200, 600)
    full = [line.stop - line.start for line in reader.screen_lines()][:-1]
    assert 60 <= sum(full) / len(full) <= 72


def test_every_caret_place_is_hit_where_it_is_shown(reader: ReaderView, text: str):
    for place in range(0, len(text), 3):
        reader.select(place, place)
        caret = reader.cursorRect()
        assert reader.position_at(QPointF(caret.center())) == place
        assert reader.cursorForPosition(caret.center()).position() == reader.textCursor().position()


def test_in_each_line_from_right_to_left_a_caret_place_is_hit_where_it_is_shown(reader: ReaderView):
    reader.set_source("قالت المعلمة إن المدرسة مكان آمن للجميع ثم جاء المطر ففرح الناس كثيرا " * 6)
    for line in reader.screen_lines():
        y = (line.top + line.bottom) / 2
        for place in range(line.start, line.words_stop + 1):
            assert reader.position_at(QPointF(line.x(place), y)) == place


def test_the_caret_goes_down_and_up_by_lines(reader: ReaderView, qtbot):
    start = 95
    reader.select(start, start)
    before = reader.cursorRect().top()
    qtbot.keyClick(reader, Qt.Key.Key_Down)
    assert reader.cursorRect().top() - before == round(17 * 1.6)
    qtbot.keyClick(reader, Qt.Key.Key_Up)
    assert reader.caret() == start


def test_shift_and_arrows_select(reader: ReaderView, qtbot):
    reader.select(4, 4)
    with qtbot.waitSignal(reader.selection_changed) as heard:
        qtbot.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert heard.args == [4, 5]
    assert reader.selection() == (4, 5)


def test_positions_after_an_emoji_are_code_points(reader: ReaderView, text: str, qtbot):
    emoji = text.index("\U0001f600")
    with qtbot.waitSignal(reader.caret_moved) as heard:
        reader.select(emoji + 2, emoji + 4)
    assert heard.args == [emoji + 4]
    assert reader.selection() == (emoji + 2, emoji + 4)
    assert reader.textCursor().selectedText() == text[emoji + 2 : emoji + 4]


def test_nothing_can_be_typed_pasted_or_deleted(reader: ReaderView, text: str, qtbot):
    reader.select(0, 5)
    qtbot.keyClicks(reader, "xyz")
    qtbot.keyClick(reader, Qt.Key.Key_Delete)
    reader.paste()
    assert reader.toPlainText() == text


def test_a_far_place_is_revealed_in_the_upper_third(reader: ReaderView):
    reader.set_source(LONG)
    place = LONG.index("Paragraph 311")
    reader.reveal(place, place + 9)
    top = reader.rects_of(place, place + 9)[0].top()
    height = reader.viewport().height()
    assert 0 <= top <= height / 3
    assert top > height / 8


def test_what_is_in_sight_does_not_move_when_revealed(reader: ReaderView):
    reader.set_source(LONG)
    before = line_tops(reader)
    place = LONG.index("Paragraph 1 ")
    reader.reveal(place, place + 9)
    assert line_tops(reader) == before


@pytest.mark.parametrize("where", ["first", "last"])
def test_both_ends_of_a_text_can_be_revealed(reader: ReaderView, where: str):
    reader.set_source(LONG)
    place = 0 if where == "first" else len(LONG) - 1
    reader.reveal(len(LONG) // 2, len(LONG) // 2 + 1)
    reader.reveal(place, place + 1)
    (rect,) = reader.rects_of(place, place + 1)
    assert 0 <= rect.top() < rect.bottom() <= reader.viewport().height()


def test_the_scroll_bar_is_about_right_before_anything_was_scrolled(reader: ReaderView):
    reader.set_source(LONG)
    guessed = reader.verticalScrollBar().maximum()
    block = reader.document().firstBlock()
    while block.isValid():
        reader.document().documentLayout().blockBoundingRect(block)
        block = block.next()
    assert guessed == pytest.approx(reader.verticalScrollBar().maximum(), rel=0.4)


def test_the_caret_is_kept_in_sight(reader: ReaderView, qtbot):
    reader.set_source(LONG)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down):
        qtbot.keyClick(reader, key)
        assert reader.viewport().rect().contains(reader.cursorRect().center())
    qtbot.keyClick(reader, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert reader.caret() == len(LONG)
    assert reader.viewport().rect().contains(reader.cursorRect().center())


def test_scrolling_line_by_line_shows_every_line_once(reader: ReaderView):
    reader.set_source(LONG[:6000])
    bar = reader.verticalScrollBar()
    seen: list[int] = []
    for value in range(40):
        bar.setValue(value)
        lines = [line for line in reader.screen_lines() if line.bottom > 12]
        seen.append(lines[0].start)
    assert seen == sorted(set(seen))


def test_a_new_width_keeps_the_place_and_breaks_lines_anew(reader: ReaderView):
    reader.set_source(LONG)
    place = LONG.index("Paragraph 200")
    reader.scroll_to(place)
    reader.resize(480, 600)
    assert reader.screen_lines()[0].start <= place <= reader.screen_lines()[2].stop
    assert all(line.line.width() == reader.viewport().width() - 20 for line in reader.screen_lines())
    reader.resize(900, 600)
    assert reader.screen_lines()[0].start <= place <= reader.screen_lines()[2].stop


@pytest.mark.parametrize("width", [120, 300, 480, 900, 2000])
def test_words_and_margin_fit_into_any_width(reader: ReaderView, width: int):
    reader.resize(width, 600)
    assert all(line.words_rect().right() <= reader.viewport().width() for line in reader.screen_lines())
    assert reader.margin.geometry().right() <= reader.rect().right()
    assert reader.margin.geometry().left() == reader.viewport().geometry().right() + 1


def test_the_panel_above_is_told_where_the_column_stands(reader: ReaderView, qtbot):
    with qtbot.waitSignal(reader.column_changed) as heard:
        reader.resize(1300, 600)
    left, width = heard.args
    words = reader.screen_lines()[0].words_rect()
    assert words.left() + reader.viewport().x() == left
    assert width == pytest.approx(reader.viewport().width() - 20, abs=1)


def test_another_style_keeps_the_place_that_is_read(reader: ReaderView):
    reader.set_source(LONG)
    place = LONG.index("Paragraph 120")
    reader.scroll_to(place)
    reader.set_reader_style(ReaderStyle(pixels=22, line_height=2.0))
    lines = reader.screen_lines()
    assert lines[1].top - lines[0].top == 44
    assert lines[0].start <= place <= lines[1].stop


def test_a_heading_is_larger_than_the_text(reader: ReaderView, text: str):
    end = text.index("\n")
    plain = reader.screen_lines()[0].line.height()
    reader.set_source(text, blocks=[Block(0, end, "heading", 1)])
    lines = reader.screen_lines()
    assert lines[0].line.height() > plain
    assert lines[-1].line.height() == plain


def test_a_single_paragraph_is_laid_out_by_us_too(reader: ReaderView):
    reader.set_source("only one paragraph " * 30)
    lines = reader.screen_lines()
    assert [line.bottom - line.top for line in lines] == [27.0] * len(lines)
    assert isinstance(reader.document().documentLayout(), QPlainTextDocumentLayout)


def test_a_right_to_left_paragraph_starts_at_the_right(reader: ReaderView):
    reader.set_source("שלום עולם\nHello world")
    hebrew, english = reader.screen_lines()
    assert hebrew.words_rect().right() > reader.viewport().width() - 20
    assert english.words_rect().left() < 20


def test_places_of_mixed_scripts_follow_the_letters(reader: ReaderView):
    text = "Here שלום עולם stands"
    reader.set_source(text)
    first, last = text.index("ש"), text.index("ם")
    (word,) = reader.rects_of(first, last + 1)
    (other,) = reader.rects_of(text.index("ע"), text.index("ע") + 4)
    assert other.right() <= word.left()  # the second Hebrew word stands left of the first
    (here,) = reader.rects_of(0, 4)
    assert here.right() <= other.left()
    across = reader.rects_of(0, last + 1)
    assert len(across) == 2, "Here and the first word, with the second one between them"


def test_an_arabic_word_is_where_a_click_on_it_lands(reader: ReaderView):
    text = "المفوضية السامية UNHCR لشؤون اللاجئين"
    reader.set_source(text)
    for word in ("السامية", "UNHCR", "لشؤون"):
        start = text.index(word)
        (rect,) = reader.rects_of(start, start + len(word))
        assert start <= (reader.character_at(rect.center()) or -1) < start + len(word)


def test_a_line_taller_than_usual_gets_a_taller_band(reader: ReaderView):
    reader.set_reader_style(ReaderStyle(line_height=1.0))
    for line in reader.screen_lines():
        assert line.bottom - line.top >= line.line.height() or line.start == line.stop


def test_an_empty_text_is_shown(reader: ReaderView):
    reader.set_source("")
    assert reader.selection() == (0, 0)
    assert reader.position_at(QPointF(100, 100)) == 0
    reader.reveal(0, 0)
    assert reader.rects_of(0, 1) == []


def test_moving_by_words_ends_at_words(reader: ReaderView, qtbot):
    reader.select(0, 0)
    qtbot.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert reader.selection() == (0, 4)
    assert reader.textCursor().position() == reader.cursorForPosition(QPoint(reader.cursorRect().center())).position()
    assert isinstance(reader.textCursor(), QTextCursor)


def test_lines_are_found_once_for_each_picture(reader: ReaderView):
    reader.set_source(LONG)
    once = reader.screen_lines()
    assert reader.screen_lines() is once
    reader.verticalScrollBar().setValue(3)
    assert reader.screen_lines() is not once
    scrolled = reader.screen_lines()
    reader.set_reader_style(ReaderStyle(pixels=23))
    assert line_tops(reader) != [line.top for line in scrolled]
    tops = line_tops(reader)
    reader.resize(500, 600)
    assert line_tops(reader) != tops
    reader.set_source("Another text.")
    assert len(reader.screen_lines()) == 1
