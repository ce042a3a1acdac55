"""Making, looking at, checking and copying a project from the command line."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from coder_app.cli import main


def test_a_new_project_has_its_name_and_its_first_coder(tmp_path, done):
    done("new", tmp_path / "a.coder", "--name", "Market talk", "--coder", "Ann")
    assert done("info", tmp_path / "a.coder", "--json").json == {
        "name": "Market talk",
        "coders": ["Ann"],
        "sources": 0,
        "codes": 0,
        "segments": 0,
        "codings": 0,
        "memos": 0,
        "cases": 0,
        "change_sets": 1,
        "schema": 1,
    }


def test_a_new_project_is_named_for_its_file_unless_told_otherwise(tmp_path, done):
    done("new", tmp_path / "interviews.coder")
    assert done("info", tmp_path / "interviews.coder", "--json").json["name"] == "interviews"


def test_making_a_project_is_no_step_to_undo(empty, run):
    answer = run("undo", empty)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "error: There is nothing to undo.\n"


def test_new_refuses_a_path_that_exists_and_leaves_it_alone(tmp_path, run):
    there = tmp_path / "notes.coder"
    there.write_text("my notes", "utf-8")
    assert run("new", there).is_bad_input_about("notes.coder")
    assert there.read_text("utf-8") == "my notes"
    assert list(tmp_path.iterdir()) == [there]


def test_new_refuses_a_folder_that_does_not_exist(tmp_path, run):
    assert run("new", tmp_path / "nowhere" / "a.coder").is_bad_input_about("nowhere")
    assert list(tmp_path.iterdir()) == []


def test_info_counts_what_is_there(coded, done):
    found = done("info", coded, "--json").json
    assert found["coders"] == ["Ann", "Bo"]
    counts = [found[noun] for noun in ("sources", "codes", "segments", "codings", "memos", "change_sets")]
    assert counts == [2, 4, 4, 4, 1, 4]


def test_info_for_people_is_short_and_aligned(coded, done):
    lines = done("info", coded).out.splitlines()
    assert lines[:4] == ["Small", "Coders: Ann, Bo", "Sources   2", "Codes     4"]


def test_dump_is_one_json_document_and_the_same_each_time(coded, done):
    first = done("dump", coded).out
    assert first == done("dump", coded).out
    assert {"source", "code", "coding", "text_body"} <= set(json.loads(first))


def test_verify_says_that_a_sound_project_is_sound(coded, run):
    answer = run("verify", coded)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "small.coder is sound.\n"


def test_verify_finds_a_row_changed_behind_the_journal(coded, run):
    with sqlite3.connect(coded) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE code SET name = 'Forged' WHERE name = 'Trust'")
        for _, sql in triggers:
            connection.execute(sql)
    connection.close()
    answer = run("verify", coded)
    assert answer.code == 1
    assert len(answer.out.splitlines()) == 1
    assert answer.err.startswith("error: small.coder is not sound: one problem. Keep it; “backups” lists copies")


def test_verify_finds_a_text_that_lost_its_hash(coded, run):
    with sqlite3.connect(coded) as connection:
        connection.execute("UPDATE text_body SET text = replace(text, 'seven', 'eight')")
    connection.close()
    answer = run("verify", coded)
    assert answer.code == 1
    assert "is not what was stored" in answer.out


@pytest.mark.parametrize("content", [b"", b"no project at all", b"SQLite format 3\0" + b"\0" * 84])
def test_to_verify_a_file_that_is_no_project_is_a_finding(tmp_path, run, content):
    path = tmp_path / "odd.coder"
    path.write_bytes(content)
    answer = run("verify", path)
    assert answer.code == 1
    assert "odd.coder" in answer.out
    assert path.read_bytes() == content


def test_to_verify_a_project_cut_short_is_a_finding(coded, run):
    coded.write_bytes(coded.read_bytes()[:-5000])
    assert run("verify", coded).code == 1


def test_to_verify_a_project_without_its_tables_is_a_finding(coded, run):
    with sqlite3.connect(coded) as connection:
        connection.execute("DROP TABLE local")
    connection.close()
    assert run("verify", coded).code == 1


def test_to_verify_a_missing_project_is_bad_input(tmp_path, run):
    assert run("verify", tmp_path / "gone.coder").is_bad_input_about("gone.coder")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_holds_the_same_and_can_be_worked_with(coded, tmp_path, done):
    copy = tmp_path / "copy.coder"
    assert done("backup", coded, copy).out == f"{copy}\n"
    assert done("dump", copy).out == done("dump", coded).out
    assert done("history", copy, "--json").out == done("history", coded, "--json").out
    done("undo", copy)
    done("verify", copy)
    assert done("info", copy, "--json").json["codings"] == 0
    assert done("info", coded, "--json").json["codings"] == 4


def test_a_backup_without_a_name_lies_beside_the_project(coded, done):
    made = Path(done("backup", coded).out.removesuffix("\n"))
    assert made.parent == coded.parent
    assert re.fullmatch(r"small \d{4}-\d\d-\d\d \d{6}\.coder", made.name)
    done("verify", made)


def test_a_backup_never_replaces_a_file(coded, tmp_path, run):
    there = tmp_path / "there.coder"
    there.write_text("precious", "utf-8")
    assert run("backup", coded, there).is_bad_input_about("there.coder")
    assert there.read_text("utf-8") == "precious"


def test_open_hands_the_project_to_whoever_shows_windows(empty):
    shown: list[Path] = []

    def show(path: Path) -> int:
        shown.append(path)
        return 7

    assert main(["open", str(empty)], show) == 7
    assert shown == [empty]


def test_open_without_a_window_to_show_says_so(empty, run):
    assert run("open", empty).is_bad_input_about("small.coder")


def test_the_demo_is_built_in_the_current_folder(tmp_path, done, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert done("demo").out == "Built central-asia.coder\n"
    assert [path.name for path in tmp_path.iterdir()] == ["central-asia.coder"]
    assert done("info", "central-asia.coder", "--json").json["sources"] == 5
    done("verify", "central-asia.coder")


def test_the_demo_never_replaces_a_file(tmp_path, run):
    there = tmp_path / "there.coder"
    there.write_text("precious", "utf-8")
    assert run("demo", there).is_bad_input_about("there.coder")
    assert there.read_text("utf-8") == "precious"


def test_the_demo_can_be_shown_at_once(tmp_path):
    shown: list[Path] = []
    assert main(["demo", str(tmp_path / "a.coder"), "--open"], lambda path: len(shown.append(path) or shown)) == 1
    assert shown == [tmp_path / "a.coder"]


def test_what_is_no_project_is_not_told_to_be_repaired(tmp_path, run):
    (tmp_path / "notes.txt").write_text("Notes of the day.", "utf-8")
    answer = run("verify", tmp_path / "notes.txt")
    assert answer.code == 1
    assert "notes.txt is no Coder App project, or its beginning is lost. Choose the project's own file" in answer.err
    assert "repair" not in answer.err
    assert "is no Coder App project, or its beginning is lost" in run("repair", tmp_path / "notes.txt").err
