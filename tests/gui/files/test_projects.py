"""New, open, sample, close, rename, backup, check."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from coder_app.domain.errors import AppError
from coder_app.edits.coders import add_coder
from coder_app.gui.actions import ACTIONS
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.files.flows import FileFlows
from coder_app.gui.files.new_project import NewProjectDialog, file_name
from coder_app.gui.files.remarks import Remarks
from coder_app.queries.coders import coders
from coder_app.queries.overview import overview
from coder_app.store.project import Project


def test_every_action_on_files_has_something_that_does_it(flows: FileFlows):
    wanted = {one.id for one in ACTIONS if one.menu == "File"}
    elsewhere = {"app.quit", "project.local_copy", "project.copy_back"}
    assert flows.handlers().keys() == wanted - elsewhere


def test_a_new_project_is_made_opened_and_remembered(context: Context, flows: FileFlows, tmp_path: Path):
    dialog = flows.project.ask_new()
    dialog.folder.setText(str(tmp_path))
    assert not dialog.make.isEnabled()
    QTest.keyClicks(dialog.name, "Fear: 2024?")
    QTest.keyClicks(dialog.coder, "Ann")
    QTest.keyClick(dialog.coder, Qt.Key.Key_Return)
    project = context.project
    assert project is not None
    assert project.path == tmp_path / "Fear- 2024-.coder"
    assert (overview(project).name, overview(project).coders) == ("Fear: 2024?", ["Ann"])
    assert context.settings.values.coder_name == "Ann"
    assert context.settings.values.recent == [str(project.path)]
    assert not dialog.isVisible()


def test_a_name_that_is_taken_is_said_in_the_window_which_stays(context: Context, flows: FileFlows, tmp_path: Path):
    (tmp_path / "Taken.coder").write_text("mine")
    dialog = flows.project.ask_new()
    dialog.folder.setText(str(tmp_path))
    dialog.name.setText("Taken")
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "exists already" in dialog.problem.text()
    assert context.project is None
    dialog.name.setText("Free")
    assert dialog.problem.isHidden()
    dialog.reject()


def test_the_coder_is_asked_for_once(context: Context, flows: FileFlows, tmp_path: Path):
    flows.project.create(tmp_path / "a.coder", "A", "Ann")
    dialog = flows.project.ask_new()
    assert dialog.coder.text() == "Ann"
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("A/B\\C", "A-B-C"), (" . ", "Project"), ("Straße 5", "Straße 5"), ("x" * 300, "x" * 120), ("a\nb", "a-b")],
)
def test_a_file_is_called_what_every_system_takes(name: str, wanted: str):
    assert file_name(name) == wanted


def test_a_project_that_is_gone_is_told_and_forgotten(context: Context, flows: FileFlows, told: list[str], tmp_path):
    context.settings.values.remember(tmp_path / "gone.coder")
    flows.open_path(tmp_path / "gone.coder")
    assert context.project is None
    assert "There is no project" in told[0]
    assert context.settings.values.recent == []


def test_a_project_open_elsewhere_is_shown_to_read_with_the_reason(
    context: Context, flows: FileFlows, told: list[str], tmp_path: Path
):
    with Project.create(tmp_path / "p.coder", name="P"):
        flows.open_path(tmp_path / "p.coder")
        assert context.project is not None
        assert not context.writable
        assert told[0].endswith("You can read, search and count; nothing can be changed.")
    flows.open_path(tmp_path / "p.coder")
    assert context.writable


def test_opening_the_open_project_again_changes_nothing(context: Context, flows: FileFlows, project: Project):
    flows.open_path(project.path)
    assert context.project is project
    assert context.writable


def test_what_is_no_project_leaves_the_open_one_alone(
    context: Context, flows: FileFlows, project: Project, told: list[str], tmp_path: Path
):
    (tmp_path / "other.coder").write_bytes(b"no database" * 100)
    flows.open_path(tmp_path / "other.coder")
    assert "no Coder App project" in told[0]
    assert context.project is project


def test_the_sample_is_built_and_opened_and_later_opened_as_it_was_left(
    context: Context, flows: FileFlows, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    path = tmp_path / "sample.coder"
    flows.project.open_sample(path)
    until_idle()
    assert context.project is not None
    assert overview(context.project).codings > 200
    context.project.undo()
    context.close()
    flows.project.open_sample(path)
    assert context.project is not None
    assert overview(context.project).codings == 0
    assert told == ["“sample.coder” was there already and is as you left it."]


def test_a_project_is_renamed(flows: FileFlows, project: Project, dialog: Callable[..., Ask]):
    flows.handlers()["project.rename"]()
    ask = dialog(Ask)
    assert ask.line.text() == "Study"
    QTest.keyClicks(ask.line, "Border talk")
    QTest.keyClick(ask.line, Qt.Key.Key_Return)
    assert overview(project).name == "Border talk"


def test_a_question_is_forgotten_with_escape_and_with_its_project(
    context: Context, flows: FileFlows, project: Project, dialog: Callable[..., Ask]
):
    flows.new_coder()
    QTest.keyClicks(dialog(Ask).line, "Bea")
    QTest.keyClick(dialog(Ask), Qt.Key.Key_Escape)
    assert overview(project).coders == ["Ann"]
    flows.new_coder()
    ask = dialog(Ask)
    context.close()
    assert not ask.isVisible()


def test_a_new_coder_is_the_one_at_work(flows: FileFlows, project: Project, dialog: Callable[..., Ask]):
    flows.new_coder()
    assert not dialog(Ask).ok.isEnabled()
    QTest.keyClicks(dialog(Ask).line, "Bea")
    QTest.keyClick(dialog(Ask).line, Qt.Key.Key_Return)
    assert project.coder_id == next(one.id for one in coders(project) if one.name == "Bea")


def test_a_coder_gets_another_name_and_one_that_is_taken_is_refused_beside_the_field(
    flows: FileFlows, project: Project, dialog: Callable[..., Ask]
):
    add_coder(project, "Bea")
    ann = next(one.id for one in coders(project) if one.name == "Ann")
    flows.rename_coder(ann)
    ask = dialog(Ask)
    assert ask.line.text() == "Ann"
    QTest.keyClicks(ask.line, "bea")
    QTest.keyClick(ask.line, Qt.Key.Key_Return)
    assert ask.refused.text() == "There is a “bea” already; nothing was changed."
    ask.line.selectAll()
    QTest.keyClicks(ask.line, "Anna")
    QTest.keyClick(ask.line, Qt.Key.Key_Return)
    assert [one.name for one in coders(project)] == ["Anna", "Bea"]
    assert project.undo_label() == "Rename coder “Anna”"


def test_a_backup_is_a_whole_project_and_never_replaces_a_file(
    flows: FileFlows, project: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    path = tmp_path / "copy.coder"
    flows.project.back_up(path)
    until_idle()
    with Project.open(path) as copy:
        assert overview(copy) == overview(project)
    flows.project.back_up(path)
    until_idle()
    assert told[0] == f"The backup is at {path}."
    assert "exists already and was left alone" in told[1]


def test_a_sound_project_is_said_to_be_sound(
    flows: FileFlows, project: Project, until_idle: Callable[[], None], dialog: Callable[..., Remarks]
):
    flows.project.verify()
    until_idle()
    shown = dialog(Remarks)
    assert shown.summary.text().startswith("The project is sound")
    assert shown.list.isHidden()
    shown.close()


def test_damage_is_listed(
    flows: FileFlows, project: Project, until_idle: Callable[[], None], dialog: Callable[..., Remarks]
):
    with project.db.atomic():
        project.db.conn.execute("DROP TRIGGER IF EXISTS journal_source_insert")
        for (name,) in project.db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            project.db.conn.execute(f'DROP TRIGGER "{name}"')
        project.db.conn.execute("UPDATE project SET name = 'forged'")
    flows.project.verify()
    until_idle()
    shown = dialog(Remarks)
    assert "not as" in shown.summary.text()
    assert len(shown.list.toPlainText().splitlines()) > 1
    copy = next(one for one in shown.findChildren(QPushButton) if "Copy" in one.text())
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    shown.close()


def test_the_dialog_for_a_new_project_offers_the_home_of_documents(context: Context, qtbot, tmp_path: Path):
    dialog = NewProjectDialog(context, None, tmp_path)
    qtbot.addWidget(dialog)
    dialog.name.setText("Study")
    assert dialog.path() == tmp_path / "Study.coder"
    assert str(dialog.path()) in dialog.file.text()


def test_the_flows_raise_what_a_project_cannot_be_made_of(flows: FileFlows, tmp_path: Path):
    with pytest.raises(AppError, match="does not exist"):
        flows.project.create(tmp_path / "nowhere" / "p.coder", "P", "Ann")
