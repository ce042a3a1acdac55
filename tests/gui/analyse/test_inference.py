"""Modes with a direction, units, tests and intervals in the window: what is offered, computed, shown and dropped."""

from math import isnan

import pytest
from PySide6.QtCore import Qt

from coder_app.analysis.how import Mode, Unit
from coder_app.analysis.inference import Against, Inference
from coder_app.analysis.measured import measured
from coder_app.analysis.spans import Relation
from coder_app.domain.distance import Distance, Measure
from coder_app.edits.codings import apply_code
from coder_app.gui.analyse.options import Colour, Shows
from coder_app.gui.analyse.sentences import coders_words
from coder_app.queries.codes import code_tree
from coder_app.queries.sources import sources
from coder_app.store.project import Project

TESTED = Inference(Against.PERMUTATION, ("jaccard",), resamples=200)


def rows_in_sight(panel) -> set[str]:
    options = panel.options
    rows = {
        "relation": options.relation,
        "distance": options.distance,
        "stanza": options.stanza,
        "length": options.window_length,
    }
    return {name for name, row in rows.items() if not row.isHidden()}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, set()),
        ({"mode": Mode.RELATION}, {"relation"}),
        ({"mode": Mode.PROXIMITY}, {"distance"}),
        ({"mode": Mode.WINDOWS}, {"stanza"}),
        ({"mode": Mode.UNITS, "unit": Unit.WINDOW}, {"length"}),
    ],
)
def test_only_the_rows_that_a_choice_needs_are_in_sight(shown, small, fields, wanted):
    panel = shown(small)
    panel.options._choose(**fields)
    assert rows_in_sight(panel) == wanted


def test_a_directed_table_differs_from_row_to_column_and_opens_its_passages(shown, small):
    panel = shown(small)
    panel.options._choose(mode=Mode.RELATION, relation=Relation.OVERLAPS)
    model = panel.table.model
    place = {name: number for number, name in enumerate(model.names)}
    there, back = model.index(place["Fear"], place["Work"]), model.index(place["Work"], place["Fear"])
    assert (there.data(), back.data()) == ("1", "·")
    panel.table.view.setCurrentIndex(there)
    assert panel.passages.title.text() == "FEAR → WORK"
    assert panel.passages.model.rowCount() == 1
    assert "from Fear to Work" in panel.options.reading().counted


def test_near_codings_are_counted_up_to_the_chosen_distance(shown, small, pick):
    panel = shown(small)
    panel.options._choose(mode=Mode.PROXIMITY, distance=Distance(0, Measure.PARAGRAPHS))
    model = panel.table.model
    place = {name: number for number, name in enumerate(model.names)}
    assert model.index(place["Work"], place["Fear"]).data() == "1"
    pick(panel.options.distance, "1 paragraph")
    assert model.index(place["Work"], place["Fear"]).data() == "3"


def test_what_cannot_be_counted_is_said_where_the_table_stands(shown, small):
    panel = shown(small)
    panel.options._choose(unit=Unit.CASE)
    assert "no cases" in panel.table.empty.text()
    panel.options._choose(unit=Unit.TURN)
    assert "speakers’ turns" in panel.table.empty.text()
    panel.options._choose(unit=Unit.PARAGRAPH)
    assert panel.table.model.rowCount() == 3


def test_cells_may_show_the_coefficient_instead_of_the_count(shown, small):
    panel = shown(small)
    panel.options._choose(colour=Colour.NPMI, shows=Shows.COEFFICIENT)
    model = panel.table.model
    place = {name: number for number, name in enumerate(model.names)}
    index = model.index(place["Fear"], place["Work"])
    assert index.data() == "1"
    assert "NPMI 1.00" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_the_card_of_a_cell_gives_its_numbers(shown, small):
    panel = shown(small)
    panel.table.view.setCurrentIndex(panel.table.model.index(0, 2))
    said = dict(panel.options.reading().details)
    assert said["n₁, n₂, both, N"] == "3, 3, 3, 3"
    assert (said["Dice (Sørensen)"], said["P(B|A)"], said["phi"]) == ("1.00", "1.00", "undefined")


def computed(panel, qtbot):
    panel.options.compute.click()
    qtbot.waitUntil(lambda: panel._answer.computed is not None, timeout=20_000)


def test_tests_and_intervals_are_those_of_the_analysis_and_go_with_the_codings(shown, sample_file, qtbot):
    project = Project.open(sample_file)
    panel = shown(project)
    assert not panel.options.compute.isEnabled()
    panel.options._choose(coders="merged", inference=TESTED)
    computed(panel, qtbot)
    answer = panel._answer
    wanted = measured(answer.tally, answer.result, TESTED).blocks[0]
    assert answer.computed.blocks[0].tested.p.tolist() == pytest.approx(wanted.tested.p.tolist(), nan_ok=True)
    place = next(number for number, p in enumerate(wanted.tested.p) if not isnan(p))
    codes = wanted.pairs.block.codes
    pair = codes[wanted.pairs.first[place]], codes[wanted.pairs.second[place]]
    assert panel.table.choose(pair)
    said = dict(panel.options.reading().details)
    assert {"p", "By chance", "Jaccard, 95 %", f"q (m = {wanted.tested.number})"} <= said.keys()
    index = panel.table.model.index_of(pair)
    assert f"p {said['p']}" in index.data(Qt.ItemDataRole.ToolTipRole)

    panel.options._choose(colour=Colour.LIFT)
    assert panel._answer.computed is not None

    source = sources(project)[0]
    apply_code(project, source.id, 0, 5, code_tree(project).find("Online controls").id)
    panel.refresh()
    assert panel._answer.computed is None
    assert "Not computed" in panel.options._computed.text()


def test_what_cannot_be_tested_is_said_under_the_button(shown, small, qtbot):
    panel = shown(small)
    panel.options._choose(inference=Inference(intervals=("jaccard",)))
    panel.options.compute.click()
    qtbot.waitUntil(lambda: "at least three documents" in panel.options._computed.text(), timeout=20_000)
    assert panel._answer.computed is None


def test_a_table_counted_meanwhile_is_not_given_the_numbers_of_another(shown, sample_file, qtbot):
    panel = shown(Project.open(sample_file))
    panel.options._choose(inference=TESTED)
    panel.options.compute.click()
    panel.options._choose(coders="merged")
    qtbot.waitUntil(lambda: not panel._context.jobs.running, timeout=20_000)
    assert panel._answer.computed is None


def test_what_at_least_two_coders_agree_on_is_offered(shown, small, pick):
    panel = shown(small)
    pick(panel.options.coders, "at least 2 agree")
    assert [block.coders for block in panel._answer.result.blocks] == ["consensus:2"]
    model = panel.table.model
    assert model.rowCount() >= 1 or panel.table.empty.text()
    assert coders_words(panel._answer.result.blocks[0]) == "What at least 2 coders agree on"
