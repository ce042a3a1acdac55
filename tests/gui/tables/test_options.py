"""The choices at the left: made by mouse and key, shown where the table asks for them, forgotten with the project."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import delete_codes
from coder_app.reports.table_options import TableKind


def visible(panel):
    return {name for name, row in panel.options.rows.items() if row.isVisible()}


def test_kind_and_cells_are_picked_by_mouse(shown, small, pick):
    panel = shown(small.project)
    pick(panel.options.rows["measure"], "characters")
    assert panel.options.options.measure == "coverage"
    pick(panel.options.rows["kind"], "code frequencies")
    assert panel.table.title.text() == "Code frequencies"
    pick(panel.options.rows["coders"], "Ben")
    assert panel.options.options.coders == small.people["Ben"]
    pick(panel.options.rows["coders"], "where 2 agree")
    assert panel.options.options.coders == "consensus:2"


def test_only_the_rows_that_a_table_asks_for_are_there(shown, small):
    panel = shown(small.project)
    assert {"measure", "roll_up"} <= visible(panel)
    panel.options.choose(kind=TableKind.SATURATION)
    assert {"base", "run", "threshold", "order"} <= visible(panel)
    assert not {"measure", "lag", "exclusive"} & visible(panel)
    panel.options.choose(kind=TableKind.CONTRADICTIONS)
    assert {"exclusive", "pairs"} <= visible(panel)


def test_sources_are_ticked_in_a_list(shown, small, pick):
    panel = shown(small.project)
    pick(panel.options.rows["sources"], "Choose…")
    chooser = panel.options.choosers["sources"]
    assert chooser.isVisible()
    QTest.keyClick(chooser.list, Qt.Key.Key_Space)
    assert panel.options.options.sources == (small.sources["Two"],)
    assert [column.title for column in panel.table.sheet.columns] == ["Two", "All sources"]
    QTest.keyClick(chooser.list, Qt.Key.Key_Space)
    assert panel.options.options.sources == ()
    chooser.close()


def test_two_ticked_codes_are_a_pair(shown, small):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.CONTRADICTIONS)
    fear, hope, work = (small.codes[name] for name in ("Fear", "Hope", "Work"))
    panel.options._on_ticked("pairs", frozenset([hope]))
    assert panel.options.options.pairs == ()
    panel.options._on_ticked("pairs", frozenset([hope, fear]))
    assert panel.options.options.pairs == ((fear, hope),)
    panel.options._on_ticked("pairs", frozenset([hope, fear, work]))
    assert panel.options.options.pairs == ((fear, hope),)


def test_a_choice_that_is_gone_is_left_out(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(codes=(small.codes["Work"],), kind=TableKind.FREQUENCIES)
    delete_codes(small.project, [small.codes["Work"]])
    qtbot.waitUntil(lambda: panel.options.options.codes == ())


def test_every_choice_has_a_name_for_those_who_cannot_see(shown, small):
    panel = shown(small.project)
    for row in panel.options.rows.values():
        assert row.button.accessibleName()
    for widget in (panel.table.view, panel.table.chart, panel.table.strips, panel.table.export, panel.passages.view):
        assert widget.accessibleName()


def test_seed_and_shuffles_are_typed_where_a_table_shuffles_and_stand_below_it(shown, small, qtbot):
    panel = shown(small.project)
    options = panel.options
    assert not options.draws.isVisible()
    options.choose(kind=TableKind.SEQUENCE)
    QTest.mouseClick(options.draws.button, Qt.MouseButton.LeftButton)
    for row, number in ((options.seed, "42"), (options.shuffles, "99")):
        row.field.selectAll()
        QTest.keyClicks(row.field, number)
        QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert (options.options.seed, options.options.resamples) == (42, 99)
    assert options.options.plain() == {"kind": "sequence", "seed": 42, "resamples": 99}
    qtbot.waitUntil(lambda: "p from 99 shuffles, seed 42" in panel.table.note.text(), timeout=20_000)
    options.shuffles.field.setValue(9_999)
    assert "resamples" not in options.options.plain(), "the usual number is left to the table"


def test_a_shuffled_order_of_sources_has_a_seed_and_no_shuffles(shown, small):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.SATURATION)
    assert not panel.options.draws.isVisible()
    panel.options.choose(order="shuffled")
    QTest.mouseClick(panel.options.draws.button, Qt.MouseButton.LeftButton)
    assert panel.options.seed.isVisible()
    assert not panel.options.shuffles.isVisible()
