"""Around the grid: members, sets, tables in and out, and the ways in from sources and the text."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QMenu

from coder_app.edits.sets import add_set, put_into_set
from coder_app.edits.sources import remove_sources
from coder_app.edits.variables import delete_variables
from coder_app.gui.cases.importing import ImportPreview, look_at_table
from coder_app.gui.cases.menus import ask_case_of_passage, fill_putting_menu
from coder_app.gui.cases.page import CASES, SETS
from coder_app.gui.cases.picking import Pick
from coder_app.gui.files.ask import Ask
from coder_app.queries.cases import cases, cases_with, members_of
from coder_app.queries.history import history
from coder_app.queries.sets import sets
from coder_app.queries.variables import variables


def answer(page, text):
    (asked,) = (one for one in page.findChildren(Ask) if one.isVisible())
    asked.line.setText(text)
    QTest.keyClick(asked.line, Qt.Key.Key_Return)


def pick(page, *names):
    (dialog,) = (one for one in page.window().findChildren(Pick) if one.isVisible())
    for row in range(dialog.list.count()):
        if dialog.list.item(row).text() in names:
            dialog.list.item(row).setCheckState(Qt.CheckState.Checked)
    dialog.accept()


def test_a_new_case_is_the_current_row(page, people, qtbot):
    QTest.mouseClick(page.new_case, Qt.MouseButton.LeftButton)
    answer(page, "Daniyar")
    assert [one.name for one in cases(people.project)][-1] == "Daniyar"
    assert page.grid.grid.current_id() == cases(people.project)[-1].id
    assert page.members.name.text() == "Daniyar"
    assert page.members.told.text() == "Nothing belongs to it yet."


def test_cases_can_be_chosen_and_given_sources_before_there_is_a_variable(page, people, qtbot):
    delete_variables(people.project, [one.id for one in variables(people.project)])
    grid = page.grid.grid
    grid.choose(people.Aida)
    assert page.members.name.text() == "Aida"
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert page.members.name.text() == "Bek"
    assert page.members.add.isEnabled()
    QTest.keyClicks(grid, "x")
    assert grid.findChild(QLineEdit) is None
    grid.sort_by(0)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    page.grid.delete_cases()
    assert [one.name for one in cases(people.project)] == ["Aida", "Cholpon"]


def test_a_variable_of_a_type_is_added(page, people):
    page.ask_variable_name("date")
    answer(page, "Born")
    assert (variables(people.project)[-1].name, variables(people.project)[-1].type) == ("Born", "date")
    assert page.grid.model.columnCount() == 5


def test_sources_are_put_into_a_case_and_taken_out_with_undo(page, people, notices):
    QTest.mouseClick(page.members.add, Qt.MouseButton.LeftButton)
    pick(page.members, "Diary")
    assert [one.source for one in members_of(people.project, people.Aida)] == ["Interview", "Diary"]
    assert page.members.list.count() == 2
    page.members.list.setCurrentRow(0)
    QTest.keyClick(page.members.list, Qt.Key.Key_Delete)
    assert [one.source for one in members_of(people.project, people.Aida)] == ["Diary"]
    assert notices[-1] == "1 was taken out of the case."
    people.project.undo()
    assert page.members.list.count() == 2


def test_a_member_is_read_by_a_double_click(page, people, qtbot):
    page.grid.choose(people.Bek)
    item = page.members.list.item(0)
    assert item.text() == "Diary: “A day”"
    with qtbot.waitSignal(page.place_chosen) as chosen:
        page.members.list.itemActivated.emit(item)
    assert chosen.args == [people.diary, 0, 5]


def test_cases_are_deleted_with_undo_and_the_grid_follows(page, people, notices):
    page.grid.choose(people.Bek)
    page.grid.delete_cases()
    assert [row.name for row in page.grid.model.rows] == ["Aida", "Cholpon"]
    assert notices == ["The case was deleted; its sources stay."]
    people.project.undo()
    assert [row.name for row in page.grid.model.rows] == ["Aida", "Bek", "Cholpon"]


def test_sets_are_made_filled_and_emptied(page, people, qtbot):
    page.turn_to(SETS)
    assert page.sets.told.isVisible()
    QTest.mouseClick(page.sets.new, Qt.MouseButton.LeftButton)
    answer(page.sets, "Field")
    page.sets.ask_members("source")
    pick(page.sets, "Interview", "Diary")
    page.sets.ask_members("code")
    pick(page.sets, "Trust > Institutions")
    (field,) = sets(people.project)
    assert (field.sources, field.codes) == ((people.interview, people.diary), (people.institutions,))
    top = page.sets.tree.topLevelItem(0)
    assert [top.child(n).text(0) for n in range(3)] == ["Interview", "Diary", "Trust > Institutions"]
    assert top.text(1) == "2 sources, 1 code"
    page.sets.tree.setCurrentItem(top.child(0))
    QTest.keyClick(page.sets.tree, Qt.Key.Key_Delete)
    assert sets(people.project)[0].sources == (people.diary,)
    page.sets.tree.setCurrentItem(page.sets.tree.topLevelItem(0))
    page.sets.rename()
    answer(page.sets, "Village")
    assert sets(people.project)[0].name == "Village"
    QTest.mouseClick(page.sets.out, Qt.MouseButton.LeftButton)
    assert sets(people.project) == []
    people.project.undo()
    assert page.sets.tree.topLevelItemCount() == 1


def test_a_table_is_looked_at_before_it_is_taken_in(page, people, qtbot, tmp_path, notices):
    path = tmp_path / "people.csv"
    path.write_text("case;Age;Height\nAida;old;1,70\nDaniyar;58;1,80\n", "utf-8")
    steps = len(history(people.project))
    look_at_table(page._context, page, path, "case")
    qtbot.waitUntil(lambda: bool(page.findChildren(ImportPreview)))
    (preview,) = page.findChildren(ImportPreview)
    assert preview.told.text() == "New variables: Height (Decimal number)\nNew cases: Daniyar\n3 values will be set"
    assert [preview.problems.item(n).text() for n in range(preview.problems.count())] == [
        "people.csv, line 2: “Age”: “old” is no whole number."
    ]
    assert preview.ok.text() == "Import the rest"
    assert len(history(people.project)) == steps
    QTest.mouseClick(preview.ok, Qt.MouseButton.LeftButton)
    assert len(history(people.project)) == steps + 1
    assert [row.name for row in page.grid.model.rows][-1] == "Daniyar"
    assert notices == ["3 values were imported."]


def test_a_table_that_cannot_be_read_is_said(page, qtbot, tmp_path, notices):
    path = tmp_path / "people.csv"
    path.write_text("case,,Age\nx,,1\n", "utf-8")
    look_at_table(page._context, page, path, "case")
    qtbot.waitUntil(lambda: bool(notices))
    assert notices == ["people.csv, line 1: Column 2 has no title; give it one."]
    assert page.findChildren(QDialog) == []


def test_the_table_is_written(page, qtbot, tmp_path, notices):
    page.write(tmp_path / "cases.csv")
    qtbot.waitUntil(lambda: bool(notices))
    assert (tmp_path / "cases.csv").read_text("utf-8-sig").splitlines() == [
        "case,sources,Age,Region,Met,Urban",
        "Aida,Interview,31,north,,true",
        "Bek,,9,South,,",
        "Cholpon,,,,,",
    ]


def test_selected_sources_get_into_cases_and_sets_by_their_menu(page, people, context, qtbot):
    field = add_set(people.project, "Field")
    menu = QMenu(page)
    fill_putting_menu(menu, context, page, [people.interview, people.diary])
    into_case, into_set = (action.menu() for action in menu.actions() if action.menu())

    def choose(where, text):
        next(action for action in where.actions() if action.text() == text).trigger()

    choose(into_case, "Cholpon")
    assert cases_with(people.project, people.diary) == [people.Bek, people.Cholpon]
    choose(into_case, "A case for each")
    assert [one.name for one in cases(people.project)][-2:] == ["Interview", "Diary"]
    choose(into_set, "Field")
    assert sets(people.project)[0].sources == (people.interview, people.diary)
    choose(into_case, "New case…")
    answer(page, "Everybody")
    assert cases(people.project)[-1].sources == 2
    choose(into_set, "New set…")
    answer(page, "All")
    assert len(sets(people.project)[-1].sources) == 2
    assert people.project.undo() == "Add set “All” with sources"
    assert [one.id for one in sets(people.project)] == [field]


def test_a_passage_gets_into_a_case_old_or_new(page, people, context):
    for name in ("aida", "Daniyar"):
        ask_case_of_passage(context, page, people.diary, (6, 11))
        answer(page, name)
    assert [one.text for one in members_of(people.project, people.Aida)] == ["", "witho"]
    assert [one.name for one in cases(people.project)][-1] == "Daniyar"


def test_the_page_follows_what_happens_elsewhere_also_out_of_sight(page, people, qtbot):
    put_into_set(people.project, add_set(people.project, "Field"), "source", [people.diary])
    page.hide()
    remove_sources(people.project, [people.interview])
    page.show()
    qtbot.waitUntil(lambda: page.members.list.count() == 0)
    page.turn_to(SETS)
    assert page.sets.tree.topLevelItem(0).childCount() == 1
    page.turn_to(CASES)


def test_without_cases_the_page_says_what_to_do(qtbot, context, coded):
    from coder_app.gui.cases.page import CasesPage

    made = CasesPage(context)
    qtbot.addWidget(made)
    context.show(coded.project)
    with qtbot.waitExposed(made):
        made.show()
    assert made.grid.empty.text().startswith("No cases yet.")
    assert not made.grid.grid.isVisible()


def test_the_window_has_the_layout_and_the_action(window, people, turned_to, qtbot):
    window.context.show(people.project)
    qtbot.waitUntil(window.reader.view.hasFocus)
    page = turned_to(window, "view.cases")
    assert len(page.grid.model.rows) == 3
    assert isinstance(page.members.list, QListWidget)
    window.actions_by_id["view.code"].trigger()
    window.reader.view.select(0, 5)
    qtbot.waitUntil(window.actions_by_id["coding.case"].isEnabled)
    window.actions_by_id["coding.case"].trigger()
    (asked,) = window.findChildren(Ask)
    assert isinstance(asked.line, QLineEdit)
    asked.reject()
