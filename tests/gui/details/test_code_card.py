"""What a code means is read, edited in place, kept or left as it was."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton

from coder_app.edits.codes import add_example, describe_code
from coder_app.gui.details.code_card import CodeCard
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coding
from coder_app.store.project import Project


def describe(window: MainWindow, code_id: str) -> QPlainTextEdit:
    window.codebook.reveal(code_id)
    QApplication.processEvents()
    QTest.keyClick(window.reader.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.accessibleName() == "Definition"
    return field


def button(window: MainWindow, text: str) -> QPushButton:
    card = window.details._code
    return next(one for one in card.findChildren(QPushButton) if one.text() == text)


def definition(made, code_id: str) -> str:
    return code_tree(made.project)[code_id].definition


def test_ctrl_d_describes_the_chosen_code_in_place_and_save_keeps_it_as_one_step(shown: MainWindow, coded) -> None:
    field = describe(shown, coded.work)
    QTest.keyClicks(field, "Paid work")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Wages")
    QTest.mouseClick(button(shown, "Save"), Qt.MouseButton.LeftButton)
    code = code_tree(coded.project)[coded.work]
    assert (code.definition, code.use_when) == ("Paid work", "Wages")
    assert not shown.details._code.editing
    shown.context.undo()
    code = code_tree(coded.project)[coded.work]
    assert (code.definition, code.use_when) == ("", "")


def test_cancel_leaves_everything_as_it_was(shown: MainWindow, coded) -> None:
    QTest.keyClicks(describe(shown, coded.work), "Nonsense")
    QTest.mouseClick(button(shown, "Cancel"), Qt.MouseButton.LeftButton)
    assert definition(coded, coded.work) == ""
    assert "Nonsense" not in shown.details._code._fields["definition"][1].text()


def test_ctrl_enter_saves_and_goes_back_to_the_text(shown: MainWindow, coded) -> None:
    field = describe(shown, coded.work)
    QTest.keyClicks(field, "Paid work")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert definition(coded, coded.work) == "Paid work"
    assert shown.reader.view.hasFocus()


def test_going_on_to_another_code_keeps_what_was_written(shown: MainWindow, coded) -> None:
    QTest.keyClicks(describe(shown, coded.work), "Paid work")
    shown.details.show_code(coded.trust)
    assert definition(coded, coded.work) == "Paid work"
    assert definition(coded, coded.trust) == ""
    assert shown.details._code.code_id == coded.trust


def test_closing_the_window_keeps_what_was_written(shown: MainWindow, coded) -> None:
    path = coded.project.path
    QTest.keyClicks(describe(shown, coded.work), "Paid work")
    shown.close()
    with Project.open(path) as again:
        assert code_tree(again)[coded.work].definition == "Paid work"


def test_another_change_does_not_end_the_editing(shown: MainWindow, coded) -> None:
    field = describe(shown, coded.work)
    QTest.keyClicks(field, "Paid")
    shown.codebook._on_renamed(coded.trust, "Confidence")
    assert shown.details._code.editing
    assert field.toPlainText() == "Paid"


def test_the_card_follows_changes_and_undo(shown: MainWindow, coded) -> None:
    shown.details.show_code(coded.work)
    card = shown.details._code
    describe_code(coded.project, coded.work, {"definition": "Paid work"})
    assert card._fields["definition"][1].text() == "Paid work"
    assert card._use.text() == "2 codings"
    shown.context.undo()
    assert card._fields["definition"][1].text() == "Not defined yet."


def said(card: CodeCard) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in card._examples.findChildren(QLabel) if not label.isHidden() and label.isVisible()]


def test_an_example_is_taken_back_by_key_and_undo_brings_it_back(shown: MainWindow, coded) -> None:
    add_example(coded.project, coded.trust, coding(coded.project, coded.first).segment_id)
    add_example(coded.project, coded.trust, coding(coded.project, coded.bens).segment_id)
    shown.details.show_code(coded.trust)
    card = shown.details._code
    assert said(card) == ["“Trust is everything here.”", "“We trust our neighbours.”"]
    first = card._examples.findChildren(QToolButton)[0]
    assert first.accessibleName() == "Remove the example Trust is everything here."
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert said(card) == ["“We trust our neighbours.”"]
    assert coding(coded.project, coded.first) is not None
    shown.context.undo()
    assert len(said(card)) == 2


def test_where_nothing_may_be_changed_examples_stay(window: MainWindow, coded) -> None:
    add_example(coded.project, coded.trust, coding(coded.project, coded.first).segment_id)
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    window.details.show_code(coded.trust)
    assert said(window.details._code)
    assert window.details._code._examples.findChildren(QToolButton) == []


def test_examples_are_shown_and_a_code_that_is_deleted_goes(shown: MainWindow, coded) -> None:
    add_example(coded.project, coded.institutions, coding(coded.project, coded.police).segment_id)
    shown.details.show_code(coded.institutions)
    card = shown.details._code
    assert said(card) == ["“Nobody trusts the police.”"]
    shown.codebook.menus.merge(coded.work, [coded.institutions])
    assert card.code_id == ""
    assert not card.isVisible()


def test_the_number_of_codings_opens_their_passages(shown: MainWindow, coded) -> None:
    shown.details.show_code(coded.work)
    QTest.mouseClick(shown.details._code._use, Qt.MouseButton.LeftButton)
    assert shown.passages.isVisible()
    assert shown.passages.list.model().rowCount() == 2


def test_what_a_person_wrote_is_never_read_as_markup(shown: MainWindow, coded) -> None:
    describe_code(coded.project, coded.work, {"definition": "<b>bold</b> & more"})
    shown.details.show_code(coded.work)
    label = shown.details._code._fields["definition"][1]
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b> & more"


def test_in_a_project_that_can_only_be_read_nothing_can_be_edited(window: MainWindow, coded) -> None:
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    window.details.show_code(coded.work)
    card = window.details._code
    assert not card._edit_button.isVisible()
    card.edit()
    assert not card.editing
