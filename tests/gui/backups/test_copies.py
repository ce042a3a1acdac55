"""Copies are made without anyone asking, and nobody has to wait for them."""

import tempfile
from itertools import pairwise
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from coder_app.edits.codes import add_code
from coder_app.gui.context import LARGE
from coder_app.store.backups import MANY, backups
from coder_app.store.project import Project
from coder_app.store.verify import verify

MARKER = "Mairamkul"


def held_by(path: Path) -> set[str]:
    with Project.open(path, write=False) as copy:
        assert verify(copy.db) == []
        return {row[0] for row in copy.rows("SELECT name FROM code")}


def test_a_copy_is_made_after_opening_and_while_one_works(keeping, coded, qtbot):
    path = coded.project.path
    with qtbot.waitSignal(keeping.context.copies.made):
        keeping.context.show(coded.project)
    assert len(backups(path)) == 1
    keeping.context.attempt(add_code, "New")
    with qtbot.waitSignal(keeping.context.copies.made):
        keeping.context.copies.look()
    assert "New" in held_by(backups(path)[0].path)


def test_nothing_new_is_not_copied_again(keeping, coded, qtbot):
    with qtbot.waitSignal(keeping.context.copies.made):
        keeping.context.show(coded.project)
    with qtbot.assertNotEmitted(keeping.context.copies.made, wait=300):
        keeping.context.copies.look()


def test_what_changed_is_copied_on_closing_with_what_was_being_typed(keeping, coded):
    path = coded.project.path
    keeping.context.show(coded.project)
    keeping.context.attempt(add_code, "At the end")
    QTest.keyClick(keeping, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert keeping.context.project is None
    keeping.context.copies.finish()
    assert "At the end" in held_by(backups(path)[0].path)
    assert not path.with_name(path.name + ".lock").exists()


def test_a_project_that_is_only_read_is_not_copied(keeping, coded):
    path = coded.project.path
    coded.project.close()
    keeping.context.show(Project.open(path, write=False))
    keeping.context.copies.look()
    keeping.context.close()
    keeping.context.copies.finish()
    assert backups(path) == []


def test_turned_off_nothing_is_copied(window, coded):
    path = coded.project.path
    window.context.show(coded.project)
    window.context.copies.look()
    window.context.attempt(add_code, "New")
    window.context.close()
    window.context.copies.finish()
    assert backups(path) == []


def test_a_copy_that_fails_is_told_once_and_calmly(keeping, coded, qtbot):
    path = coded.project.path
    path.with_name("coded backups").write_text("in the way", encoding="utf-8")
    with qtbot.waitSignal(keeping.context.copies.troubled):
        keeping.context.show(coded.project)
    assert keeping.notice.words().startswith("No backup could be made in")
    keeping.notice.hide()
    with qtbot.assertNotEmitted(keeping.context.copies.troubled, wait=300):
        keeping.context.copies.look()
    keeping.context.attempt(add_code, "New")
    assert "New" in {row[0] for row in coded.project.rows("SELECT name FROM code")}


def test_before_a_large_import_a_copy_is_made_by_the_worker(keeping, coded, qtbot):
    assert MANY >= LARGE, "a copy would be made on the window's thread"
    context, path = keeping.context, coded.project.path
    context.show(coded.project)
    done: list[str] = []

    def edit(project, _on_progress):
        return add_code(project, "Imported")

    context.attempt_large("Importing", MANY, context.copies.first(None, edit), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert "Imported" not in held_by(backups(path)[0].path)
    assert context.copies.first(MANY - 1, edit) is edit


def test_an_import_goes_on_where_no_copy_can_be_made(keeping, coded, qtbot):
    context = keeping.context
    coded.project.path.with_name("coded backups").write_text("in the way", encoding="utf-8")
    context.show(coded.project)
    done: list[str] = []
    with qtbot.waitSignal(context.copies.troubled):
        edit = context.copies.first(None, lambda project, _: add_code(project, "Imported"))
        context.attempt_large("Importing", MANY, edit, done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_the_window_goes_on_while_a_large_project_is_copied(keeping, coded, qtbot):
    with coded.project.edit("Bulk"):
        for number in range(8):
            coded.project.put_text(f"{number} " + "words of a long text " * 300_000)
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(monotonic()))
    heart.start(5)
    with qtbot.waitSignal(keeping.context.copies.made, timeout=30_000):
        keeping.context.show(coded.project)
        qtbot.wait(400)
        beats.clear()
        keeping.context.copies.look()
    longest = max(later - earlier for earlier, later in pairwise(beats))
    assert longest < 0.25, "100 ms is the aim; a busy machine gets more"


def test_copies_lie_beside_the_project_and_nowhere_else(keeping, coded, tmp_path):
    path = coded.project.path
    keeping.context.show(coded.project)
    keeping.context.attempt(add_code, MARKER)
    keeping.context.close()
    keeping.context.copies.finish()
    holders = {
        file.parent
        for folder in (tmp_path, Path(tempfile.gettempdir()))
        for file in folder.glob("**/*" if folder == tmp_path else "*")
        if file.is_file() and file.suffix != ".py" and MARKER.encode() in file.read_bytes()
    }
    assert holders == {path.parent, path.parent / "coded backups"}
