"""Tables as files: what scripts and spreadsheets read back is what was counted."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.domain.spreadsheet import plain_text, safe_text
from coder_app.domain.table import Column, Kind, Table
from coder_app.exporters.tables import spreadsheet_text, write_table

ENVIRONMENT = dict(os.environ) | {"PYTHONPATH": os.pathsep.join(sys.path)}
TABLE = Table(
    "Code co-occurrence",
    (
        Column("coders", "Coders"),
        Column("code_a", "Code A"),
        Column("n_ab", "Together", Kind.COUNT),
        Column("jaccard", "Jaccard", Kind.NUMBER),
    ),
    (
        ("Ånn", "=HYPERLINK(1)", 3, 0.1651376146788991),
        ("Ånn", "Trust, “deep”\nand wide", 0, None),
        ("Ånn", "007", None, 1.0),
    ),
    {"mode": "segments", "coders": "each"},
)
FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1", "'=1", "\u00a0=1"]


def written(folder: Path, suffix: str, table: Table = TABLE) -> Path:
    path = folder / f"table{suffix}"
    write_table(table, path)
    return path


def test_a_csv_file_opens_in_a_spreadsheet_and_in_a_script(tmp_path: Path):
    content = written(tmp_path, ".csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcoders,code_a,n_ab,jaccard\n")
    assert b"\r" not in content
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [
        ["Ånn", "'=HYPERLINK(1)", "3", "0.1651376146788991"],
        ["Ånn", "Trust, “deep”\nand wide", "0", ""],
        ["Ånn", "007", "", "1.0"],
    ]


def test_a_json_file_keeps_whole_numbers_whole_and_empty_cells_empty(tmp_path: Path):
    content = json.loads(written(tmp_path, ".json").read_text(encoding="utf-8"))
    assert list(content) == ["title", "settings", "columns", "rows"]
    assert content["settings"] == {"mode": "segments", "coders": "each"}
    assert content["columns"][2] == {"id": "n_ab", "title": "Together", "kind": "count"}
    assert content["rows"][0] == {
        "coders": "Ånn",
        "code_a": "=HYPERLINK(1)",
        "n_ab": 3,
        "jaccard": 0.1651376146788991,
    }
    assert content["rows"][1]["jaccard"] is None
    assert isinstance(content["rows"][0]["n_ab"], int)


def test_a_spreadsheet_holds_text_as_text_numbers_as_numbers_and_its_settings(tmp_path: Path):
    book = openpyxl.load_workbook(written(tmp_path, ".xlsx"))
    sheet = book["Table"]
    assert [cell.value for cell in sheet[1]] == ["coders", "code_a", "n_ab", "jaccard"]
    assert [cell.value for cell in sheet[2]] == ["Ånn", "=HYPERLINK(1)", 3, 0.1651376146788991]
    assert [cell.value for cell in sheet[4]] == ["Ånn", "007", None, 1]
    assert (sheet["B2"].data_type, sheet["B2"].quotePrefix) == ("s", True)
    assert sheet.freeze_panes == "A2"
    settings = {row[0].value: row[1].value for row in book["Settings"].iter_rows(min_row=2)}
    assert settings["Title"] == "Code co-occurrence"
    assert settings["mode"] == "segments"
    assert settings["n_ab"] == "Together"


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_the_same_table_gives_the_same_bytes_in_another_process_and_time_zone(tmp_path: Path, suffix: str):
    here = written(tmp_path, suffix).read_bytes()
    program = (
        "import sys; from pathlib import Path; from coder_app.domain.table import *\n"
        "from coder_app.exporters.tables import write_table\n"
        f"write_table({TABLE!r}, Path(sys.argv[1]))\n"
    ).replace("<Kind.TEXT: 'text'>", "Kind.TEXT")
    program = program.replace("<Kind.COUNT: 'count'>", "Kind.COUNT").replace("<Kind.NUMBER: 'number'>", "Kind.NUMBER")
    there = tmp_path / f"there{suffix}"
    environment = ENVIRONMENT | {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", program, str(there)], check=True, env=environment)
    assert there.read_bytes() == here


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_run_as_a_formula_starts_with_an_apostrophe(text: str):
    assert safe_text(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Trust", "'quoted'", "a=b", "3-4", "“=”"])
def test_harmless_text_stays_as_it_is(text: str):
    assert safe_text(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n＝' \u00a0ab"), max_size=6))
def test_text_made_safe_comes_back_exactly(text: str):
    assert plain_text(safe_text(text)) == text


@pytest.mark.parametrize("name", ["table.pdf", "table", "table.xls"])
def test_another_suffix_is_refused_with_those_that_work(tmp_path: Path, name: str):
    with pytest.raises(BadInput, match=r"\.csv, \.html, \.json, \.xlsx"):
        write_table(TABLE, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_a_missing_folder_is_refused_in_every_format(tmp_path: Path, suffix: str):
    with pytest.raises(BadInput, match="folder does not exist"):
        write_table(TABLE, tmp_path / "gone" / f"table{suffix}")


def test_a_suffix_in_capitals_works(tmp_path: Path):
    write_table(TABLE, tmp_path / "TABLE.CSV")
    assert (tmp_path / "TABLE.CSV").stat().st_size > 50


def test_a_table_too_long_for_a_spreadsheet_is_refused_and_leaves_nothing(tmp_path: Path):
    table = Table("Long", (Column("a", "A"),), ((1,),) * 1_048_576)
    with pytest.raises(BadInput, match="too big"):
        write_table(table, tmp_path / "long.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_passage_too_long_for_a_cell_is_cut_and_the_settings_say_so(tmp_path: Path):
    table = Table("Long", (Column("text", "Text"),), (("😀" * 20_000,), ("short",)))
    book = openpyxl.load_workbook(written(tmp_path, ".xlsx", table))
    value = book["Table"]["A2"].value
    assert value.endswith("😀…")
    assert len(value.encode("utf-16-le")) <= 2 * 32_767
    settings = {row[0].value: row[1].value for row in book["Settings"].iter_rows(min_row=2)}
    assert settings["Cells cut to what a spreadsheet can hold"] == "1"
    assert spreadsheet_text("x" * 32_767) == "x" * 32_767


def test_two_columns_of_one_name_are_refused_rather_than_lost(tmp_path: Path):
    table = Table("Twice", (Column("a", "A"), Column("a", "A")), ((1, 2),))
    with pytest.raises(ValueError, match="a"):
        write_table(table, tmp_path / "twice.json")


def test_an_empty_table_has_its_header_in_every_format(tmp_path: Path):
    table = Table("Empty", TABLE.columns, ())
    assert written(tmp_path, ".csv", table).read_text("utf-8-sig") == "coders,code_a,n_ab,jaccard\n"
    assert json.loads(written(tmp_path, ".json", table).read_text("utf-8"))["rows"] == []
    assert openpyxl.load_workbook(written(tmp_path, ".xlsx", table))["Table"].max_row == 1


def test_nothing_heavy_is_loaded_before_a_spreadsheet_is_written():
    program = (
        "import sys, coder_app.exporters.tables, coder_app.exporters.figures\n"
        "sys.exit(any(name in sys.modules for name in ('xlsxwriter', 'matplotlib', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, env=ENVIRONMENT).returncode == 0
