"""A merge or a sync that is killed, or whose disk is full, leaves the project as before or does all of it."""

import os
import random
import resource
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from coder_app.domain.errors import AppError
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.queries.codes import codes
from coder_app.queries.sources import sources
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team import folder as team
from coder_app.team.merge import merge

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the warm process is forked")

KILLS = 25 * max(1, round(int(os.environ.get("LONG_KILLS", "200")) / 200))
STEPS = 60


def work(project: Project) -> None:
    source, everything = sources(project)[0], codes(project)
    for place in range(STEPS):
        apply_code(project, source.id, place * 7, place * 7 + 5, everything[place % 2].id)
    write_memo(project, "source", source.id, "A thought. " * 20_000)


def content(path: Path) -> str:
    with Project.open(path) as project:
        assert verify(project.db) == []
        return dump(project.db)


@pytest.fixture
def copies(study: Path, place: Path) -> tuple[Path, Path, Path]:
    """A project, a copy with work of its own, and a team folder in which that copy has put it."""
    other, folder = place / "other.coder", place / "folder"
    with Project.open(study) as project:
        team.share(project, folder)
    team.join(folder, other).close()
    with Project.open(other) as project:
        work(project)
        team.sync(project)
    return study, other, folder


@pytest.mark.parametrize("how", ["merge", "sync"])
def test_killed_midway_the_project_is_as_before_or_all_of_it_came_in(how, copies, place, start) -> None:
    mine, other, folder = copies
    before = content(mine)
    whole = Path(shutil.copyfile(mine, place / "whole.coder"))
    with Project.open(whole) as project:
        began = time.perf_counter()
        merge(project, [other])
        lasts = time.perf_counter() - began
    after, dice, kept = content(whole), random.Random(1), place / "kept.coder"  # noqa: S311 (no secret)
    shutil.copyfile(mine, kept)
    child, outcomes = start("joining", how, mine, other), set()
    for nth in range(KILLS):
        shutil.copyfile(kept, mine)
        child.stdin.write("go\n")
        child.stdin.flush()
        number = int(child.stdout.readline().removeprefix("child "))
        # The first one at once, so that one surely comes before anything is written.
        time.sleep(dice.uniform(0, 1.5 * lasts) if nth else 0)
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        assert child.stdout.readline().startswith("ended")
        found = content(mine)
        assert found in (before, after)
        outcomes.add(found)
    assert before in outcomes
    with Project.open(mine) as project:
        done = team.sync(project)
        assert done.problems == []
        assert dump(project.db) == after
    assert not [
        path for path in folder.rglob("*") if path.is_file() and path.suffix == ".gz" and not path.stat().st_size
    ]


@pytest.mark.parametrize("how", ["merge", "sync"])
def test_on_a_full_disk_the_project_is_as_before_and_says_so(how, copies) -> None:
    mine, other, _ = copies
    before, size = content(mine), mine.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with Project.open(mine) as project:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, hard))
            with pytest.raises(AppError, match="study.coder"):
                merge(project, [other]) if how == "merge" else team.sync(project)
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert dump(project.db) == before
            assert merge(project, [other]).change_sets > STEPS
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert content(mine) != before


def test_on_a_full_team_folder_nothing_half_written_is_left(copies) -> None:
    _, other, folder = copies
    with Project.open(other) as project:
        write_memo(project, "source", sources(project)[0].id, "".join(map(str, range(40_000))))
        before = sorted(folder.rglob("*"))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
            with pytest.raises(AppError, match="team folder"):
                team.sync(project)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, old)
        assert sorted(folder.rglob("*")) == before
        assert team.sync(project).given == 1
