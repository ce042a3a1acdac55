"""Publishing and taking a shared codebook, killed midway or on a full disk: the old or the new, never a half."""

import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from coder_app.cli.program import main
from coder_app.edits.codes import add_code, describe_code
from coder_app.edits.subscription import note_published, subscribe
from coder_app.exporters.coderbook import write_coderbook
from coder_app.importers.coderbook import read_coderbook
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.coderbook import next_edition

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the warm process is forked")

KILLS = 10 * max(1, round(int(os.environ.get("LONG_KILLS", "200")) / 200))
CODES = 60


class Shared(NamedTuple):
    """A project that publishes, one that follows, and the codebook between them."""

    lead: Path
    member: Path
    book: Path

    def command(self, how: str) -> list[str]:
        if how == "publish":
            return ["codebook", "publish", str(self.lead), str(self.book)]
        return ["codebook", "update", str(self.member), str(self.book), "--accept-all"]

    def project(self, how: str) -> Path:
        return self.lead if how == "publish" else self.member


@pytest.fixture
def shared(study: Path, place: Path) -> Shared:
    """The codebook is at version 1. The lead has much to publish; for the member that is published already."""
    made = Shared(study, place / "member.coder", place / "shared.coderbook")
    with Project.open(study) as lead:
        book = next_edition(lead, None).book
        assert book is not None
        write_coderbook(book, made.book)
        note_published(lead, book, made.book)
        lead.db.conn.execute("VACUUM INTO ?", (str(made.member),))
        for number in range(CODES):
            code = add_code(lead, f"Code {number}")
            describe_code(lead, code, {"definition": "What it means. " * 200})
    return made


@pytest.fixture
def newer(shared: Shared) -> Shared:
    """The lead has published version 2."""
    assert main(shared.command("publish")) == 0
    with Project.open(shared.member) as member:
        subscribe(member, read_coderbook(shared.book), shared.book)
    return shared


def content(path: Path) -> str:
    with Project.open(path) as project:
        assert verify(project.db) == []
        return dump(project.db)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)


@pytest.mark.parametrize("how", ["publish", "update"])
def test_killed_midway_both_files_are_whole_and_the_next_try_ends_it(how, request, place, start) -> None:
    shared = request.getfixturevalue("shared" if how == "publish" else "newer")
    project, command = shared.project(how), shared.command(how)
    kept = {path: shutil.copyfile(path, place / f"kept-{path.name}") for path in (project, shared.book)}
    before = content(project)
    child, outcomes, lasts = start("sharing", *command), set(), 0.0
    for number in range(KILLS):
        for path, copy in kept.items():
            shutil.copyfile(copy, path)
        began = time.perf_counter()
        child.stdin.write("go\n")
        child.stdin.flush()
        process = int(child.stdout.readline().removeprefix("child "))
        if number:
            # The first one at once, so that one surely comes before anything is written.
            time.sleep(random.Random(number).uniform(0, 1.1 * lasts) if number > 1 else 0)  # noqa: S311 (no secret)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        assert child.stdout.readline().startswith("ended")
        lasts = lasts or time.perf_counter() - began
        outcomes.add((content(project) == before, read_coderbook(shared.book).newest.version))
        if how == "publish" and read_coderbook(shared.book).newest.version == 2:
            # The project may not know of its own version yet; it finds nothing open in it and goes on from there.
            assert main(["codebook", "update", str(project), str(shared.book), "--accept-all"]) == 0
        assert main(command) == 0
        assert read_coderbook(shared.book).newest.version == 2
    first, last = ((True, 1), (False, 2)) if how == "publish" else ((True, 2), (False, 2))
    assert outcomes <= {first, last, (True, 2)}
    assert {first, last} <= outcomes


def test_on_a_full_disk_the_old_codebook_and_the_project_stand_as_they_were(shared, capsys) -> None:
    before, book = content(shared.lead), shared.book.read_bytes()
    with no_file_longer_than(100_000):
        assert main(shared.command("publish")) == 2
    told = capsys.readouterr().err
    assert "shared.coderbook” was not written" in told
    assert "Choose another name or folder" in told
    assert (content(shared.lead), shared.book.read_bytes()) == (before, book)
    assert sorted(path.name for path in shared.book.parent.iterdir() if "part" in path.name) == []
    assert main(shared.command("publish")) == 0


def test_on_a_full_disk_nothing_of_a_version_is_taken(newer, capsys) -> None:
    before = content(newer.member)
    with no_file_longer_than(newer.member.stat().st_size + 8192):
        assert main(newer.command("update")) == 2
    told = capsys.readouterr().err
    assert "member.coder" in told
    assert content(newer.member) == before
    assert main(newer.command("update")) == 0
    assert content(newer.member) != before


def test_killed_between_the_two_files_an_update_lets_the_project_know_its_own_version(shared) -> None:
    with Project.open(shared.lead) as lead:
        book = next_edition(lead, read_coderbook(shared.book)).book
        assert book is not None
        write_coderbook(book, shared.book)
    before = content(shared.lead)
    assert main(["codebook", "update", str(shared.lead), str(shared.book)]) == 0
    assert content(shared.lead) == before, "only looked at"
    assert main(shared.command("publish")) == 0, "all that was published is here: nothing to do"
    with Project.open(shared.lead) as lead:
        add_code(lead, "One more")
    assert main(shared.command("publish")) == 0
    assert read_coderbook(shared.book).newest.version == 3
