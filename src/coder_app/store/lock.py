"""Sees to it that a project has one writer: a lock beside the file that says who holds it.

The lock is the operating system's own, so it goes when its process dies; the words in the file
only tell the others whom to ask. The project file itself is never opened here (opening and
closing it would drop SQLite's locks).
"""

import errno
import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from coder_app.domain.errors import ProjectLocked, ProjectProblem
from coder_app.i18n import tr

# Beyond the words in the file, so that Windows lets others read these while it is held.
_LOCKED_BYTE = 1 << 30
# What the system says where another process has the lock; anything else means that it cannot lock here at all.
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class WriteLock:
    """The right to write to one project; held until `release` or the end of the process."""

    def __init__(self, project: Path) -> None:
        """Take the lock of `project`.

        Raises ProjectLocked, with the holder's name, where another process or window has it,
        and ProjectProblem where the folder cannot be written to.
        """
        # Two names of one file (a link) have one lock.
        project = project.resolve()
        self.path = project.with_name(project.name + ".lock")
        self._file = self._take()
        # The last holder may have removed the file between our opening and locking it.
        while not self._is_current():
            self._file.close()
            self._file = self._take()
        # On a full disk the words are missing; the lock holds without them.
        with suppress(OSError):
            os.ftruncate(self._file.fileno(), 0)
            os.write(self._file.fileno(), json.dumps(_myself()).encode())

    def _take(self) -> IO[str]:
        file = self._open()
        try:
            _lock(file)
        except OSError as error:
            holder = _holder(file)
            file.close()
            if error.errno not in _HELD:
                raise self._cannot_lock(error) from error
            raise ProjectLocked(
                tr(
                    "{file} is open elsewhere ({holder}); nothing was changed. Close it there first.",
                    file=self.path.name.removesuffix(".lock"),
                    holder=holder,
                )
            ) from None
        return file

    def _is_current(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False

    def _cannot_lock(self, error: OSError) -> ProjectProblem:
        return ProjectProblem(
            tr(
                "Where {file} lies, others cannot be kept from writing to it ({reason}), so it can only be read. "
                "Work on a copy on this computer.",
                file=self.path.name.removesuffix(".lock"),
                reason=error.strerror,
            )
        )

    def _open(self) -> IO[str]:
        try:
            return os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666), "r+", encoding="utf-8")
        except OSError as error:
            if self.path.exists():
                raise ProjectProblem(
                    tr(
                        "“{lock}” cannot be written to ({reason}), so {file} can only be read. If nobody has the "
                        "project open, delete it.",
                        lock=self.path.name,
                        file=self.path.name.removesuffix(".lock"),
                        reason=error.strerror,
                    )
                ) from None
            raise ProjectProblem(
                tr(
                    "The folder of {file} cannot be written to, so the project can only be read ({reason}).",
                    file=self.path.name.removesuffix(".lock"),
                    reason=error.strerror,
                )
            ) from None

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._file.closed:
            return
        # Unlinked while still held: whoever opens the path next makes and locks a new file. A file that cannot be
        # removed does no harm: the lock goes with this process.
        if sys.platform != "win32":
            self._unlink()
        self._file.close()
        if sys.platform == "win32":
            self._unlink()

    def _unlink(self) -> None:
        with suppress(OSError):
            self.path.unlink()


def _holder(file: IO[str]) -> str:
    try:
        told = json.loads(file.read() or "{}")
        return tr("{user} on {host}, since {since}", user=told["user"], host=told["host"], since=told["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return tr("by another program")


def _myself() -> dict[str, str]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = tr("somebody")
    since = datetime.now(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    return {"user": user, "host": platform.node() or "?", "since": since, "process": str(os.getpid())}


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
