"""The codebook in the window: found, chosen, renamed, moved and coloured in place."""

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from coder_app.edits.codes import add_code, move_codes, rename_code
from coder_app.edits.settings import pin_code
from coder_app.gui.codebook.colours import ColourMenu
from coder_app.gui.codebook.model import ID, KEYS
from coder_app.gui.main_window import MainWindow
from coder_app.gui.reader.mime import code_data
from coder_app.queries.codes import code_tree
from coder_app.queries.settings import pinned_codes
from coder_app.store.project import Project

KEY = Qt.Key


def rows(window: MainWindow) -> list[str]:
    """Return the names that are in sight, from top to bottom."""
    tree, found = window.codebook.tree, []
    index = tree.model().index(0, 0)
    while index.isValid():
        found.append(index.data())
        index = tree.indexBelow(index)
    return found


def click(window: MainWindow, code_id: str) -> None:
    tree = window.codebook.tree
    index = window.codebook._index(code_id)
    tree.scrollTo(index)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())


def test_typing_filters_and_an_empty_field_brings_everything_back_as_it_was(shown: MainWindow, coded) -> None:
    panel = shown.codebook
    panel.tree.collapse(panel._index(coded.trust))
    QTest.keyClick(shown.reader.view, KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is panel.field
    QTest.keyClicks(panel.field, "INST")
    assert rows(shown) == ["Trust", "Institutions"]
    panel.field.clear()
    assert rows(shown) == ["Trust", "Work & pay", "Topics"]


def test_enter_in_the_filter_goes_to_the_first_code_that_fits_and_enter_there_applies_it(
    shown: MainWindow, coded
) -> None:
    view = shown.reader.view
    start = view.text.index("They came twice.")
    view.select(start, start + 4)
    shown.codebook.field.setFocus()
    QTest.keyClicks(shown.codebook.field, "inst")
    QTest.keyClick(shown.codebook.field, KEY.Key_Return)
    assert shown.codebook.current() == coded.institutions
    assert shown.codebook.tree.hasFocus()
    QTest.keyClick(shown.codebook.tree, KEY.Key_Return)
    found = coded.project.rows("SELECT code_id FROM coding ORDER BY id DESC LIMIT 1")
    assert found == [(coded.institutions,)]
    assert view.hasFocus()


def test_down_and_tab_go_from_the_filter_to_the_codes(shown: MainWindow, coded) -> None:
    panel = shown.codebook
    panel.field.setFocus()
    QTest.keyClicks(panel.field, "inst")
    QTest.keyClick(panel.field, KEY.Key_Down)
    assert panel.tree.hasFocus()
    assert panel.current() == coded.institutions
    panel.field.setFocus()
    QTest.keyClick(panel.field, KEY.Key_Tab)
    assert panel.tree.hasFocus()


def test_where_nothing_fits_the_panel_says_so(shown: MainWindow) -> None:
    shown.codebook.field.setText("zzz")
    assert shown.codebook._empty.isVisible()
    assert "No code" in shown.codebook._empty.text()
    shown.codebook.field.clear()
    assert not shown.codebook._empty.isVisible()


def test_a_click_shows_what_a_code_means_and_its_passages(shown: MainWindow, coded) -> None:
    click(shown, coded.work)
    assert shown.details._code.code_id == coded.work
    assert shown.passages.isVisible()
    assert shown.passages.list.model().rowCount() == 2


def test_the_arrow_keys_show_what_a_code_means_and_leave_the_list_alone(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.trust)
    shown.codebook.tree.setFocus()
    QTest.keyClick(shown.codebook.tree, KEY.Key_Down)
    assert shown.details._code.code_id == coded.institutions
    assert not shown.passages.isVisible()


def test_f2_renames_in_place(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.work)
    shown.codebook.tree.setFocus()
    QTest.keyClick(shown.codebook.tree, KEY.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Labour")
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()
    assert code_tree(coded.project)[coded.work].name == "Labour"
    assert shown.actions_by_id["edit.undo"].text() == "Undo: Rename code “Labour”"


def test_escape_leaves_the_old_name(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.work)
    shown.codebook.tree.setFocus()
    QTest.keyClick(shown.codebook.tree, KEY.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "Nonsense")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert code_tree(coded.project)[coded.work].name == "Work & pay"
    assert shown.codebook.tree.hasFocus()


def test_a_new_code_is_named_at_once(shown: MainWindow, coded) -> None:
    QTest.keyClick(
        shown.reader.view, KEY.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Hope")
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()
    assert "Hope" in rows(shown)


def test_a_new_sub_code_stands_under_the_chosen_one(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.work)
    QApplication.processEvents()
    shown.actions_by_id["code.add_child"].trigger()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    tree = code_tree(coded.project)
    assert [code.name for code in tree.children(coded.work)] == ["New code"]


def test_a_code_is_dragged_under_another_and_before_a_sibling(shown: MainWindow, coded) -> None:
    model, panel = shown.codebook.tree.model(), shown.codebook
    move = Qt.DropAction.MoveAction
    model.dropMimeData(code_data([coded.work]), move, -1, -1, panel._index(coded.trust))
    tree = code_tree(coded.project)
    assert [code.id for code in tree.children(coded.trust)] == [coded.institutions, coded.work]
    model.dropMimeData(code_data([coded.work]), move, 0, 0, panel._index(coded.trust))
    tree = code_tree(coded.project)
    assert [code.id for code in tree.children(coded.trust)] == [coded.work, coded.institutions]
    model.dropMimeData(code_data([coded.work]), move, 0, 0, QModelIndex())
    assert rows(shown) == ["Work & pay", "Trust", "Institutions", "Topics"]
    assert panel.tree.model().index(0, 0).data(ID) == coded.work


def test_choice_closed_branches_and_place_stay_when_the_tree_is_read_again(shown: MainWindow, coded) -> None:
    panel = shown.codebook
    panel.tree.collapse(panel._index(coded.trust))
    click(shown, coded.work)
    add_code(coded.project, "Another")
    move_codes(coded.project, [coded.topics], None, coded.trust)
    assert rows(shown) == ["Topics", "Trust", "Work & pay", "Another"]
    assert panel.current() == coded.work
    assert panel.chosen() == [coded.work]


def test_a_code_is_pinned_to_a_number_key_and_freed_again(shown: MainWindow, coded) -> None:
    panel = shown.codebook
    panel.reveal(coded.work)
    QApplication.processEvents()

    def choose_third() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.actions()[2].trigger()
        menu.close()

    for expected in ({3: coded.work}, {}):
        QTimer.singleShot(50, choose_third)
        shown.actions_by_id["code.pin"].trigger()
        assert pinned_codes(coded.project) == expected
        assert panel.model.index_of(coded.work).data(KEYS) == (["3"] if expected else [])


def test_pins_are_each_coders_own(shown: MainWindow, coded) -> None:
    pin_code(coded.project, 1, coded.work)
    shown.context.work_as(coded.ben)
    assert shown.codebook.model.index_of(coded.work).data(KEYS) == []


def test_a_colour_is_chosen_from_the_palette(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.work)
    QApplication.processEvents()
    chosen: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, ColourMenu)
        chosen.append(menu.buttons[7].toolTip())
        QTest.mouseClick(menu.buttons[7], Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, choose)
    shown.actions_by_id["code.recolour"].trigger()
    assert code_tree(coded.project)[coded.work].colour == chosen[0]
    assert shown.reader.view.span(coded.second).colour == chosen[0]


def test_a_code_can_be_made_one_that_only_groups_others(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.work)
    QApplication.processEvents()
    action = shown.actions_by_id["code.codable"]
    assert not action.isChecked()
    action.trigger()
    assert not code_tree(coded.project)[coded.work].is_codable
    assert action.isChecked()
    shown.context.undo()
    assert not action.isChecked()


def test_names_follow_undo(shown: MainWindow, coded) -> None:
    rename_code(coded.project, coded.work, "Labour")
    assert "Labour" in rows(shown)
    shown.context.undo()
    assert "Work & pay" in rows(shown)


def test_in_a_project_that_can_only_be_read_nothing_can_be_added_or_renamed(window: MainWindow, coded) -> None:
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    window.codebook.reveal(coded.work)
    QApplication.processEvents()
    window.codebook._rename()
    assert not isinstance(QApplication.focusWidget(), QLineEdit)
    assert not window.codebook._add.isEnabled()
    changing = ("code.add", "code.rename", "code.recolour", "code.delete", "code.merge", "code.move", "code.pin")
    assert not any(window.actions_by_id[one].isEnabled() for one in changing)
    assert window.actions_by_id["code.passages"].isEnabled()
