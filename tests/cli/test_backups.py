"""The copies that the app makes by itself, and the way out of damage, from the command line."""

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coder_app.edits.codes import add_code
from coder_app.settings import SettingsFile
from coder_app.store.backups import backups, keep_copy
from coder_app.store.project import Project

FIRST = datetime(2026, 3, 12, 14, 3).astimezone()


@pytest.fixture
def copied(coded):
    """Give the coded project with two copies, of which the second has a code more."""
    with Project.open(coded) as opened:
        keep_copy(opened, FIRST)
        add_code(opened, "New")
        keep_copy(opened, FIRST + timedelta(hours=1))
    return coded


@pytest.fixture
def settings():
    """Give the settings of the person at this machine; they are the usual ones again afterwards."""
    file = SettingsFile()
    yield file
    file.path.unlink(missing_ok=True)


@pytest.fixture
def old(coded, monkeypatch):
    """Let the project have been made two hours ago: no copy of it is due sooner."""
    monkeypatch.setattr("coder_app.store.backups.DUE_AFTER", timedelta(0))
    return coded


def test_copies_are_listed_with_what_they_hold(copied, done):
    second, first = done("backups", copied, "--json").json
    assert set(first) == {"path", "made_at", "size", "sources", "codings", "last_step"}
    assert first["made_at"] == FIRST.isoformat()
    assert (first["sources"], first["codings"]) == (2, 4)
    assert second["last_step"] == "Ann added the code “New”"
    assert first["size"] == Path(first["path"]).stat().st_size
    lines = done("backups", copied).out.splitlines()
    assert "2026-03-12 15:03:00" in lines[0]
    assert "2 sources, 4 codings" in lines[0]
    assert lines[0].endswith("small 2026-03-12 150300.coder")


def test_a_project_without_copies_has_an_empty_list(coded, done):
    assert done("backups", coded, "--json").json == []
    assert done("backups", coded).out == ""


def test_copies_are_listed_where_the_project_is_damaged_or_gone(copied, done):
    copied.write_bytes(b"ruined" * 1000)
    assert len(done("backups", copied, "--json").json) == 2
    copied.unlink()
    assert len(done("backups", copied, "--json").json) == 2


def test_a_damaged_copy_is_listed_as_such(copied, done):
    newest = backups(copied)[0].path
    newest.write_bytes(newest.read_bytes()[:9000])
    first = done("backups", copied, "--json").json[0]
    assert (first["codings"], first["last_step"]) == (None, None)
    assert "cannot be read" in done("backups", copied).out.splitlines()[0]


def test_a_copy_comes_back_by_its_name_and_what_was_there_is_kept(copied, done):
    later = done("dump", copied).out
    said = done("restore-backup", copied, "small 2026-03-12 140300.coder").out.splitlines()
    assert "“New”" not in done("codes", copied).out
    assert done("info", copied, "--json").json["codes"] == 4
    kept = Path(said[1].removeprefix("What was there is kept as ").removesuffix("."))
    assert done("dump", kept).out == later
    done("verify", copied)


def test_a_project_that_is_gone_comes_back(copied, done):
    before = done("dump", copied).out
    copied.unlink()
    assert "kept" not in done("restore-backup", copied, backups(copied)[0].path).out
    assert done("dump", copied).out == before


def test_a_copy_that_is_none_is_named_and_nothing_changes(copied, run, done, unchanged):
    before = unchanged(copied)
    assert run("restore-backup", copied, "small 1999-01-01 000000.coder").is_bad_input_about("1999")
    newest = backups(copied)[0].path
    newest.write_bytes(newest.read_bytes()[:9000])
    assert run("restore-backup", copied, newest).is_bad_input_about(newest.name)
    assert run("restore-backup", copied, copied).is_bad_input_about("this project itself")
    assert unchanged(copied) == before


def test_a_sound_project_is_rebuilt_without_loss(coded, done):
    said = done("repair", coded).out.splitlines()
    made = coded.with_name("small repaired.coder")
    assert said == [
        "small.coder is sound: there was nothing to repair. The new file holds the same.",
        "Nothing was lost.",
        str(made),
    ]
    assert done("dump", made).out == done("dump", coded).out
    done("verify", made)


def forge(path, statement):
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    for _name, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def test_what_is_lost_is_said_and_is_exit_code_1(coded, tmp_path, run, done):
    forge(coded, "UPDATE row_change SET after = '{' WHERE table_name = 'memo'")
    answer = run("repair", coded, "-o", tmp_path / "new.coder")
    assert answer.code == 1
    assert "cannot be read, or builds on one that cannot." in answer.out
    done("verify", tmp_path / "new.coder")


def test_what_cannot_be_repaired_gets_one_sentence_and_leaves_no_file(coded, run, tmp_path):
    before = sorted(tmp_path.iterdir())
    assert run("repair", tmp_path / "gone.coder").is_bad_input_about("gone.coder")
    assert run("repair", coded, "-o", coded).is_bad_input_about("small.coder")
    assert sorted(tmp_path.iterdir()) == before
    coded.write_bytes(b"ruined" * 1000)
    assert run("repair", coded).is_bad_input_about("small.coder")
    assert sorted(tmp_path.iterdir()) == before


def test_an_import_keeps_a_copy_of_what_was_there(old, files, done):
    before = done("dump", old).out
    (files / "more.txt").write_text("More words.", "utf-8")
    done("import", old, files / "more.txt")
    (copy,) = backups(old)
    assert done("dump", copy.path).out == before


@pytest.mark.parametrize("command", ["codebook", "codings"])
def test_so_does_an_import_of_codes_and_codings(command, old, files, done):
    done(command, "import", old, files / {"codebook": "codes.json", "codings": "codings.csv"}[command])
    assert len(backups(old)) == 1


def test_a_merge_keeps_one_at_any_time_and_a_trial_none(coded, tmp_path, done):
    other = tmp_path / "other.coder"
    done("backup", coded, other)
    done("code", other, "market.txt", 0, 10, "Place")
    before = done("dump", coded).out
    done("merge", coded, other, "--dry-run")
    assert backups(coded) == []
    done("merge", coded, other)
    (copy,) = backups(coded)
    assert done("dump", copy.path).out == before


def test_a_project_that_a_script_makes_is_not_copied_at_each_step(coded):
    assert backups(coded) == []


def test_backups_can_be_turned_off_and_be_kept_elsewhere(old, files, tmp_path, done, settings):
    settings.values.backups = False
    settings.save()
    done("codings", "import", old, files / "codings.csv")
    assert backups(old) == []
    settings.values.backups = True
    settings.values.backup_folder = str(tmp_path / "shelf")
    settings.save()
    done("codebook", "import", old, files / "codes.json")
    assert backups(old) == []
    (listed,) = done("backups", old, "--json").json
    assert Path(listed["path"]).is_relative_to(tmp_path / "shelf")


def test_a_backup_that_fails_is_a_note_and_the_import_goes_on(old, files, done):
    old.with_name("small backups").write_text("in the way", "utf-8")
    answer = done("codings", "import", old, files / "codings.csv")
    assert answer.err.startswith("note: No backup could be made")
    assert json.loads(done("info", old, "--json").out)["codings"] == 4
