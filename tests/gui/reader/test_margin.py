"""The margin: one bracket per coding, none on another, each to be clicked and dragged."""

from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from coder_app.gui.reader.frame import Bracket
from coder_app.gui.reader.margin import MarginView
from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view import ReaderView
from coder_app.gui.theme import ThemeSource

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def drawn(reader: ReaderView, coding_id: str) -> QRectF:
    reader.margin.grab()
    rect = reader.margin.bracket_rect(coding_id)
    assert rect is not None
    return rect


def drag(reader: ReaderView, start: QPointF, to: QPointF) -> None:
    QTest.mousePress(reader.margin, LEFT, NO_KEY, start.toPoint())
    move = QMouseEvent(QEvent.Type.MouseMove, to, reader.margin.mapToGlobal(to), LEFT, LEFT, NO_KEY)
    QApplication.sendEvent(reader.margin, move)
    QTest.mouseRelease(reader.margin, LEFT, NO_KEY, to.toPoint())


@pytest.fixture
def long_one(text: str) -> Span:
    start = text.index("The second")
    return Span("long", "s", start, text.index("column"), "#157dbc", "Long")


def test_a_bracket_is_as_high_as_the_lines_of_its_coding(reader: ReaderView, long_one: Span):
    reader.set_spans([long_one])
    rects = reader.rects_of(long_one.start, long_one.stop)
    bracket = drawn(reader, "long")
    assert rects[0].top() <= bracket.top() < rects[0].center().y()
    assert rects[-1].center().y() < bracket.bottom() <= rects[-1].bottom()


def test_brackets_on_the_same_line_stand_side_by_side(reader: ReaderView, span_of, long_one: Span):
    reader.set_spans([long_one, span_of("emoji", "a"), span_of("goes on", "b"), span_of("nobody", "c")])
    rects = [drawn(reader, one) for one in ("long", "a", "b", "c")]
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    assert drawn(reader, "c").left() == drawn(reader, "long").left(), "lanes are used again further down"


def test_names_stand_beside_and_coders_only_when_there_are_several(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("nobody", "a", coder_initial="A"), span_of("emoji", "b", coder_initial="A")])
    alone = reader.margin.grab().toImage()
    assert reader.margin.names_shown() == ["a", "b"]
    reader.set_spans([span_of("nobody", "a", coder_initial="A"), span_of("emoji", "b", coder_initial="B")])
    assert reader.margin.grab().toImage() != alone


def test_a_click_on_a_bracket_chooses_its_coding(reader: ReaderView, long_one: Span, qtbot):
    reader.set_spans([long_one])
    middle = drawn(reader, "long").center().toPoint()
    with qtbot.waitSignal(reader.coding_chosen) as heard:
        QTest.mouseClick(reader.margin, LEFT, NO_KEY, middle)
    assert heard.args == ["long"]
    assert reader.chosen() == "long"


def test_a_click_on_a_name_chooses_its_coding_too(reader: ReaderView, long_one: Span, qtbot):
    reader.set_spans([long_one])
    bracket = drawn(reader, "long")
    with qtbot.waitSignal(reader.coding_chosen) as heard:
        QTest.mouseClick(reader.margin, LEFT, NO_KEY, (bracket.topLeft() + QPointF(60, 6)).toPoint())
    assert heard.args == ["long"]


def test_a_double_click_asks_for_another_code(reader: ReaderView, long_one: Span, qtbot):
    reader.set_spans([long_one])
    middle = drawn(reader, "long").center().toPoint()
    with qtbot.waitSignal(reader.recode_requested) as heard:
        QTest.mouseDClick(reader.margin, LEFT, NO_KEY, middle)
    assert heard.args == ["long"]


def test_the_lower_end_is_dragged_to_another_line(reader: ReaderView, span_of, qtbot, text: str):
    reader.set_spans([span_of("The second has", "a")])
    bracket = drawn(reader, "a")
    with qtbot.waitSignal(reader.resize_requested) as heard:
        drag(reader, QPointF(bracket.center().x(), bracket.bottom() - 1), QPointF(12, bracket.bottom() + 20))
    coding_id, start, stop = heard.args
    assert (coding_id, start) == ("a", text.index("The second"))
    line = next(line for line in reader.screen_lines() if line.top <= bracket.bottom() + 20 < line.bottom)
    assert reader.rects_of(stop - 1, stop)[0].right() == pytest.approx(line.words_rect().right(), abs=12)


@pytest.mark.parametrize("is_start", [True, False])
def test_beside_a_text_from_right_to_left_an_end_goes_to_the_line_s_own_start_or_stop(
    reader: ReaderView, qtbot, is_start: bool
):
    text = "قالت المعلمة إن المدرسة مكان آمن للجميع ثم جاء المطر ففرح الناس كثيرا " * 6
    reader.set_source(text)
    lines = reader.screen_lines()
    held, target = (lines[3], lines[1]) if is_start else (lines[1], lines[3])
    reader.set_spans([Span("a", "s", held.start, held.words_stop, "#b2516e", "Trust")])
    bracket = drawn(reader, "a")
    end = bracket.top() + 1 if is_start else bracket.bottom() - 1
    with qtbot.waitSignal(reader.resize_requested) as heard:
        drag(reader, QPointF(bracket.center().x(), end), QPointF(12, (target.top + target.bottom) / 2))
    assert heard.args[1:] == ([target.start, held.words_stop] if is_start else [held.start, target.words_stop])


