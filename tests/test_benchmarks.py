"""The measurements themselves are for quiet machines; here only that they start, and write where they should."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def report(monkeypatch):
    import importlib

    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    yield importlib.import_module("report")
    sys.modules.pop("report")


def test_without_the_corpus_one_sentence_says_what_to_do(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--corpus", str(tmp_path / "corpus.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "corpus.py" in done.stdout
    assert "--corpus" in done.stdout
    assert done.stderr == ""


def test_the_table_has_a_line_for_each_thing_measured_and_the_peers_beside_it(report):
    table = report.markdown({("start", "S"): ([0.7, 0.75, 0.9], 113.4), ("start", "M"): ([1.0, 1.25, 2.0], 114.0)})
    *_, line = table.splitlines()
    assert line == (
        "| Start to a usable window, no project | 750 ms [700 ms–900 ms] | 1.25 s [1.00 s–2.00 s] | 114 MiB "
        "| < 1 s, 200 MiB | 10.5 s, 1,166 MiB | 2.2 s |"
    )


def test_only_what_stands_between_the_marks_is_replaced(report, tmp_path):
    page = tmp_path / "README.md"
    page.write_text("# Title\n\n<!-- speed -->\nold\n<!-- /speed -->\n\nEnd\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "performance.md").write_text("no marks\n", encoding="utf-8")
    assert report.write({("start", "M"): ([1.0], 114.0)}, "A machine.", tmp_path) == [page]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Title\n\n<!-- speed -->\n| ")
    assert text.endswith("<!-- /speed -->\n\nEnd\n")
    assert "old" not in text
    assert (tmp_path / "docs" / "performance.md").read_text(encoding="utf-8") == "no marks\n"


def test_both_pages_have_a_place_for_the_table(report):
    pages = [ROOT / "README.md", ROOT / "docs" / "performance.md"]
    assert [page.name for page in pages if report.BEGIN not in page.read_text(encoding="utf-8")] == []
