"""Dragging an end of a coding: whole words, or characters with Alt."""

import pytest

from coder_app.gui.reader.edges import moved, taken
from coder_app.gui.reader.spans import Span

TEXT = "They trust nobody else here."
TRUST = Span("c1", "s1", 5, 10, "#b2516e", "Trust")


@pytest.mark.parametrize(("place", "stop"), [(13, 17), (17, 17), (18, 22), (7, 10)])
def test_a_stop_moves_to_the_end_of_the_word(place: int, stop: int):
    assert moved(taken(TRUST, is_start=False), TEXT, place, by_character=False).stop == stop


def test_a_start_moves_to_the_beginning_of_the_word():
    assert moved(taken(TRUST, is_start=True), TEXT, 2, by_character=False).start == 0


def test_in_a_script_without_blanks_an_end_moves_letter_by_letter():
    held = Span("c1", "s1", 1, 3, "#b2516e", "Trust")
    assert moved(taken(held, is_start=False), "我们相信邻居", 4, by_character=False).stop == 4
    assert moved(taken(held, is_start=True), "我们相信邻居", 2, by_character=False).start == 2


def test_with_alt_it_moves_by_characters():
    assert moved(taken(TRUST, is_start=True), TEXT, 2, by_character=True).start == 2


@pytest.mark.parametrize("is_start", [True, False])
def test_an_end_does_not_pass_the_other(is_start: bool):
    drag = taken(TRUST, is_start=is_start)
    assert moved(drag, TEXT, 20 if is_start else 1, by_character=True) == drag
    assert not drag.has_moved


def test_all_codings_of_the_segment_move_along():
    drag = moved(taken(TRUST, is_start=False), TEXT, 17, by_character=True)
    beside = Span("c2", "s1", 5, 10, "#000000", "Other")
    elsewhere = Span("c3", "s3", 5, 10, "#000000", "Third")
    assert (drag.shown(beside).start, drag.shown(beside).stop) == (5, 17)
    assert drag.shown(elsewhere) == elsewhere
    assert drag.has_moved
