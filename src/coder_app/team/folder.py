"""A team folder: how copies exchange steps through a folder that a sync service, a network drive or a stick carries.

Each copy writes only files of its own, once, and never changes them, so no service can make a conflicting copy.
Everybody's project stays on their own computer. Late, repeated, re-ordered and missing files do no harm: a step
counts when all that it builds on is there.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from coder_app.domain.change import RowBatch, RowChange
from coder_app.domain.errors import BadInput, DamagedProject, ProjectProblem
from coder_app.domain.progress import OnProgress
from coder_app.i18n import tr
from coder_app.queries import sharing
from coder_app.queries.coders import coders
from coder_app.queries.merging import coders_of_copies, steps_told
from coder_app.store import backup, journal, merging, team_files
from coder_app.store.journal import now_utc
from coder_app.store.merging import Recorded
from coder_app.store.project import Project
from coder_app.store.team_files import TeamFile
from coder_app.team import bundle, snapshots
from coder_app.team.bundle import Bundle, Header
from coder_app.team.snapshots import SNAPSHOTS

FORMAT = "coder-app-team"
CARD, CHANGES = "coder-app-team.json", "changes"
SUFFIX = ".jsonl.gz"
IN_A_FILE = 2_000
"""So many steps are written into one file at most."""

SNAPSHOT_AFTER = 10_000
"""When so many steps are not in the newest snapshot another is written, so that joining stays quick."""


class Card(BaseModel):
    """What a team folder says of itself: the project's first step and its name."""

    model_config = ConfigDict(extra="ignore")

    format: str
    version: int
    project: str
    name: str


@dataclass(slots=True)
class Synced:
    """What a sync did: steps taken in and given, and what is wrong with the folder, a sentence each."""

    taken: int = 0
    given: int = 0
    waiting: int = 0
    coders: list[str] = field(default_factory=list[str])
    """Whose the steps are that were taken in."""
    problems: list[str] = field(default_factory=list[str])
    parts: tuple[RowChange | RowBatch, ...] = field(default=(), repr=False)
    merge_id: str = ""


def share(project: Project, folder: Path) -> Synced:
    """Make `folder` the team folder of this project: a snapshot to join from, and the steps to come.

    Raises BadInput where the folder holds something else, ProjectProblem where it cannot be written to.
    """
    try:
        if (folder / CARD).exists():
            _refuse_strangers(project, folder)
        elif folder.exists() and any(not path.name.startswith(".") for path in folder.iterdir()):
            raise BadInput(tr("{folder} is not empty; choose an empty folder, or make one.", folder=folder))
        (folder / CHANGES).mkdir(parents=True, exist_ok=True)
        (folder / SNAPSHOTS).mkdir(exist_ok=True)
        team_files.forget_files(project.db)
        snapshots.write(project, folder)
        name = project.rows("SELECT name FROM project")[0][0]
        own = Card(format=FORMAT, version=1, project=team_files.root(project.db), name=name)
        bundle.put(folder / CARD, (own.model_dump_json(indent=1) + "\n").encode())
    except OSError as error:
        raise unusable(folder, error) from error
    team_files.work_with(project.db, str(folder.resolve()))
    return sync(project)


def join(folder: Path, path: Path) -> Project:
    """Make a copy of a team's project at `path`, a new file, and open it.

    Raises BadInput where there is no team folder, ProjectProblem where no whole snapshot is there yet.
    """
    card(folder)
    for snapshot in snapshots.snapshots(folder):
        try:
            with snapshots.opened(snapshot) as whole:
                backup.backup(whole.db, path, path)
                file = snapshots.noted(snapshot, whole)
            break
        except DamagedProject:
            continue
    else:
        raise ProjectProblem(
            tr("{folder} holds no whole snapshot yet; wait until everything has arrived and try again.", folder=folder)
        )
    project = Project.open(path)
    team_files.begin_here(project.db)
    _forget_codebook(project)
    team_files.forget_files(project.db)
    team_files.note_file(project.db, file)
    team_files.work_with(project.db, str(folder.resolve()))
    sync(project)
    return project


def _forget_codebook(project: Project) -> None:
    """Forget where the shared codebook lies on the computer of the one who shared, unless it is reached here too."""
    followed = sharing.subscription(project)
    if followed is not None and not sharing.shared_file(project, followed).exists():
        journal.write_local(project.db, sharing.FILE, "")


def leave(project: Project) -> None:
    """Work without a team folder from now on; what came from it stays."""
    team_files.work_with(project.db, "")
    team_files.forget_files(project.db)


def folder_of(project: Project) -> Path | None:
    """Return the team folder of a project, None where it has none."""
    known = team_files.folder(project.db)
    return Path(known) if known else None


