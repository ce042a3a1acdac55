import openpyxl
import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.importers.attributes import read_attributes


def test_a_table_is_read_whatever_separates_its_cells(tmp_path):
    for text in (
        "case,Age\nAnna,31\n\nBakyt\n",
        "case;Age\nAnna;31\n\nBakyt\n",
        "\ufeffcase\tAge\t\nAnna\t31\t\n\nBakyt\n",
    ):
        (tmp_path / "people.csv").write_text(text, encoding="utf-8")
        found = read_attributes(tmp_path / "people.csv")
        assert found.columns == ("case", "Age")
        assert [(row.line, row.cells) for row in found.rows] == [(2, ("Anna", "31")), (4, ("Bakyt", ""))]


def test_a_sheet_is_read_with_whole_numbers_and_dates(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["case", "Age", "Met"])
    book.active.append(["Anna", 31, __import__("datetime").date(2026, 3, 1)])
    book.save(tmp_path / "people.xlsx")
    (row,) = read_attributes(tmp_path / "people.xlsx").rows
    assert row.cells[:2] == ("Anna", "31")
    assert row.cells[2].startswith("2026-03-01")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.csv", "", "a.csv: The table is empty"),
        ("a.csv", "case,,Age\nx,,1\n", "a.csv, line 1: Column 2 has no title"),
        ("a.csv", "case,Age,age\n", "a.csv, line 1: Two columns are called “age”"),
        ("a.csv", "case,Age\nAnna,1,2\n", "a.csv, line 2: The row has more cells"),
        ("a.txt", "x", "Attributes can be read from .csv, .tsv, .xlsx"),
        ("a.xlsx", "no workbook", "a.xlsx"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(tmp_path, name, text, problem):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ImportProblem, match=problem):
        read_attributes(tmp_path / name)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ImportProblem, match="There is no such file"):
        read_attributes(tmp_path / "none.csv")
