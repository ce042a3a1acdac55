"""Writes a file beside its place and puts it there in one step, so that no half file is ever seen."""

import contextlib
import errno
import os
import secrets
from collections.abc import Generator
from pathlib import Path

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr


@contextlib.contextmanager
def written(path: Path) -> Generator[Path]:
    """Give a temporary path in the folder of `path`; what is written there becomes `path` at the end.

    The new file is on the disk before it takes the place of the old one. After any error the old
    file stands as it was and nothing else is left in the folder. A link keeps pointing to its file.
    Raises BadInput, naming the file, where the operating system refuses to write.
    """
    try:
        target = path.resolve()
        _refuse_early(target)
        temporary = target.with_name(f".{secrets.token_hex(6)}.part")
        try:
            yield temporary
            _sync(temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise BadInput(_explained(path, error)) from error


def _refuse_early(target: Path) -> None:
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    # Replacing a file asks for rights on the folder only, so a write-protected file would be lost.
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders, some network drives cannot sync them; the file itself is safe by then.
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _explained(path: Path, error: OSError) -> str:
    if path.is_dir():
        return tr("“{path}” is a folder; give the name of a file in it.", path=path)
    if not path.parent.is_dir():
        return tr("“{path}” cannot be written: its folder does not exist. Make it, or choose another one.", path=path)
    if error.errno == errno.ENOSPC:
        return tr("“{path}” was not written: the disk is full. Make room, or choose another place.", path=path)
    if isinstance(error, PermissionError):
        return tr(
            "“{path}” cannot be written: it is protected or open in another program. "
            "Close it there, or choose another name or folder.",
            path=path,
        )
    reason = error.strerror or str(error)
    return tr("“{path}” was not written ({reason}). Choose another name or folder.", path=path, reason=reason)
