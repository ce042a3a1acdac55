"""Every released schema version is opened and brought up to date, whole or not at all; a newer one is refused."""

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import coder_app
from coder_app.domain.errors import DamagedProject, ProjectProblem
from coder_app.store import database
from coder_app.store.dump import dump
from coder_app.store.migrations import NEWEST
from coder_app.store.project import Project
from coder_app.store.verify import verify

FIXTURES = Path(__file__).parent / "fixtures"
RELEASED = 0
"""The newest schema version that has been released, whose fixture must open for ever; fixtures/make.py writes it."""


@pytest.fixture(params=range(1, NEWEST + 1))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project as the app of some version left it."""
    path = tmp_path / "old.coder"
    path.write_bytes(gzip.decompress((FIXTURES / f"version-{request.param}.coder.gz").read_bytes()))
    if request.param > RELEASED:
        try:
            Project.open(path, write=False).close()
        except DamagedProject:
            pytest.skip("not released yet, and changed since: run tests/store/fixtures/make.py")
    return path


def test_a_project_of_every_version_opens_sound_and_with_all_that_is_in_it(old: Path, request):
    version = request.node.callspec.params["old"]
    wanted = json.loads((FIXTURES / f"version-{version}.json").read_text(encoding="utf-8"))
    for write in (False, True):
        with Project.open(old, write=write) as project:
            assert verify(project.db) == []
            content = json.loads(dump(project.db))
            assert {table: content[table] for table in wanted} == wanted
    with Project.open(old) as project:
        while project.undo_label():
            project.undo()
        assert verify(project.db) == []
        while project.redo_label():
            project.redo()
        assert {table: json.loads(dump(project.db))[table] for table in wanted} == wanted


def test_a_fixture_uses_every_table(old: Path):
    from coder_app.store.schema import JOURNALED

    with Project.open(old, write=False) as project:
        used = {table for (table,) in project.rows("SELECT DISTINCT table_name FROM row_change")}
        assert used == set(JOURNALED)
        assert project.rows("SELECT count(*) FROM row_batch")[0][0] >= 2
        steps = {step for (step,) in project.rows("SELECT DISTINCT step FROM change_set")}
        assert steps == {"new", "edit", "undo", "redo", "revert"}


def test_no_fixture_says_where_it_was_made(old: Path):
    with Project.open(old, write=False) as project:
        assert project.rows("SELECT value FROM local WHERE name = 'place'") == [("",)]


# A version to come: a new column in a journaled table, a filled one, a new table, the triggers made anew.
NEXT_VERSION = """
import os, signal, sys
from pathlib import Path
from coder_app.store import database, migrations
from coder_app.store.project import Project

@migrations.migrations()
def version_2(db):
    for name in migrations.trigger_sql(db):
        db.conn.execute(f"DROP TRIGGER {name}")
    db.conn.execute("ALTER TABLE code ADD COLUMN weight INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("UPDATE code SET weight = length(name)")
    db.conn.execute("CREATE TABLE mood (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL) STRICT")
    db.conn.execute("INSERT INTO mood SELECT id, name FROM memo JOIN (SELECT 'calm' AS name)")
    db.conn.execute("CREATE INDEX mood_by_name ON mood (name)")
    for sql in migrations.trigger_sql(db).values():
        db.conn.execute(sql)
    db.conn.execute("PRAGMA user_version = 2")

database.NEWEST = 2
path, last, write = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "write"
"""

MIGRATE = (
    NEXT_VERSION
    + """
real, seen = database.migrations.apply, 0

def count(statement):
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)

def apply(db):
    db.conn.set_trace_callback(count)
    # A small cache makes SQLite write to the file before the migration ends.
    db.conn.execute("PRAGMA cache_size = 2")
    real(db)
    db.conn.set_trace_callback(None)

database._own_schema()
for last in range(1, last):
    number = os.fork()
    if not number:
        database.migrations.apply = apply
        with Project.open(path):
            os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    print(code, flush=True)
    if code == 0:
        break
    sys.stdin.readline()
"""
)
READ = NEXT_VERSION + "print(Project.open(path, write=write).rows('SELECT count(*) FROM mood, code')[0][0])"


def run(program: str, *arguments: object) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(coder_app.__file__).parents[1])}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the migrating process is forked")
def test_a_migration_killed_at_any_statement_leaves_the_old_version_whole(coded):
    with Project.open(coded, write=False) as project:
        before = dump(project.db)
    kills = 0
    with run(MIGRATE, coded, 500, "write") as process:
        assert process.stdin
        assert process.stdout
        while (code := int(process.stdout.readline())) == -signal.SIGKILL:
            kills += 1
            with Project.open(coded) as project:
                assert dump(project.db) == before
                assert kills % 10 or verify(project.db) == []
            process.stdin.write("next\n")
            process.stdin.flush()
    assert code == 0
    assert kills > 100
    for write in (False, True):
        with pytest.raises(ProjectProblem, match=r"newer Coder App; it was left alone\. Update the app"):
            Project.open(coded, write=write)


def test_an_older_project_is_read_as_today_without_being_changed(coded):
    before = coded.read_bytes()
    with run(READ, coded, 0, "read") as process:
        assert process.stdout
        assert int(process.stdout.read()) == 2
    assert process.returncode == 0
    assert coded.read_bytes() == before
    assert list(coded.parent.iterdir()) == [coded]


def test_the_fixture_of_todays_version_is_there():
    assert (FIXTURES / f"version-{database.NEWEST}.coder.gz").is_file()
