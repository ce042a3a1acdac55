"""Tells a folder of this computer from one on a network or one that a program keeps in step with others.

On both kinds a database is in danger: locks do not hold, writes arrive late or out of order, and a sync
program copies the file in the middle of a change. Nothing is certain here; it decides about a hint only.
"""

import os
import re
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path, PurePath


class Place(StrEnum):
    """What a folder is on."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


_NETWORK = {
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "ftp", "gpfs", "lustre", "ncpfs", "nfs", "nfs3",
    "nfs4", "orangefs", "panfs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs", "webdav",
}  # fmt: skip
# All other file systems in user space are taken for remote: sshfs, rclone, the drives of cloud services.
_FUSE_LOCAL = {"bindfs", "cryfs", "encfs", "exfat", "gocryptfs", "lxcfs", "mergerfs", "ntfs", "ntfs-3g", "veracrypt"}

# Names that sync programs give to their folder, wherever it lies; people add " (Team)" or " - University".
_SYNCED = re.compile(
    r"(dropbox|onedrive|google ?drive|nextcloud|owncloud|pcloud ?(drive|sync)|megasync|box sync|icloud ?drive)"
    r"( ?[-(].*)?|mobile documents|com~apple~clouddocs|cloudstorage",
    re.IGNORECASE,
)
# Names that mean it only right in a person's home.
_SYNCED_AT_HOME = {"box", "mega", "pcloud", "seafile", "sync", "my drive"}
# What sync programs leave in the folder that they look after.
_MARKS = (".dropbox", ".dropbox.cache", ".stfolder", ".nextcloudsync.log", ".owncloudsync.log")

_REMOTE_DRIVE = 4


def kind_of_place(path: Path) -> Place:
    """Return what the file or folder at `path` is on, as far as its path and the system's list of mounts tell."""
    found = {path.absolute(), _resolved(path)}
    if any(_looks_synced(one, Path.home()) or _is_marked(one) for one in found):
        return Place.SYNCED
    if any(_is_remote(one) for one in found):
        return Place.NETWORK
    return Place.LOCAL


def _resolved(path: Path) -> Path:
    with suppress(OSError, RuntimeError):
        return path.resolve()
    return path.absolute()


def _looks_synced(path: PurePath, home: PurePath) -> bool:
    if any(_SYNCED.fullmatch(part) for part in path.parts[:-1]):
        return True
    at_home = path.relative_to(home).parts[:-1] if path.is_relative_to(home) else ()
    return bool(at_home) and at_home[0].casefold() in _SYNCED_AT_HOME


def _is_marked(path: Path) -> bool:
    with suppress(OSError):
        return any((folder / mark).exists() for folder in path.parents for mark in _MARKS)
    return False


def _is_remote(path: Path) -> bool:
    if sys.platform == "win32":
        return _is_remote_on_windows(path)
    kind = _kind_of_mount(path, _mounts())
    name = kind.removeprefix("fuse.").removeprefix("fuse_")
    return name in _NETWORK or (kind != name and name not in _FUSE_LOCAL)


def _mounts() -> dict[str, str]:
    """Return the kind of file system by the folder where it is mounted."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform.startswith("linux"):
            return mounts_of_linux(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
        told = subprocess.run(["/sbin/mount"], capture_output=True, timeout=2, check=True)
        return mounts_of_mac(told.stdout.decode("utf-8", "surrogateescape"))
    return {}


def mounts_of_linux(text: str) -> dict[str, str]:
    """Return kinds by folder from the text of /proc/mounts, in which blanks are written as octal numbers."""

    def plain(word: str) -> str:
        return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), word)

    found = re.finditer(r"^\S+ (?P<folder>\S+) (?P<kind>\S+)", text, re.MULTILINE)
    return {plain(one["folder"]): one["kind"] for one in found}


def mounts_of_mac(text: str) -> dict[str, str]:
    """Return kinds by folder from what `mount` prints on macOS: `//me@host/share on /Volumes/share (smbfs, …)`."""
    found = re.finditer(r"^.*? on (?P<folder>/.*) \((?P<kind>[\w-]+)[,)]", text, re.MULTILINE)
    return {one["folder"]: one["kind"] for one in found}


def _kind_of_mount(path: PurePath, mounts: dict[str, str]) -> str:
    for folder in (path, *path.parents):
        if str(folder) in mounts:
            return mounts[str(folder)]
    return ""


def _is_remote_on_windows(path: Path) -> bool:
    if is_unc(path.drive):
        return True
    if sys.platform != "win32":
        return False
    import ctypes

    return ctypes.windll.kernel32.GetDriveTypeW(path.drive + os.sep) == _REMOTE_DRIVE


def is_unc(drive: str) -> bool:
    r"""Say whether a Windows drive is a share on another computer: `\\host\share` or `\\?\UNC\host\share`."""
    return drive.startswith("\\\\") and (not drive.startswith(("\\\\?\\", "\\\\.\\")) or drive[4:7].upper() == "UNC")
