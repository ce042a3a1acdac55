"""A copy comes back in the place of the project, and what was there is kept, whatever state it is in."""

from datetime import datetime
from pathlib import Path

import pytest

from coder_app.domain.errors import DamagedProject, ProjectLocked, ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.store.backups import backups, keep_copy
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.put_back import put_back

NOW = datetime(2026, 3, 12, 14, 3).astimezone()


def content(path: Path) -> str:
    with Project.open(path, write=False) as project:
        return dump(project.db)


def test_restoring_puts_a_copy_back_and_keeps_what_was_there(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        before = dump(project.db)
        add_code(project, "New")
        later = dump(project.db)
    assert made is not None

    aside = put_back(coded, made)

    assert content(coded) == before
    assert aside is not None
    assert content(aside) == later
    assert aside in [one.path for one in backups(coded)]


def test_a_damaged_project_is_kept_aside_too(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        before = dump(project.db)
    coded.write_bytes(b"ruined" * 1000)
    assert made is not None
    aside = put_back(coded, made)
    assert content(coded) == before
    assert aside is not None
    assert aside.read_bytes().startswith(b"ruined")


def test_a_damaged_copy_is_refused_and_nothing_changes(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
    assert made is not None
    made.write_bytes(made.read_bytes()[:9000])
    before = coded.read_bytes()
    with pytest.raises(DamagedProject):
        put_back(coded, made)
    assert coded.read_bytes() == before
    assert sorted(path.name for path in coded.parent.iterdir()) == ["coded backups", "coded.coder"]


def test_an_open_project_is_not_replaced(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        assert made is not None
        with pytest.raises(ProjectLocked):
            put_back(coded, made)


def test_a_project_is_not_put_in_the_place_of_itself(coded: Path) -> None:
    with pytest.raises(ProjectProblem, match="this project itself"):
        put_back(coded, coded)


def test_a_copy_that_is_gone_is_named(coded: Path) -> None:
    with pytest.raises(ProjectProblem, match=r"gone\.coder"):
        put_back(coded, coded.with_name("gone.coder"))


def test_a_change_that_a_crash_left_half_made_is_taken_back_in_what_is_kept(coded: Path, writer) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        add_code(project, "New")
        later = dump(project.db)
    other = writer(coded)
    assert other.tell("half") == "half"
    other.kill()
    assert coded.with_name("coded.coder-journal").stat().st_size
    assert made is not None
    aside = put_back(coded, made)
    assert aside is not None
    assert content(aside) == later
    assert not coded.with_name("coded.coder-journal").exists()


def test_where_the_disk_knows_no_links_what_was_there_is_copied(coded: Path, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        before = dump(project.db)
    monkeypatch.setattr("os.link", refuse)
    assert made is not None
    aside = put_back(coded, made)
    assert aside is not None
    assert content(aside) == before
