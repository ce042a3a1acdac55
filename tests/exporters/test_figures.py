"""The heat table as a picture: every number is in it, on any machine, for any names."""

import re
import sys
from pathlib import Path

import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.exporters.figures import write_heatmap

SVG_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def matrix(codes: list[str], blocks: dict[str, list[list[Cell]]], **settings: str) -> Table:
    columns = (Column("coders", "Coders"), Column("code", "Code"), *(Column(code, code, Kind.COUNT) for code in codes))
    rows = [
        (coders, code, *cells) for coders, lines in blocks.items() for code, cells in zip(codes, lines, strict=True)
    ]
    return Table("Code co-occurrence", columns, tuple(rows), {"mode": "segments", "coders": "each"} | settings)


TWO = matrix(["Fear", "Work > Joy"], {"Coder A": [[41, 7], [7, 12]], "Coder B": [[3, 0], [0, 5]]})


def texts(path: Path) -> list[str]:
    return SVG_TEXT.findall(path.read_text(encoding="utf-8"))


def test_a_vector_picture_holds_title_coders_names_and_numbers_as_text(tmp_path: Path):
    write_heatmap(TWO, tmp_path / "heat.svg")
    found = texts(tmp_path / "heat.svg")
    assert found.count("Fear") == found.count("Joy") == 4
    assert {"Code co-occurrence", "Coder A", "Coder B", "41", "12", "3", "5"} <= set(found)
    assert found.count("7") == found.count("·") == 2
    caption = " ".join(found)
    assert "co-coded stretches" in caption
    assert "each coder separately" in caption


def test_the_darker_cell_is_the_higher_count_and_the_diagonal_has_no_colour(tmp_path: Path):
    table = matrix(["a", "b", "c"], {"X": [[99, 1, 5], [1, 99, 10], [5, 10, 99]]})
    write_heatmap(table, tmp_path / "heat.svg")
    fills = re.findall(r"fill: (#[0-9a-f]{6}); stroke: #ffffff", (tmp_path / "heat.svg").read_text())
    greys = [sum(int(fill[n : n + 2], 16) for n in (1, 3, 5)) for fill in fills]
    assert len(greys) == 6
    one, five, ten = greys[0], greys[1], greys[3]
    assert one > five > ten


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_table_gives_the_same_bytes(tmp_path: Path, suffix: str):
    write_heatmap(TWO, tmp_path / f"one{suffix}")
    write_heatmap(TWO, tmp_path / f"two{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_png_is_a_png(tmp_path: Path):
    write_heatmap(TWO, tmp_path / "heat.png")
    content = (tmp_path / "heat.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) > 900
    assert b"matplotlib" not in content.lower()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_names_of_any_script_length_and_kind_can_be_drawn(tmp_path: Path, suffix: str):
    names = ["安全 > 難民", "المخاوف", "$5 or $6", "<b>&amp;", "bell\x07 and\nline", "x" * 200, "😀"]
    count = len(names)
    table = matrix(names, {"コーダー": [[1_234_567] * count for _ in range(count)]}, mode="characters")
    write_heatmap(table, tmp_path / f"heat{suffix}")
    assert (tmp_path / f"heat{suffix}").stat().st_size > 5_000


def test_long_names_keep_both_ends(tmp_path: Path):
    names = [f"Some rather long name of a code that goes on and on {number}" for number in range(2)]
    write_heatmap(matrix(names, {"A": [[1, 2], [2, 1]]}), tmp_path / "heat.svg")
    shown = [text for text in texts(tmp_path / "heat.svg") if text.startswith("Some rather")]
    assert len(shown) == 4
    assert len(set(shown)) == 2
    assert all("…" in text and len(text) <= 34 for text in shown)


def test_sub_codes_of_one_name_are_told_apart_by_their_paths(tmp_path: Path):
    write_heatmap(matrix(["Work > Trust", "Home > Trust"], {"A": [[1, 2], [2, 1]]}), tmp_path / "heat.svg")
    assert texts(tmp_path / "heat.svg").count("Work &gt; Trust") == 2


def test_an_empty_cell_stays_empty_and_a_block_shows_only_the_codes_it_uses(tmp_path: Path):
    columns = (Column("coders", "Coders"), Column("code", "Code"), *(Column(code, code) for code in ("a", "b", "c")))
    rows = (("X", "a", 8, None, None), ("X", "b", None, 9, None), ("Y", "c", None, None, 7))
    write_heatmap(
        Table("T", columns, rows, {"mode": "units", "unit": "sentence", "roll_up": "yes"}), tmp_path / "h.svg"
    )
    found = texts(tmp_path / "h.svg")
    assert found.count("a") == found.count("b") == found.count("c") == 2
    assert not {"None", "·"} & set(found)
    caption = " ".join(found)
    assert "sentence" in caption
    assert "Sub-codes" in caption


@pytest.mark.parametrize("count", [1, 60, 90])
def test_one_code_many_codes_and_too_many_for_numbers_can_all_be_drawn(tmp_path: Path, count: int):
    table = matrix([f"code {n}" for n in range(count)], {"A": [[1] * count for _ in range(count)]})
    write_heatmap(table, tmp_path / "heat.svg")
    assert texts(tmp_path / "heat.svg").count("1") == (count**2 if count <= 80 else 0)


def test_another_suffix_and_an_empty_table_are_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"\.png, \.svg"):
        write_heatmap(TWO, tmp_path / "heat.jpg")
    with pytest.raises(BadInput, match="nothing to draw"):
        write_heatmap(Table("T", TWO.columns, ()), tmp_path / "heat.png")
    assert list(tmp_path.iterdir()) == []


def test_drawing_leaves_no_window_toolkit_behind(tmp_path: Path):
    write_heatmap(TWO, tmp_path / "heat.png")
    assert "matplotlib.pyplot" not in sys.modules
