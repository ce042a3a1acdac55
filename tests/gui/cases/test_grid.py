"""Working in the grid with keys and mouse: typing, clearing, copying, pasting, sorting, filtering."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from coder_app.gui.cases.grid_model import GridModel, read_grid
from coder_app.gui.cases.page import SOURCES
from coder_app.queries.history import history
from coder_app.queries.variables import values_on, variables

CASES_GRID = [
    ["Aida", "31", "north", "", "yes"],
    ["Bek", "9", "South", "", ""],
    ["Cholpon", "", "", "", ""],
]
CONTROL = Qt.KeyboardModifier.ControlModifier


def at(page, row, column):
    # Not by the view, which looks at the keys that were held last.
    clear = QItemSelectionModel.SelectionFlag.ClearAndSelect
    page.grid.grid.selectionModel().setCurrentIndex(page.grid.model.index(row, column), clear)


def typed(page, text, key=Qt.Key.Key_Return):
    QTest.keyClicks(page.grid.grid, text[:1])
    editor = page.grid.grid.findChild(QLineEdit)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, key)
    # Enter is answered after the editor has seen it.
    QApplication.processEvents()


def test_cases_stand_with_their_values(page, shown):
    assert shown() == CASES_GRID
    assert page.grid.count.text() == "3 cases"
    assert page.members.name.text() == "Aida"


def test_a_value_is_typed_over_and_enter_goes_down(page, people, shown):
    at(page, 0, 0)
    typed(page, "32")
    assert shown()[0][1] == "32"
    assert page.grid.grid.currentIndex().row() == 1
    assert people.project.undo_label() == "Set “Age” of “Aida” to “32”"
    people.project.undo()
    assert shown() == CASES_GRID


def test_tab_goes_on_to_the_right(page, shown):
    at(page, 1, 1)
    typed(page, "Osh", Qt.Key.Key_Tab)
    assert shown()[1][2] == "Osh"
    assert page.grid.grid.currentIndex().column() == 2


def test_what_does_not_fit_the_type_is_refused_in_a_sentence(page, people, shown, notices):
    steps = len(history(people.project))
    at(page, 0, 0)
    typed(page, "old")
    assert notices == ["“Age”: “old” is no whole number. Nothing was changed."]
    assert shown() == CASES_GRID
    assert len(history(people.project)) == steps

    # What was typed stays in the cell, to be mended there.
    editor = page.grid.grid.findChild(QLineEdit)
    assert editor.text() == "old"
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "old"
    editor.selectAll()
    QTest.keyClicks(editor, "32")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert shown()[0][1] == "32"


def test_escape_leaves_a_value_as_it_was(page, people, shown):
    at(page, 0, 0)
    QTest.keyClick(page.grid.grid, Qt.Key.Key_F2)
    editor = page.grid.grid.findChild(QLineEdit)
    assert editor.text() == "31"
    QTest.keyClicks(editor, "7")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert shown() == CASES_GRID


def test_delete_clears_all_that_is_selected_as_one_step(page, people, shown):
    steps = len(history(people.project))
    page.grid.grid.selectAll()
    QTest.keyClick(page.grid.grid, Qt.Key.Key_Delete)
    assert values_on(people.project, "case") == {}
    assert len(history(people.project)) == steps + 1
    people.project.undo()
    assert shown() == CASES_GRID


def test_a_block_is_copied_and_pasted(page, people, shown):
    page.grid.grid.selectAll()
    QTest.keyClick(page.grid.grid, Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied == "31\tnorth\t\tyes\n9\tSouth\t\t\n\t\t\t"
    steps = len(history(people.project))
    at(page, 1, 0)
    QGuiApplication.clipboard().setText("44\tIssyk-Kul\t2026-03-01\tno\n58\tOsh\t4.3.2026\ttrue\n")
    QTest.keyClick(page.grid.grid, Qt.Key.Key_V, CONTROL)
    assert shown()[1:] == [
        ["Bek", "44", "Issyk-Kul", "2026-03-01", "no"],
        ["Cholpon", "58", "Osh", "2026-03-04", "yes"],
    ]
    assert len(history(people.project)) == steps + 1


def test_one_value_fills_the_selection_and_what_has_no_place_is_told(page, shown, notices):
    column = QItemSelection(page.grid.model.index(0, 1), page.grid.model.index(2, 1))
    page.grid.grid.selectionModel().select(column, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    QGuiApplication.clipboard().setText("Talas")
    QTest.keyClick(page.grid.grid, Qt.Key.Key_V, CONTROL)
    assert [row[2] for row in shown()] == ["Talas"] * 3
    at(page, 2, 3)
    QGuiApplication.clipboard().setText("no\tx\nyes\ty")
    QTest.keyClick(page.grid.grid, Qt.Key.Key_V, CONTROL)
    assert shown()[2][4] == "no"
    assert notices[-1] == "Left out, as there is no place below or beside: 1 row, 1 column."


def test_that_a_pasted_value_is_refused_is_told_last(page, shown, notices):
    at(page, 2, 0)
    QGuiApplication.clipboard().setText("old\n31")
    QTest.keyClick(page.grid.grid, Qt.Key.Key_V, CONTROL)
    assert notices[-1] == "“Age”: “old” is no whole number. Nothing was changed."
    assert shown() == CASES_GRID


def test_a_block_with_a_bad_value_changes_nothing(page, shown, notices):
    at(page, 0, 0)
    QGuiApplication.clipboard().setText("1\tA\nold\tB")
    QTest.keyClick(page.grid.grid, Qt.Key.Key_V, CONTROL)
    assert shown() == CASES_GRID
    assert notices == ["“Age”: “old” is no whole number. Nothing was changed."]


def test_a_click_on_a_title_sorts_as_the_type_says_and_missing_values_stand_last(page, shown):
    header = page.grid.grid.horizontalHeader()

    def click():
        place = header.sectionViewportPosition(0) + 20
        QTest.mouseClick(
            header.viewport(),
            Qt.MouseButton.LeftButton,
            pos=header.viewport().rect().topLeft() + type(header.pos())(place, 10),
        )
        return [row[0] for row in shown()]

    assert click() == ["Bek", "Aida", "Cholpon"]
    assert click() == ["Aida", "Bek", "Cholpon"]
    assert click() == ["Aida", "Bek", "Cholpon"]
    assert page.grid.model.headerData(0, Qt.Orientation.Horizontal) == "Age"


def test_typing_in_the_filter_keeps_rows_with_all_words(page, shown):
    QTest.keyClicks(page.grid.field, "NORTH 31")
    assert [row[0] for row in shown()] == ["Aida"]
    assert page.grid.count.text() == "1 of 3 cases"
    page.grid.field.clear()
    assert len(shown()) == 3


def test_sources_show_in_grey_what_their_cases_say_until_they_have_a_value_of_their_own(page, people, shown):
    page.turn_to(SOURCES)
    assert shown() == [["Interview", "31", "north", "", "yes"], ["Diary", "9", "South", "", ""]]
    index = page.grid.model.index(0, 0)
    assert page.grid.model.is_inherited(index)
    assert index.data(Qt.ItemDataRole.FontRole).italic()
    at(page, 0, 0)
    typed(page, "40")
    assert shown()[0][1] == "40"
    assert not page.grid.model.is_inherited(index)
    assert values_on(people.project, "source") == {people.Age: {people.interview: "40"}}
    at(page, 0, 0)
    QTest.keyClick(page.grid.grid, Qt.Key.Key_Delete)
    assert page.grid.model.is_inherited(index)


def test_the_menu_of_a_column_retypes_moves_and_deletes(page, people, qtbot, shown):
    def menu():
        page.grid.grid.variable_menu_requested.emit(0, page.mapToGlobal(page.rect().center()))
        (found,) = (one for one in page.grid.findChildren(QMenu) if one.isVisible() and not one.title())
        return found

    def trigger(*texts):
        opened = menu()
        for text in texts:
            action = next(one for one in opened.actions() if one.text() == text)
            opened = action.menu() or action
        action.trigger()
        for one in page.grid.findChildren(QMenu):
            one.close()
        qtbot.wait(1)

    trigger("Type", "Decimal number")
    assert variables(people.project)[0].type == "decimal"
    trigger("Move to the right")
    assert [one.name for one in variables(people.project)][:2] == ["Region", "Age"]
    trigger("Delete variable")
    assert [one.name for one in variables(people.project)] == ["Age", "Met", "Urban"]
    assert shown()[0] == ["Aida", "31", "", "yes"]


def test_a_project_for_reading_can_be_looked_at_only(page, people, context, qtbot, shown):
    from coder_app.store.project import Project

    context.close()
    context.show(Project.open(people.project.path, write=False))
    qtbot.waitUntil(lambda: len(shown()) == 3)
    at(page, 0, 0)
    QTest.keyClicks(page.grid.grid, "7")
    QTest.keyClick(page.grid.grid, Qt.Key.Key_Delete)
    assert shown() == CASES_GRID
    assert not page.new_case.isEnabled()
    assert page.save.isEnabled()


@pytest.mark.parametrize("on", ["case", "source"])
def test_the_model_keeps_qts_rules(people, qtmodeltester, on):
    model = GridModel()
    model.show(read_grid(people.project, on))
    qtmodeltester.check(model)
    model.filter("a")
    model.sort(1)
    qtmodeltester.check(model)


def test_the_menu_of_a_row_means_that_row(page, people, qtbot):
    at(page, 0, 0)
    page.grid.grid.row_menu_requested.emit(1, page.mapToGlobal(page.rect().center()))
    (menu,) = (one for one in page.grid.findChildren(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions() if one.text()] == [
        "Copy", "Paste", "Clear", "Rename case…", "Describe case…", "Delete case"
    ]  # fmt: skip
    next(one for one in menu.actions() if one.text() == "Delete case").trigger()
    menu.close()
    assert [row.name for row in page.grid.model.rows] == ["Aida", "Cholpon"]
