"""The measurements themselves are for quiet machines; here only that they run, and write where they should."""

import csv
import importlib
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
MODULES = ("chart", "corpus", "measurements", "report")


@pytest.fixture
def benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    yield importlib.import_module
    for name in MODULES:
        sys.modules.pop(name, None)


@pytest.fixture
def report(benchmarks):
    return benchmarks("report")


def run(*parameters: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), *map(str, parameters)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_one_command_makes_the_material_measures_prints_and_keeps_what_it_found(tmp_path, report) -> None:
    done = run("--sizes", "XS", "--only", "open,index", "--runs", 2, "--patience", 0, "--folder", tmp_path)
    assert done.stderr == ""
    assert done.returncode == 0
    assert "XS open " in done.stdout
    found = report.loaded((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert set(found) == {("open", "XS"), ("index", "XS")}
    assert len(found["open", "XS"].taken) == 2
    assert found["open", "XS"].peak > 5


def test_what_is_unknown_is_refused_in_a_sentence() -> None:
    done = run("--only", "everything")
    assert done.returncode == 2
    assert "everything: known are start, " in done.stderr


def test_the_corpus_is_the_same_each_time_and_its_codings_stand_on_words(benchmarks, tmp_path) -> None:
    corpus = benchmarks("corpus")
    for name in ("one", "two"):
        corpus.write(tmp_path / name, corpus.SIZES["XS"])
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in files)
    with (tmp_path / "one" / corpus.CODINGS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == corpus.SIZES["XS"].codings
    assert len({(row["source"], row["start"], row["stop"], row["code"], row["coder"]) for row in rows}) == len(rows)
    for row in rows:
        text = (tmp_path / "one" / corpus.TEXTS / row["source"]).read_text(encoding="utf-8")
        words = text[int(row["start"]) : int(row["stop"])]
        assert words.strip() == words
        assert words


def test_each_measurement_is_a_function_of_its_module_and_each_line_has_a_name_of_its_own(benchmarks) -> None:
    measurements = benchmarks("measurements")
    for one in measurements.MEASUREMENTS:
        written = (ROOT / "benchmarks" / f"{one.module}.py").read_text(encoding="utf-8")
        assert f"\ndef {one.name}(" in written
    names = [line.name for lines in measurements.GROUPS.values() for line in lines]
    assert len(set(names)) == len(names)


def figures(report, *sizes: str):
    return {("search_first_common", size): report.Figure([0.02, 0.025, 0.04], 113.4) for size in sizes}


def test_each_goal_has_a_row_that_says_whether_it_is_met(report) -> None:
    found = figures(report, "S", "M", "L") | {("export_xlsx", "L"): report.Figure([70], 612.0)}
    assert report.goals_table(found).splitlines()[2:] == [
        "| First 50 hits, of a common word | L | 30 ms | 25 ms | 20 ms | 40 ms | 3 | 113 MiB | yes |",
        "| Export the annotation set: as .xlsx | L | 80 s, 400 MiB | 70.0 s |  |  | 1 | 612 MiB | **no** (memory) |",
    ]


def test_all_figures_stand_in_a_table_with_a_column_for_each_size(report) -> None:
    lines = report.sizes_table(figures(report, "S", "L")).splitlines()
    assert lines[0] == "|  | S | L | Peak memory | QualCoder 4.0 beta, M | Taguette 1.5.2, M |"
    assert lines[2] == "| **Search** |  |  |  |  |  |"
    assert lines[3] == (
        "| First 50 hits, of a common word | 25 ms [20 ms–40 ms] | 25 ms [20 ms–40 ms] | 113 / 113 MiB |  |  |"
    )


def test_what_the_machine_allows_stands_beside_it(report) -> None:
    assert report.limits_table(figures(report, "L")).splitlines()[2] == (
        "| First 50 hits, of a common word | L | 25 ms | 0.8 ms | 31 × | SQLite's FTS5 by paragraph, with snippets |"
    )


def test_a_row_that_stands_alone_says_what_it_goes_on_from(report) -> None:
    assert "| Export the annotation set: as .xlsx | M |" in report.short_table(
        {("export_xlsx", "M"): report.Figure([4.0], 70.0)}
    )


def test_what_was_measured_can_be_kept_and_added_to(report) -> None:
    found = figures(report, "S")
    assert report.loaded(report.saved(found)) == found
    assert json.loads(report.saved(found))


def test_only_what_stands_between_the_marks_is_replaced(report, tmp_path) -> None:
    page = tmp_path / "README.md"
    page.write_text("# Title\n\n<!-- speed -->\nold\n<!-- /speed -->\n\nEnd\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "performance.md").write_text("no marks\n", encoding="utf-8")
    assert report.write(figures(report, "L"), "A machine.", tmp_path) == [page]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Title\n\n<!-- speed -->\n| ")
    assert text.endswith("<!-- /speed -->\n\nEnd\n")
    assert "old" not in text
    assert (tmp_path / "docs" / "performance.md").read_text(encoding="utf-8") == "no marks\n"


def test_both_pages_have_a_place_for_the_table(report) -> None:
    pages = [ROOT / "README.md", ROOT / "docs" / "performance.md"]
    assert [page.name for page in pages if report.BEGIN not in page.read_text(encoding="utf-8")] == []


def test_the_chart_says_in_words_what_it_shows(benchmarks, report) -> None:
    chart = benchmarks("chart").chart
    assert chart(figures(report, "S", "M")) == ""
    drawn = ElementTree.fromstring(chart(figures(report, "S", "M", "L")))  # noqa: S314 - our own picture
    space = "{http://www.w3.org/2000/svg}"
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == "title what"
    assert "First 50 hits of a word 25 ms, 25 ms, 25 ms" in drawn.findtext(f"{space}desc")
    assert "goal" in "".join(drawn.itertext())
