"""Large counts are made by a worker, that can be stopped, while the window goes on."""

import csv

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.sources import import_sources
from coder_app.gui.files import choose as dialogs
from coder_app.gui.words import counter, finder


@pytest.fixture
def many(empty, text, monkeypatch):
    """Enough words for a worker, by a lower border for what is large."""
    monkeypatch.setattr(counter, "_MOST_NEW", 1_000)
    monkeypatch.setattr(finder, "_MOST_CHARACTERS", 1_000)
    import_sources(empty, [text(f"Text {n}", f"word{n} trust and the rest. " * 400) for n in range(20)])
    return empty


def test_a_worker_counts_and_looks_for_lines(shown, many, choose, context, qtbot):
    panel = shown(many)
    assert panel.counter.running
    assert panel.words.empty.text() == "Counting…"
    qtbot.waitUntil(lambda: panel.words.model.rowCount() == 24)
    choose(panel, "trust")
    assert panel.lines.model.rowCount() == 0
    qtbot.waitUntil(lambda: panel.lines.model.rowCount() == 8_000)
    assert not context.jobs.running


def test_only_new_texts_are_counted_again(shown, many, text, qtbot):
    panel = shown(many)
    qtbot.waitUntil(lambda: panel.words.model.rowCount() == 24)
    import_sources(many, [text("New", "mountains")])
    qtbot.waitUntil(lambda: panel.words.model.rowCount() == 25)
    assert panel.counter._tally.running(panel._counted.parts[0].key for _ in (1,)) == 2_000


def test_a_count_can_be_stopped_and_asked_for_again(shown, many, context, qtbot):
    panel = shown(many)
    qtbot.waitUntil(lambda: context.jobs.current is not None)
    context.jobs.current.progress.cancel()
    qtbot.waitUntil(lambda: panel.words.empty.text() == "Counting was stopped.")
    QTest.mouseClick(panel.words.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.words.model.rowCount() == 24)


def test_an_option_changed_meanwhile_is_counted_last(shown, many, qtbot):
    panel = shown(many)
    panel.options.choose(match_case=True)
    panel.options.choose(match_case=False, min_length=5)
    qtbot.waitUntil(lambda: panel.words.model.rowCount() == 21)


def test_closing_the_project_drops_a_count(shown, many, context, qtbot):
    panel = shown(many)
    context.close()
    qtbot.wait(50)
    assert panel.words.model.rowCount() == 0
    assert not panel.counter.running


def written(panel, name, path, monkeypatch, qtbot, context):
    monkeypatch.setattr(dialogs, "target", lambda *_: path)
    panel.words.export.ask(name)
    qtbot.waitUntil(lambda: path.exists() and not context.jobs.running)
    return path


def test_words_are_written_as_they_are_shown(shown, small, tmp_path, monkeypatch, qtbot, context):
    panel = shown(small.project)
    panel.options.choose(min_count=2)
    QTest.keyClicks(panel.words.field, "t")
    path = written(panel, "Words", tmp_path / "w.csv", monkeypatch, qtbot, context)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["word"] for row in found] == ["trust", "the", "state's"]
    assert found[0]["sources"] == "2"
    path = written(panel, "Words", tmp_path / "w.xlsx", monkeypatch, qtbot, context)
    settings = {row[0]: row[1] for row in load_workbook(path)["Settings"].iter_rows(values_only=True)}
    assert settings["Counted in"] == "all sources"
    assert settings["Rarest word"] == "2 times"


def test_words_by_source_and_lines_are_written(shown, small, choose, tmp_path, monkeypatch, qtbot, context):
    panel = shown(small.project)
    choose(panel, "trust")
    path = written(panel, "Words by source", tmp_path / "s.csv", monkeypatch, qtbot, context)
    assert "trust,Interview,3," in path.read_text("utf-8-sig")
    path = written(panel, "Lines", tmp_path / "l.csv", monkeypatch, qtbot, context)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["word"], row["start"]) for row in found] == [
        ("Trust", "6"), ("trust", "24"), ("trust", "50"), ("Trust", "23"),
    ]  # fmt: skip
    assert [row["source"] for row in found] == ["Interview", "Interview", "Interview", "Diary"]


def test_lines_without_a_chosen_word_are_an_empty_table(shown, small, tmp_path, monkeypatch, qtbot, context):
    panel = shown(small.project)
    path = written(panel, "Lines", tmp_path / "l.csv", monkeypatch, qtbot, context)
    assert path.read_text("utf-8-sig").count("\n") == 1
