"""The team folder in the window: share, join, exchange by hand and by itself, and what goes wrong with folders."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from coder_app.edits.codes import add_code, describe_code
from coder_app.gui.files.ask import Ask
from coder_app.gui.main_window import MainWindow
from coder_app.gui.team.folder_panel import FolderPanel
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.team import folder
from coder_app.team.merge import merge


@pytest.fixture
def team(shared, shown: MainWindow, qtbot) -> MainWindow:
    """The window with the village project, which has a team folder; nothing is exchanged by itself."""
    shown.context.settings.values.sync_by_itself = False
    shown.team.syncing.read()
    shown.actions_by_id["view.team"].trigger()
    rest(shown, qtbot)
    return shown


def rest(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.context.jobs.running and not window.context.busy, timeout=30_000)


def names(window: MainWindow) -> set[str]:
    if window.context.project is None:
        return set()
    return {row[0] for row in window.context.project.rows("SELECT name FROM code")}


def said(panel: FolderPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def sync_now(window: MainWindow, qtbot) -> None:
    QTest.keySequence(window, "Ctrl+Shift+S")
    rest(window, qtbot)


def test_a_project_without_a_folder_says_how_a_team_works(shown, qtbot) -> None:
    QTest.keySequence(shown, "Ctrl+4")
    assert "This project has no team folder." in said(shown.team.folder)
    assert shown.team.folder.share.hasFocus()
    assert not shown.actions_by_id["team.sync"].isEnabled()
    assert not shown.team.sign.team.isVisible()


def test_sharing_makes_the_folder_and_says_what_the_others_do(shown, tmp_path, qtbot) -> None:
    shown.team.flow.share(tmp_path / "study")
    rest(shown, qtbot)
    assert (tmp_path / "study" / "coder-app-team.json").exists()
    assert "Join a team…" in shown.notice.words()
    assert str(tmp_path / "study") in said(shown.team.folder)
    assert shown.actions_by_id["team.sync"].isEnabled()


def test_a_folder_that_is_not_empty_is_refused_in_a_sentence(shown, tmp_path, qtbot) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "photo.jpg").write_bytes(b"x")
    shown.team.flow.share(tmp_path / "full")
    rest(shown, qtbot)
    assert "is not empty" in shown.notice.words()
    assert shown.team.syncing.state.known is None


def test_joining_opens_ones_own_copy_and_asks_who_one_is(shown, shared, tmp_path, qtbot) -> None:
    shown.context.settings.values.coder_name = "Eva"
    shown.team.flow.join(shared, tmp_path / "eva.coder")
    rest(shown, qtbot)
    project = shown.context.project
    assert project.path.name == "eva.coder"
    (ask,) = shown.findChildren(Ask)
    assert ask.line.text() == "Eva"
    QTest.keyClick(ask.line, Qt.Key.Key_Return)
    assert project.rows("SELECT name FROM coder WHERE id = ?", (project.coder_id,)) == [("Eva",)]
    assert project.rows("SELECT label, coder_id FROM change_set ORDER BY made_at DESC LIMIT 1") == [
        ("Add coder “Eva”", project.coder_id)
    ], "it is her step, not that of the one who shared"
    assert shown.team.folder.isVisible()


def test_joining_a_folder_that_is_none_keeps_the_open_project(shown, tmp_path, qtbot) -> None:
    path = shown.context.project.path
    shown.team.flow.join(tmp_path, tmp_path / "eva.coder")
    rest(shown, qtbot)
    assert shown.context.project.path == path
    assert "is no team folder" in shown.notice.words()
    assert not (tmp_path / "eva.coder").exists()


def test_sync_now_takes_in_and_says_whose_work_it_was_and_undo_takes_it_out(team, ben, qtbot) -> None:
    before = dump(team.context.project.db)
    sync_now(team, qtbot)
    assert "Ben's code" in names(team)
    assert team.notice.words() == "1 step of Ben came in."
    QTest.mouseClick(team.notice._undo, Qt.MouseButton.LeftButton)
    rest(team, qtbot)
    assert dump(team.context.project.db) == before
    assert team.team.sign.team.text() == "Team: resting", "it must not come in by itself again"
    sync_now(team, qtbot)
    assert "Ben's code" in names(team)


def test_the_page_says_who_takes_part_what_waits_and_when_it_was(team, ben, qtbot) -> None:
    add_code(team.context.project, "Mine")
    team.actions_by_id["team.status"].trigger()
    rest(team, qtbot)
    shown = said(team.team.folder)
    assert "1 step of yours is not there yet." in shown
    assert "There is work of others to take in." in shown
    qtbot.waitUntil(lambda: "Ben" in said(team.team.folder))
    assert team.team.sign.team.text() == "Team: 1 step to give"
    sync_now(team, qtbot)
    qtbot.waitUntil(lambda: "(this copy)" in said(team.team.folder))
    shown = said(team.team.folder)
    assert "All that lies there is here, and all of yours is there." in shown
    assert team.team.sign.team.text().startswith("Team: exchanged ")


def test_a_damaged_file_is_named_with_what_to_do(team, ben, shared, qtbot) -> None:
    file = next(shared.glob("changes/*/000001-*"))
    file.write_bytes(file.read_bytes()[:100])
    sync_now(team, qtbot)
    qtbot.waitUntil(lambda: "is cut short or was altered" in said(team.team.folder))
    shown = said(team.team.folder)
    assert "let the one who wrote it press “Sync now”" in shown
    assert "1 file needs a look" in team.notice.words()
    assert team.team.sign.team.text() == "Team: 1 file to look at"


def test_a_folder_that_is_gone_is_one_calm_sentence(team, shared, qtbot) -> None:
    shutil.move(shared, shared.with_name("elsewhere"))
    sync_now(team, qtbot)
    assert "is not in reach now; your project is as it was" in team.notice.words()
    assert team.team.sign.team.text() == "Team: folder not in reach"
    assert team.team.folder.trouble.isVisible()
    assert "All that lies there" not in said(team.team.folder)
    shutil.move(shared.with_name("elsewhere"), shared)
    sync_now(team, qtbot)
    assert not team.team.folder.trouble.isVisible()


def test_leaving_keeps_what_came_in(team, ben, qtbot) -> None:
    sync_now(team, qtbot)
    team.actions_by_id["team.leave"].trigger()
    rest(team, qtbot)
    assert "Ben's code" in names(team)
    assert team.team.folder.share.isVisible()
    assert not team.actions_by_id["team.sync"].isEnabled()


def by_itself(window: MainWindow, qtbot) -> None:
    """Let the time come at which the app exchanges work by itself, until the person would have paused."""
    window.context.settings.values.sync_by_itself = True
    window.team.syncing.quiet_time = 150
    window.team.syncing._on_time()
    rest(window, qtbot)


def test_work_comes_in_by_itself_when_the_person_pauses(team, ben, qtbot) -> None:
    team.reader.view.setFocus()
    by_itself(team, qtbot)
    qtbot.waitUntil(lambda: "Ben's code" in names(team), timeout=20_000)
    assert team.notice.words() == "1 step of Ben came in."


def test_nothing_is_exchanged_while_somebody_types(team, ben, qtbot) -> None:
    team.actions_by_id["view.code"].trigger()
    by_itself(team, qtbot)
    for _ in range(10):
        QTest.keyClick(team.reader.view, Qt.Key.Key_Right)
        qtbot.wait(30)
    assert "Ben's code" not in names(team)


def test_an_open_field_or_draft_keeps_the_exchange_away(team, ben, qtbot) -> None:
    team.actions_by_id["view.code"].trigger()
    team.actions_by_id["source.correct"].trigger()
    assert team.reader.correcting.is_open
    by_itself(team, qtbot)
    qtbot.wait(400)
    assert "Ben's code" not in names(team)
    assert team.reader.correcting.is_open, "the draft is not kept behind the person's back"
    team.reader.correcting.discard()


def test_an_exchange_that_fails_by_itself_is_a_quiet_sign_and_no_notice(team, ben, shared, qtbot) -> None:
    team.notice.hide()
    shutil.move(shared, shared.with_name("elsewhere"))
    by_itself(team, qtbot)
    qtbot.waitUntil(lambda: team.team.sign.team.text() == "Team: folder not in reach", timeout=20_000)
    assert not team.notice.isVisible()
    assert QApplication.activeModalWidget() is None


def test_the_setting_turns_it_off_and_is_kept(team, ben, qtbot) -> None:
    team.actions_by_id["team.status"].trigger()
    box = team.team.folder.by_itself
    assert not box.isChecked()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert team.context.settings.values.sync_by_itself
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert '"sync_by_itself": false' in team.context.settings.path.read_text(encoding="utf-8")
    team.team.syncing._on_time()
    rest(team, qtbot)
    assert "Ben's code" not in names(team)


def test_three_copies_in_three_states_end_equal(team, ben, shared, tmp_path: Path, qtbot) -> None:
    project = team.context.project
    trust = project.rows("SELECT id FROM code WHERE name = 'Trust'")[0][0]
    cem = tmp_path / "cem.coder"
    with folder.join(shared, cem) as third:
        describe_code(third, trust, {"definition": "Cem's"})
    describe_code(project, trust, {"definition": "Ann's"})
    sync_now(team, qtbot)
    with Project.open(cem) as third:
        folder.sync(third)
    sync_now(team, qtbot)
    team.actions_by_id["team.undecided"].trigger()
    QTest.keyClick(team.team.undecided.list, Qt.Key.Key_1)
    sync_now(team, qtbot)
    dumps = {dump(project.db)}
    for path in (ben, cem):
        with Project.open(path) as other:
            folder.sync(other)
            dumps.add(dump(other.db))
    assert len(dumps) == 1


def test_steps_to_give_are_counted_at_each_edit_undo_and_redo(team, shared, qtbot) -> None:
    sync_now(team, qtbot)
    for do in (lambda: add_code(team.context.project, "Mine"), team.context.undo, team.context.redo):
        do()
        said_now = team.team.syncing.state.known
        team.team.syncing.read()
        assert team.team.syncing.state.known == said_now
    assert team.team.sign.team.text() == "Team: 3 steps to give"


def test_taking_out_what_came_from_a_file_keeps_the_exchange_going(team, coded, tmp_path, qtbot) -> None:
    sync_now(team, qtbot)
    path = tmp_path / "mail.coder"
    team.context.project.db.conn.execute("VACUUM INTO ?", (str(path),))
    with Project.open(path) as mail:
        add_code(mail, "By mail")
    merge(team.context.project, [path])
    assert "By mail" in names(team)
    team.context.undo()
    rest(team, qtbot)
    assert "By mail" not in names(team)
    assert not team.team.syncing.state.resting, "the folder does not hold it"
