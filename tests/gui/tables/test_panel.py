"""The tab for tables follows the project, the options and the hands."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from coder_app.edits.cases import add_case, put_sources
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.sources import import_sources
from coder_app.edits.variables import add_variable, set_value
from coder_app.gui.tables.table_panel import CHART
from coder_app.queries.codings import codings_in
from coder_app.reports.table_options import TableKind
from coder_app.store.project import Project

LEFT = Qt.MouseButton.LeftButton


def cells(panel):
    """Return what is shown, row by row, each by its name."""
    model = panel.table.model
    down, across = Qt.Orientation.Vertical, range(model.columnCount())
    return {
        model.headerData(row, down): [model.index(row, column).data() for column in across]
        for row in range(model.rowCount())
    }


def click(panel, row, column):
    """Choose a cell by a click of the mouse."""
    view, model = panel.table.view, panel.table.model
    names = [model.headerData(one, Qt.Orientation.Vertical) for one in range(model.rowCount())]
    titles = [one.title for one in panel.table.sheet.columns]
    place = view.visualRect(model.index(names.index(row), titles.index(column))).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=place)


def cards(panel):
    return [panel.passages.model.index(row, 0).data() for row in range(panel.passages.model.rowCount())]


def test_codes_by_sources_show_one_coder_at_a_time(shown, small):
    panel = shown(small.project)
    assert cells(panel) == {
        "Fear": ["2", "·", "2"],
        "Hope": ["1", "·", "1"],
        "Work": ["·", "1", "1"],
        "any code": ["3", "1", "4"],
        "coded sources": ["1", "1", "2"],
        "their characters": ["47", "39", "86"],
    }
    panel.options.block.picked.emit("Ben")
    assert cells(panel)["Hope"] == ["1", "·", "1"]
    assert "Fear" not in cells(panel)


def test_a_cell_is_said_in_words_and_its_passages_are_read(shown, small):
    panel = shown(small.project)
    click(panel, "Fear", "One")
    assert panel.options.reading() == ("“Fear” was applied 2 times in “One”.", "")
    assert len(cards(panel)) == 2
    assert "Alpha beta" in cards(panel)[0]
    click(panel, "Work", "One")
    assert cards(panel) == []
    assert "no passages" in panel.passages.empty.text()


def test_what_a_coder_did_is_said_as_their_deed(shown, small):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.CODERS)
    click(panel, "Fear", "Ann")
    assert panel.options.reading()[0] == "“Ann” applied “Fear” 2 times."
    click(panel, "Fear", "Ben")
    assert panel.options.reading()[0] == "“Ben” did not use “Fear”."


def test_a_chart_that_is_made_smaller_fits_its_column(shown, small, qtbot):
    panel = shown(small.project)
    panel.table.turn_to(CHART)
    chart = panel.table.chart
    qtbot.waitUntil(lambda: chart.canvas.width() > 0)
    panel.table.setFixedWidth(chart.canvas.unzoomed().width() - 20 + panel.table.width() - chart.width())
    qtbot.waitUntil(lambda: chart.canvas.zoomed < 1)
    assert chart.canvas.width() <= chart.viewport().width()


def test_saturation_is_judged_for_whom_there_are_enough_sources_and_the_others_are_named(shown, small):
    in_two = [one.id for one in codings_in(small.project, small.sources["Two"]) if one.coder_id == small.people["Ben"]]
    remove_codings(small.project, in_two)
    panel = shown(small.project)
    panel.options.block.picked.emit("Ben")
    panel.options.choose(kind=TableKind.SATURATION, base=1, run=1)
    assert panel.table.model.rowCount() == 2
    assert "One source is coded (Ben)" in panel.table.note.text()


def test_a_passage_opens_in_its_text(shown, small, qtbot):
    panel = shown(small.project)
    click(panel, "Work", "Two")
    with qtbot.waitSignal(panel.place_chosen) as told:
        panel.passages.view.passage_chosen.emit(0)
    assert told.args == [small.sources["Two"], 0, 4]


def test_the_table_follows_a_coding_and_keeps_the_chosen_cell(shown, small, qtbot):
    panel = shown(small.project)
    click(panel, "Fear", "One")
    start = "Alpha beta gamma delta.\nEpsilon zeta eta theta.".index("theta")
    coding = apply_code(small.project, small.sources["One"], start, start + 5, small.codes["Fear"], small.people["Ann"])
    qtbot.waitUntil(lambda: cells(panel).get("Fear") == ["3", "·", "3"])
    assert len(cards(panel)) == 3
    assert panel.table.view.currentIndex().data() == "3"
    assert coding
    remove_codings(small.project, [one.id for one in codings_in(small.project, small.sources["Two"])])
    qtbot.waitUntil(lambda: "Work" not in cells(panel))


def test_a_table_out_of_sight_is_counted_when_it_comes_into_sight(shown, small, qtbot):
    panel = shown(small.project)
    panel.hide()
    apply_code(small.project, small.sources["Two"], 5, 10, small.codes["Fear"], small.people["Ann"])
    QTest.qWait(120)
    assert cells(panel)["Fear"] == ["2", "·", "2"]
    panel.show()
    qtbot.waitUntil(lambda: cells(panel)["Fear"] == ["2", "1", "3"])


def test_headings_sort_down_up_and_back_and_totals_stay_below(shown, small):
    panel = shown(small.project)
    header = panel.table.view.horizontalHeader()

    def press(section):
        place = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
        QTest.mouseClick(header.viewport(), LEFT, pos=place)
        return list(cells(panel))

    assert press(1)[:2] == ["Work", "Fear"]
    assert press(1)[:3] == ["Fear", "Hope", "Work"]
    assert press(1)[3:] == ["any code", "coded sources", "their characters"]


def test_roll_up_counts_a_parent_once(shown, small):
    panel = shown(small.project)
    panel.options.choose(roll_up=True, measure="coverage", coders="merged")
    assert cells(panel)["Emotion"][0] == "20"
    assert cells(panel)["Fear"][0] == "14"
    assert "no sums" in panel.table.note.text()


@pytest.mark.parametrize("kind", list(TableKind))
def test_every_kind_shows_a_table_or_a_sentence_and_its_model_is_sound(shown, small, qtbot, kind):
    panel = shown(small.project)
    QAbstractItemModelTester(panel.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.options.choose(
        kind=kind, coders="", exclusive=(small.codes["Emotion"],), base=1, run=1, resamples=19, measure="presence"
    )
    waits = {TableKind.CASES, TableKind.VARIABLE}
    qtbot.waitUntil(lambda: kind in waits or (panel._made is not None and panel._made.gathered.options.kind is kind))
    said = panel.table.empty.text() if panel.table.empty.isVisible() else ""
    if kind in {TableKind.CASES, TableKind.VARIABLE}:
        assert said
        return
    assert not said
    panel.table.turn_to(CHART)
    assert panel.table.strips.isVisible() or panel.table.chart.isVisible()


def test_uncoded_passages_open_by_enter(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.UNCODED)
    panel.table.view.setCurrentIndex(panel.table.model.index(0, 0))
    assert "delta." in cards(panel)[0]
    with qtbot.waitSignal(panel.place_chosen) as told:
        QTest.keyClick(panel.table.view, Qt.Key.Key_Return)
    assert told.args == [small.sources["One"], 17, 31]


def test_a_contradiction_is_settled_where_it_is_read(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.CONTRADICTIONS, exclusive=(small.codes["Emotion"],))
    assert panel.table.model.rowCount() == 2
    panel.table.view.setCurrentIndex(panel.table.model.index(1, 0))
    menu = panel.passages.menu(QPoint(20, 20))
    entries = menu.actions()
    (head,) = (n for n, action in enumerate(entries) if action.text().startswith("Hope · Ann"))
    next(action for action in entries[head:] if action.text() == "Remove").trigger()
    qtbot.waitUntil(lambda: panel.table.model.rowCount() == 1)
    menu.deleteLater()


def test_a_passage_that_is_coded_leaves_the_list_and_the_next_one_is_chosen(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.UNCODED)
    before = panel.table.model.rowCount()
    panel.table.view.setCurrentIndex(panel.table.model.index(0, 0))
    apply_code(small.project, small.sources["One"], 16, 32, small.codes["Work"], small.people["Ann"])
    qtbot.waitUntil(lambda: panel.table.model.rowCount() == before - 1)
    assert panel.table.view.currentIndex().row() == 0
    assert "eta theta" in cards(panel)[0]


def test_contradictions_name_codes_and_coders(shown, small):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.CONTRADICTIONS)
    assert "Name codes that exclude each other" in panel.table.empty.text()
    panel.options.choose(exclusive=(small.codes["Emotion"],))
    rows = [[panel.table.model.index(row, n).data() for n in range(6)] for row in range(panel.table.model.rowCount())]
    assert sorted(rows) == [
        ["Alpha", "Fear", "Ann", "Hope", "Ben", "two coders"],
        ["beta", "Fear", "Ann", "Hope", "Ann", "one coder"],
    ]
    assert "1 where one coder gave both codes" in panel.table.note.text()


def test_a_click_on_the_coverage_map_opens_the_place(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.COVERAGE)
    strips = panel.table.strips
    assert strips.isVisible()
    strip = strips.strip_rect(strips.visualRect(strips.strips.index(0, 0)))
    with qtbot.waitSignal(panel.place_chosen) as told:
        QTest.mouseClick(
            strips.viewport(), LEFT, pos=QPoint(strip.left() + strip.width() * 3 // 47, strip.center().y())
        )
    assert told.args == [small.sources["One"], 0, 5]
    with qtbot.waitSignal(panel.place_chosen) as told:
        QTest.mouseClick(strips.viewport(), LEFT, pos=QPoint(strip.right() - 2, strip.center().y()))
    assert told.args == [small.sources["One"], 36, 47]
    strips.setCurrentIndex(strips.strips.index(1, 0))
    with qtbot.waitSignal(panel.place_chosen) as told:
        QTest.keyClick(strips, Qt.Key.Key_Return)
    assert told.args == [small.sources["Two"], 4, 5]


def test_cases_appear_among_the_choices_when_they_are_made(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.CASES, coders="merged")
    assert "no cases yet" in panel.table.empty.text()
    case = add_case(small.project, "Anna")
    put_sources(small.project, case, [small.sources["One"]])
    qtbot.waitUntil(lambda: cells(panel).get("Fear") == ["2", "2"])
    click(panel, "Hope", "Anna")
    assert len(cards(panel)) == 2


def test_a_place_of_the_chart_chooses_its_cell(shown, small):
    panel = shown(small.project)
    panel.table.turn_to(CHART)
    panel.table.chart.place_pointed.emit(small.codes["Fear"], "One")
    assert panel.options.reading()[0] == "“Fear” was applied 2 times in “One”."


def test_the_table_is_exported_with_its_recipe(shown, small, qtbot, tmp_path, monkeypatch):
    panel = shown(small.project)
    for shape, name in (("table", "out.json"), ("picture", "out.svg")):
        monkeypatch.setattr("coder_app.gui.files.choose.target", lambda *_, name=name: tmp_path / name)
        panel.table.export.ask(shape)
        qtbot.waitUntil(lambda name=name: (tmp_path / name).exists(), timeout=30_000)
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["title"] == "Codes by sources"
    assert "codes-sources" in (tmp_path / "out.svg").read_text("utf-8")


def test_projects_without_codings_say_so(shown, tmp_path):
    project = Project.create(tmp_path / "empty.coder", coder="Ann")
    panel = shown(project)
    assert panel.table.empty.isVisible()
    assert "There are no sources to look at" in panel.table.empty.text()
    assert not panel.table.export.isEnabled()


def test_two_projects_after_each_other(shown, small, tmp_path, context, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.FREQUENCIES, sources=(small.sources["One"],))
    other = Project.create(tmp_path / "other.coder", coder="Zoe")
    context.show(other)
    QTest.qWait(100)
    assert panel.options.options.sources == ()
    assert import_sources(other, []) == []
    assert add_code(other, "Alone")


def test_the_dates_of_a_code_follow_its_codings(shown, small, qtbot):
    panel = shown(small.project)
    panel.options.choose(kind=TableKind.FREQUENCIES, coders="merged")
    ids = [column.id for column in panel.table.sheet.columns]
    last = cells(panel)["Work"][ids.index("last_used")]
    assert len(last) == 16
    remove_codings(small.project, [one.id for one in codings_in(small.project, small.sources["Two"])])
    qtbot.waitUntil(lambda: cells(panel)["Work"][ids.index("codings")] == "0")
    assert cells(panel)["Work"][ids.index("last_used")] == ""


def test_values_of_variables_narrow_the_scope(shown, small, qtbot):
    panel = shown(small.project)
    town = add_variable(small.project, "Town")
    set_value(small.project, town, "source", small.sources["Two"], "North")
    qtbot.waitUntil(lambda: "Town = North" in panel.options._offered.conditions)
    panel.options._on_ticked("where", frozenset(["Town = North"]))
    assert [column.title for column in panel.table.sheet.columns] == ["Two", "All sources"]
    panel.options.choose(kind=TableKind.VARIABLE, where=(), coders="merged")
    assert panel.options.options.variable == town
    assert [column.title for column in panel.table.sheet.columns] == ["North", "(no value)", "All values"]
    panel.options.choose(tests=True, measure="presence")
    qtbot.waitUntil(lambda: "a test needs at least" in panel.table.empty.text())
