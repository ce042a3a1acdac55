"""Publishing and following in the window: the sign, the dialog, the file that is gone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.edits.codes import add_code, delete_codes
from coder_app.edits.subscription import take_version
from coder_app.gui.sharing.publish import PublishDialog
from coder_app.importers.coderbook import read_coderbook
from coder_app.queries.sharing import FILE, subscription
from coder_app.store.journal import write_local
from coder_app.store.project import Project


def dialog():
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, PublishDialog) and one.isVisible()), None
    )


def test_the_sign_says_what_is_open_and_goes_when_it_is_decided(shown, colleague, coded, qtbot):
    shown.sharing.look()
    qtbot.waitUntil(lambda: shown.sharing.sign.text() == "Codebook: 2 changes in version 2")
    assert shown.sharing.sign.isVisible()
    shown.context.attempt(take_version, colleague.book, [coded.trust], [])
    assert shown.sharing.sign.text() == "Codebook: 1 change in version 2"
    shown.context.attempt(take_version, colleague.book, [], [code_of(colleague, "Hope")])
    assert not shown.sharing.sign.isVisible()
    shown.context.undo()
    assert shown.sharing.sign.isVisible()


def code_of(colleague, name):
    return next(code.id for code in colleague.book.newest.codes.values() if code.name == name)


def test_a_project_that_follows_nothing_says_nothing(shown):
    shown.sharing.look()
    assert shown.sharing._pool.waitForDone(1000)
    assert not shown.sharing.sign.isVisible()


def test_a_missing_file_is_told_once(shown, colleague, qtbot):
    colleague.path.unlink()
    shown.sharing.look()
    qtbot.waitUntil(lambda: "team.coderbook is not there" in shown.notice.words())
    shown.notice.say("else", undo=False)
    shown.sharing.look()
    assert shown.sharing._pool.waitForDone(1000)
    qtbot.wait(50)
    assert shown.notice.words() == "else"


def test_in_the_copy_of_a_team_member_who_never_had_the_file_nothing_is_missed(
    shown, colleague, coded, tmp_path, qtbot
):
    copy = tmp_path / "member" / "member.coder"
    copy.parent.mkdir()
    coded.project.db.conn.execute("VACUUM INTO ?", (str(copy),))
    shown.context.close()
    with Project.open(copy) as project:
        write_local(project.db, FILE, "")
    shown.notice.hide()
    shown.flows.open_path(copy)
    shown.sharing.look()
    assert shown.sharing._pool.waitForDone(1000)
    qtbot.wait(50)
    assert not shown.notice.isVisible()


def test_a_damaged_file_is_told(shown, colleague, qtbot):
    colleague.path.write_text("{", "utf-8")
    shown.sharing.look()
    qtbot.waitUntil(lambda: "cut short" in shown.notice.words())


@pytest.fixture
def plan(shown, tmp_path, qtbot):
    """Plan to publish to a file and give the dialog."""

    def ask(path):
        shown.sharing.plan_publication(path)
        qtbot.waitUntil(lambda: dialog() is not None)
        return dialog()

    return ask


def test_publishing_for_the_first_time_makes_the_file(shown, coded, plan, tmp_path, qtbot):
    path = tmp_path / "new.coderbook"
    asked = plan(path)
    assert asked.authors.text() == "Ann"
    assert "Version 1 in new.coderbook: with 4 codes." in asked.summary.text()
    asked.authors.setText("Ann, Bo")
    QTest.keyClicks(asked.note, "first")
    QTest.keyClick(asked.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Published version 1" in shown.notice.words())
    book = read_coderbook(path)
    assert (book.newest.authors, book.newest.note) == (("Ann", "Bo"), "first")
    assert subscription(coded.project).version == 1


def test_publishing_over_what_was_not_taken_is_refused(shown, coded, colleague, qtbot):
    add_code(coded.project, "Mine")
    shown.sharing.plan_publication(colleague.path)
    qtbot.waitUntil(lambda: "update first" in shown.notice.words())
    assert dialog() is None


def test_somebody_else_who_publishes_meanwhile_is_not_overwritten(shown, coded, colleague, plan, qtbot):
    shown.context.attempt(
        take_version, colleague.book, [one for one in colleague.book.newest.codes if one == coded.trust]
    )
    shown.context.attempt(take_version, colleague.book, [code_of(colleague, "Hope")])
    add_code(coded.project, "Mine")
    asked = plan(colleague.path)
    add_code(colleague.project, "Theirs")
    colleague.publish()
    QTest.mouseClick(asked.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "changed by somebody else" in shown.notice.words())
    assert read_coderbook(colleague.path) == colleague.book


def test_following_a_file_shows_what_it_would_change(shown, coded, colleague, qtbot):
    coded.project.undo()
    assert subscription(coded.project) is None
    shown.sharing.follow(colleague.path)
    qtbot.waitUntil(lambda: shown.sharing._updates is not None)
    assert shown.sharing._updates.model.rowCount() == 2
    shown.sharing._updates.close()


def test_a_retired_code_that_is_used_is_marked_in_the_codebook(shown, coded, colleague, qtbot):
    delete_codes(colleague.project, [coded.work])
    book = colleague.publish()
    shown.context.attempt(take_version, book, [coded.work])
    index = shown.codebook.model.index_of(coded.work)
    assert index.data() == "Work & pay (retired)"
    assert index.data(Qt.ItemDataRole.EditRole) == "Work & pay"
    assert "retired in the shared codebook" in index.data(Qt.ItemDataRole.AccessibleTextRole)
