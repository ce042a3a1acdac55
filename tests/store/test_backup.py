"""A backup or a new project is there whole, or not at all, and never in the place of another file."""

import threading

import pytest

from coder_app.domain.errors import ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.store import backup as backup_module
from coder_app.store import database
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify


def test_a_backup_is_the_project_with_its_history(coded, tmp_path):
    with Project.open(coded) as project:
        content = dump(project.db)
        copy = backup(project.db, coded, tmp_path / "kept.coder")
        add_code(project, "Later")
    with Project.open(copy) as kept:
        assert verify(kept.db) == []
        assert dump(kept.db) == content
        add_code(kept, "In the copy")
        kept.undo()
        while kept.undo_label():
            kept.undo()
        assert verify(kept.db) == []
        while kept.redo_label():
            kept.redo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coded.coder", "kept.coder"]


def test_a_backup_without_a_name_lies_beside_the_project_under_the_time(coded):
    with Project.open(coded, write=False) as project:
        copy = backup(project.db, coded)
    assert copy.parent == coded.parent
    assert copy.name.startswith("coded 20")
    assert copy.suffix == ".coder"


def test_a_backup_never_replaces_a_file(coded, tmp_path):
    target = tmp_path / "thesis.docx"
    target.write_bytes(b"years of work")
    with Project.open(coded) as project, pytest.raises(ProjectProblem, match="exists already"):
        backup(project.db, coded, target)
    assert target.read_bytes() == b"years of work"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coded.coder", "thesis.docx"]


def test_a_backup_into_a_folder_that_is_not_there_leaves_the_project_alone(coded, tmp_path):
    with Project.open(coded) as project:
        with pytest.raises(ProjectProblem, match="project is untouched"):
            backup(project.db, coded, tmp_path / "gone" / "kept.coder")
        assert verify(project.db) == []


def test_a_backup_that_does_not_check_out_is_not_kept(coded, tmp_path, behind):
    """A damaged project cannot be backed up as if it were sound."""
    behind(coded, triggers=True)
    with Project.open(coded, write=False) as project:
        (root,) = project.rows("SELECT rootpage FROM sqlite_master WHERE name = 'coding_by_code'")[0]
    data = coded.read_bytes()
    coded.write_bytes(data[: (root - 1) * 4096] + bytes(4096) + data[root * 4096 :])
    with Project.open(coded, write=False) as project, pytest.raises(ProjectProblem):
        backup(project.db, coded, tmp_path / "kept.coder")
    assert list(tmp_path.iterdir()) == [coded]


def test_a_name_taken_while_the_backup_was_made_is_left_alone(coded, tmp_path, monkeypatch):
    target = tmp_path / "kept.coder"
    put_in_place = database.put_in_place

    def slower(temporary, path):
        path.write_bytes(b"somebody was faster")
        put_in_place(temporary, path)

    monkeypatch.setattr(backup_module.database, "put_in_place", slower)
    with Project.open(coded) as project, pytest.raises(ProjectProblem, match="exists already"):
        backup(project.db, coded, target)
    assert target.read_bytes() == b"somebody was faster"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coded.coder", "kept.coder"]


def test_a_snapshot_is_read_in_another_thread_and_does_not_move(coded):
    with Project.open(coded) as project:
        before = dump(project.db)
        copy = project.snapshot()
        add_code(project, "Later")
        found: list[str] = []
        thread = threading.Thread(target=lambda: found.append(dump(copy.db)))
        thread.start()
        thread.join()
        copy.close()
    assert found == [before]


def test_a_new_project_does_not_replace_a_file(tmp_path):
    path = tmp_path / "thesis.coder"
    path.write_bytes(b"years of work")
    with pytest.raises(ProjectProblem, match="exists already"):
        Project.create(path)
    assert path.read_bytes() == b"years of work"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_project_whose_folder_is_not_there_makes_nothing(tmp_path):
    with pytest.raises(ProjectProblem, match="does not exist"):
        Project.create(tmp_path / "gone" / "study.coder")
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_that_fails_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Project, "insert", fail)
    with pytest.raises(KeyboardInterrupt):
        Project.create(tmp_path / "study.coder")
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_is_named_after_its_file_and_has_a_coder(tmp_path):
    with Project.create(tmp_path / "My study.coder") as project:
        assert project.rows("SELECT name FROM project") == [("My study",)]
        assert project.rows("SELECT name FROM coder") == [("Coder 1",)]
        assert project.coder_id == project.rows("SELECT id FROM coder")[0][0]
    assert [path.name for path in tmp_path.iterdir()] == ["My study.coder"]


@pytest.mark.parametrize("name", ["a b?c#d%20.coder", "Ж – 文.coder", "quote'\".coder", "100%.coder"])
def test_any_file_name_will_do(name, tmp_path):
    with Project.create(tmp_path / name) as project:
        add_code(project, "Trust")
        backup(project.db, project.path, tmp_path / f"copy {name}")
    with Project.open(tmp_path / f"copy {name}") as kept:
        assert kept.undo_label() == "Add code “Trust”"
    assert {path.name for path in tmp_path.iterdir()} == {name, f"copy {name}"}
