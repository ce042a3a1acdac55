"""Before a project of an older version is brought up to date, it is copied as it is."""

import os
import subprocess
import sys
from pathlib import Path

import coder_app
from coder_app.store.backups import backups
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

OPEN_BY_A_LATER_VERSION = """
import sys
from pathlib import Path
from coder_app.store import database, migrations
from coder_app.store.project import Project

@migrations.migrations()
def version_2(db):
    db.conn.execute("CREATE TABLE mood (id TEXT PRIMARY KEY NOT NULL) STRICT")
    db.conn.execute("PRAGMA user_version = 2")

database.NEWEST = 2
project, reason = Project.open_or_read(Path(sys.argv[1]))
print("written" if project.writable else reason, project.rows("SELECT count(*) FROM mood")[0][0])
project.close()
"""


def opened_by_a_later_version(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_BY_A_LATER_VERSION, str(path)],
        env=os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_file_of_the_older_version_is_kept_as_it_was(coded: Path) -> None:
    with Project.open(coded, write=False) as project:
        before = dump(project.db)
    assert opened_by_a_later_version(coded) == "written 0"
    (kept,) = backups(coded)
    with Project.open(kept.path, write=False) as copy:
        assert verify(copy.db) == []
        assert dump(copy.db) == before
    assert opened_by_a_later_version(coded) == "written 0"
    assert backups(coded) == [kept]


def test_a_migration_that_is_tried_again_leaves_no_second_copy(coded: Path) -> None:
    before = coded.read_bytes()
    for _ in range(3):
        coded.write_bytes(before)
        opened_by_a_later_version(coded)
    assert len(backups(coded)) == 1


def test_without_a_copy_the_project_is_only_read(coded: Path) -> None:
    coded.with_name("coded backups").write_text("in the way", encoding="utf-8")
    before = coded.read_bytes()
    said = opened_by_a_later_version(coded)
    assert "so it can only be read" in said
    assert said.endswith(" 0")
    assert coded.read_bytes() == before
