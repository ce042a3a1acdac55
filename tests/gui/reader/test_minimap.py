"""The map shows where the whole text is coded, and takes the person there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view import ReaderView

PARAGRAPH = "Many words about one thing and another, again and again, as people speak. " * 3
LONG = "\n".join(f"{number} {PARAGRAPH}" for number in range(300))


def coding(coding_id: str, start: int, stop: int, colour: str = "#b2516e") -> Span:
    return Span(coding_id, f"s{coding_id}", start, stop, colour, f"Code {coding_id}")


@pytest.fixture
def long(reader: ReaderView) -> ReaderView:
    reader.set_source(LONG, [coding("a", 0, 2_000), coding("b", 40_000, 42_000, "#157dbc")])
    return reader


def colour_at(reader: ReaderView, position: int) -> str:
    strip = reader.minimap
    image = strip.grab().toImage()
    return image.pixelColor(3, min(round(position / len(reader.text) * strip.height()), image.height() - 1)).name()


def test_a_coded_place_has_the_colour_of_its_code(long: ReaderView):
    assert colour_at(long, 41_000) == "#157dbc"
    assert colour_at(long, 60_000) != colour_at(long, 41_000)


def test_a_new_coding_is_seen_and_one_taken_away_is_not(long: ReaderView):
    empty = colour_at(long, 60_000)
    long.add_span(coding("c", 59_000, 61_000))
    assert colour_at(long, 60_000) == "#b2516e"
    long.remove_span("c")
    assert colour_at(long, 60_000) == empty


def test_a_moved_coding_is_seen_where_it_is_now(long: ReaderView):
    empty = colour_at(long, 60_000)
    long.update_span(coding("b", 59_000, 61_000, "#157dbc"))
    assert colour_at(long, 60_000) == "#157dbc"
    assert colour_at(long, 41_000) == empty


def test_codings_of_hidden_codes_are_not_on_the_map(reader: ReaderView):
    reader.set_source(LONG, [coding("a", 30_000, 33_000)._replace(code_id="trust")])
    assert reader.minimap.density_at(31_000) == [("#b2516e", 1)]
    reader.show_only({"money"})
    assert reader.minimap.density_at(31_000) == []
    reader.show_only(None)
    assert reader.minimap.density_at(31_000) == [("#b2516e", 1)]


def test_many_codings_are_counted_piece_by_piece(reader: ReaderView, qtbot):
    places = [number * len(LONG) // 60_000 for number in range(60_000)]
    reader.set_source(LONG, [coding(str(number), at, at + 5) for number, at in enumerate(places)])
    assert reader.minimap.is_counting()
    reader.remove_span("59999")
    reader.add_span(coding("more", 0, 5))
    qtbot.waitUntil(lambda: not reader.minimap.is_counting())
    ((_, near_start),) = reader.minimap.density_at(0)
    ((_, near_end),) = reader.minimap.density_at(len(LONG) - 1)
    assert near_start > 60_000 / 512
    assert near_end > 60_000 / 512 - 2


def test_a_click_goes_to_the_place(long: ReaderView, qtbot):
    middle = long.minimap.rect().center()
    qtbot.mouseClick(long.minimap, Qt.MouseButton.LeftButton, pos=middle)
    start, stop = long.visible_range()
    assert start < len(LONG) / 2 < stop


def test_dragging_goes_on_to_the_end(long: ReaderView, qtbot):
    strip = long.minimap
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(7, 10))
    qtbot.mouseMove(strip, QPoint(7, strip.height() + 30))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(7, strip.height()))
    assert long.verticalScrollBar().value() == long.verticalScrollBar().maximum()


def test_what_is_in_sight_is_framed_and_the_frame_follows(long: ReaderView):
    first = long.minimap.sight_rect()
    long.scroll_to(len(LONG) // 2)
    second = long.minimap.sight_rect()
    assert first is not None
    assert second is not None
    assert first.top() < 2
    assert abs(second.top() - long.minimap.height() / 2) < 20


def test_a_text_that_is_seen_whole_needs_no_frame(reader: ReaderView):
    assert reader.minimap.sight_rect() is None


def test_hits_are_marked_at_the_edge(long: ReaderView, light):
    long.set_hits([(50_000, 50_010)], 0)
    strip = long.minimap
    image = strip.grab().toImage()
    y = round(int(50_000 / len(LONG) * 512) / 512 * strip.height())
    assert image.pixelColor(1, y + 1).name() == light.accent.name()


def test_the_map_can_be_put_away_and_gives_its_room_back(long: ReaderView):
    before = long.margin.geometry().right()
    long.set_reader_style(replace(long.reader_style, minimap=False))
    assert not long.minimap.isVisible()
    assert long.margin.geometry().right() == before + 14


def test_the_margin_can_be_put_away(long: ReaderView):
    long.set_reader_style(replace(long.reader_style, margin=0))
    assert not long.margin.isVisible()
    long.set_reader_style(replace(long.reader_style, margin=196))
    assert long.margin.isVisible()
    assert long.margin.width() >= 64
