"""Codings on a text: drawn, chosen, asked for."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QApplication

from coder_app.gui.reader.paint import tint_of
from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view import ReaderView
from coder_app.gui.theme import ThemeSource


def picture(reader: ReaderView) -> QImage:
    return reader.viewport().grab().toImage()


def colours_at(reader: ReaderView, words: str) -> set[str]:
    """The colours within the place of `words` on the screen."""
    start = reader.text.index(words)
    image = picture(reader)
    rect = reader.rects_of(start, start + len(words))[0].toRect()
    places = (QPoint(x, y) for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom()))
    return {image.pixelColor(place).name() for place in places}


def test_a_coding_tints_its_words_and_underlines_them_in_full_colour(reader: ReaderView, span_of, light):
    reader.set_spans([span_of("trust their neighbours")])
    found = colours_at(reader, "trust their neighbours")
    assert tint_of("#b2516e", light.paper.rgb(), light.tint).name() in found
    assert "#b2516e" in found
    assert "#b2516e" not in colours_at(reader, "The first")


def test_two_codings_on_the_same_words_show_both_tints_and_both_lines(reader: ReaderView, span_of, light):
    reader.set_spans([span_of("trust their", "c1"), span_of("trust their", "c2", colour="#157dbc")])
    found = colours_at(reader, "trust their")
    for colour in ("#b2516e", "#157dbc"):
        assert colour in found
        assert tint_of(colour, light.paper.rgb(), light.tint).name() in found


def test_three_codings_on_a_line_are_counted_beside_it(reader: ReaderView, span_of, light):
    reader.set_spans([span_of("trust their", name) for name in "ab"])
    beside = reader.rects_of(0, 5)[0].toRect()
    beside.setRect(0, beside.top(), 9, beside.height())
    without = picture(reader).copy(beside)
    reader.add_span(span_of("trust their", "c"))
    assert picture(reader).copy(beside) != without


def test_a_coding_is_added_changed_and_removed(reader: ReaderView, span_of):
    reader.add_span(span_of("neighbours"))
    assert "#b2516e" in colours_at(reader, "neighbours")
    reader.update_span(span_of("nobody"))
    assert "#b2516e" not in colours_at(reader, "neighbours")
    assert "#b2516e" in colours_at(reader, "nobody")
    reader.remove_span("c1")
    reader.remove_span("c1")
    assert "#b2516e" not in colours_at(reader, "nobody")
    assert reader.span("c1") is None


def test_the_chosen_coding_has_an_outline(reader: ReaderView, span_of, light):
    reader.set_spans([span_of("trust their neighbours")])
    assert light.chosen.name() not in colours_at(reader, "People trust their")
    reader.choose("c1")
    assert light.chosen.name() in colours_at(reader, "People trust their")
    assert reader.chosen() == "c1"
    reader.remove_span("c1")
    assert reader.chosen() is None


def test_what_was_found_is_marked_and_the_current_one_stronger(reader: ReaderView, text: str, light):
    places = [(text.index("trust"), text.index("trust") + 5), (text.index("nobody"), text.index("nobody") + 6)]
    reader.set_hits(places, 1)
    assert light.hit.name() in colours_at(reader, "trust")
    assert light.hit_current.name() in colours_at(reader, "nobody")
    reader.set_hits([])
    assert light.hit.name() not in colours_at(reader, "trust")


def test_the_selection_fills_its_band(reader: ReaderView, text: str, light):
    start = text.index("nobody")
    reader.select(start, start + 6)
    rect = reader.rects_of(start, start + 6)[0]
    image = picture(reader)
    for y in (rect.top() + 1, rect.bottom() - 3):
        assert image.pixelColor(int(rect.left()) + 1, int(y)) == QColor(light.text_selection)


def test_the_reader_changes_its_colours_with_the_theme(reader: ReaderView, themes: ThemeSource, span_of):
    reader.set_spans([span_of("neighbours")])
    themes.choose("dark")
    assert themes.theme.paper.name() in colours_at(reader, "trust")
    assert tint_of("#b2516e", themes.theme.paper.rgb(), themes.theme.tint).name() in colours_at(reader, "neighbours")
    assert reader.grab().toImage().pixelColor(5, 300) == themes.theme.paper


def test_codings_are_found_by_place(reader: ReaderView, span_of, text: str):
    outer, inner = span_of("trust their neighbours", "outer"), span_of("their", "inner")
    reader.set_spans([inner, outer])
    at = text.index("their")
    assert [span.coding_id for span in reader.codings_at(at)] == ["outer", "inner"]
    assert [span.coding_id for span in reader.codings_between(0, at)] == ["outer"]
    assert reader.codings_at(0) == []
    assert reader.codings_at(outer.stop) == [outer], "a caret behind the last word still means that coding"


def test_next_and_previous_codings(reader: ReaderView, span_of):
    first, second = span_of("trust their", "a"), span_of("nobody", "b")
    reader.set_spans([second, first])
    assert reader.next_coding(-1) == first
    assert reader.next_coding(first.start) == second
    assert reader.next_coding(second.start) is None
    assert reader.previous_coding(second.start) == first
    assert reader.previous_coding(first.start) is None


def test_the_codes_at_a_place_are_said_with_their_coders(reader: ReaderView, span_of, text: str):
    shared = {"code_name": "Trust"}
    reader.set_spans(
        [
            span_of("trust their", "a", coder_initial="B", **shared),
            span_of("trust their", "b", coder_initial="A", **shared),
            span_of("their", "c", code_name="Family", coder_initial="A"),
        ]
    )
    assert reader.describe(text.index("their")) == "Trust (A, B) · Family (A)"
    assert reader.describe(0) == ""


def test_another_source_forgets_what_was_chosen_and_found(reader: ReaderView, span_of):
    reader.set_spans([span_of("trust")])
    reader.choose("c1")
    reader.set_source("Another text.")
    assert reader.chosen() is None
    assert reader.codings_at(5) == []
    assert reader.caret() == 0


def test_a_coding_across_paragraphs_is_drawn_in_both(reader: ReaderView, span_of, text: str):
    words = text[text.index("nobody") : text.index("emoji")]
    reader.set_spans([span_of(words)])
    rects = reader.rects_of(text.index(words), text.index(words) + len(words))
    assert len(rects) >= 2
    assert "#b2516e" in colours_at(reader, "nobody")
    assert "#b2516e" in colours_at(reader, "The second")


@pytest.mark.parametrize("words", ["\U0001f600 in it", "emoji \U0001f600"])
def test_a_coding_of_an_emoji_covers_exactly_its_characters(reader: ReaderView, text: str, words: str):
    start = text.index(words)
    before, after = reader.rects_of(start - 1, start), reader.rects_of(start + len(words), start + len(words) + 2)
    (rect,) = reader.rects_of(start, start + len(words))
    assert rect.left() == pytest.approx(before[0].right(), abs=8)
    assert rect.right() <= after[0].right()
    inside = reader.character_at(QPointF(rect.left() + 2, rect.center().y()))
    assert inside == start


def test_of_many_codings_only_those_in_sight_are_drawn(reader: ReaderView):
    words = "some words of a long text that goes on and on. " * 2000
    places = range(0, len(words), 47)
    reader.set_source(words, [Span(str(at), str(at), at, at + 10, "#b2516e", "Code") for at in places])
    shown = reader.margin.bracket_ids()
    assert 0 < len(shown) < 200 < len(places)


def test_a_key_of_the_window_reaches_it_while_the_text_has_the_focus(reader: ReaderView, qtbot):
    action = QAction("Code", reader)
    action.setShortcut("C")
    reader.addAction(action)
    reader.setFocus()
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(reader, Qt.Key.Key_C)


def test_a_closed_reader_hears_no_more_of_the_theme(qapp: QApplication, qtbot):
    source = ThemeSource(qapp, "light")
    view = ReaderView(source)
    gone: list[bool] = []
    view.destroyed.connect(lambda: gone.append(True))
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    source.choose("dark")
    assert gone == [True]
    assert source.theme.is_dark
    source.deleteLater()
