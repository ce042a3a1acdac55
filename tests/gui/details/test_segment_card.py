"""The segment's words, its codes as chips, who coded it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from coder_app.edits.codings import apply_code, move_segment
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codings import coding
from coder_app.store.project import Project


def chips(window: MainWindow) -> list[str]:
    QApplication.processEvents()
    card = window.details._segment
    found = [one for one in card._chips.findChildren(QToolButton) if one.property("role") == "chip-name"]
    return [one.text().replace("&&", "&") for one in found if one.parentWidget().isVisible()]


def by_name(window: MainWindow, name: str) -> QToolButton:
    QApplication.processEvents()
    return next(
        one for one in window.details.findChildren(QToolButton) if one.accessibleName() == name and one.isVisible()
    )


def test_choosing_a_coding_shows_its_words_its_codes_and_who_applied_them(shown: MainWindow, coded) -> None:
    shown.details.show_coding(coded.second)
    card = shown.details._segment
    assert card._quote.text() == "“Trust is everything here.”"
    assert chips(shown) == ["Trust", "Work & pay"]
    assert card._who.text().startswith("Ann · ")
    assert card._place.text() == "0–25"


def test_others_with_the_same_code_on_these_words_are_named_unless_they_are_hidden(shown: MainWindow, coded) -> None:
    apply_code(coded.project, coded.interview, 0, 10, coded.trust, coded.ben)
    shown.details.show_coding(coded.first)
    assert "also by Ben" in shown.details._segment._who.text()
    shown.context.hide_coders({coded.ben})
    assert "Ben" not in shown.details._segment._who.text()


def test_the_cross_on_a_chip_removes_that_coding_only_and_offers_undo(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.first)
    shown.reader.gestures.choose_target()
    QTest.mouseClick(by_name(shown, "Remove the coding Work & pay"), Qt.MouseButton.LeftButton)
    assert coding(coded.project, coded.second) is None
    assert coding(coded.project, coded.first) is not None
    assert chips(shown) == ["Trust"]
    assert shown.notice.isVisible()
    shown.context.undo()
    assert chips(shown) == ["Trust", "Work & pay"]


def test_the_name_on_a_chip_shows_that_code_and_its_passages(shown: MainWindow, coded) -> None:
    shown.details.show_coding(coded.first)
    QTest.mouseClick(by_name(shown, "Code Work & pay"), Qt.MouseButton.LeftButton)
    assert shown.details._code.code_id == coded.work
    assert shown.passages.isVisible()


def test_plus_asks_for_another_code_for_the_same_segment(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.police)
    shown.reader.gestures.choose_target()
    QTest.mouseClick(by_name(shown, "Apply another code to this passage"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(QApplication.focusWidget(), "work")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chips(shown) == ["Institutions", "Work & pay"]


def test_the_card_follows_the_segment_when_its_borders_move(shown: MainWindow, coded) -> None:
    shown.details.show_coding(coded.police)
    one = coding(coded.project, coded.police)
    move_segment(coded.project, one.segment_id, one.start, one.start + len("Nobody"))
    assert shown.details._segment._quote.text() == "“Nobody”"


def test_without_a_choice_the_card_says_what_to_do(shown: MainWindow) -> None:
    shown.details.show_coding(None)
    assert "press Enter" in shown.details._segment._empty.text()
    assert shown.details._segment._empty.isVisible()


def test_in_a_project_that_can_only_be_read_chips_have_no_cross(window: MainWindow, coded) -> None:
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    window.details.show_coding(coded.first)
    assert chips(window) == ["Trust", "Work & pay"]
    QApplication.processEvents()
    names = [one.accessibleName() for one in window.details.findChildren(QToolButton) if one.isVisible()]
    assert not any("Remove" in name or "Apply" in name for name in names)


def test_the_chosen_coding_is_read_again_in_the_new_theme(shown: MainWindow, coded) -> None:
    shown.details.show_coding(coded.first)
    shown.context.theme.choose("dark")
    assert chips(shown) == ["Trust", "Work & pay"]
    shown.context.theme.choose("light")
