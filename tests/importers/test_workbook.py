"""Codebooks in spreadsheets: numbers read as people see them, hostile files end only their own process."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.importers.codebook import read_codebook
from coder_app.importers.workbook import workbook_rows


def workbook(*rows, hidden_first=False, gap=0):
    book = openpyxl.Workbook()
    sheet = book.active
    if hidden_first:
        sheet.append(["not", "this"])
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet("Codes")
    for number, row in enumerate(rows, start=1 + gap):
        for place, cell in enumerate(row, start=1):
            sheet.cell(number, place, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data, **edits):
    """The workbook with its first sheet's XML rewritten: each value replaces the end of that element."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub("<dimension[^>]*>", "", content)
                for element, added in edits.items():
                    content = content.replace(f"</{element}>", f"{added}</{element}>")
            new.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def read(tmp_path):
    def reader(data):
        (tmp_path / "codes.xlsx").write_bytes(data)
        return read_codebook(tmp_path / "codes.xlsx")

    return reader


def test_a_code_called_by_a_number_has_the_name_that_people_see(read):
    codebook = read(workbook(["name", "level"], [23, 0], [2024.5, 1], ["007", 1], [True, 0]))
    assert [root.name for root in codebook.roots] == ["23", "1"]
    assert [child.name for child in codebook.roots[0].children] == ["2024.5", "007"]


def test_every_kind_of_cell_becomes_text():
    row = ["", "a\nb", 0, -3, 1e300, 0.1, True, datetime.date(2024, 5, 1), "'=1+1"]
    (_, cells), *_ = workbook_rows("x.xlsx", workbook(row))
    assert cells == ["", "a\nb", "0", "-3", "1e+300", "0.1", "1", "2024-05-01", "'=1+1"]


def test_rows_keep_the_numbers_that_people_see_and_blank_ones_are_skipped():
    data = workbook(["name"], ["A"], [" "], [], ["B"], gap=2)
    assert list(workbook_rows("x.xlsx", data)) == [(3, ["name"]), (4, ["A"]), (7, ["B"])]


def test_the_first_sheet_that_can_be_seen_is_read(read):
    assert [root.name for root in read(workbook(["code"], ["Trust"], hidden_first=True)).roots] == ["Trust"]


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([], 1, "name"),
        ([["colour"], ["#fff"]], 1, "name"),
        ([["name", "colour"], ["Trust", "#fff"], [], ["Hope", "reddish"]], 4, "reddish"),
        ([["name", "level"], ["A", 0.5]], 2, "whole number"),
        ([["name", "parent"], ["A", "B"], ["B", "A"]], 2, "ancestor"),
    ],
)
def test_a_bad_row_is_refused_by_its_number(read, rows, row, words):
    with pytest.raises(ImportProblem, match=f"codes.xlsx, line {row}: .*{words}"):
        read(workbook(*rows))


@pytest.mark.parametrize("data", [b"", b"name\nTrust\n", b"PK\x03\x04" + bytes(200), workbook(["name"])[:700]])
def test_what_is_no_workbook_is_refused(read, data):
    with pytest.raises(ImportProblem, match=r"codes\.xlsx"):
        read(data)


def test_a_zip_that_is_no_workbook_is_refused(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(ImportProblem, match=r"codes\.xlsx"):
        read(stream.getvalue())


def test_a_sheet_that_claims_to_be_endless_ends_only_its_own_process(read):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(ImportProblem, match=r"codes\.xlsx"):
        read(changed(workbook(["name"], ["Trust"]), sheetData=far))


def test_a_sheet_that_unpacks_without_end_is_refused(read):
    with pytest.raises(ImportProblem, match=r"codes\.xlsx.*unpacks"):
        read(changed(workbook(["name"], ["Trust"]), worksheet=" " * 160_000_000))
