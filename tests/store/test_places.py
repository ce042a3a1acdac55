"""Network drives and synced folders are told from folders of this computer."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from coder_app.store.places import (
    Place,
    _is_remote,
    _kind_of_mount,
    _looks_synced,
    is_unc,
    kind_of_place,
    mounts_of_linux,
    mounts_of_mac,
)

LINUX = """/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
nas:/export /home/ann/team nfs4 rw,vers=4.2 0 0
//server/share /mnt/two\\040words cifs rw 0 0
ann@host:/data /mnt/ssh fuse.sshfs rw 0 0
/dev/sdb1 /media/stick fuseblk rw 0 0
vault /home/ann/vault fuse.gocryptfs rw 0 0
odd
"""
MAC = """/dev/disk3s1 on / (apfs, sealed, local, read-only, journaled)
//ann@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by ann)
/dev/disk4s1 on /Volumes/My Stick (on me) (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ann/study.coder", "ext4"),
        ("/home/ann/team/study.coder", "nfs4"),
        ("/home/ann/teams/study.coder", "ext4"),
        ("/mnt/two words/deep/study.coder", "cifs"),
        ("/mnt/ssh/study.coder", "fuse.sshfs"),
        ("/media/stick/study.coder", "fuseblk"),
    ],
)
def test_the_mount_with_the_longest_path_counts(path: str, kind: str):
    assert _kind_of_mount(PurePosixPath(path), mounts_of_linux(LINUX)) == kind


def test_mounts_are_read_on_a_mac():
    found = mounts_of_mac(MAC)
    assert found == {"/": "apfs", "/Volumes/share": "smbfs", "/Volumes/My Stick (on me)": "msdos"}


@pytest.mark.parametrize(
    ("kind", "remote"),
    [
        ("nfs", True), ("nfs4", True), ("cifs", True), ("smb3", True), ("smbfs", True), ("9p", True), ("afpfs", True),
        ("fuse.sshfs", True), ("fuse.rclone", True), ("fuse.davfs2", True), ("ext4", False), ("apfs", False),
        ("btrfs", False), ("tmpfs", False), ("overlay", False), ("fuseblk", False), ("fuse.gocryptfs", False),
        ("", False),
    ],
)  # fmt: skip
def test_a_file_system_of_another_computer_is_remote(kind: str, remote: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("coder_app.store.places._mounts", lambda: {"/": kind})
    assert _is_remote(Path("/data/study.coder")) is remote


@pytest.mark.parametrize(
    ("drive", "remote"),
    [
        ("\\\\server\\share", True),
        ("\\\\?\\UNC\\server\\share", True),
        ("C:", False),
        ("\\\\?\\C:", False),
        ("", False),
    ],
)
def test_a_share_of_windows_is_known_by_its_name(drive: str, remote: bool):
    assert is_unc(drive) is remote
    assert is_unc(PureWindowsPath(drive + "\\study.coder").drive) is remote


HOME = PurePosixPath("/home/ann")


@pytest.mark.parametrize(
    "folder",
    [
        "/home/ann/Dropbox", "/home/ann/Dropbox (University)/talks", "/data/dropbox", "/home/ann/OneDrive - Uni",
        "/home/ann/OneDrive", "/Users/ann/Library/CloudStorage/GoogleDrive-ann", "/home/ann/Google Drive/My Drive",
        "/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/talks", "/home/ann/Nextcloud/talks",
        "/home/ann/Box/talks", "/home/ann/Box Sync", "/home/ann/pCloudDrive", "/home/ann/MEGA", "/home/ann/MEGAsync",
        "/home/ann/iCloudDrive", "/home/ann/ownCloud",
    ],
)  # fmt: skip
def test_folders_of_sync_programs_are_known_by_their_names(folder: str):
    assert _looks_synced(PurePosixPath(folder) / "study.coder", HOME)


@pytest.mark.parametrize(
    "path",
    [
        "/home/ann/study.coder", "/home/ann/Dropbox.coder", "/home/ann/Box", "/home/ann/talks/Box/study.coder",
        "/home/ann/megaphone/study.coder", "/home/ann/Dropboxes/study.coder", "/data/mega/study.coder",
        "/home/ann/Sandbox/study.coder",
    ],
)  # fmt: skip
def test_folders_that_only_sound_like_it_are_not(path: str):
    assert not _looks_synced(PurePosixPath(path), HOME)


def test_a_folder_of_this_computer_is_local(tmp_path: Path):
    assert kind_of_place(tmp_path / "study.coder") is Place.LOCAL
    assert kind_of_place(tmp_path / "not there" / "study.coder") is Place.LOCAL


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox.cache", ".nextcloudsync.log"])
def test_a_folder_with_the_mark_of_a_sync_program_is_synced(mark: str, tmp_path: Path):
    (tmp_path / "field").mkdir()
    (tmp_path / mark).mkdir()
    assert kind_of_place(tmp_path / "field" / "study.coder") is Place.SYNCED


def test_a_link_into_a_synced_folder_is_synced(tmp_path: Path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "talks").symlink_to(tmp_path / "Dropbox")
    assert kind_of_place(tmp_path / "talks" / "study.coder") is Place.SYNCED
