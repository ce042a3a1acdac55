"""A text of many paragraphs is shown before all of them have been looked at."""

from itertools import pairwise

import pytest

from coder_app.gui.reader.layout import ReaderLayout, ReaderStyle
from coder_app.gui.reader.view import ReaderView

PARAGRAPH = "Many words about one thing and another, again and again, as people speak. " * 6
HUGE = "\n".join(f"{number} {PARAGRAPH}" for number in range(6_000))


@pytest.fixture
def huge(reader: ReaderView) -> ReaderView:
    reader.set_source(HUGE)
    return reader


def test_the_scroll_bar_learns_of_all_lines_in_a_moment(huge: ReaderView, qtbot):
    bar = huge.verticalScrollBar()
    per_paragraph = len(PARAGRAPH) / 66
    qtbot.waitUntil(lambda: bar.maximum() > 6_000 * per_paragraph)
    assert bar.maximum() < 6_000 * (per_paragraph + 2)


def test_a_place_far_below_can_be_gone_to_at_once_and_is_kept_while_lines_are_counted(huge: ReaderView, qtbot):
    place = HUGE.index("\n5000 ") + 1
    huge.scroll_to(place)
    assert huge.first_position() == place
    qtbot.waitUntil(lambda: huge.verticalScrollBar().maximum() > 30_000)
    assert huge.first_position() == place


def test_a_narrower_window_keeps_the_place_and_has_more_lines(huge: ReaderView, qtbot):
    bar = huge.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 30_000)
    before = bar.maximum()
    huge.scroll_to(HUGE.index("\n3000 ") + 1)
    huge.resize(420, 600)
    assert huge.first_position() == HUGE.index("\n3000 ") + 1
    qtbot.waitUntil(lambda: bar.maximum() > before * 1.2)


def test_another_text_ends_the_counting_of_the_one_before(huge: ReaderView, qtbot):
    huge.set_source("A short text.")
    qtbot.wait(5)
    assert huge.verticalScrollBar().maximum() == 0


def test_larger_type_keeps_the_place(huge: ReaderView):
    place = HUGE.index("\n100 ") + 1
    huge.scroll_to(place)
    huge.set_reader_style(ReaderStyle(pixels=24))
    assert huge.first_position() == place


def test_the_lines_of_one_long_paragraph_are_measured_once(reader: ReaderView, monkeypatch: pytest.MonkeyPatch):
    text = "A transcript without any break, as some services give it. " * 2_000
    reader.set_source(text)
    reader.scroll_to(len(text) // 2)
    measured: list[object] = []
    step = ReaderLayout._step
    monkeypatch.setattr(ReaderLayout, "_step", lambda layout, line: measured.append(line) or step(layout, line))
    for value in range(1, reader.verticalScrollBar().maximum(), 97):
        reader.verticalScrollBar().setValue(value)
        reader.grab()
        lines = reader.screen_lines()
        assert lines[0].top <= 0 < lines[0].bottom
        assert all(above.bottom == below.top for above, below in pairwise(lines))
    assert measured == []
    reader.set_reader_style(ReaderStyle(line_height=2.0))
    reader.grab()
    lines = reader.screen_lines()
    assert lines[1].top - lines[0].top == 2 * reader.reader_style.pixels
