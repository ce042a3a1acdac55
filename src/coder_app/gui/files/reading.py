"""What the worker does for an import: finds the files, asks the disk for room, reads one after another."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coder_app.domain.errors import BadInput, ImportProblem
from coder_app.domain.imported import ImportedText
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr, trn

_MEGABYTE = 1024 * 1024
# So many share one process for risky formats; where one of them fails, so many are read again.
_AT_ONCE = 16
_NAMED = 5
_TIMES = 3
_RESERVE = 20 * _MEGABYTE


@dataclass(slots=True)
class Batch:
    """What was read: each text with the folder that it goes into, and what was not, in sentences."""

    texts: list[ImportedText] = field(default_factory=list[ImportedText])
    folders: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])


def read_batch(paths: Sequence[Path], project: Path, progress: Progress) -> Batch:
    """Read files, and the files below folders, for the project file `project`.

    A file that cannot be read is told of and left out. Raises BadInput where the disk has too little
    room, and Cancelled by way of `progress`.
    """
    from coder_app.importers.files import files_below, skipped_below

    found = files_below(list(paths))
    check_room([path for path, _ in found], project.parent)
    batch = Batch()
    for start in range(0, len(found), _AT_ONCE):

        def told(done: int, start: int = start) -> None:
            progress(start + done, len(found))

        _read_some(batch, found[start : start + _AT_ONCE], told, progress.cancelled)
    skipped = skipped_below([path for path in paths if path.is_dir()])
    if skipped:
        batch.problems.append(
            trn(
                "{n} file or folder was passed by, because its kind is not read: {names}",
                "{n} files or folders were passed by, because their kinds are not read: {names}",
                len(skipped),
                names=", ".join(path.name for path in skipped[:_NAMED]) + ("…" if len(skipped) > _NAMED else ""),
            )
        )
    return batch


def _read_some(
    batch: Batch, found: Sequence[tuple[Path, str]], told: Callable[[int], None], cancelled: Callable[[], bool]
) -> None:
    from coder_app.importers.files import read_many

    told(0)
    try:
        batch.texts += read_many([path for path, _ in found], on_progress=lambda n, _: told(n), cancelled=cancelled)
        batch.folders += [folder for _, folder in found]
    except ImportProblem as error:
        if len(found) == 1:
            batch.problems.append(str(error))
            return
        # One of them cannot be read: one after another, so that the others are.
        for one in found:
            _read_some(batch, [one], lambda _: None, cancelled)


def check_room(files: Sequence[Path], folder: Path) -> None:
    """Raise BadInput where the disk of `folder` has too little room to import these files."""
    needed = _RESERVE + _TIMES * sum(path.stat().st_size for path in files if path.is_file())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BadInput(
            tr(
                "There is too little room on the disk of the project: the import needs about {needed} MB, "
                "{free} MB are free. Nothing was imported; make room and try again.",
                needed=-(-needed // _MEGABYTE),
                free=free // _MEGABYTE,
            )
        )
