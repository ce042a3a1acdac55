"""The panel of sources, by mouse and keyboard, over a real project."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.sources import move_sources, rename_source
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.sources.memo import SourceMemo
from coder_app.gui.sources.model import CODINGS
from coder_app.gui.sources.panel import SourcesPanel
from coder_app.queries.memos import memos_on
from coder_app.queries.sources import sources
from coder_app.store.project import Project

Ids = dict[str, str]


def shown(panel: SourcesPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def order(project: Project) -> list[str]:
    return [one.name for one in sources(project)]


def middle(panel: SourcesPanel, source_id: str) -> QPoint:
    return panel.view.visualRect(panel.model.index_of(source_id)).center()


def test_without_sources_the_next_step_is_told(context: Context, panel: SourcesPanel, tmp_path: Path):
    context.show(Project.create(tmp_path / "empty.coder"))
    assert panel.empty.isVisible()
    assert panel.empty.text() == "No sources yet. Drop files here, or press Ctrl+I."
    assert not panel.view.isVisible()


def test_the_sources_are_listed_in_their_order_with_their_number(project: Project, panel: SourcesPanel):
    assert shown(panel) == ["one.txt", "two.txt", "three.txt"]
    assert panel.count.text() == "3"


def test_a_click_asks_for_the_source(qtbot, project: Project, panel: SourcesPanel, ids: Ids):
    with qtbot.waitSignal(panel.source_chosen) as chosen:
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, ids["two.txt"]))
    assert chosen.args == [ids["two.txt"]]


def test_enter_asks_for_the_source_that_the_arrows_reached(qtbot, project: Project, panel: SourcesPanel, ids: Ids):
    panel.mark(ids["one.txt"])
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.source_chosen) as chosen:
        QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert chosen.args == [ids["two.txt"]]


def test_the_source_in_the_reader_is_marked_and_selected(qtbot, project: Project, panel: SourcesPanel, ids: Ids):
    assert panel.flags() == set()
    with qtbot.waitSignal(panel.flags_changed), qtbot.assertNotEmitted(panel.source_chosen):
        panel.mark(ids["three.txt"])
    assert panel.flags() == {"source"}
    left = panel.view.visualRect(panel.model.index_of(ids["three.txt"])).center()
    image = panel.view.viewport().grab().toImage()
    assert image.pixelColor(1, left.y()) == panel.view.theme().accent


def test_f2_renames_in_the_row(qtbot, project: Project, panel: SourcesPanel, ids: Ids):
    panel.mark(ids["one.txt"])
    QTest.keyClick(panel.view, Qt.Key.Key_F2)
    editor = panel.view.findChild(QLineEdit)
    QTest.keyClicks(editor, "Interview 1")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: order(project)[0] == "Interview 1")
    assert shown(panel)[0] == "Interview 1"
    assert panel.selected_ids() == [ids["one.txt"]]


def test_the_first_coding_of_a_passage_and_its_end_are_counted(project: Project, panel: SourcesPanel, ids: Ids):
    code, other = add_code(project, "Trust"), add_code(project, "Doubt")
    row = panel.model.index_of(ids["one.txt"])
    first = apply_code(project, ids["one.txt"], 0, 5, code)
    assert row.data(CODINGS) == 1
    second = apply_code(project, ids["one.txt"], 0, 5, other)
    assert row.data(CODINGS) == 2
    remove_codings(project, [first])
    assert row.data(CODINGS) == 1
    remove_codings(project, [second])
    assert row.data(CODINGS) == 0
    project.undo()
    assert row.data(CODINGS) == sources(project)[0].codings == 1


def test_selection_and_closed_folders_stay_over_a_change(project: Project, panel: SourcesPanel, ids: Ids):
    move_sources(project, [ids["one.txt"]], "Old")
    move_sources(project, [ids["two.txt"]], "New")
    panel.view.collapse(panel.model.index_of_folder("Old"))
    panel.mark(ids["three.txt"])
    rename_source(project, ids["two.txt"], "second")
    move_sources(project, [ids["two.txt"]], "")
    assert panel.selected_ids() == [ids["three.txt"]]
    assert panel.current_id() == ids["three.txt"]
    assert not panel.view.isExpanded(panel.model.index_of_folder("Old"))


def test_up_and_down_move_a_source_among_its_neighbours(project: Project, panel: SourcesPanel, ids: Ids):
    handlers = panel.handlers()
    panel.mark(ids["three.txt"])
    handlers["source.up"]()
    assert order(project) == ["one.txt", "three.txt", "two.txt"]
    handlers["source.up"]()
    handlers["source.up"]()
    assert order(project) == ["three.txt", "one.txt", "two.txt"]
    handlers["source.down"]()
    assert order(project) == shown(panel) == ["one.txt", "three.txt", "two.txt"]
    handlers["source.down"]()
    handlers["source.down"]()
    assert order(project) == ["one.txt", "two.txt", "three.txt"]


def test_a_source_is_dragged_to_the_end(project: Project, panel: SourcesPanel, ids: Ids):
    data = panel.model.mimeData([panel.model.index_of(ids["one.txt"])])
    panel.model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, panel.view.rootIndex())
    assert order(project) == shown(panel) == ["two.txt", "three.txt", "one.txt"]


def test_a_folder_is_asked_for_and_made(project: Project, panel: SourcesPanel, ids: Ids):
    panel.mark(ids["two.txt"])
    panel.group()
    ask = panel.findChild(Ask)
    QTest.keyClicks(ask.line, "Field / 2024")
    QTest.keyClick(ask.line, Qt.Key.Key_Return)
    assert [(one.name, one.folder) for one in sources(project)][-1] == ("two.txt", "Field/2024")
    assert panel.model.index_of_folder("Field/2024").isValid()


def test_removing_tells_how_many_codings_went_and_can_be_undone(
    qtbot, context: Context, project: Project, panel: SourcesPanel, ids: Ids
):
    apply_code(project, ids["two.txt"], 0, 5, add_code(project, "Trust"))
    panel.mark(ids["two.txt"])
    with qtbot.waitSignal(context.notice_requested) as notice:
        QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert notice.args == ["“two.txt” was removed, with 1 coding.", True]
    assert shown(panel) == ["one.txt", "three.txt"]
    project.undo()
    assert shown(panel) == ["one.txt", "two.txt", "three.txt"]


def test_files_dropped_on_the_list_are_handed_on(qtbot, project: Project, panel: SourcesPanel, tmp_path: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "new.txt")), QUrl("https://example.org/x")])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, event = QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPointF(5, 5), *how)
    with qtbot.waitSignal(panel.files_dropped) as dropped:
        QApplication.sendEvent(panel.view.viewport(), enter)
        QApplication.sendEvent(panel.view.viewport(), event)
    assert dropped.args == [[tmp_path / "new.txt"]]


def test_copied_files_are_pasted_with_the_keyboard(qtbot, project: Project, panel: SourcesPanel, tmp_path: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "new.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(panel.files_dropped) as dropped:
        QTest.keyClick(panel.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dropped.args == [[tmp_path / "new.txt"]]


@pytest.mark.parametrize("how", ["close", "deactivate"])
def test_a_memo_is_kept_when_one_turns_away(
    project: Project, panel: SourcesPanel, context: Context, ids: Ids, how: str, window
):
    panel.mark(ids["one.txt"])
    panel.open_memo()
    memo = panel.findChild(SourceMemo)
    QTest.keyClicks(memo.editor, "Told in the rain.")
    if how == "close":
        QTest.keyClick(memo, Qt.Key.Key_Escape)
        assert not memo.isVisible()
    else:
        window.activateWindow()
        QTest.qWait(50)
        assert memo.editor.toPlainText() == "Told in the rain."
    assert [one.body for one in memos_on(project, "source", ids["one.txt"])] == ["Told in the rain."]
    if how == "deactivate":
        memo.close()
        assert not memo.isVisible()


def test_closing_the_project_empties_the_panel(context: Context, project: Project, panel: SourcesPanel, ids: Ids):
    panel.mark(ids["one.txt"])
    panel.open_memo()
    context.close()
    assert shown(panel) == []
    assert panel.flags() == set()
