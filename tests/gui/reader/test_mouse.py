"""The mouse on the text: selecting, choosing, moving ends, dragging and dropping."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from coder_app.gui.reader.mime import CODE_MIME, SELECTION_MIME, code_data, codes_in, selection_in
from coder_app.gui.reader.view import ReaderView

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def point_of(reader: ReaderView, words: str, *, at: int = 0) -> QPoint:
    """The middle of a character of `words`, in pixels of the viewport."""
    start = reader.text.index(words) + at
    return reader.rects_of(start, start + 1)[0].center().toPoint()


def selected(reader: ReaderView) -> str:
    return reader.text[slice(*reader.selection())]


def drop_at(reader: ReaderView, point: QPoint, data: QMimeData) -> bool:
    """Drag `data` to a point of the viewport and let it go; tell whether it was taken."""
    viewport = reader.viewport()
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(viewport, QDragEnterEvent(point, copy, data, LEFT, NO_KEY))
    move = QDragMoveEvent(point, copy, data, LEFT, NO_KEY)
    QApplication.sendEvent(viewport, move)
    drop = QDropEvent(QPointF(point), copy, data, LEFT, NO_KEY)
    if move.isAccepted():
        QApplication.sendEvent(viewport, drop)
    return move.isAccepted() and drop.isAccepted()


def test_a_double_click_selects_the_sentence(reader: ReaderView):
    QTest.mouseDClick(reader.viewport(), LEFT, NO_KEY, point_of(reader, "neighbours"))
    assert selected(reader) == "People trust their neighbours; they trust nobody else."


def test_a_triple_click_selects_the_paragraph(reader: ReaderView, text: str):
    point = point_of(reader, "emoji")
    QTest.mouseClick(reader.viewport(), LEFT, NO_KEY, point)
    QTest.mouseDClick(reader.viewport(), LEFT, NO_KEY, point)
    QTest.mousePress(reader.viewport(), LEFT, NO_KEY, point)
    QTest.mouseRelease(reader.viewport(), LEFT, NO_KEY, point)
    assert selected(reader) == text.split("\n")[1]


def test_clicks_on_what_is_selected_already_select_the_sentence_and_the_paragraph(reader: ReaderView, text: str):
    point = point_of(reader, "neighbours")
    paragraph = text.split("\n", maxsplit=1)[0]
    reader.select(0, len(paragraph))
    QTest.mouseClick(reader.viewport(), LEFT, NO_KEY, point)
    QTest.mouseDClick(reader.viewport(), LEFT, NO_KEY, point)
    assert selected(reader) == "People trust their neighbours; they trust nobody else."
    QTest.mouseClick(reader.viewport(), LEFT, NO_KEY, point)
    assert selected(reader) == paragraph


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_a_double_click_with_a_key_selects_the_word(reader: ReaderView, key: Qt.KeyboardModifier):
    QTest.mouseDClick(reader.viewport(), LEFT, key, point_of(reader, "neighbours", at=3))
    assert selected(reader) == "neighbours"


def test_dragging_selects_and_the_air_between_lines_belongs_to_the_line_above(reader: ReaderView, text: str):
    start = text.index("goes on")
    place = reader.rects_of(start, start + 1)[0]
    air = QPoint(int(place.left()) + 1, int(place.bottom()) - 1)
    QTest.mousePress(reader.viewport(), LEFT, NO_KEY, air)
    QTest.mouseMove(reader.viewport(), air + QPoint(60, 0))
    QTest.mouseRelease(reader.viewport(), LEFT, NO_KEY, air + QPoint(60, 0))
    assert reader.selection()[0] == start
    assert selected(reader).startswith("goes o")


@pytest.mark.parametrize("between", ["", "the UNHCR office "])
def test_words_from_right_to_left_are_selected_letter_for_letter_in_every_line(reader: ReaderView, between: str):
    words = "قالت المعلمة إن المدرسة مكان آمن للجميع ثم جاء المطر ففرح الناس كثيرا "
    reader.set_source((words + between) * 6)
    for line in reader.screen_lines()[:4]:
        y = round((line.top + line.bottom) / 2)
        first = reader.text.index("مكان", line.start)
        if first + 8 > line.words_stop:
            continue
        QTest.mousePress(reader.viewport(), LEFT, NO_KEY, QPoint(round(line.x(first)), y))
        QTest.mouseMove(reader.viewport(), QPoint(round(line.x(first + 8)), y))
        QTest.mouseRelease(reader.viewport(), LEFT, NO_KEY, QPoint(round(line.x(first + 8)), y))
        assert reader.selection() == (first, first + 8)


def test_a_click_chooses_the_innermost_coding_and_the_next_click_the_one_around_it(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("trust their neighbours", "outer"), span_of("their", "inner")])
    heard: list[object] = []
    reader.coding_chosen.connect(heard.append)
    for _ in range(2):
        QTest.mouseClick(reader.viewport(), LEFT, NO_KEY, point_of(reader, "their", at=2))
        QTest.qWait(QApplication.doubleClickInterval() + 20)
    assert heard == ["inner", "outer"]
    assert reader.chosen() == "outer"
    QTest.mouseClick(reader.viewport(), LEFT, NO_KEY, point_of(reader, "The first"))
    assert heard[-1] is None
    assert reader.chosen() is None


def test_selecting_words_of_a_coding_chooses_nothing(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("trust their neighbours")])
    with qtbot.assertNotEmitted(reader.coding_chosen):
        QTest.mousePress(reader.viewport(), LEFT, NO_KEY, point_of(reader, "trust their"))
        QTest.mouseMove(reader.viewport(), point_of(reader, "neighbours"))
        QTest.mouseRelease(reader.viewport(), LEFT, NO_KEY, point_of(reader, "neighbours"))
    assert selected(reader) != ""


def grip(reader: ReaderView, *, at_start: bool) -> QPoint:
    span = reader.span(reader.chosen() or "")
    assert span is not None
    rects = reader.rects_of(span.start, span.stop)
    rect = rects[0] if at_start else rects[-1]
    return QPointF(rect.left() - 3 if at_start else rect.right() + 3, rect.center().y()).toPoint()


@pytest.mark.parametrize(
    ("at_start", "to", "words"),
    [(False, "nobody", "trust their neighbours; they trust nobody"), (True, "People", "People trust their neighbours")],
)
def test_a_grip_is_dragged_to_a_whole_word(reader: ReaderView, span_of, qtbot, at_start: bool, to: str, words: str):
    reader.set_spans([span_of("trust their neighbours")])
    reader.choose("c1")
    with qtbot.waitSignal(reader.resize_requested) as heard:
        drag_grip(reader, to, at_start=at_start, key=NO_KEY)
    coding_id, start, stop = heard.args
    assert (coding_id, reader.text[start:stop]) == ("c1", words)


def test_a_grip_is_dragged_by_characters_with_alt(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("trust their neighbours")])
    reader.choose("c1")
    with qtbot.waitSignal(reader.resize_requested) as heard:
        drag_grip(reader, "nobody", at_start=False, key=Qt.KeyboardModifier.AltModifier)
    _, start, stop = heard.args
    assert reader.text[start:stop] in {
        "trust their neighbours; they trust no",
        "trust their neighbours; they trust nob",
    }


def drag_grip(reader: ReaderView, to: str, *, at_start: bool, key: Qt.KeyboardModifier) -> None:
    end = point_of(reader, to, at=2)
    QTest.mousePress(reader.viewport(), LEFT, key, grip(reader, at_start=at_start))
    drag_to(reader, end, key)
    QTest.mouseRelease(reader.viewport(), LEFT, key, end)


def drag_to(reader: ReaderView, point: QPoint, key: Qt.KeyboardModifier) -> None:
    where = QPointF(point)
    move = QMouseEvent(QEvent.Type.MouseMove, where, reader.viewport().mapToGlobal(where), LEFT, LEFT, key)
    QApplication.sendEvent(reader.viewport(), move)


def test_letting_go_where_it_was_wants_nothing(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("trust their neighbours")])
    reader.choose("c1")
    with qtbot.assertNotEmitted(reader.resize_requested):
        QTest.mouseClick(reader.viewport(), LEFT, NO_KEY, grip(reader, at_start=False))


def test_escape_gives_an_end_back(reader: ReaderView, span_of, qtbot):
    reader.set_spans([span_of("trust their neighbours")])
    reader.choose("c1")
    with qtbot.assertNotEmitted(reader.resize_requested):
        QTest.mousePress(reader.viewport(), LEFT, NO_KEY, grip(reader, at_start=False))
        drag_to(reader, point_of(reader, "nobody"), NO_KEY)
        QTest.keyClick(reader, Qt.Key.Key_Escape)
        QTest.mouseRelease(reader.viewport(), LEFT, NO_KEY, point_of(reader, "nobody"))


def test_a_code_is_dropped_on_the_selection(reader: ReaderView, qtbot, text: str):
    start = text.index("trust their")
    reader.select(start, start + 11)
    with qtbot.waitSignal(reader.code_dropped) as heard:
        assert drop_at(reader, point_of(reader, "their"), code_data(["k1"]))
    assert heard.args == ["k1", start, start + 11]


def test_a_code_is_dropped_on_a_coding(reader: ReaderView, span_of, qtbot):
    span = span_of("nobody else")
    reader.set_spans([span])
    with qtbot.waitSignal(reader.code_dropped) as heard:
        assert drop_at(reader, point_of(reader, "else"), code_data(["k1"]))
    assert heard.args == ["k1", span.start, span.stop]


def test_a_code_cannot_be_dropped_on_bare_text_nor_anything_else_at_all(reader: ReaderView, span_of, qtbot):
    words = QMimeData()
    words.setText("words")
    with qtbot.assertNotEmitted(reader.code_dropped):
        assert not drop_at(reader, point_of(reader, "else"), code_data(["k1"]))
        reader.set_spans([span_of("nobody else")])
        assert not drop_at(reader, point_of(reader, "else"), words)


def test_what_is_dragged_out_says_where_it_is_from(reader: ReaderView, text: str):
    start = text.index("\U0001f600")
    reader.select(start, start + 4)
    data = reader.createMimeDataFromSelection()
    assert data.text() == text[start : start + 4]
    assert selection_in(data) == (start, start + 4)
    assert selection_in(code_data(["a"])) is None
    data.setData(SELECTION_MIME, b"nonsense")
    assert selection_in(data) is None


def test_codes_travel_as_their_ids():
    assert codes_in(code_data(["a", "b"])) == ["a", "b"]
    assert code_data(["a"]).hasFormat(CODE_MIME)
    assert codes_in(QMimeData()) == []


def test_copying_takes_the_canonical_text(reader: ReaderView):
    reader.set_source("one\ufffctwo")
    reader.selectAll()
    reader.copy()
    assert QGuiApplication.clipboard().text() == "one\ufffctwo"


def test_the_menu_is_asked_for_where_the_pointer_is(reader: ReaderView, span_of, qtbot, text: str):
    reader.set_spans([span_of("nobody else")])
    point = point_of(reader, "nobody", at=1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, reader.viewport().mapToGlobal(point))
    with qtbot.waitSignal(reader.context_menu_requested) as heard:
        QApplication.sendEvent(reader.viewport(), event)
    assert heard.args == [reader.viewport().mapToGlobal(point)]
    assert text.index("nobody") <= reader.caret() <= text.index("nobody") + 2
    assert reader.chosen() == "c1"


def test_the_menu_leaves_a_selection_alone(reader: ReaderView, text: str, qtbot):
    start = text.index("nobody")
    reader.select(start, start + 11)
    point = point_of(reader, "nobody", at=1)
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.RightButton, NO_KEY, point)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, reader.viewport().mapToGlobal(point))
    QApplication.sendEvent(reader.viewport(), event)
    assert reader.selection() == (start, start + 11)


def test_a_tooltip_names_all_codes_at_the_place(reader: ReaderView, span_of):
    reader.set_spans([span_of("nobody else", "a", code_name="<Trust>"), span_of("nobody", "b", code_name="People")])
    point = point_of(reader, "nobody")
    QApplication.sendEvent(
        reader.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, reader.viewport().mapToGlobal(point))
    )
    assert "&lt;Trust&gt;" in QToolTip.text()
    assert "People" in QToolTip.text()
    QToolTip.hideText()
