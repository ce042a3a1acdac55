"""Two texts side by side: each is worked in like one alone, and what one does the other shows."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from coder_app.edits.codings import remove_codings
from coder_app.gui.main_window import MainWindow
from coder_app.gui.reader.panel import ReaderPanel
from coder_app.store.project import Project


@pytest.fixture
def split(shown: MainWindow, qtbot) -> tuple[ReaderPanel, ReaderPanel]:
    """The window's two readers, the right one active."""
    shown.actions_by_id["view.split"].trigger()
    left, right = shown.readers.readers()
    qtbot.waitUntil(right.view.hasFocus)
    return left, right


def test_a_split_shows_the_same_place_twice_and_goes_to_the_right(shown: MainWindow, split) -> None:
    left, right = split
    assert left.source_id == right.source_id != ""
    assert shown.reader is right
    assert shown.actions_by_id["view.split"].isChecked()
    assert left.view.isVisible()
    assert right.view.isVisible()


def test_a_source_that_is_chosen_is_shown_in_the_active_one(shown: MainWindow, coded, split) -> None:
    left, right = split
    shown.sources.source_chosen.emit(coded.diary)
    assert (left.source_id, right.source_id) == (coded.interview, coded.diary)


def test_the_key_goes_across_and_the_window_follows(shown: MainWindow, coded, split, qtbot) -> None:
    left, right = split
    right.show_source(coded.diary)
    with qtbot.waitSignal(shown.readers.source_shown) as heard:
        qtbot.keyClick(right.view, Qt.Key.Key_F6)
    assert heard.args == [coded.interview]
    assert shown.reader is left
    assert left.view.hasFocus()


def test_a_click_makes_the_reader_the_active_one(shown: MainWindow, split, qtbot) -> None:
    left, _ = split
    qtbot.mouseClick(left.view.viewport(), Qt.MouseButton.LeftButton)
    assert shown.reader is left


def test_keys_code_in_the_text_they_are_pressed_in(shown: MainWindow, coded, split, qtbot) -> None:
    left, right = split
    right.show_source(coded.diary)
    for reader, pressed in ((right, Qt.Key.Key_S), (left, Qt.Key.Key_W)):
        reader.view.setFocus()
        reader.view.select(0, 0)
        qtbot.keyClick(reader.view, pressed)
    assert right.words(*right.view.selection()).endswith(".")
    assert " " not in left.words(*left.view.selection())


def test_a_coding_made_in_one_is_seen_in_the_other(coded, split) -> None:
    left, right = split
    before = len(left.view.codings_between(0, 1000))
    right.apply_code_to(coded.work, 0, 5)
    assert len(left.view.codings_between(0, 1000)) == before + 1
    remove_codings(coded.project, [coded.police])
    assert [one.coding_id for one in left.view.codings_between(0, 1000)] == [
        one.coding_id for one in right.view.codings_between(0, 1000)
    ]


def test_only_what_happens_in_the_active_one_is_told(shown: MainWindow, coded, split, qtbot) -> None:
    left, right = split
    with qtbot.assertNotEmitted(shown.readers.coding_chosen):
        left.view.coding_chosen.emit(coded.police)
    with qtbot.waitSignal(shown.readers.coding_chosen) as heard:
        right.view.coding_chosen.emit(coded.first)
    assert heard.args == [coded.first]


def test_the_style_of_one_is_that_of_the_other(shown: MainWindow, split) -> None:
    left, right = split
    shown.actions_by_id["view.margin"].trigger()
    assert left.view.reader_style == right.view.reader_style
    assert left.view.reader_style.margin == 0
    right.view.zoom_requested.emit(3)
    assert left.view.reader_style.pixels == right.view.reader_style.pixels == 20


def test_joined_again_the_active_one_stays_and_the_other_is_gone(shown: MainWindow, coded, split, qtbot) -> None:
    left, right = split
    left.view.setFocus()
    left.show_source(coded.diary)
    gone: list[bool] = []
    right.destroyed.connect(lambda: gone.append(True))
    shown.actions_by_id["view.split"].trigger()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone == [True]
    assert shown.readers.readers() == [left]
    assert shown.reader.source_id == coded.diary
    assert not shown.actions_by_id["view.split"].isChecked()
    left.apply_code_to(coded.work, 0, 3)
    assert "split" not in shown.readers.flags()


def test_a_closed_project_leaves_one_reader(shown: MainWindow, split) -> None:
    shown.context.close()
    QApplication.processEvents()
    assert len(shown.readers.readers()) == 1


def test_a_split_keeps_the_place_and_the_chosen_coding_and_so_does_joining(
    window: MainWindow, sample: Project, qtbot
) -> None:
    window.context.show(sample)
    window.show()
    view = window.reader.view
    span = next(span for span in view.codings_between(3_000, 6_000) if span.start > 3_500)
    view.choose(span.coding_id)
    view.reveal(span.start, span.stop)
    place = view.first_position()
    assert place > 0
    window.actions_by_id["view.split"].trigger()
    right = window.reader.view
    assert right is not view
    assert right.chosen() == span.coding_id
    qtbot.waitUntil(lambda: right.first_position() > place // 2)
    window.actions_by_id["view.split"].trigger()
    assert window.reader.view.chosen() == span.coding_id
    assert window.reader.view.first_position() > place // 2
