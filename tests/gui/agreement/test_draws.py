"""Seed, resamples and precision of agreement: typed at the left, computed with, printed with the table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.domain.imported import ImportedText
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources


@pytest.fixture
def several(study):
    """Five sources that both coded, so that intervals can be drawn."""
    texts = [ImportedText(f"S{n}", "text", "Alpha beta.\nGamma.", b"s", "text", "1", "utf-8") for n in range(5)]
    for number, source in enumerate(import_sources(study.project, texts)):
        for coder, code in ((study.Ann, "Fear"), (study.Ben, "Fear" if number % 2 else "Hope")):
            apply_code(study.project, source, 0, 5, study.codes[code], coder)
    return study


def settle(panel, context, qtbot):
    qtbot.waitUntil(lambda: not panel._stale and not context.jobs.running, timeout=20_000)


def type_number(row, number: str) -> None:
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, number)
    QTest.keyClick(row.field, Qt.Key.Key_Return)


def test_seed_and_resamples_are_typed_and_stand_in_the_table(shown, several, context, qtbot):
    panel = shown(several.project)
    QTest.mouseClick(panel.options.draws.button, Qt.MouseButton.LeftButton)
    type_number(panel.options.seed, "42")
    type_number(panel.options.resamples, "50")
    assert (panel.options.options.seed, panel.options.options.resamples) == (42, 50)
    settle(panel, context, qtbot)
    settings = panel._answer.table.settings
    assert settings["seed"] == "42"
    assert "resamples" in settings["interval"]
    assert panel.options.draws.button.accessibleName() == "Random draws: changed"


def test_no_resamples_are_no_intervals(shown, several, context, qtbot):
    panel = shown(several.project)
    QTest.mouseClick(panel.options.draws.button, Qt.MouseButton.LeftButton)
    type_number(panel.options.resamples, "0")
    settle(panel, context, qtbot)
    assert panel._answer.table is not None
    assert "resamples" not in panel._answer.table.settings.get("interval", "")


def test_only_the_numbers_of_the_chosen_table_are_there(shown, study, context, qtbot):
    panel = shown(study.project)
    options = panel.options
    QTest.mouseClick(options.draws.button, Qt.MouseButton.LeftButton)
    assert [row.isVisible() for row in (options.seed, options.resamples, options.precision)] == [True, True, False]
    options._choose(table="gamma")
    assert [row.isVisible() for row in (options.seed, options.resamples, options.precision)] == [True, False, True]
    options._choose(table="pairs")
    assert not options.draws.isVisible()
    settle(panel, context, qtbot)
