"""A snapshot is made by another thread while the project is written to: whole, of one moment, and nobody waits."""

import threading
import time
from pathlib import Path
from random import Random

import pytest

from coder_app.domain.errors import Cancelled
from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

MEGABYTES = 64


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give a project of some megabytes with a code."""
    letters = Random(1)  # noqa: S311 - content that is the same every time, no secret
    with Project.create(tmp_path_factory.mktemp("large") / "large.coder", coder="Ann") as project:
        for number in range(MEGABYTES // 2):
            text = " ".join(f"{letters.getrandbits(64):x}" for _ in range(60_000))
            import_sources(project, [ImportedText(f"Text {number}", "text", text, text.encode(), "text", "1", "utf-8")])
        add_code(project, "Code")
        yield project


class Copying(threading.Thread):
    """Makes a snapshot in a thread of its own."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project
        self.copy: Project | None = None
        self.told: list[tuple[int, int]] = []
        self.start()

    def run(self) -> None:
        self.copy = self._project.snapshot(lambda done, of: self.told.append((done, of)))


def test_edits_go_on_while_a_job_copies_and_the_copy_is_of_one_moment(large: Project) -> None:
    (code,) = large.rows("SELECT id FROM code")[0]
    (source,) = large.rows("SELECT id FROM source LIMIT 1")[0]
    number = large.rows("SELECT count(*) FROM coding")[0][0]
    for _ in range(3):
        copying = Copying(large)
        while copying.is_alive():
            apply_code(large, source, number, number + 3, code)
            number += 1
        copying.join()
        with copying.copy as copy:
            assert verify(copy.db) == []
            there = copy.rows("SELECT count(*) FROM coding")[0][0]
            assert 0 <= there <= number
            assert copy.rows("SELECT count(*) FROM change_set") == [(there + MEGABYTES // 2 + 2,)]
    assert verify(large.db) == []


def test_a_quiet_project_is_copied_as_it_is(large: Project) -> None:
    copying = Copying(large)
    copying.join()
    done, of = copying.told[-1]
    assert 0 < done == of
    with copying.copy as copy:
        assert dump(copy.db) == dump(large.db)
        assert not copy.writable
    assert large.path.parent.joinpath(large.path.name).exists()
    assert [
        path.name for path in large.path.parent.iterdir() if "journal" not in path.name and "lock" not in path.name
    ] == [large.path.name]


def test_an_open_step_is_waited_for_and_not_seen_halfway(large: Project) -> None:
    before = large.rows("SELECT count(*) FROM code")[0][0]
    with large.edit("Two codes"):
        add_code(large, "One")
        copying = Copying(large)
        time.sleep(0.2)
        assert copying.is_alive()
        add_code(large, "Two")
    copying.join()
    with copying.copy as copy:
        assert copy.rows("SELECT count(*) FROM code") == [(before + 2,)]


def test_copying_can_be_stopped(large: Project) -> None:
    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        large.snapshot(stop)
    assert add_code(large, "Afterwards")


def test_a_snapshot_needs_no_memory_of_its_size(large: Project) -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("this system does not tell how much memory a process has")

    def held() -> int:
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) // 1024

    pages, size = (large.rows(f"PRAGMA {name}")[0][0] for name in ("page_count", "page_size"))
    large.snapshot().close()
    before = held()
    copies = [large.snapshot() for _ in range(4)]
    grown = held() - before
    for copy in copies:
        copy.close()
    assert grown < 4 * 40
    assert pages * size > 60 * 1024 * 1024
