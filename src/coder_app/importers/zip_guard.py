"""Opens zip archives that may be hostile: every limit is checked while reading, nothing is ever unpacked to disk."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr

_MEMBERS = 5_000
_ONE = 150 * 1024 * 1024
_ALL = 300 * 1024 * 1024
_RATIO = 200
# Small members of real files, such as empty style sheets, are squeezed further than any bomb needs to be.
_SMALL = 1024 * 1024
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1


class ZipGuard:
    """A zip archive in memory of which single members are read. Everything it raises is ImportProblem."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._read = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        self._members = {info.filename: info for info in self._archive.infolist()}
        self._check_members()

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def read(self, member: str) -> bytes:
        """Return the bytes of `member`; one that is missing counts as damage."""
        info = self._members.get(member)
        if info is None or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self._damaged()
        if info.flag_bits & _ENCRYPTED:
            raise ImportProblem(tr("“{name}” is protected by a password. Save it without one.", name=self._name))
        parts: list[bytes] = []
        size = 0
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    parts.append(chunk)
                    size += len(chunk)
                    self._read += len(chunk)
                    # The sizes in the directory can lie, so what really comes out is counted.
                    if size > _ONE or self._read > _ALL or _is_bomb(size, info.compress_size):
                        raise self._too_large()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise self._damaged() from error
        return b"".join(parts)

    def _check_members(self) -> None:
        members = self._archive.infolist()
        if len(members) > _MEMBERS or sum(info.file_size for info in members) > _ALL:
            raise self._too_large()
        if any(info.file_size > _ONE or _is_bomb(info.file_size, info.compress_size) for info in members):
            raise self._too_large()
        if len(self._members) < len(members) or any(_is_unsafe(info) for info in members):
            raise ImportProblem(
                tr("“{name}” was not opened: the names of the parts inside it are not safe.", name=self._name),
            )

    def _damaged(self) -> ImportProblem:
        return ImportProblem(tr("“{name}” is damaged or not what its name says.", name=self._name))

    def _too_large(self) -> ImportProblem:
        return ImportProblem(
            tr("“{name}” was not opened: it unpacks to far more data than a document holds.", name=self._name),
        )


def _is_bomb(size: int, packed: int) -> bool:
    return size > _SMALL and size > packed * _RATIO


def _is_unsafe(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return is_link or path.is_absolute() or ".." in path.parts or ":" in info.filename or not path.parts
