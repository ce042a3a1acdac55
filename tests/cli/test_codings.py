"""Coding one passage or a whole annotation set from the command line."""

import csv
import io
import json

import pytest

COLUMNS = [
    *("coding_id", "source_id", "source", "start", "stop"),
    *("text", "code_id", "code", "coder", "memo", "created_at"),
]


def rows(done, project, file):
    done("codings", "export", project, file)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_one_passage_is_coded_by_the_present_coder(project, tmp_path, done):
    assert "Coded “market” with “Place”." in done("code", project, "market.txt", 4, 10, "Place").out
    (row,) = rows(done, project, tmp_path / "out.csv")
    assert (row["start"], row["stop"], row["text"], row["coder"]) == ("4", "10", "market", "Ann")
    assert row["code"] == "Place"


def test_a_code_is_named_by_path_leaf_or_id(project, done):
    ids = {code["path"]: code["id"] for code in done("codes", project, "--json").json}
    source = done("sources", project, "--json").json[0]["id"]
    for wanted in ("Feeling > Trust", "Trust", ids["Feeling > Trust"]):
        done("code", project, source, 28, 34, wanted)
        done("undo", project)
    done("code", project, "market.txt", 28, 34, "Trust")
    assert [code["codings"] for code in done("codes", project, "--json").json] == [0, 1, 0, 0]


def test_a_new_coder_comes_and_goes_with_the_coding(project, done):
    before = done("dump", project).out
    done("code", project, "market.txt", 4, 10, "Place", "--coder", "Cy")
    assert done("info", project, "--json").json["coders"] == ["Ann", "Cy"]
    assert done("history", project, "--json").json[-1]["coder"] == "Cy"
    done("undo", project)
    assert done("dump", project).out == before


def test_coding_as_somebody_else_does_not_change_the_present_coder(project, tmp_path, done):
    done("code", project, "market.txt", 4, 10, "Place", "--coder", "Cy")
    done("code", project, "market.txt", 0, 3, "Place")
    assert [row["coder"] for row in rows(done, project, tmp_path / "out.csv")] == ["Ann", "Cy"]


def test_the_same_coding_twice_is_one_coding(project, done, unchanged):
    done("code", project, "market.txt", 4, 10, "Place")
    before = unchanged(project)
    done("code", project, "market.txt", 4, 10, "Place")
    assert unchanged(project) == before


@pytest.mark.parametrize(
    ("source", "start", "stop", "code"),
    [
        ("market.txt", 10, 4, "Place"),
        ("market.txt", 4, 4, "Place"),
        ("market.txt", -1, 4, "Place"),
        ("market.txt", 4, 5000, "Place"),
        ("moon.txt", 0, 1, "Place"),
        ("market.txt", 0, 1, "Moon"),
        ("market.txt", 0, 1, " "),
    ],
)
def test_a_passage_that_cannot_be_coded_is_bad_input(project, run, unchanged, source, start, stop, code):
    before = unchanged(project)
    assert run("code", project, source, start, stop, code, "--coder", "New").is_bad_input_about("small.coder")
    assert unchanged(project) == before


def test_a_coder_without_a_name_is_bad_input(project, run, unchanged):
    before = unchanged(project)
    assert run("code", project, "market.txt", 4, 10, "Place", "--coder", " ").is_bad_input_about("small.coder")
    assert unchanged(project) == before


def test_an_annotation_set_is_one_step_with_its_coders(project, files, done):
    before = done("dump", project).out
    assert done("codings", "import", project, files / "codings.csv").out == "Imported 4 codings.\n"
    assert done("info", project, "--json").json["coders"] == ["Ann", "Bo"]
    done("undo", project)
    assert done("dump", project).out == before


def test_codings_that_are_there_already_are_counted_and_not_doubled(coded, files, done, unchanged):
    before = unchanged(coded)
    answer = done("codings", "import", coded, files / "codings.csv")
    assert answer.out == "Imported 0 codings. 4 were there already.\n"
    assert unchanged(coded) == before


def test_missing_codes_are_made_only_when_asked_for(project, tmp_path, run, done, unchanged):
    file = tmp_path / "more.jsonl"
    row = {"source": "market.txt", "start": 0, "stop": 3, "code": "Actor > Trader", "coder": "Cy"}
    file.write_text(json.dumps(row) + "\n", "utf-8")
    before = unchanged(project)
    assert run("codings", "import", project, file).is_bad_input_about("more.jsonl, line 1")
    assert unchanged(project) == before
    done("codings", "import", project, file, "--create-codes")
    assert [code["path"] for code in done("codes", project, "--json").json][-2:] == ["Actor", "Actor > Trader"]
    done("undo", project)
    assert done("dump", project).out == before[0]


@pytest.mark.parametrize(
    "row",
    [
        "market.txt,10,4,Place,Ann",
        "market.txt,4,4,Place,Ann",
        "market.txt,-1,4,Place,Ann",
        "market.txt,0,5000,Place,Ann",
        "moon.txt,0,1,Place,Ann",
        "market.txt,0,1,Moon,Ann",
        "market.txt,0,1,Place,",
        "market.txt,zero,1,Place,Ann",
        "market.txt,0,1",
    ],
)
def test_one_bad_row_refuses_the_file_and_is_named_by_its_line(project, tmp_path, run, unchanged, row):
    file = tmp_path / "bad.csv"
    file.write_text(f"source,start,stop,code,coder\nmarket.txt,4,10,Place,New\n{row}\n", "utf-8")
    before = unchanged(project)
    answer = run("codings", "import", project, file)
    assert answer.is_bad_input_about("bad.csv")
    assert "line 3" in answer.err
    assert unchanged(project) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.csv", "source,start,stop,code\nmarket.txt,0,1,Place\n"),
        ("bad.csv", ""),
        ("bad.jsonl", "[1]\n"),
        ("bad.jsonl", "{\n"),
        ("bad.odt", "source,start,stop,code,coder\n"),
    ],
)
def test_what_is_no_annotation_set_is_bad_input(project, tmp_path, run, unchanged, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    before = unchanged(project)
    assert run("codings", "import", project, tmp_path / name).is_bad_input_about(name)
    assert unchanged(project) == before


def test_a_missing_annotation_set_is_bad_input(project, tmp_path, run):
    assert run("codings", "import", project, tmp_path / "gone.csv").is_bad_input_about("gone.csv")


def test_the_annotation_set_has_the_columns_of_the_contract(coded, tmp_path, done):
    found = rows(done, coded, tmp_path / "out.csv")
    assert list(found[0]) == COLUMNS
    assert [(row["source"], row["text"], row["code"], row["coder"], row["memo"]) for row in found] == [
        ("market.txt", "market", "Place", "Bo", ""),
        ("market.txt", "People trust it.", "Feeling > Trust", "Ann", "warm"),
        ("market.txt", "trust it. Trust is slow", "Feeling > Fear", "Ann", ""),
        ("fear.txt", "Nobody was afraid.", "Feeling > Fear", "Bo", ""),
    ]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_an_annotation_set_can_be_taken_out_and_brought_back(coded, tmp_path, done, suffix):
    file = tmp_path / f"set{suffix}"
    done("codings", "export", coded, file)
    first = file.read_bytes()
    done("undo", coded)
    assert done("codings", "import", coded, file).out == "Imported 4 codings.\n"
    done("codings", "export", coded, file)
    assert len(file.read_bytes()) == len(first)


def test_an_unknown_suffix_to_write_is_bad_input(coded, tmp_path, run):
    assert run("codings", "export", coded, tmp_path / "set.pdf").is_bad_input_about("set.pdf")
