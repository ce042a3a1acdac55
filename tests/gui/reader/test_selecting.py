"""Passages are selected with keys alone, in sight of the person."""

import pytest
from PySide6.QtCore import Qt

from coder_app.gui.reader.extend import PARAGRAPH, SENTENCE, WORD
from coder_app.gui.reader.view import ReaderView


def words(reader: ReaderView) -> str:
    start, stop = reader.selection()
    return reader.text[start:stop]


def test_a_sentence_is_selected_and_the_next_one_added(reader: ReaderView):
    reader.select(3, 3)
    reader.extend_selection(SENTENCE, 1)
    assert words(reader) == "The first paragraph is about trust."
    reader.extend_selection(SENTENCE, 1)
    assert words(reader).endswith("trust nobody else.")
    reader.contract_selection(SENTENCE)
    assert words(reader) == "The first paragraph is about trust."


def test_after_a_word_was_added_before_the_arrows_move_the_start(reader: ReaderView, qtbot, text: str):
    start = text.index("about trust")
    reader.select(start, start + 5)
    reader.extend_selection(WORD, -1)
    assert words(reader) == "is about"
    qtbot.keyClick(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert words(reader) == " is about"


def test_what_was_added_comes_in_sight(reader: ReaderView):
    reader.set_source("\n".join(f"Line {number} of the text." for number in range(200)))
    reader.select(0, 0)
    for _ in range(60):
        reader.extend_selection(PARAGRAPH, 1)
    stop = reader.selection()[1]
    assert reader.rects_of(stop - 1, stop)


def test_a_block_is_begun_and_ended_with_the_caret(reader: ReaderView, text: str):
    start, stop = text.index("paragraph"), text.index(" has an emoji")
    reader.select(start, start)
    assert reader.mark_block()
    assert reader.block_start() == start
    reader.select(stop, stop)
    assert not reader.mark_block()
    assert reader.selection() == (start, stop)
    assert reader.block_start() is None


def test_a_block_may_be_ended_above_its_begin(reader: ReaderView):
    reader.select(20, 20)
    reader.mark_block()
    reader.select(4, 9)
    reader.mark_block()
    assert reader.selection() == (4, 20)


def test_escape_forgets_the_begin_of_a_block(reader: ReaderView, qtbot):
    reader.mark_block()
    qtbot.keyClick(reader, Qt.Key.Key_Escape)
    assert reader.block_start() is None


def test_another_text_forgets_the_begin_of_a_block(reader: ReaderView):
    reader.mark_block()
    reader.set_source("Another text.")
    assert reader.block_start() is None


@pytest.mark.parametrize(("by", "expected"), [(1, "c3"), (-1, "c1")])
def test_the_next_coding_of_one_code_leaves_out_the_others(reader: ReaderView, span_of, by: int, expected: str):
    spans = [
        span_of("first", "c1", code_id="trust"),
        span_of("People", "c2", code_id="trust"),
        span_of("nobody", "c4", code_id="money"),
        span_of("second", "c3", code_id="trust"),
    ]
    reader.set_spans(spans)
    here = reader.span("c2")
    assert here is not None
    found = reader.coding_of("trust", here.start, by)
    assert found is not None
    assert found.coding_id == expected


def test_of_a_code_that_is_used_once_there_is_no_next_coding(reader: ReaderView, span_of):
    reader.set_spans([span_of("People", "c2", code_id="trust"), span_of("nobody", "c4", code_id="money")])
    here = reader.span("c2")
    assert here is not None
    assert reader.coding_of("trust", here.start, 1) is None
    assert reader.coding_of("trust", here.start, -1) is None
