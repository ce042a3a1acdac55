"""What a copy of a project holds, and how that differs from the project of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coder_app.domain.errors import ProjectProblem
from coder_app.i18n import tr, trn
from coder_app.queries.history import HistoryStep, step_list, steps
from coder_app.queries.overview import overview
from coder_app.store import journal
from coder_app.store.backups import Backup
from coder_app.store.project import Project

_LAST = 10


@dataclass(frozen=True, slots=True)
class Held:
    """What a project holds, in numbers, and where its history ends; `last` are its last steps, the newest first."""

    sources: int
    codes: int
    codings: int
    memos: int
    steps: int
    ends: tuple[str, ...]
    names: list[str]
    last: list[HistoryStep]

    @property
    def last_step(self) -> str:
        """What the last step did, in words."""
        return self.last[0].words or self.last[0].label if self.last else ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy with what it holds; None where it cannot be read, and `problem` says why."""

    backup: Backup
    held: Held | None
    problem: str = ""


def held(project: Project) -> Held:
    """Return what a project holds."""
    found = overview(project)
    return Held(
        found.sources,
        found.codes,
        found.codings,
        found.memos,
        found.change_sets,
        tuple(journal.heads(project.db)),
        [row[0] for row in project.rows("SELECT name FROM source ORDER BY order_key, id")],
        list(steps(project, step_list(project)[:_LAST])),
    )


def held_by(path: Path) -> Held:
    """Return what the project at `path` holds. Raises ProjectProblem where it cannot be read."""
    with Project.open(path, write=False) as project:
        return held(project)


def copies(backups: Sequence[Backup]) -> list[Copy]:
    """Return what each of these copies holds."""
    return [_copy(one) for one in backups]


def _copy(backup: Backup) -> Copy:
    try:
        return Copy(backup, held_by(backup.path))
    except ProjectProblem as error:
        return Copy(backup, None, str(error))


def difference(copy: Held, today: Held) -> str:
    """Return in words what a copy has less or more than the project of today."""
    if copy.ends == today.ends:
        return tr("Holds all that is there today")
    differences = (
        (copy.steps - today.steps, "{n} step", "{n} steps"),
        (copy.sources - today.sources, "{n} source", "{n} sources"),
        (copy.codes - today.codes, "{n} code", "{n} codes"),
        (copy.codings - today.codings, "{n} coding", "{n} codings"),
        (copy.memos - today.memos, "{n} memo", "{n} memos"),
    )
    fewer = ", ".join(trn(one, many, -n) for n, one, many in differences if n < 0)
    more = ", ".join(trn(one, many, n) for n, one, many in differences if n > 0)
    told = [tr("{what} fewer", what=fewer)] if fewer else []
    told += [tr("{what} more", what=more)] if more else []
    return "; ".join(told) or tr("Other steps than today")
