"""One writer at a time, whoever it is; readers meanwhile; and a lock that dies with its process."""

import errno
import getpass
import json
import os
import platform
import sys

import pytest

from coder_app.domain.errors import ProjectLocked, ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.queries.codes import codes
from coder_app.store.backup import backup
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify


def names(project: Project) -> set[str]:
    return {code.name for code in codes(project)}


def test_a_second_process_is_refused_and_told_who_has_the_project(coded, writer):
    writer(coded)
    with pytest.raises(ProjectLocked) as told:
        Project.open(coded)
    assert getpass.getuser() in str(told.value)
    assert platform.node() in str(told.value)
    assert "nothing was changed" in str(told.value)


def test_a_second_window_of_the_same_process_is_refused_as_well(coded):
    with Project.open(coded), pytest.raises(ProjectLocked):
        Project.open(coded)


def test_two_names_of_one_file_have_one_lock(coded):
    link = coded.with_name("link.coder")
    link.symlink_to(coded)
    with Project.open(coded), pytest.raises(ProjectLocked):
        Project.open(link)
    with Project.open(link) as project:
        add_code(project, "Through the link")
        with pytest.raises(ProjectLocked):
            Project.open(coded)
    with Project.open(coded, write=False) as reader:
        assert "Through the link" in names(reader)


def test_a_reader_may_read_and_sees_what_the_writer_commits(coded, writer):
    other = writer(coded)
    project, why = Project.open_or_read(coded)
    with project as reader:
        assert not reader.writable
        assert "open elsewhere" in why
        assert "Fear" not in names(reader)
        code_id = other.tell("add Fear")
        assert [code.id for code in codes(reader) if code.name == "Fear"] == [code_id]
        assert verify(reader.db) == []


def test_a_reader_in_the_middle_of_a_large_step_is_told_to_wait(coded, writer):
    other = writer(coded)
    with Project.open(coded, write=False) as reader:
        before = dump(reader.db)
        assert other.tell("half") == "half"
        reader.db.conn.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(ProjectProblem, match="being written to by another program"):
            codes(reader)
        other.kill()
        assert dump(reader.db) == before


def test_after_the_writer_has_closed_the_next_one_may_write(coded, writer):
    other = writer(coded)
    assert other.tell("close") == "closed"
    with Project.open(coded) as project:
        add_code(project, "Mine")
    assert list(coded.parent.iterdir()) == [coded]


def test_a_lock_dies_with_its_process(coded, writer):
    other = writer(coded)
    other.tell("add Fear")
    other.kill()
    assert coded.with_name("coded.coder.lock").exists()
    with Project.open(coded) as project:
        assert "Fear" in names(project)
        add_code(project, "Mine")
        assert verify(project.db) == []
    assert list(coded.parent.iterdir()) == [coded]


@pytest.mark.parametrize("content", ["", "{}", "garbage", '["list"]', '{"user": 1}', "\x00\x01", "x" * 100_000])
def test_whatever_stands_in_a_lock_file_left_behind_does_no_harm(content, coded):
    lock = coded.with_name("coded.coder.lock")
    lock.write_text(content, encoding="utf-8")
    with Project.open(coded) as project:
        add_code(project, "Mine")
        assert json.loads(lock.read_text(encoding="utf-8"))["process"] == str(os.getpid())
    assert not lock.exists()


@pytest.mark.parametrize("number", [os.getpid(), 1, 4_000_000], ids=["mine", "the first", "nobody’s"])
@pytest.mark.parametrize("host", [platform.node(), "another"], ids=["here", "another"])
def test_a_process_number_that_is_used_again_or_another_host_does_not_hold_a_lock(number, host, coded):
    words = {"user": "ann", "host": host, "since": "2026-01-01T10:00Z", "process": str(number)}
    coded.with_name("coded.coder.lock").write_text(json.dumps(words), encoding="utf-8")
    with Project.open(coded) as project:
        add_code(project, "Mine")
    assert list(coded.parent.iterdir()) == [coded]


def test_a_lock_that_cannot_be_written_lets_people_read_and_says_what_to_do(coded):
    coded.with_name("coded.coder.lock").mkdir()
    project, why = Project.open_or_read(coded)
    with project:
        assert not project.writable
        assert "If nobody has the project open, delete it" in why
        assert names(project) == {"Trust", "Clan"}


@pytest.mark.skipif(sys.platform == "win32", reason="another call locks there")
def test_where_nothing_can_be_locked_a_project_is_only_read(coded, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    project, why = Project.open_or_read(coded)
    with project:
        assert not project.writable
        assert "a copy on this computer" in why


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps others from writing to a locked file")
@pytest.mark.parametrize("content", [b"", b"garbage", b"[]", b"\xff\xfe"])
def test_a_holder_whose_words_cannot_be_read_still_holds(content, coded, writer):
    writer(coded)
    coded.with_name("coded.coder.lock").write_bytes(content)
    with pytest.raises(ProjectLocked, match="by another program"):
        Project.open(coded)


def test_a_project_that_could_not_be_opened_is_not_left_locked(coded, behind):
    behind(coded, "CREATE TABLE foreign_one (x)", triggers=True)
    for _ in range(2):
        with pytest.raises(Exception, match="altered by another program"):
            Project.open(coded)
    assert list(coded.parent.iterdir()) == [coded]


def test_closing_twice_does_no_harm_to_the_next_holder(coded):
    first = Project.open(coded)
    first.close()
    with Project.open(coded) as second:
        first.close()
        assert coded.with_name("coded.coder.lock").exists()
        add_code(second, "Mine")


def test_a_backup_while_another_process_writes_is_whole(coded, writer, tmp_path):
    other = writer(coded)
    with Project.open(coded, write=False) as reader:
        for number in range(8):
            other.tell(f"add Code {number}")
            copy = backup(reader.db, coded, tmp_path / f"backup {number}.coder")
            with Project.open(copy, write=False) as kept:
                assert verify(kept.db) == []
                assert f"Code {number}" in names(kept)
