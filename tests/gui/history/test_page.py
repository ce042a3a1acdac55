"""The page of the history: what is listed, filtered, taken back and restored, by keys and clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

from coder_app.edits.codes import add_code, delete_codes, describe_code, rename_code
from coder_app.edits.codings import remove_codings
from coder_app.edits.memos import write_memo
from coder_app.gui.history.days import clock_of, day_of, day_words, start_of
from coder_app.gui.history.model import DAY, STEP, StepsModel, by_day
from coder_app.gui.history.page import HistoryPage
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import code_tree
from coder_app.queries.history import history, step_list
from coder_app.store.dump import dump


@pytest.fixture
def page(shown: MainWindow, turned_to, qtbot) -> HistoryPage:
    """The history of the small project, in sight."""
    page = turned_to(shown, "view.history")
    qtbot.waitUntil(page.list.hasFocus)
    return page


def words(page: HistoryPage) -> list[str]:
    model = page.model
    steps = (model.index(n).data(STEP) for n in range(model.rowCount()))
    return [step.words for step in steps if step is not None]


def choose(page: HistoryPage, said: str) -> None:
    model = page.model
    row = next(
        n for n in range(model.rowCount()) if said in str(model.index(n).data()) and not model.index(n).data(DAY)
    )
    page.list.setCurrentIndex(model.index(row))


def test_the_steps_are_listed_by_day_the_newest_first_and_the_first_is_chosen(page, coded):
    assert page.model.index(0).data(DAY) == "Today"
    assert words(page)[0] == "Ann applied “Work & pay” to 1 segment in Diary"
    assert words(page)[-1] == "The project was begun"
    assert page.count.text() == f"{len(history(coded.project))} steps"
    assert page.details.title.text() == words(page)[0]
    assert "“work”" in page.details.rows.toPlainText()


def test_the_arrow_keys_go_from_step_to_step_and_the_rows_follow(page):
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.details.title.text() == words(page)[1]
    for _ in range(30):
        QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.currentIndex().data(STEP) is not None, "headings cannot be chosen"


def test_the_model_keeps_qts_rules(coded, qtmodeltester):
    model = StepsModel()
    model.show(coded.project, by_day(step_list(coded.project)))
    qtmodeltester.check(model)


def test_only_what_is_in_sight_is_read(coded, qtbot):
    for n in range(250):
        add_code(coded.project, f"Code {n}")
    model = StepsModel()
    model.show(coded.project, by_day(step_list(coded.project)))
    assert model._steps == {}
    assert model.index(1).data() == "Ann added the code “Code 249”"
    assert len(model._steps) <= 100


def test_a_new_step_comes_to_the_list_and_the_chosen_one_stays(page, coded):
    choose(page, "added the code “Trust”")
    rename_code(coded.project, coded.work, "Labour")
    assert words(page)[0] == "Ann renamed the code “Work & pay” to “Labour”"
    assert page.list.currentIndex().data(STEP).words == "Ann added the code “Trust”"


def test_filters_narrow_the_list_and_can_be_cleared(page, coded, qtbot):
    everything = words(page)
    page.filters.source.setCurrentIndex(page.filters.source.findText("Diary"))
    assert words(page) == [
        "Ann applied “Work & pay” to 1 segment in Diary",
        "Ann imported 2 sources: “Interview”, “Diary”",
    ]
    QTest.mouseClick(page.filters.clear, Qt.MouseButton.LeftButton)
    assert words(page) == everything
    QTest.keyClicks(page.filters.text, "institutions")
    qtbot.waitUntil(lambda: len(words(page)) == 2)
    page.filters.reset()
    page.filters.coder.picked.emit(coded.ben)
    assert words(page) == []
    assert page.empty.isVisible()
    page.filters.reset()
    page.filters.kind.picked.emit("code")
    assert len(words(page)) == 5
    page.filters.when.picked.emit(1)
    assert len(words(page)) == 5
    page.filters.when.picked.emit("between")
    assert page.filters.since.isVisible()
    assert len(words(page)) == 5


def test_what_is_typed_in_a_field_of_names_and_fits_none_is_forgotten(page):
    field = page.filters.code
    field.setFocus()
    QTest.keyClicks(field.lineEdit(), "nonsense")
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    assert field.currentText() == ""
    assert page.filters.wanted().code_id == ""


def test_an_older_step_is_taken_back_with_undo_beside_the_notice(page, coded):
    before = dump(coded.project.db)
    choose(page, "applied “Institutions”")
    QTest.mouseClick(page.details.revert, Qt.MouseButton.LeftButton)
    assert words(page)[0].startswith("Ann took back: Apply")
    assert "undone" in page.model.index(page.list.currentIndex().row()).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not page.details.revert.isEnabled()
    coded.project.undo()
    assert dump(coded.project.db) == before


def test_a_refused_step_lists_the_later_ones_and_leads_to_them(page, coded):
    choose(page, "added the code “Trust”")
    length = len(history(coded.project))
    QTest.mouseClick(page.details.revert, Qt.MouseButton.LeftButton)
    assert len(history(coded.project)) == length
    links = [b for b in page.details._in_the_way.findChildren(QAbstractButton) if b.isVisible()]
    assert "Ann added the code “Institutions”" in [link.accessibleName().split(" · ")[0] for link in links]
    QTest.mouseClick(links[-1], Qt.MouseButton.LeftButton)
    assert page.details.title.text() == links[-1].accessibleName().split(" · ")[0]


def test_an_older_wording_comes_back_from_the_rows_of_a_step(page, coded):
    describe_code(coded.project, coded.trust, {"definition": "First"})
    describe_code(coded.project, coded.trust, {"definition": "Second"})
    page._choose(page.model.first_step())
    page.details._fill_wordings()
    offered = page.details.wording.menu().actions()
    assert len(offered) == 2
    offered[0].trigger()
    assert code_tree(coded.project)[coded.trust].definition == "First"


def test_what_was_deleted_is_restored_by_enter(page, coded):
    before = dump(coded.project.db)
    write_memo(coded.project, "code", coded.trust, "A memo")
    with_memo = dump(coded.project.db)
    delete_codes(coded.project, [coded.trust])
    QTest.mouseClick(page._tabs.button(1), Qt.MouseButton.LeftButton)
    assert page.gone.model.index(0).data() == "Trust"
    assert "deleted 2 codes" in page.details.title.text()
    QTest.keyClick(page.gone.list, Qt.Key.Key_Return)
    assert dump(coded.project.db) == with_memo != before
    assert page.gone.model.rowCount() == 0
    assert page.gone.empty.isVisible()


def test_several_things_are_restored_as_one_step(page, coded):
    remove_codings(coded.project, [coded.first])
    remove_codings(coded.project, [coded.police])
    QTest.mouseClick(page._tabs.button(1), Qt.MouseButton.LeftButton)
    page.gone.list.setFocus()
    QTest.keyClick(page.gone.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.gone.restore.text() == "Restore 2"
    length = len(history(coded.project))
    QTest.mouseClick(page.gone.restore, Qt.MouseButton.LeftButton)
    assert len(history(coded.project)) == length + 1


def test_the_development_of_the_codebook_leads_to_its_steps(page, coded):
    rename_code(coded.project, coded.trust, "Faith")
    QTest.mouseClick(page._tabs.button(2), Qt.MouseButton.LeftButton)
    model = page.book.model
    assert [model.index(0, column).data() for column in range(2, 7)] == ["renamed", "Faith", "Name", "Trust", "Faith"]
    page.book.table.setCurrentIndex(model.index(0, 0))
    page.book.table.setFocus()
    page.book.table.activated.emit(model.index(0, 0))
    assert page.details.title.text() == "Ann renamed the code “Trust” to “Faith”"


@pytest.mark.parametrize("tab", [0, 2])
def test_what_is_shown_is_written_as_a_page(page, qtbot, tmp_path: Path, tab):
    QTest.mouseClick(page._tabs.button(tab), Qt.MouseButton.LeftButton)
    page.export_to(tmp_path / "page.html")
    qtbot.waitUntil(lambda: (tmp_path / "page.html").exists() and not page._context.jobs.running)
    assert "Trust" in (tmp_path / "page.html").read_text("utf-8")


def test_every_input_has_a_name_and_tab_reaches_the_rows(page):
    kinds = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView)
    for part in (one for one in page.findChildren(QWidget) if isinstance(one, kinds)):
        inside_qts_own = isinstance(part.parentWidget(), QLineEdit | QComboBox) or part.objectName().startswith("qt_")
        if part.isVisible() and not inside_qts_own and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name), part
    page.filters.text.setFocus()
    seen = set()
    for _ in range(40):
        widget = QApplication.focusWidget()
        seen.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert {page.list, page.details.rows, page.details.look, page.export} <= seen


@pytest.mark.parametrize("theme", ["dark", "high_contrast"])
def test_it_can_be_drawn_in_every_theme(page, theme):
    page._context.theme.choose(theme)
    assert page.grab().size().width() > 0
    assert page.list.visualRect(page.list.currentIndex()).size() != QSize()
    page._context.theme.choose("light")


def test_days_and_times_are_local():
    assert day_words(day_of("2026-03-12T12:00:00.000Z")) == "Thursday, 12 March 2026"
    moment = start_of(day_of("2026-03-12T12:00:00.000Z"))
    assert clock_of(moment) == "00:00"
    assert day_of(moment).isoformat() == "2026-03-12"
