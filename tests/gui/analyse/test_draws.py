"""Seed, resamples and least numbers: typed at the left, computed with, and carried into methods and recipe."""

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.analysis.inference import Against, Inference
from coder_app.analysis.methods import methods
from coder_app.store.project import Project

LEFT = Qt.MouseButton.LeftButton
ASKED = Inference(Against.PERMUTATION, ("jaccard",))


def type_number(row, number: str) -> None:
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, number)
    QTest.keyClick(row.field, Qt.Key.Key_Return)


@pytest.fixture
def opened(shown, sample_file):
    panel = shown(Project.open(sample_file))
    panel.options._choose(coders="merged", inference=ASKED)
    QTest.mouseClick(panel.options.draws.button, LEFT)
    return panel


def test_the_numbers_are_folded_and_there_only_where_something_is_drawn_or_tested(shown, small):
    panel = shown(small)
    options = panel.options
    assert not options.draws.isVisible()
    options._choose(inference=Inference(Against.PERMUTATION))
    assert options.draws.isVisible()
    assert not options.seed.isVisible()
    assert options.draws.button.accessibleName() == "Random draws: usual"
    QTest.mouseClick(options.draws.button, LEFT)
    in_sight = [row.isVisible() for row in (options.seed, options.least_units, options.resamples)]
    assert in_sight == [True, True, False]
    options._choose(inference=Inference(intervals=("jaccard",)))
    in_sight = [row.isVisible() for row in (options.seed, options.least_units, options.resamples)]
    assert in_sight == [True, False, True]


def test_each_number_has_a_name_and_a_tip_for_those_who_cannot_see(opened):
    for row in opened.options._numbers().values():
        assert row.field.accessibleName() == row.label.text()
        assert row.field.accessibleDescription() == row.field.toolTip() != ""


def test_what_is_typed_is_computed_with_and_told_by_methods_and_recipe(opened, qtbot):
    options = opened.options
    for row, number in (
        (options.seed, "42"),
        (options.resamples, "200"),
        (options.least_units, "5"),
        (options.least_documents, "3"),
    ):
        type_number(row, number)
    assert options.options.inference == Inference(
        Against.PERMUTATION, ("jaccard",), seed=42, resamples=200, fewest_units=5, fewest_documents=3
    )
    assert options.draws.button.accessibleName() == "Random draws: changed"
    options.compute.click()
    qtbot.waitUntil(lambda: opened._answer.computed is not None, timeout=20_000)
    answer = opened._answer
    said = methods(answer.result, answer.computed, names=answer.names)
    assert "in at least 5 units and 3 documents" in said
    assert "3125 resamples, seed 42" in said, "five documents: all there are"


def test_a_changed_number_lets_go_of_what_was_computed_with_another(opened, qtbot):
    opened.options.compute.click()
    qtbot.waitUntil(lambda: opened._answer.computed is not None, timeout=20_000)
    QTest.keyClick(opened.options.least_units.field, Qt.Key.Key_Up)
    assert opened.options.options.inference.fewest_units == 4
    assert opened._answer.computed is None


def test_the_recipe_that_is_exported_alone_names_the_seed(opened, qtbot, tmp_path):
    type_number(opened.options.seed, "7")
    path = tmp_path / "own.recipe.json"
    opened.table.export._write(opened.table.export._shown, "recipe", path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert (written["seed"], written["options"]["inference"]["seed"]) == (7, 7)


def test_the_wheel_over_a_field_that_is_not_chosen_scrolls_the_column_and_changes_nothing(opened):
    field = opened.options.seed.field
    opened.table.view.setFocus()
    turned = QPoint(0, -120)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(field.mapToGlobal(QPoint(5, 5))), QPoint(), turned, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    assert opened.options.options.inference.seed == 1


def test_another_project_begins_with_the_usual_numbers(opened):
    type_number(opened.options.seed, "9")
    opened._context.signals.closed.emit()
    assert opened.options.options.inference == Inference()
    assert opened.options.seed.field.value() == 1
