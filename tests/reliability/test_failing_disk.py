"""A disk that fails leaves the old state, says what to do, and the app goes on when the disk does.

disk.c stands between SQLite and the file and makes the n-th write, sync, truncate, unlink or open fail with EIO
or ENOSPC, once or from then on, also after half of the write: for every n of a small edit, of one that touches
many tables, and of an undo, and for every 37th of a step that is written to the file before it ends. Then the same
for whole files: every sync, name and opening, and every 61st write.
"""

import pytest


@pytest.mark.parametrize(("what", "at_least"), [("code", 200), ("remove", 300), ("undo", 200), ("large", 150)])
def test_whatever_call_fails_the_old_state_stands_and_work_goes_on(what, at_least, study, start, disk_library):
    child = start("failing_disk", study, what, DISK_FOLDER=str(study.parent), LD_PRELOAD=str(disk_library))
    out, _ = child.communicate()
    assert child.returncode == 0
    assert int(out) >= at_least


@pytest.mark.parametrize(
    ("what", "every", "at_least"), [("create", 61, 80), ("backup", 61, 30), ("back", 61, 30), ("open", 1, 8)]
)
def test_whatever_call_fails_a_file_is_there_whole_or_not_at_all(what, every, at_least, study, start, disk_library):
    child = start("failing_files", study, what, every, DISK_FOLDER=str(study.parent), LD_PRELOAD=str(disk_library))
    out, _ = child.communicate()
    assert child.returncode == 0
    assert int(out) >= at_least
