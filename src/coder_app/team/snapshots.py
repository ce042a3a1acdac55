"""Whole projects in a team folder, for new members to begin with; like all files there written once."""

import hashlib
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from coder_app.domain.errors import DamagedProject
from coder_app.i18n import tr
from coder_app.store import backup, merging, team_files
from coder_app.store.journal import now_utc
from coder_app.store.project import Project
from coder_app.store.team_files import TeamFile
from coder_app.team import bundle
from coder_app.team.bundle import Bundle, Header

SNAPSHOTS = "snapshots"


def snapshots(folder: Path) -> list[Path]:
    """Return the snapshots in a team folder, the newest first."""
    return sorted((folder / SNAPSHOTS).glob("*.coder"), reverse=True)


def name_of(path: Path) -> str:
    """Return the name by which a file of a team folder is known: its path within the folder."""
    return "/".join(path.parts[-2:] if path.suffix == ".coder" else path.parts[-3:])


def write(project: Project, folder: Path) -> None:
    """Write the whole project into a team folder; the file's name holds the SHA-256 of its bytes."""
    with tempfile.TemporaryDirectory(prefix="coder-app-") as scratch:
        copy = Path(scratch) / "snapshot.coder"
        backup.backup(project.db, project.path, copy)
        data = copy.read_bytes()
    stamp = now_utc()[:19].replace(":", "").replace("-", "")
    path = folder / SNAPSHOTS / f"{stamp}-{hashlib.sha256(data).hexdigest()}.coder"
    bundle.put(path, data)
    team_files.note_file(project.db, noted(path, project))


def noted(path: Path, project: Project) -> TeamFile:
    """Return what to note of the snapshot at `path`, which holds this project."""
    steps = list(merging.digests(project.db))
    return TeamFile(name_of(path), path.stem.rpartition("-")[2], steps, team_files.bodies_here(project.db))


@contextmanager
def opened(path: Path) -> Generator[Project]:
    """Open a snapshot from a copy on this computer: SQLite is not to work inside a team folder.

    Raises DamagedProject where it is not what was written.
    """
    with tempfile.TemporaryDirectory(prefix="coder-app-") as scratch:
        copy = Path(scratch) / "snapshot.coder"
        shutil.copyfile(path, copy)
        if hashlib.sha256(copy.read_bytes()).hexdigest() != path.stem.rpartition("-")[2]:
            raise DamagedProject(
                tr("The snapshot {file} is cut short or was altered; it was left out.", file=path.name.split("-")[0])
            )
        with Project.open(copy, write=False) as whole:
            yield whole


def read(path: Path) -> tuple[Bundle, TeamFile]:
    """Return the steps, texts and files of a snapshot. Raises DamagedProject where it is not what was written."""
    with opened(path) as whole:
        header = Header(
            format=bundle.FORMAT, version=1, project="", replica="", number=0, coders=[], written_at=now_utc()
        )
        steps = list(merging.recorded(whole.db, merging.digests(whole.db)))
        return Bundle(header, list(merging.all_bodies(whole.db)), steps), noted(path, whole)
