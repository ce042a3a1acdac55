"""The annotation set goes out as a stream, the same each time, and runs nothing in a spreadsheet."""

import csv
import json
from dataclasses import astuple, fields, replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.annotation import AnnotationRow, ImportedCoding
from coder_app.domain.errors import BadInput
from coder_app.domain.text import canonical
from coder_app.exporters import codings as codings_exporter
from coder_app.exporters.codings import write_codings
from coder_app.importers.codings import read_codings

ROW = AnnotationRow("c1", "s1", "one.txt", 3, 9, "passage", "k1", "State > Law", "Ann", "", "2024-05-01T10:00:00Z")
COLUMNS = "coding_id,source_id,source,start,stop,text,code_id,code,coder,memo,created_at"
FORMATS = [".csv", ".xlsx", ".jsonl"]

texts = st.text(max_size=12).map(canonical) | st.sampled_from(
    ["=1+1", "'=x", "@a", "-1", '"', "a\nb", "🙂", "שלום", "\t"]
)
names = texts.map(str.strip).filter(bool)
rows = st.builds(
    lambda start, length, **more: replace(ROW, start=start, stop=start + length, **more),
    start=st.integers(0, 10**9),
    length=st.integers(1, 10**6),
    source=names,
    code=names,
    coder=names,
    memo=texts,
    text=texts,
)


def as_imported(row, line):
    return ImportedCoding(line, row.source, row.start, row.stop, row.code, row.coder, row.memo)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("codings")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
@settings(max_examples=60, deadline=None)
@given(written=st.lists(rows, max_size=4))
def test_what_goes_out_comes_back(folder, suffix, written):
    path = folder / f"codings{suffix}"
    write_codings(written, path)
    found = read_codings(path)
    assert [replace(item, line=0) for item in found] == [as_imported(row, 0) for row in written]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_rows_give_the_same_bytes(tmp_path, suffix):
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix.upper()}"
    for path in (one, other):
        write_codings(iter([ROW, replace(ROW, memo="=1")]), path)
    assert one.read_bytes() == other.read_bytes()


def test_the_table_has_exactly_the_agreed_columns(tmp_path):
    path = tmp_path / "codings.csv"
    write_codings([ROW], path)
    header, line = path.read_text(encoding="utf-8-sig").splitlines()
    assert header == COLUMNS
    assert line == "c1,s1,one.txt,3,9,passage,k1,State > Law,Ann,,2024-05-01T10:00:00Z"
    assert [field.name for field in fields(AnnotationRow)] == COLUMNS.split(",")


def test_no_cell_of_the_table_runs_as_a_formula(tmp_path):
    path = tmp_path / "codings.csv"
    write_codings([replace(ROW, text="=cmd()", memo="+1", code="-x", coder="@y", source="\tz")], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert [row[name] for name in ("text", "memo", "code", "coder", "source")] == [
        "'=cmd()",
        "'+1",
        "'-x",
        "'@y",
        "'\tz",
    ]


def test_jsonl_keeps_every_text_as_it_is_and_numbers_as_numbers(tmp_path):
    path = tmp_path / "codings.jsonl"
    row = replace(ROW, text="=cmd()\n“ä”")
    write_codings([row], path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert tuple(content.values()) == astuple(row)
    assert ",".join(content) == COLUMNS


def test_a_spreadsheet_holds_text_as_text_and_numbers_as_numbers(tmp_path):
    path = tmp_path / "codings.xlsx"
    row = replace(ROW, text="=1+1", memo="12", code="http://example.org")
    write_codings([row], path)
    book = openpyxl.load_workbook(path)
    header, cells = book.active.iter_rows()
    assert ",".join(cell.value for cell in header) == COLUMNS
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n", "n", "s", "s", "s", "s", "s", "s"]
    assert [cell.value or "" for cell in cells] == list(astuple(row))
    assert cells[7].hyperlink is None


def test_a_passage_that_no_cell_can_hold_is_cut_in_a_spreadsheet_only(tmp_path):
    row = replace(ROW, text="x" * 40_000)
    write_codings([row], tmp_path / "codings.xlsx")
    text = openpyxl.load_workbook(tmp_path / "codings.xlsx").active["F2"].value
    assert (len(text), text[-1]) == (32_767, "…")
    write_codings([row], tmp_path / "codings.csv")
    assert "x" * 40_000 in (tmp_path / "codings.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("count", "sheets"), [(0, [0]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path, monkeypatch, count, sheets):
    monkeypatch.setattr(codings_exporter, "ROWS_PER_SHEET", 2)
    path = tmp_path / "codings.xlsx"
    write_codings((replace(ROW, coding_id=str(number)) for number in range(count)), path)
    book = openpyxl.load_workbook(path)
    assert [sheet.max_row - 1 for sheet in book] == sheets
    assert all(sheet["A1"].value == "coding_id" for sheet in book)
    found = [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert found == [str(number) for number in range(count)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_error_in_the_midst_of_the_rows_leaves_the_old_file(tmp_path, suffix):
    path = tmp_path / f"codings{suffix}"
    path.write_bytes(b"old")

    def failing():
        yield ROW
        raise BadInput("no more")

    with pytest.raises(BadInput, match="no more"):
        write_codings(failing(), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_suffix_names_those_that_work(tmp_path):
    with pytest.raises(BadInput, match=r"codings\.docx.*\.csv, \.xlsx, \.jsonl"):
        write_codings([ROW], tmp_path / "codings.docx")
