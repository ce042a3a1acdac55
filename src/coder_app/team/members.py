"""Who takes part in a team folder, and what is still to be exchanged."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from coder_app.queries.merging import coders_of_copies
from coder_app.store import team_files
from coder_app.store.project import Project
from coder_app.store.team_files import TeamFile
from coder_app.team import bundle, snapshots
from coder_app.team.folder import card, files_in, folder_of, unusable


@dataclass(frozen=True, slots=True)
class Member:
    """A copy that has written to the folder: the coders at work there, when it wrote last (UTC), how many steps.

    Of its files so many are `unread`: cut short or altered, so that what they say is not known.
    """

    replica: str
    coders: list[str]
    written_at: str
    steps: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What a copy knows of its team folder without looking there: its own replica, the files, when it synced last.

    `unsent` steps of it are not in the folder yet, `missing` steps of the folder's files are not here: they wait for
    others or were taken out. `synced_at` is UTC, "" before the first time.
    """

    folder: Path
    replica: str
    files: dict[str, TeamFile]
    unsent: int
    missing: int
    synced_at: str
    coders: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Those at work in each copy, as far as their steps are here."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies in a team folder: who takes part, and how many files this copy does not know yet."""

    members: list[Member]
    new_files: int


def known(project: Project) -> Known | None:
    """Return what a project knows of its team folder, None where it has none."""
    folder = folder_of(project)
    if folder is None:
        return None
    files = team_files.known_files(project.db)
    shared = {step for file in files.values() for step in file.steps}
    unsent = len(team_files.own_steps(project.db, shared))
    replica, synced_at = team_files.replica(project.db), team_files.synced_at(project.db)
    missing = len(shared) + unsent - team_files.number_of_steps(project.db)
    return Known(folder, replica, files, unsent, missing, synced_at, coders_of_copies(project))


def look(known: Known) -> Seen:
    """Look into a team folder, which may take long on a network; the project is not needed.

    Raises BadInput where the folder is not there or cannot be read.
    """
    card(known.folder)
    try:
        return _seen(known)
    except OSError as error:
        raise unusable(known.folder, error) from error


def _seen(known: Known) -> Seen:
    found: dict[str, Member] = {}
    new = 0
    for path in files_in(known.folder):
        file = known.files.get(snapshots.name_of(path))
        new += file is None
        if path.suffix == ".coder":
            continue
        replica = path.parent.name
        earlier = found.get(replica) or Member(replica, known.coders.get(replica, []), "", 0)
        header = bundle.header_of(path)
        found[replica] = replace(
            earlier,
            coders=sorted({*(header.coders if header else ()), *earlier.coders}),
            written_at=max(header.written_at if header else "", earlier.written_at),
            steps=earlier.steps + (len(file.steps) if file else 0),
            unread=earlier.unread + (header is None),
        )
    return Seen(sorted(found.values(), key=lambda one: one.written_at, reverse=True), new)
