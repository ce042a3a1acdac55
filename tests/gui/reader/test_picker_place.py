"""The picker in the window: beside the passage that is coded, several codes in one go, new ones under others."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_in

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def area(window: MainWindow, start: int, stop: int) -> QRect:
    view = window.reader.view
    rects = [rect.toAlignedRect() for rect in view.rects_of(start, stop)]
    return QRect(view.viewport().mapToGlobal(rects[0].topLeft()), rects[0].size())


def test_a_passage_at_the_foot_stays_in_sight(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    stop = len(view.text)
    for start in (stop - 5, 0):
        view.select(start, stop)
        QTest.keyClick(view, KEY.Key_Return)
        picker = shown.reader.gestures._picker
        assert picker.isVisible()
        assert not picker.geometry().intersects(area(shown, start, stop))
        QTest.keyClick(picker._field, KEY.Key_Escape)


def test_several_codes_are_applied_in_one_go_and_ticked(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    start = view.text.index("They came twice.")
    view.select(start, start + 16)
    QTest.keyClick(view, KEY.Key_Return)
    picker = shown.reader.gestures._picker
    for typed in ("inst", "wrk", "trsut"):
        QTest.keyClicks(picker._field, typed.replace("wrk", "work"))
        QTest.keyClick(picker._field, KEY.Key_Return, SHIFT)
    QTest.keyClicks(picker._field, "topics > Visits")
    QTest.keyClick(picker._field, KEY.Key_Return)
    assert not picker.isVisible()
    tree = code_tree(coded.project)
    here = [one for one in codings_in(coded.project, coded.interview) if one.start == start]
    assert {tree.path(one.code_id) for one in here} == {
        "Trust", "Trust > Institutions", "Work & pay", "Topics > Visits",
    }  # fmt: skip
    assert len({one.segment_id for one in here}) == 1
    view.select(start, start + 16)
    QTest.keyClick(view, KEY.Key_Return)
    assert len(picker._applied) == 4
    QTest.keyClick(picker._field, KEY.Key_Escape)