def test_the_upper_end_is_dragged_into_the_text(reader: ReaderView, span_of, qtbot, text: str):
    reader.set_spans([span_of("nobody else", "a")])
    bracket = drawn(reader, "a")
    start = text.index("trust their")
    target = reader.rects_of(start + 2, start + 3)[0].center()
    with qtbot.waitSignal(reader.resize_requested) as heard:
        drag(
            reader,
            QPointF(bracket.center().x(), bracket.top() + 1),
            target - QPointF(reader.viewport().width(), 0),
        )
    assert heard.args == ["a", start, text.index("nobody") + len("nobody else")]


def test_a_coding_from_above_the_screen_keeps_its_bracket_and_name(reader: ReaderView):
    words = "Some words that fill a line of the text, and a few more of them.\n" * 100
    reader.set_source(words, [Span("all", "s", 0, len(words) - 1, "#157dbc", "All of it")])
    reader.verticalScrollBar().setValue(50)
    bracket = drawn(reader, "all")
    assert bracket.top() <= 0
    assert bracket.bottom() >= reader.margin.height()
    assert reader.margin.names_shown() == ["all"]


def test_lanes_stay_while_the_text_is_scrolled(reader: ReaderView):
    words = "Some words that fill a line of the text, and a few more of them.\n" * 100
    spans = [Span(str(at), str(at), at * 40, at * 40 + 400, "#157dbc", "Code") for at in range(60)]
    reader.set_source(words, spans)
    bar = reader.verticalScrollBar()
    before: dict[str, float] = {}
    for value in range(20):
        bar.setValue(value)
        now = {one: drawn(reader, one).left() for one in reader.margin.bracket_ids()}
        both = before.keys() & now.keys()
        assert {one: now[one] for one in both} == {one: before[one] for one in both}
        before = now


def test_the_chosen_bracket_is_thicker(reader: ReaderView, long_one: Span):
    reader.set_spans([long_one])
    place = drawn(reader, "long")
    beside = QPointF(place.right() + 1, place.center().y()).toPoint()
    assert reader.margin.grab().toImage().pixelColor(beside).name() != "#157dbc"
    reader.choose("long")
    assert reader.margin.grab().toImage().pixelColor(beside).name() == "#157dbc"


def test_a_tooltip_names_every_coding_under_the_pointer(reader: ReaderView, span_of):
    reader.set_spans([span_of("nobody", "a", code_name="Trust & more", coder_initial="B")])
    point = drawn(reader, "a").center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, point, reader.margin.mapToGlobal(point))
    QApplication.sendEvent(reader.margin, event)
    assert "Trust &amp; more" in QToolTip.text()
    assert "B" in QToolTip.text()
    QToolTip.hideText()


@pytest.mark.parametrize(
    ("width", "lanes", "is_named"), [(196, 3, True), (80, 2, True), (48, 2, False), (80, 9, False)]
)
def test_names_are_written_where_enough_of_them_is_seen(themes: ThemeSource, qtbot, width, lanes, is_named):
    spans = [Span(str(n), str(n), 0, 9, "#157dbc", "A code", "B") for n in range(lanes)]
    margin = MarginView(lambda: [Bracket(span, 0, 100, True, True) for span in spans], themes.theme, None)
    margin.set_shows_coders(True)
    qtbot.addWidget(margin)
    margin.resize(width, 300)
    margin.grab()
    assert bool(margin.names_shown()) == is_named


def test_many_brackets_stay_within_the_margin(themes: ThemeSource, qtbot):
    spans = [Span(str(n), str(n), 0, 9, "#157dbc", "A code") for n in range(30)]
    margin = MarginView(lambda: [Bracket(span, 0, 100, True, True) for span in spans], themes.theme, None)
    qtbot.addWidget(margin)
    margin.resize(196, 300)
    margin.grab()
    rects = [margin.bracket_rect(span.coding_id) for span in spans]
    assert all(rect is not None and rect.right() <= 196 for rect in rects)


def test_the_right_button_on_a_bracket_chooses_its_coding_and_asks_for_the_menu(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("trust", "c1"), span_of("neighbours", "c2")])
    reader.margin.grab()
    rect = reader.margin.bracket_rect("c2")
    assert rect is not None
    point = rect.center().toPoint()
    with qtbot.waitSignals([reader.coding_chosen, reader.context_menu_requested]):
        QApplication.sendEvent(
            reader.margin,
            QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, reader.margin.mapToGlobal(point)),
        )
    assert reader.chosen() == "c2"
