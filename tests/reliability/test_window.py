"""The window while the disk fails or the drive is away: a notice, nothing half done on the screen, and work goes on."""

from coder_app.edits.settings import pin_code
from coder_app.queries.codes import codes
from coder_app.store.project import Project
from coder_app.store.verify import verify


def test_the_window_shows_nothing_half_done_and_goes_on(study, place, start, disk_library):
    drive = place / "drive"
    drive.mkdir()
    path = study.rename(drive / "study.coder")
    with Project.open(path) as project:
        pin_code(project, 1, codes(project)[0].id)
    more = {"DISK_FOLDER": str(place), "LD_PRELOAD": str(disk_library), "QT_QPA_PLATFORM": "offscreen"}
    child = start("window_goes_on", path, **more)
    out, _ = child.communicate()
    assert out == "done\n"
    # Closing made a backup: the disk works again.
    assert sorted(one.name for one in drive.iterdir()) in (["study.coder"], ["study backups", "study.coder"])
    with Project.open(path) as project:
        assert verify(project.db) == []
