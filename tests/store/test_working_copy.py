"""A working copy is made, worked on and taken back; what others did meanwhile is never overwritten."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from coder_app.domain.errors import ProjectLocked, ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.queries.codes import codes
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.store.working_copy import copies_folder, copy_back, is_ahead, origin, working_copy


@pytest.fixture
def shared(coded: Path) -> Path:
    """A project in a synced folder."""
    (coded.parent / "Dropbox").mkdir()
    return Path(shutil.move(coded, coded.parent / "Dropbox" / "coded.coder"))


def names(path: Path) -> set[str]:
    with Project.open(path, write=False) as project:
        assert verify(project.db) == []
        return {code.name for code in codes(project)}


def test_a_working_copy_is_whole_and_knows_where_it_comes_from(shared):
    copy = working_copy(shared)
    assert copies_folder() in copy.parents
    with Project.open(copy) as project, Project.open(shared) as there:
        assert dump(project.db) == dump(there.db)
        assert origin(project) == shared
        assert origin(there) is None
        assert not is_ahead(project)
        assert copy_back(project) is None
    assert list(copy.parent.iterdir()) == [copy]
    assert list(shared.parent.iterdir()) == [shared]


def test_what_was_done_on_a_copy_is_taken_back_and_the_file_from_there_is_kept(shared):
    copy = working_copy(shared)
    with Project.open(copy) as project:
        add_code(project, "Fear")
        assert is_ahead(project)
        kept = copy_back(project)
        assert kept
        assert names(kept) == {"Trust", "Clan"}
        assert not is_ahead(project)
        add_code(project, "Hope")
        assert copy_back(project) == kept
    assert names(kept) == {"Trust", "Clan", "Fear"}
    assert names(shared) == {"Trust", "Clan", "Fear", "Hope"}
    assert set(shared.parent.iterdir()) == {shared, kept}
    with Project.open(shared) as project:
        assert origin(project) is None
        assert project.undo() == "Add code “Hope”"


def test_a_project_that_changed_there_meanwhile_is_not_overwritten(shared):
    copy = working_copy(shared)
    with Project.open(shared) as there:
        add_code(there, "Theirs")
    with Project.open(copy) as project:
        add_code(project, "Mine")
        with pytest.raises(ProjectProblem, match="nothing was overwritten") as told:
            copy_back(project)
        assert str(copy) in str(told.value)
    assert names(shared) == {"Trust", "Clan", "Theirs"}
    assert names(working_copy(shared)) == {"Trust", "Clan", "Mine"}
    assert list(shared.parent.iterdir()) == [shared]


def test_a_project_that_is_open_there_is_not_overwritten(shared):
    copy = working_copy(shared)
    with Project.open(copy) as project:
        add_code(project, "Mine")
        with Project.open(shared), pytest.raises(ProjectLocked):
            copy_back(project)
        assert is_ahead(project)
        assert copy_back(project)


def test_a_place_that_is_not_there_keeps_the_copy(shared):
    copy = working_copy(shared)
    away = shared.parent.rename(shared.parent.with_name("away"))
    assert working_copy(shared) == copy
    with Project.open(copy) as project:
        add_code(project, "Mine")
        with pytest.raises(ProjectProblem, match="safe in"):
            copy_back(project)
        assert not shared.parent.exists()
        away.rename(shared.parent)
        assert copy_back(project)
    assert "Mine" in names(shared)


def test_a_copy_without_changes_is_brought_up_to_date(shared):
    copy = working_copy(shared)
    with Project.open(shared) as there:
        add_code(there, "Theirs")
    assert names(working_copy(shared)) == {"Trust", "Clan", "Theirs"}
    with Project.open(copy) as project:
        add_code(project, "Mine")
        assert copy_back(project)
    assert names(shared) == {"Trust", "Clan", "Theirs", "Mine"}


def test_a_copy_that_is_open_is_not_replaced(shared):
    copy = working_copy(shared)
    with Project.open(shared) as there:
        add_code(there, "Theirs")
    with Project.open(copy), pytest.raises(ProjectLocked):
        working_copy(shared)


def test_a_project_of_its_own_is_no_working_copy(coded):
    with Project.open(coded) as project, pytest.raises(ProjectProblem, match="no working copy"):
        copy_back(project)


def test_two_projects_of_one_name_have_two_copies(shared, tmp_path):
    other = Path(shutil.copyfile(shared, tmp_path / "coded.coder"))
    assert working_copy(shared) != working_copy(other)


def test_where_there_are_no_links_the_file_from_there_is_kept_as_well(shared, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    copy = working_copy(shared)
    monkeypatch.setattr(os, "link", refuse)
    with Project.open(copy) as project:
        add_code(project, "Mine")
        kept = copy_back(project)
    assert kept
    assert names(kept) == {"Trust", "Clan"}
    assert names(shared) == {"Trust", "Clan", "Mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a replace that fails")
def test_an_exchange_that_fails_leaves_the_file_under_its_name(shared, monkeypatch):
    copy = working_copy(shared)
    real = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name.endswith(".new") and target == shared:
            raise PermissionError(13, "in use")
        return real(path, target)

    with Project.open(copy) as project:
        add_code(project, "Mine")
        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(ProjectProblem, match="as it was"):
            copy_back(project)
        assert is_ahead(project)
    assert names(shared) == {"Trust", "Clan"}
    assert list(shared.parent.iterdir()) == [shared]
