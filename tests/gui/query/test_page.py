"""The layout for queries in the whole window, by keys and clicks."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from coder_app.edits.codes import rename_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.rounds import assign, open_round
from coder_app.edits.saved_queries import save_query
from coder_app.edits.sources import remove_sources
from coder_app.gui.memo_window import MemoWindow
from coder_app.gui.query.answer import Asked
from coder_app.gui.query.builder_leaf import LeafLine
from coder_app.gui.query.export import write_file
from coder_app.gui.query.page import QueryPage
from coder_app.queries.codings import coding, codings_on
from coder_app.queries.memos import memos_on
from coder_app.queries.saved_queries import saved_queries

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def page(qtbot, shown, turned_to) -> QueryPage:
    found = turned_to(shown, "view.query")
    qtbot.waitUntil(found.isVisible)
    return found


def ask(page: QueryPage, text: str) -> None:
    page.line.setFocus()
    page.line.selectAll()
    QTest.keyClicks(page.line, text)
    page.line.offers.hide()
    QTest.keyClick(page.line, ENTER)


def words(page: QueryPage) -> list[str]:
    model = page.results.model
    columns = list(model.columns)
    return [
        str(model.index(row, columns.index("text")).data() or model.index(row, 0).data())
        for row in range(model.rowCount())
    ]


def add(page: QueryPage, name: str) -> None:
    """Choose from the last menu of parts that can be added."""
    (*_, button) = [one for one in page.builder.findChildren(QToolButton) if one.accessibleName() == "Add a part"]
    button.menu().aboutToShow.emit()
    next(action for action in button.menu().actions() if action.text() == name).trigger()


def test_a_query_is_written_and_its_passages_are_listed(page):
    ask(page, "Trust+ AND NOT coder:Ben")

    assert words(page) == ["Trust is everything here.", "Nobody trusts the police."]
    assert page.results.count.text() == "2 passages"
    assert page.mistake.isHidden()


def test_without_saved_queries_their_heading_and_a_sentence_stand_at_the_top(page, qtbot):
    qtbot.waitUntil(page.saved.empty.isVisible)
    assert page.saved.empty.geometry().bottom() < 160


def test_a_mistake_is_told_below_the_line_and_underlined(page, qtbot):
    ask(page, "Trust AND Wrok")

    assert "no code “Wrok”" in page.mistake.text()
    assert page.mistake.isVisible()
    (mark,) = page.line.extraSelections()
    assert mark.cursor.selectedText() == "Wrok"
    assert page.results.model.rowCount() == 0

    QTest.keyClicks(page.line, " ")
    assert page.mistake.isHidden()


def test_names_are_offered_while_one_types(page, qtbot):
    page.line.setFocus()
    QTest.keyClicks(page.line, "Trust AND wo")
    qtbot.waitUntil(page.line.offers.isVisible)

    QTest.keyClick(page.line.offers, DOWN)
    QTest.keyClick(page.line.offers, ENTER)

    assert page.line.text() == "Trust AND Work & pay"
    QTest.keyClick(page.line, ENTER)
    assert words(page) == ["Trust is everything here."]


def test_what_is_written_can_be_changed_in_the_builder_and_the_other_way_round(page, coded, qtbot):
    ask(page, "Trust OR Institutions")
    lines = page.builder.findChildren(LeafLine)
    assert [line.findChild(QLineEdit).text() for line in lines] == ["Trust", "Institutions"]

    box = next(
        one for one in page.builder.findChildren(QComboBox) if one.count() == 3 and one.itemText(0) == "All of these"
    )
    box.setCurrentIndex(0)
    with qtbot.waitSignal(page.builder.built):
        box.activated.emit(0)
    assert page.line.text() == "Trust AND Institutions"
    assert words(page) == []

    second = page.builder.findChildren(LeafLine)[1].findChild(QLineEdit)
    second.setFocus()
    second.selectAll()
    QTest.keyClicks(second, "Work & pay")
    second.completer().popup().hide()
    QTest.keyClick(second, ENTER)
    assert page.line.text() == "Trust AND Work & pay"
    assert words(page) == ["Trust is everything here."]


def test_a_query_is_built_from_nothing(page, coded, qtbot):
    add(page, "Code")
    assert page.line.text() == "Trust"
    assert words(page) == ["Trust is everything here.", "We trust our neighbours."]

    qtbot.waitUntil(lambda: len(page.builder.findChildren(LeafLine)) == 1)
    add(page, "Coder")
    assert page.line.text() == "Trust AND coder:Ann"
    assert words(page) == ["Trust is everything here."]

    qtbot.waitUntil(lambda: len(page.builder.findChildren(LeafLine)) == 2)
    (*_, not_) = [one for one in page.builder.findChildren(QToolButton) if one.accessibleName() == "Not"]
    not_.click()
    assert page.line.text() == "Trust AND NOT coder:Ann"
    assert words(page) == ["We trust our neighbours."]


def test_a_passage_opens_in_its_text(page, shown, coded, qtbot):
    ask(page, "Institutions")
    page.results.view.selectRow(0)
    page.results.view.setFocus()

    with qtbot.waitSignal(page.place_chosen) as told:
        QTest.keyClick(page.results.view, ENTER)

    start = coding(coded.project, coded.police).start
    assert told.args == [coded.interview, start, start + len("Nobody trusts the police.")]


def test_passages_are_uncoded_and_recoded_in_place_and_the_list_follows(page, shown, coded, qtbot):
    ask(page, "Trust+")
    assert len(words(page)) == 3
    page.results.view.selectRow(1)
    QTest.keyClick(page.results.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(words(page)) == 2)
    assert coding(coded.project, coded.bens) is None
    assert page.results.view.chosen_rows() == [1]  # the next one, to go on with
    shown.context.undo()
    qtbot.waitUntil(lambda: len(words(page)) == 3)

    page.results.view.selectRow(0)
    page.results.ask_recode()
    page.results.picker.code_picked.emit(coded.work)
    qtbot.waitUntil(lambda: words(page) == ["We trust our neighbours.", "Nobody trusts the police."])
    assert coding(coded.project, coded.first) is None  # the passage carried the other code already


def test_the_memo_on_a_passage_is_written_beside_the_list(page, coded, qtbot):
    ask(page, "Trust")
    page.results.view.selectRow(0)
    QTest.keyClick(page.results.view, Qt.Key.Key_M)
    memo = page.results.findChild(MemoWindow)
    assert memo.windowTitle() == "Memo on “Trust is everything here.”"
    memo.activateWindow()
    qtbot.waitUntil(memo.isActiveWindow)
    QTest.keyClicks(memo.editor, "Or is it?")
    with qtbot.waitSignal(memo.destroyed):
        QTest.keyClick(memo.editor, Qt.Key.Key_Escape)
    (written,) = memos_on(coded.project, "segment", coding(coded.project, coded.first).segment_id)
    assert written.body == "Or is it?"
    model = page.results.model
    column = list(model.columns).index("memo")
    qtbot.waitUntil(lambda: str(model.index(0, column).data()) == "Or is it?")


def test_a_memo_goes_with_its_passage(page, coded, qtbot):
    ask(page, "Trust")
    page.results.view.selectRow(0)
    QTest.keyClick(page.results.view, Qt.Key.Key_M)
    memo = page.results.findChild(MemoWindow)
    QTest.keyClicks(memo.editor, "Or")
    on_it = codings_on(coded.project, coding(coded.project, coded.first).segment_id)
    with qtbot.waitSignal(memo.destroyed):
        remove_codings(coded.project, [one.id for one in on_it])


def test_passages_are_coded_in_place(page, coded, qtbot):
    ask(page, "text:neighbours")
    page.results.view.selectAll()
    page.results.ask_code()
    page.results.coding._picker.code_picked.emit(coded.work)

    ask(page, "Work & pay AND text:neighbours")
    qtbot.waitUntil(lambda: words(page) == ["neighbours", "neighbours"])


def test_the_list_follows_what_others_do_and_keeps_what_is_selected(page, coded, qtbot):
    ask(page, "Trust+")
    page.results.view.selectRow(2)
    before = page.results.chosen()

    remove_codings(coded.project, [coded.first])
    qtbot.waitUntil(lambda: len(words(page)) == 2)
    assert page.results.chosen() == before

    rename_code(coded.project, coded.institutions, "Offices")
    qtbot.waitUntil(lambda: page.results.model.index(1, 1).data() == "Trust > Offices")


def test_a_source_may_go_while_its_passages_are_in_sight(page, coded, qtbot):
    ask(page, "Work & pay")
    assert len(words(page)) == 2
    remove_sources(coded.project, [coded.diary])
    page.results.model._cells.clear()
    page.results.view.viewport().repaint()
    qtbot.waitUntil(lambda: len(words(page)) == 1)


def test_rows_are_grouped_sorted_and_columns_chosen(page, coded, qtbot):
    ask(page, "*")
    page._show_otherwise(Asked("*", columns=("text", "made", "words"), sort=("-words",), group="codes"))
    assert words(page) == [
        "Trust  ·  2 passages",
        "Trust is everything here.",
        "We trust our neighbours.",
        "Trust > Institutions  ·  1 passage",
        "Nobody trusts the police.",
        "Work & pay  ·  2 passages",
        "Trust is everything here.",
        "work",
    ]
    assert not page.results.model.flags(page.results.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    header = page.results.view.horizontalHeader()
    header.sectionClicked.emit(0)
    assert page.asked.sort == ("text",)
    header.sectionClicked.emit(0)
    header.sectionClicked.emit(0)
    assert page.asked.sort == ()


def test_saved_queries_show_live_counts(page, shown, coded, qtbot):
    save_query(coded.project, "Doubt", "Trust OR Institutions")
    rows = page.saved.list.model()
    qtbot.waitUntil(lambda: rows.rowCount() == 1 and rows.index(0, 1).data() == "3")

    apply_code(coded.project, coded.diary, 0, 5, coded.trust)
    qtbot.waitUntil(lambda: rows.index(0, 1).data() == "4")

    rename_code(coded.project, coded.trust, "Faith")
    page.saved.list.setCurrentIndex(rows.index(0, 0))
    page.saved.list.clicked.emit(rows.index(0, 0))
    qtbot.waitUntil(lambda: page.line.text() == "Faith OR Institutions")
    assert len(words(page)) == 4

    QTest.keyClick(page.saved.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: saved_queries(coded.project) == [])
    qtbot.waitUntil(lambda: rows.rowCount() == 0)


def test_a_saved_query_is_used_in_the_one_above_if_that_can_be_read(page, coded):
    save_query(coded.project, "Doubt", "Institutions")
    ask(page, "Trust")
    (saved,) = saved_queries(coded.project)
    page.saved.added.emit(saved)
    assert page.line.text() == "Trust AND query:Doubt"

    ask(page, "Trust AND (")
    page.saved.added.emit(saved)
    assert page.line.text() == "Trust AND ("
    assert page.line.accessibleDescription() == page.mistake.text() != ""


def test_a_query_is_saved_under_a_name(page, coded, qtbot):
    ask(page, "Trust+")
    page.save.click()
    asked = next(
        one for one in page.window().findChildren(QLineEdit) if one.accessibleName() == "What the query is called"
    )
    QTest.keyClicks(asked, "All trust")
    QTest.keyClick(asked, ENTER)
    (saved,) = saved_queries(coded.project)
    assert (saved.name, saved.text) == ("All trust", "Trust+")


def test_passages_are_exported_with_their_recipe(page, coded, qtbot, tmp_path):
    ask(page, "Trust+")
    for suffix in (".json", ".html", ".docx"):
        path = tmp_path / f"found{suffix}"
        write_file(page._context, page.asked, page.book(), path)
        qtbot.waitUntil(path.exists)
    found = json.loads((tmp_path / "found.json").read_text())
    assert [row["text"] for row in found["rows"]] == words(page)
    assert found["recipe"]["kind"] == "query"
    assert "We trust our neighbours." in (tmp_path / "found.html").read_text()


def test_what_is_hidden_in_the_window_is_not_found(page, shown, coded, qtbot, tmp_path):
    ask(page, "Trust")
    assert len(words(page)) == 2

    shown.context.hide_coders({coded.ben})
    qtbot.waitUntil(lambda: words(page) == ["Trust is everything here."])
    write_file(page._context, page.asked, page.book(), tmp_path / "found.json")
    qtbot.waitUntil((tmp_path / "found.json").exists)
    assert [row["coders"] for row in json.loads((tmp_path / "found.json").read_text())["rows"]] == ["Ann"]

    shown.context.hide_coders(set())
    qtbot.waitUntil(lambda: len(words(page)) == 2)


def test_a_blind_round_hides_what_others_coded(page, shown, coded, qtbot):
    ask(page, "Trust")
    round_id = open_round(coded.project, "First", is_blind=True)
    assign(coded.project, round_id, [coded.interview], [coded.ann])
    qtbot.waitUntil(lambda: words(page) == ["Trust is everything here."])


def test_the_builder_rests_while_the_text_cannot_be_read(page):
    ask(page, "Trust AND (Work")
    assert not page.builder.isEnabled()
    ask(page, "Trust")
    assert page.builder.isEnabled()


def test_a_closed_project_leaves_nothing_behind(page, shown):
    ask(page, "Trust")
    shown.context.close()
    assert words(page) == []
    assert page.line.text() == ""
    assert page.builder.findChildren(LeafLine) == [] or page.builder.query is None


def test_everything_has_a_name_for_screen_readers(page):
    ask(page, "Trust NEAR(2 words) coder:Ann OR made:>=2026 AND variable:Age=3")
    fields = [*page.findChildren(QLineEdit), *page.findChildren(QComboBox), *page.findChildren(QToolButton)]
    unnamed = [one for one in fields if not one.accessibleName() and one.objectName() != "qt_spinbox_lineedit"]
    assert unnamed == []


def test_the_model_is_sound(page, qtmodeltester):
    ask(page, "*")
    page._show_otherwise(Asked("*", group="codes"))
    qtmodeltester.check(page.results.model)
