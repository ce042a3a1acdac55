"""Passages by a query, and queries under names."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from coder_app.edits.codes import rename_code
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project

SUFFIXES = ["csv", "xlsx", "docx", "html", "json"]


def found(done, project: Path, query: str, *options: str) -> list[tuple[str, int, int, str]]:
    rows = done("query", project, query, "--json", *options).json
    return [(row["source"], row["start"], row["stop"], row["codes"]) for row in rows]


def test_a_query_finds_passages(coded, done):
    assert found(done, coded, "Trust OVERLAPS Fear AND NOT coder:Bo") == [("market.txt", 28, 44, "Feeling > Trust")]
    assert found(done, coded, "Trust AND Fear") == [("market.txt", 35, 44, "Feeling > Fear; Feeling > Trust")]
    assert found(done, coded, "Feeling+ AND NOT Trust") == [("fear.txt", 0, 18, "Feeling > Fear")]
    assert found(done, coded, "memo:warm") == [("market.txt", 28, 44, "Feeling > Trust")]
    assert found(done, coded, "*", "--source", "fear.txt") == [("fear.txt", 0, 18, "Feeling > Fear")]


def test_people_read_a_line_for_each_passage(coded, done):
    answer = done("query", coded, "Place")

    assert answer.out == "market.txt 4-10: market [Place] Bo\n"


def test_columns_and_order_are_chosen(coded, done):
    rows = done("query", coded, "*", "--columns", "text,codes", "--sort=-codes,text", "--limit", "2", "--json").json

    assert [list(row) for row in rows] == [["text", "codes"]] * 2
    assert [row["codes"] for row in rows] == ["Place", "Feeling > Trust"]


@pytest.mark.parametrize(
    ("query", "sentence", "line", "carets"),
    [
        ("Trsut AND Fear", "There is no code “Trsut”. Did you mean “Trust”", "  Trsut AND Fear", "  ^^^^^"),
        ("Trust NEAR(-2 words) Fear", "whole number from 0", "  Trust NEAR(-2 words) Fear", "            ^^^^^^^^^^"),
        ("", "empty", "  ", "  ^"),
    ],
)
def test_a_mistake_is_pointed_at(coded, run, query, sentence, line, carets):
    answer = run("query", coded, query)

    assert answer.code == 2
    assert answer.out == ""
    first, *rest = answer.err.splitlines()
    assert first.startswith("error: ")
    assert sentence in first
    assert rest == [line, carets]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_passages_is_made_again_to_the_byte(coded, tmp_path, done, suffix):
    file, again = tmp_path / f"found.{suffix}", tmp_path / f"again-found.{suffix}"
    done("query", coded, "Feeling+", "-o", file, "--group", "codes", "--sort", "text")
    assert done("rerun", file).out == f"Wrote {again}\n"
    assert again.read_bytes() == file.read_bytes()


def test_the_files_hold_the_passages(coded, tmp_path, done):
    for suffix in SUFFIXES:
        done("query", coded, "Feeling+", "-o", tmp_path / f"found.{suffix}", "--group", "codes")

    rows = list(openpyxl.load_workbook(tmp_path / "found.xlsx").worksheets[0].values)
    assert rows[0][:3] == ("codes", "source", "folder")
    assert len(rows) == 4
    assert [row["text"] for row in json.loads((tmp_path / "found.json").read_text())["rows"]][1] == "Nobody was afraid."
    page = (tmp_path / "found.html").read_text()
    assert "<h2>Feeling &gt; Fear <small>2 passages</small></h2>" in page
    assert "<blockquote>Nobody was afraid.<span> 😀 Prices rose" in page
    with zipfile.ZipFile(tmp_path / "found.docx") as parts:
        assert "Nobody was afraid." in parts.read("word/document.xml").decode()


def test_a_file_of_another_kind_is_refused(coded, tmp_path, run):
    assert run("query", coded, "*", "-o", tmp_path / "found.odt").is_bad_input_about("found.odt")
    assert run("query", coded, "*", "--columns", "colour", "-o", tmp_path / "found.csv").code == 2
    assert list(tmp_path.glob("found*")) == []


def test_queries_are_saved_and_stay_live(coded, done, run):
    done("queries", "save", coded, "Doubt", "Trust OR Fear", "--description", "Where we hesitated")
    done("queries", "save", coded, "Others’ doubt", "query:Doubt AND NOT coder:Ann")
    listed = done("queries", "list", coded, "--json").json
    assert [(one["name"], one["query"], one["passages"]) for one in listed] == [
        ("Doubt", "Trust OR Fear", 3),
        ("Others’ doubt", "query:Doubt AND NOT coder:Ann", 1),
    ]

    with Project.open(coded) as project:
        rename_code(project, code_tree(project).find("Trust").id, "Confidence")
    done("queries", "rename", coded, "Doubt", "Unsure")
    done("code", coded, "fear.txt", 20, 26, "Confidence", "--coder", "Bo")

    listed = done("queries", "list", coded, "--json").json
    assert [(one["query"], one["passages"]) for one in listed] == [
        ("Confidence OR Fear", 4),
        ("query:Unsure AND NOT coder:Ann", 2),
    ]
    assert found(done, coded, "query:Unsure AND Place") == []
    assert run("queries", "change", coded, "Unsure", 'query:"Others’ doubt"').code == 2

    done("queries", "delete", coded, "Unsure")
    (left,) = done("queries", "list", coded, "--json").json
    assert left["passages"] is None
    assert "no saved query" in left["problem"]
    done("undo", coded)
    assert [one["passages"] for one in done("queries", "list", coded, "--json").json] == [4, 2]


def test_a_query_needs_a_free_name(coded, run, done):
    done("queries", "save", coded, "Doubt", "Trust")
    for name in ("doubt", " ", "Doubt "):
        assert run("queries", "save", coded, name, "Fear").code == 2
    assert run("queries", "save", coded, "New", "Trsut").code == 2
    assert "Doubt" in done("queries", "list", coded).out
