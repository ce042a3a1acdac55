"""What is measured of working together: merging two copies, and a team folder of ten members.

The copies and the folder are made once for each size, beside the projects that they are copies of.
"""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clock import timed
from material import Material, copied

from coder_app.store.project import Project

CHANGES = 5_000
"""So many steps each of the two copies has of its own."""

MEMBERS, STEPS = 10, 2_000
"""So many members have put so many steps each into the team folder."""

_SPAN = 60


def merge_preview(made: Material, scratch: Path) -> dict[str, float]:
    """Look at what merging the other copy would do."""
    from coder_app.team.merge import preview

    with _ours(made, scratch) as (project, other):
        return {"merge_preview": timed(lambda: preview(project, [other]))}


def merge(made: Material, scratch: Path) -> dict[str, float]:
    """Merge the other copy, and take the merge out again."""
    from coder_app.team.merge import merge as join

    with _ours(made, scratch) as (project, other):
        return {"merge": timed(lambda: join(project, [other])), "merge_out": timed(project.undo)}


def sync(made: Material, scratch: Path) -> dict[str, float]:
    """Take in what ten members have done, as one who has just joined; then look for more and find nothing."""
    from coder_app.team import folder

    late, shared = _team(made)
    with Project.open(copied(late, scratch)) as project:
        # The folder is written into as well: each run begins with the one that the members left.
        mine = scratch / "shared"
        shutil.copytree(shared, mine)
        _point(project, mine)
        return {
            "sync_first": timed(lambda: folder.sync(project)),
            "sync_nothing_new": timed(lambda: folder.sync(project)),
        }


@contextmanager
def _ours(made: Material, scratch: Path) -> Iterator[tuple[Project, Path]]:
    mine, other = _copies(made)
    with Project.open(copied(mine, scratch)) as project:
        yield project, copied(other, scratch)


def _copies(made: Material) -> tuple[Path, Path]:
    """Return two copies of the coded project, each with CHANGES steps of its own."""
    folder = made.coded.parent / "copies"
    if not folder.is_dir():
        part = _emptied(folder)
        for number, name in enumerate(("mine.coder", "other.coder")):
            shutil.copyfile(made.coded, part / name)
            with Project.open(part / name) as project:
                _work(project, CHANGES, number)
        part.rename(folder)
    return folder / "mine.coder", folder / "other.coder"


def _team(made: Material) -> tuple[Path, Path]:
    """Return a copy that joined and has nothing of the others yet, and the team folder into which they have written."""
    from coder_app.team import folder as team

    folder = made.coded.parent / "team"
    if not folder.is_dir():
        part = _emptied(folder)
        lead, late, shared = part / "lead.coder", part / "late.coder", part / "shared"
        shutil.copyfile(made.coded, lead)
        with Project.open(lead) as project:
            team.share(project, shared)
        team.join(shared, late).close()
        for number in range(MEMBERS):
            # They work while they are apart: each begins with what the lead has shared.
            member, own = part / "member.coder", part / "own"
            shutil.copyfile(late, member)
            shutil.copytree(shared, own)
            for earlier in (own / team.CHANGES).glob("*"):
                shutil.rmtree(earlier)
            with Project.open(member) as project:
                _begin_here(project)
                _work(project, STEPS, number)
                _point(project, own)
                team.sync(project)
            shutil.copytree(own / team.CHANGES, shared / team.CHANGES, dirs_exist_ok=True)
            shutil.rmtree(own)
            member.unlink()
        part.rename(folder)
    return folder / "late.coder", folder / "shared"


def _emptied(folder: Path) -> Path:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    return part


def _point(project: Project, folder: Path) -> None:
    from coder_app.store import team_files

    team_files.work_with(project.db, str(folder))


def _begin_here(project: Project) -> None:
    from coder_app.store import team_files

    team_files.begin_here(project.db)


def _work(project: Project, steps: int, seed: int) -> None:
    """Do what coders do: mostly code, sometimes reword a definition or write a memo, now and then move a passage."""
    from coder_app.edits.codes import describe_code
    from coder_app.edits.codings import apply_code, move_segment
    from coder_app.edits.memos import write_memo

    dice = random.Random(seed)  # noqa: S311 (the same steps in each run are wanted)
    # Nobody measures this; a power cut would only mean making it again.
    project.db.conn.execute("PRAGMA synchronous = OFF")
    sources = project.rows("SELECT source.id, length(text) FROM source JOIN text_body ON hash = text_hash")
    codes = [row[0] for row in project.rows("SELECT id FROM code")]
    passages = [row[0] for row in project.rows("SELECT id FROM segment ORDER BY id LIMIT 20000")]
    shortest = min(length for _, length in sources) - _SPAN
    for number in range(steps):
        what = dice.random()
        if what < 0.8:
            source, length = dice.choice(sources)
            start = dice.randrange(length - _SPAN)
            apply_code(project, source, start, start + _SPAN, dice.choice(codes))
        elif what < 0.9:
            describe_code(project, dice.choice(codes), {"definition": f"What {seed} means by it, {number}"})
        elif what < 0.97:
            write_memo(project, "source", dice.choice(sources)[0], f"A thought of {seed}, the {number}th")
        else:
            start = dice.randrange(shortest)
            move_segment(project, dice.choice(passages), start, start + _SPAN)
