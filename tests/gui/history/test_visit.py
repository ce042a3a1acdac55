"""Looking at the project as it was: read only, with a banner, and what is brought back from there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import delete_codes, rename_code
from coder_app.edits.sources import remove_sources
from coder_app.gui.history.visit import Visit
from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import code_tree
from coder_app.queries.history import history
from coder_app.store.dump import dump
from coder_app.store.project import Project


@pytest.fixture
def step(coded) -> str:
    """A step, after which a code was renamed and described, another deleted, a source removed."""
    project = coded.project
    then = history(project)[-1].id
    rename_code(project, coded.trust, "Faith")
    delete_codes(project, [coded.work])
    remove_sources(project, [coded.diary])
    return then


@pytest.fixture
def visit(step, shown: MainWindow, qtbot) -> Visit:
    """The window, showing the project as it was after that step."""
    visit = shown.visit
    visit.look(step)
    qtbot.waitUntil(lambda: shown.context.today is not None, timeout=15_000)
    return visit


def test_the_window_shows_the_project_of_then_and_says_so(visit, shown, coded):
    assert visit.banner.isVisible()
    assert visit.banner.words.text().startswith("As it was on ")
    assert visit.banner.words.text().endswith("read only")
    assert coded.work in code_tree(shown.context.project)
    assert code_tree(shown.context.project)[coded.trust].name == "Trust"
    assert not shown.context.writable
    assert not shown.actions_by_id["code.add"].isEnabled()
    assert not shown.actions_by_id["edit.undo"].isEnabled()


def test_back_to_today_shows_what_is_there_now_with_the_same_source(visit, shown, coded):
    shown.reader.show_source(coded.interview)
    today = dump(coded.project.db)
    QTest.mouseClick(visit.banner.back, Qt.MouseButton.LeftButton)
    assert shown.context.project is coded.project
    assert shown.context.today is None
    assert not visit.banner.isVisible()
    assert shown.context.writable
    assert shown.reader.source_id == coded.interview
    assert dump(coded.project.db) == today


def test_the_same_source_is_shown_then(step, shown, coded, qtbot):
    shown.reader.show_source(coded.interview)
    shown.visit.look(step)
    qtbot.waitUntil(lambda: shown.context.today is not None, timeout=15_000)
    assert shown.reader.source_id == coded.interview


def test_what_is_ticked_comes_back_to_today_as_one_step(visit, shown, coded, qtbot):
    visit.note_code(coded.work)
    dialog = visit.ask()
    assert dialog.ticked() == [("code", coded.work)]
    shown_rows = [dialog.model.item(n).text() for n in range(dialog.model.rowCount())]
    assert "Code, gone today: Work & pay" in shown_rows
    assert "Code, other words today: Trust" in shown_rows
    assert "Source, gone today: Diary" in shown_rows
    QTest.keyClicks(dialog.field, "other words")
    QTest.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert dialog.count.text() == "2 ticked"
    length = len(history(coded.project))

    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)

    assert shown.context.today is None
    tree = code_tree(coded.project)
    assert (tree[coded.trust].name, tree[coded.work].name) == ("Trust", "Work & pay")
    assert coded.second in {row[0] for row in coded.project.rows("SELECT id FROM coding")}
    assert len(history(coded.project)) == length + 1
    assert shown.notice.words().startswith("Brought back: ")


def test_nothing_lost_is_said_so(shown, coded, qtbot):
    step = history(coded.project)[-1].id
    shown.visit.look(step)
    qtbot.waitUntil(lambda: shown.context.today is not None, timeout=15_000)
    dialog = shown.visit.ask()
    assert dialog.empty.isVisible()
    assert not dialog.ok.isEnabled()
    dialog.reject()


def test_one_can_look_further_back_from_there(visit, shown, coded, qtbot):
    then = shown.context.project
    first = history(coded.project)[0].id
    visit.look(first)
    qtbot.waitUntil(lambda: shown.context.project is not then and shown.context.project is not None, timeout=15_000)
    assert len(code_tree(shown.context.project)) == 0
    visit.back()
    assert shown.context.project is coded.project


def test_closing_the_project_from_there_closes_both(visit, shown, coded):
    then = shown.context.project
    shown.context.close()
    assert shown.context.project is None
    assert not visit.banner.isVisible()
    for project in (then, coded.project):
        with pytest.raises(Exception, match="closed"):
            project.rows("SELECT 1")


def test_another_project_is_opened_from_there(visit, shown, coded, tmp_path):
    other = Project.create(tmp_path / "other.coder", name="Other", coder="Cy")
    shown.context.show(other)
    assert shown.context.project is other
    assert (shown.context.today, shown.visit.banner.isVisible()) == (None, False)
    assert not shown.context.blinding.sources


def test_the_history_of_then_ends_there(visit, shown, turned_to, step, qtbot):
    page = turned_to(shown, "view.history")
    qtbot.waitUntil(lambda: page.model.rowCount() > 1)
    assert page.model.index(1).data(Qt.ItemDataRole.UserRole).id == step
    assert not page.details.revert.isEnabled()
    assert not page.details.wording.isEnabled()
