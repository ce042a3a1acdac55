"""Shared codebooks at the command line: publish, diff, subscribe, update."""

import json
import shutil

import pytest


@pytest.fixture
def shared(coded, tmp_path, done):
    done("codebook", "publish", coded, tmp_path / "shared.coderbook", "--note", "first")
    return tmp_path / "shared.coderbook"


@pytest.fixture
def copy(shared, coded, tmp_path):
    return shutil.copy(coded, tmp_path / "copy.coder")


def add(done, project, files, name):
    book = {"format": "coder-app-codebook", "version": 1, "name": "More", "codes": [{"name": name}]}
    (files / "more.json").write_text(json.dumps(book), "utf-8")
    done("codebook", "import", project, files / "more.json")


def test_publish_and_update(coded, shared, copy, files, done):
    add(done, coded, files, "Hope")
    assert done("codebook", "publish", coded, shared, "--dry-run").out.endswith("Version 2 would be published.\n")
    assert done("codebook", "publish", coded, shared, "--author", "Bo", "--json").json["version"] == 2

    shown = done("codebook", "update", copy, "--json").json
    assert [one["path"] for one in shown["open"]] == ["Hope"]
    assert "added: Hope" in done("codebook", "update", copy).out

    taken = done("codebook", "update", copy, "--accept", "Hope", "--json").json
    assert (taken["taken"], taken["accepted"], taken["open"]) == (2, ["Hope"], [])
    assert "Hope" in done("codes", copy).out
    done("undo", copy)
    assert "Hope" not in done("codes", copy).out
    assert done("codebook", "update", copy, "--accept-all", "--decline", "Hope", "--json").json["declined"]
    assert done("verify", copy).code == 0


def test_publishing_over_what_is_not_known_is_refused(coded, shared, copy, files, done, run):
    add(done, coded, files, "Hope")
    done("codebook", "publish", coded, shared)
    before = shared.read_bytes()
    add(done, copy, files, "Other")
    answer = run("codebook", "publish", copy, shared)
    assert answer.is_bad_input_about("update first")
    assert shared.read_bytes() == before


def test_nothing_new_publishes_nothing(coded, shared, done):
    before = shared.read_bytes()
    assert "nothing was published" in done("codebook", "publish", coded, shared).out
    assert shared.read_bytes() == before


def test_diff_compares_versions_projects_and_files(coded, shared, empty, files, done, tmp_path):
    add(done, coded, files, "Hope")
    done("codebook", "publish", coded, shared)
    assert [one["kinds"] for one in done("codebook", "diff", f"{shared}@1", shared, "--json").json] == [["added"]]
    assert done("codebook", "diff", shared, coded).out == "The codebooks are the same.\n"
    done("codebook", "export", coded, tmp_path / "out.csv")
    assert done("codebook", "diff", tmp_path / "out.csv", coded, "--json").json == []
    assert "retired: Hope" in done("codebook", "diff", coded, f"{shared}@1").out


def test_bad_files_and_versions_are_named(coded, shared, run, tmp_path):
    assert run("codebook", "diff", f"{shared}@7", shared).is_bad_input_about("shared.coderbook")
    assert run("codebook", "publish", coded, tmp_path / "x.json").is_bad_input_about("x.json")
    (tmp_path / "bad.coderbook").write_text("{", "utf-8")
    assert run("codebook", "subscribe", coded, tmp_path / "bad.coderbook").is_bad_input_about("bad.coderbook")
    assert run("codebook", "publish", coded, tmp_path / "bad.coderbook").is_bad_input_about("bad.coderbook")
    assert (tmp_path / "bad.coderbook").read_text("utf-8") == "{"


def test_a_missing_file_is_named(copy, shared, run):
    shared.unlink()
    assert run("codebook", "update", copy).is_bad_input_about("shared.coderbook")


def test_subscribe_says_what_is_open_and_unsubscribe_ends_it(shared, empty, tmp_path, done, run):
    new = tmp_path / "new.coder"
    done("new", new)
    answer = done("codebook", "subscribe", new, shared)
    assert "4 changes are open" in answer.out
    done("codebook", "update", new, "--accept-all")
    assert done("codebook", "diff", new, shared).out == "The codebooks are the same.\n"
    done("codebook", "unsubscribe", new)
    assert run("codebook", "update", new).is_bad_input_about("new.coder")


def test_a_shared_codebook_can_be_imported_like_any_other(shared, tmp_path, done):
    new = tmp_path / "new.coder"
    done("new", new)
    assert "Added 4 codes" in done("codebook", "import", new, shared).out


def test_drift_lists_what_was_coded_under_an_older_wording(coded, files, done, run):
    book = {"format": "coder-app-codebook", "version": 1, "name": "W", "codes": []}
    book["codes"] = [{"name": "Feeling", "children": [{"name": "Fear", "definition": "Being afraid"}]}]
    (files / "worded.json").write_text(json.dumps(book), "utf-8")
    assert done("codebook", "drift", coded, "--json").json == []
    done("codebook", "import", coded, files / "worded.json")

    assert [(one["path"], one["codings"]) for one in done("codebook", "drift", coded, "--json").json] == [
        ("Feeling > Fear", 2)
    ]
    shown = done("codebook", "drift", coded, "Fear", "--json").json
    assert [(one["definition"], one["codings"]) for one in shown["wordings"]] == [("", 2), ("Being afraid", 0)]
    assert [one["wording"] for one in shown["codings"]] == [1, 1]
    assert "Being afraid" in done("codebook", "drift", coded, "Fear").out

    first = shown["codings"][0]["id"]
    assert len(done("codebook", "drift", coded, "Fear", "--fits", first, "--json").json["codings"]) == 1
    assert done("codebook", "drift", coded, "Fear", "--all-fit", "--json").json["codings"] == []
    done("undo", coded)
    assert len(done("codebook", "drift", coded, "Fear", "--json").json["codings"]) == 1
    assert run("codebook", "drift", coded, "--fits", "nothing").is_bad_input_about("nothing")
    assert run("codebook", "drift", coded, "--all-fit").is_bad_input_about("CODE")