def sync(project: Project, on_progress: OnProgress | None = None) -> Synced:
    """Take in the steps that the others have put into the team folder, and put there those that are new here.

    What came in is one step of Undo. Raises BadInput where the project has no team folder, or it is not there.
    """
    folder = folder_of(project)
    if folder is None:
        raise BadInput(tr("This project has no team folder; share it or join one first."))
    _refuse_strangers(project, folder)
    done = Synced()
    try:
        files = _take(project, folder, done, on_progress)
        _give(project, folder, files, done)
        team_files.note_sync(project.db, now_utc())
    except OSError as error:
        raise unusable(folder, error) from error
    return done


def unusable(folder: Path, error: OSError) -> ProjectProblem:
    """Return the sentence for a folder that is gone, full or not to be written to."""
    return ProjectProblem(
        tr(
            "The team folder {folder} cannot be used now ({reason}); your project is as it was. Try again when it is "
            "there.",
            folder=folder,
            reason=error.strerror or error,
        )
    )


def card(folder: Path) -> Card:
    """Return what a team folder says of itself. Raises BadInput where there is none, or a newer one."""
    if not folder.is_dir():
        raise BadInput(
            tr(
                "The folder {folder} is not in reach now; your project is as it was. Go on working: what is new goes "
                "out when the folder is there again.",
                folder=folder,
            )
        )
    try:
        found = Card.model_validate_json((folder / CARD).read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInput(
            tr("{folder} is no team folder, or it has not arrived yet; nothing was changed.", folder=folder)
        ) from error
    if found.format != FORMAT or found.version > 1:
        raise BadInput(tr("{folder} was made by a newer Coder App; update the app to use it.", folder=folder))
    return found


def _refuse_strangers(project: Project, folder: Path) -> None:
    if card(folder).project not in merging.digests(project.db):
        raise BadInput(tr("{folder} belongs to another project; nothing was changed.", folder=folder))


def _take(project: Project, folder: Path, done: Synced, on_progress: OnProgress | None) -> dict[str, TeamFile]:
    """Read what is new in the folder and join it; return all whole files that lie there."""
    known, there = team_files.known_files(project.db), dict[str, TeamFile]()
    called = _Names(project)
    steps: list[Recorded] = []
    bodies: list[str | bytes] = []
    for path in files_in(folder):
        name = snapshots.name_of(path)
        file = known.get(name)
        if file is not None and not team_files.missing_here(project.db, file.steps):
            if hashlib.sha256(path.read_bytes()).hexdigest() == file.digest:
                there[name] = file
            else:
                done.problems.append(_altered(called(path)))
            continue
        found = _read(path, done, called)
        if found is not None:
            one, there[name] = found
            steps += one.steps
            bodies += one.bodies
    done.problems += _gaps(there, called, own=team_files.replica(project.db))
    if steps:
        _join(project, steps, bodies, done, on_progress)
    with project.db.atomic():
        for name, file in there.items():
            if known.get(name) != file:
                team_files.note_file(project.db, file)
    return there


class _Names:
    """Names files as people know them: by whose they are, and their number."""

    def __init__(self, project: Project) -> None:
        self._coders = coders_of_copies(project)

    def __call__(self, path: Path) -> str:
        return tr("The snapshot of the project") if path.suffix == ".coder" else self.of(path.parent.name, path.name)

    def of(self, replica: str, name: str) -> str:
        names = self._coders.get(replica)
        return tr(
            "File {number} of {whose} (…{place})",
            number=int(name[:6]),
            whose=" & ".join(names) if names else tr("somebody"),
            place=f"{replica[-6:]}/{name[:6]}",
        )


def _read(path: Path, done: Synced, called: _Names) -> tuple[Bundle, TeamFile] | None:
    """Return what a file holds; None where it is not whole, which is told, and the others are read."""
    try:
        if path.suffix == ".coder":
            return snapshots.read(path)
        one, digest = bundle.read(path, called(path))
    except DamagedProject as error:
        done.problems.append(str(error))
        return None
    bodies = list(map(team_files.body_id, one.bodies))
    return one, TeamFile(snapshots.name_of(path), digest, [step.id for step in one.steps], bodies)


def _altered(called: str) -> str:
    return tr("{file} in the team folder is not what it was; what it held is here already.", file=called)


def _numbers(there: Iterable[str]) -> dict[str, set[int]]:
    """Return the numbers of the files that are there whole, by the copies that wrote them."""
    numbers: dict[str, set[int]] = {}
    for name in there:
        kind, _, rest = name.partition("/")
        if kind == CHANGES:
            replica, _, file = rest.partition("/")
            numbers.setdefault(replica, set()).add(int(file[:6]))
    return numbers


def _lacking(numbers: set[int]) -> list[int]:
    return sorted(set(range(1, max(numbers, default=1))) - numbers)


def _gaps(there: dict[str, TeamFile], called: _Names, *, own: str) -> Iterator[str]:
    """Yield a sentence for each file of others that has not arrived, to judge by its copy's numbers."""
    for replica, found in sorted(_numbers(there).items()):
        for missing in _lacking(found) if replica != own else ():
            yield tr(
                "{file} has not arrived yet, or was removed; what it holds comes when it is there.",
                file=called.of(replica, f"{missing:06d}"),
            )


def _join(
    project: Project,
    steps: list[Recorded],
    bodies: list[str | bytes],
    done: Synced,
    on_progress: OnProgress | None,
) -> None:
    before = merging.digests(project.db).keys()
    ordered = sorted(steps, key=lambda step: (step.made_at, step.id))
    taken = project.take_in(
        lambda: ordered,
        name=tr("the team’s work"),
        offered=_offered(ordered),
        bodies=bodies,
        on_progress=on_progress,
    )
    done.taken, done.waiting = taken.steps, len(set(taken.held_back))
    done.parts, done.merge_id = taken.parts, taken.merge_id
    held = set(taken.held_back)
    new = [step.id for step in steps if step.id not in before and step.id not in held]
    done.coders = sorted({step.coder for step in steps_told(project, new) if step.coder})
    if done.waiting:
        done.problems.append(
            tr(
                "{n} steps wait for others that have not arrived yet; they come in when these are there.",
                n=done.waiting,
            )
        )


def _offered(steps: Sequence[Recorded]) -> list[str]:
    built_on = {parent for step in steps for parent in step.parents}
    return sorted({step.id for step in steps} - built_on)


def _give(project: Project, folder: Path, there: dict[str, TeamFile], done: Synced) -> None:
    """Write what the folder lacks: steps of this copy, and such as others lost."""
    shared = {step for file in there.values() for step in file.steps}
    bodies = {body for file in there.values() for body in file.bodies}
    new = team_files.own_steps(project.db, shared)
    numbers = _numbers(there).get(team_files.replica(project.db), set())
    lacking = _lacking(numbers)
    portions = [new[first : first + IN_A_FILE] for first in range(0, len(new), IN_A_FILE)]
    # A number that is lost is given again, if need be to a file without steps: the others would wait for it for ever.
    portions += [[]] * (len(lacking) - len(portions))
    for number, some in zip(chain(lacking, count(max(numbers, default=0) + 1)), portions, strict=False):
        file = _write(project, folder, number, some, bodies)
        bodies.update(file.bodies)
        there[file.name] = file
        team_files.note_file(project.db, file)
    done.given = len(new)
    in_snapshots = {step for name, file in there.items() if name.startswith(SNAPSHOTS) for step in file.steps}
    if len(merging.digests(project.db)) - len(in_snapshots) > SNAPSHOT_AFTER:
        snapshots.write(project, folder)


def _write(project: Project, folder: Path, number: int, ids: list[str], shared_bodies: set[str]) -> TeamFile:
    replica = team_files.replica(project.db)
    own = folder / CHANGES / replica
    own.mkdir(parents=True, exist_ok=True)
    steps = list(merging.recorded(project.db, ids))
    wanted = sorted(team_files.bodies_named(entry for step in steps for entry in step.entries) - shared_bodies)
    bodies = [body for body in (team_files.body(project.db, digest) for digest in wanted) if body is not None]
    header = Header(
        format=bundle.FORMAT,
        version=bundle.VERSION,
        project=team_files.root(project.db),
        replica=replica,
        number=number,
        coders=_coders_of(project, steps),
        written_at=now_utc(),
    )
    name, digest = bundle.write(own, header, bodies, steps)
    return TeamFile(f"{CHANGES}/{replica}/{name}", digest, ids, wanted)


def _coders_of(project: Project, steps: Iterable[Recorded]) -> list[str]:
    at_work = {step.told[4] for step in steps}
    return sorted(coder.name for coder in coders(project) if coder.id in at_work)


def files_in(folder: Path) -> list[Path]:
    """Return the files of the folder, snapshots first; what a sync service puts beside them is passed over."""
    changes = sorted((folder / CHANGES).glob(f"*/[0-9][0-9][0-9][0-9][0-9][0-9]-*{SUFFIX}"))
    return [*snapshots.snapshots(folder)[::-1], *(path for path in changes if len(path.name) == len(SUFFIX) + 71)]
