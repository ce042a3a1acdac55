"""An annotation set is read whole or refused with the line that cannot be meant."""

import json

import pytest

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.errors import ImportProblem
from coder_app.importers.codings import read_codings

HEADER = "source,start,stop,code,coder,memo\n"


@pytest.fixture
def read(tmp_path):
    def reader(content, name="annotations.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_codings(path)

    return reader


def lines(*objects):
    return "".join(json.dumps(item) + "\n" for item in objects)


def test_columns_may_come_in_any_order_and_others_are_ignored(read):
    found = read("coder,mood,code,stop,start,source\nAnn,good,State > Law,12,3,one.txt\n")
    assert found == [ImportedCoding(2, "one.txt", 3, 12, "State > Law", "Ann")]


def test_a_memo_is_read_with_its_newlines_and_lines_are_counted_past_them(read):
    found = read(HEADER + 'one.txt,0,1,A,Ann,"first\r\nsecond"\none.txt,1,2,A,Ann,\n')
    assert [(item.line, item.memo) for item in found] == [(2, "first\nsecond"), (4, "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_semicolons_tabs_and_encodings_of_spreadsheets_are_read(read, encoding):
    for mark in (";", "\t"):
        content = HEADER.replace(",", mark) + mark.join(["größe.txt", "0", "1", "A", "Ann", "a, b"]) + "\r\n"
        assert read(content.encode(encoding))[0] == ImportedCoding(2, "größe.txt", 0, 1, "A", "Ann", "a, b")


def test_the_apostrophe_against_formulas_is_taken_away(read):
    found = read(HEADER + "'=one.txt,0,1,'-A,'@Ann,'+1\n")
    assert found == [ImportedCoding(2, "=one.txt", 0, 1, "-A", "@Ann", "+1")]


def test_a_row_may_leave_out_a_memo_at_its_end(read):
    assert read(HEADER + "one.txt,0,1,A,Ann\n")[0].memo == ""


def test_jsonl_is_read_as_it_is(read):
    row = {"source": "=one.txt", "start": 0, "stop": 5, "code": "'-A", "coder": "Ann", "memo": "a\u2028b", "x": [1]}
    found = read("\n" + lines(row, row | {"memo": None, "start": "1"}), "annotations.jsonl")
    assert found == [
        ImportedCoding(2, "=one.txt", 0, 5, "'-A", "Ann", "a\nb"),
        ImportedCoding(3, "=one.txt", 1, 5, "'-A", "Ann"),
    ]


def test_a_file_with_a_header_only_has_no_codings(read):
    assert read(HEADER) == []
    assert read("", "annotations.jsonl") == []


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("", 1, "source"),
        ("source,start,stop,code\n", 1, "“coder”"),
        (HEADER + "one.txt,0,1,A,Ann,\none.txt,x,1,A,Ann,\n", 3, "start is “x”"),
        (HEADER + "one.txt,1.0,2,A,Ann,\n", 2, "whole number"),
        (HEADER + "one.txt,1,,A,Ann,\n", 2, "stop is “”"),
        (HEADER + "one.txt,①,2,A,Ann,\n", 2, "whole number"),
        (HEADER + "one.txt,--1,2,A,Ann,\n", 2, "whole number"),
        (HEADER + f"one.txt,1,{'9' * 5000},A,Ann,\n", 2, "whole number"),
        (HEADER + "one.txt,-1,2,A,Ann,\n", 2, "start is -1"),
        (HEADER + "one.txt,5,5,A,Ann,\n", 2, r"stop \(5\)"),
        (HEADER + "one.txt,5,2,A,Ann,\n", 2, r"stop \(2\)"),
        (HEADER + " ,0,1,A,Ann,\n", 2, "“source” is empty"),
        (HEADER + "one.txt,0,1,,Ann,\n", 2, "“code” is empty"),
        (HEADER + "one.txt,0,1,A,,\n", 2, "“coder” is empty"),
        (HEADER + "one.txt,0,1\n", 2, "too few"),
        (HEADER + 'one.txt,0,1,A,Ann,"open\none.txt,0,1,A,Ann,\n', 2, "quotation mark"),
    ],
)
def test_a_bad_row_is_refused_by_its_line(read, content, line, words):
    with pytest.raises(ImportProblem, match=f"annotations.csv, line {line}: .*{words}"):
        read(content)


GOOD = {"source": "one.txt", "start": 0, "stop": 5, "code": "A", "coder": "Ann"}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{oops", "no JSON object"),
        ("[1]", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        (json.dumps({key: value for key, value in GOOD.items() if key != "code"}), "“code”"),
        (json.dumps(GOOD | {"start": True}), "start is “True”"),
        (json.dumps(GOOD | {"stop": 5.0}), "stop is “5.0”"),
        (json.dumps(GOOD | {"coder": 5}), "“coder” is no text"),
        (json.dumps(GOOD | {"coder": None}), "“coder” is empty"),
        (json.dumps(GOOD | {"stop": 0}), "must come after"),
    ],
)
def test_a_bad_line_of_jsonl_is_refused_by_its_number(read, bad, words):
    with pytest.raises(ImportProblem, match=f"annotations.jsonl, line 2: .*{words}"):
        read(json.dumps(GOOD) + "\n" + bad + "\n", "annotations.jsonl")


def test_an_unknown_suffix_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(ImportProblem, match=r"codings\.xlsx.*\.csv, \.tsv, \.jsonl"):
        read_codings(tmp_path / "codings.xlsx")
    with pytest.raises(ImportProblem, match=r"none\.csv.*no such file"):
        read_codings(tmp_path / "none.csv")


def test_what_is_no_text_is_refused(read):
    with pytest.raises(ImportProblem, match=r"annotations\.csv"):
        read(b"PK\x03\x04" + bytes(range(32)) * 50)
