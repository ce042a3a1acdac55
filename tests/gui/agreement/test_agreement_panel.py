"""The layout for agreement: table, disagreements, decisions, rounds."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.analysis.agreement.scope import Unit
from coder_app.domain.imported import ImportedText
from coder_app.edits import rounds as edits
from coder_app.edits.coders import add_coder
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.agreement.export import write
from coder_app.gui.agreement.panel import ASSIGNMENTS, DISAGREEMENTS, TABLE
from coder_app.gui.agreement.table_model import INTERVAL
from coder_app.queries.agreeing import Stage
from coder_app.queries.decisions import consensus_ids, decisions
from coder_app.queries.rounds import assignments, rounds
from coder_app.queries.scope import Scope


def cells(panel, row):
    return [panel.model.index(row, column).data() for column in range(panel.model.columnCount())]


def codings(project):
    return project.rows(
        "SELECT coder.name, code.name, now_start, now_stop FROM coding JOIN segment ON segment.id = segment_id"
        " JOIN code ON code.id = code_id JOIN coder ON coder.id = coding.coder_id ORDER BY 1, 3, 2"
    )


def listed(panel):
    return [one.place.kind.value for one in panel.disagreements.model.rows]


def settle(panel, context, qtbot):
    qtbot.waitUntil(lambda: not panel._stale and not context.jobs.running, timeout=20_000)


def test_the_table_begins_with_all_codes_and_says_the_row_in_words(shown, study):
    panel = shown(study.project)
    assert [panel.model.name_of(row) for row in range(5)] == [
        "(all codes, pooled)", "(mean over codes)", "Fear", "Hope", "Work"
    ]  # fmt: skip
    panel.table.selectRow(2)
    assert "Fear: Krippendorff’s alpha is" in panel.options._reading.text()
    value, low, high = panel.model.index(2, panel.model.drawn_column).data(INTERVAL)
    assert (round(value, 3), low, high) == (0.444, None, None), "one source gives no interval"


def test_a_code_without_variation_is_undefined_in_words_and_no_number(shown, study, context, qtbot):
    panel = shown(study.project)
    panel.options._choose(unit=Unit.DOCUMENT)
    settle(panel, context, qtbot)
    row = panel.model.row_named("Fear")
    assert panel.model.index(row, panel.model.drawn_column).data(INTERVAL) == (None, None, None)
    panel.table.selectRow(row)
    assert "undefined (no variation)" in panel.options._reading.text()


def test_one_coder_gets_a_sentence_and_no_table(shown, study, context, qtbot):
    panel = shown(study.project)
    panel.activateWindow()
    panel.table.setFocus()
    panel.options._choose(coders=(study.Ann,))
    settle(panel, context, qtbot)
    assert panel.empty.isVisible()
    assert panel._tabs.button(TABLE).hasFocus(), "the keys stay in the page"
    assert panel.empty.text().startswith("Only Ann has coded here (1 source). A second coder")
    assert not panel.export.isEnabled()
    assert not panel.options._title.isVisible(), "no heading without a reading"


def test_enter_on_a_code_lists_its_disagreements(shown, study):
    panel = shown(study.project)
    assert panel._tabs.button(DISAGREEMENTS).text() == "3 disagreements"
    panel.table.selectRow(panel.model.row_named("Work"))
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.disagreements.isVisible()
    assert listed(panel) == ["missed", "boundary"]


def test_the_texts_stand_side_by_side_each_with_its_coders_codings(shown, study):
    panel = shown(study.project)
    panel.turn_to(DISAGREEMENTS)
    assert listed(panel) == ["missed", "code", "boundary"]
    panel.disagreements.list.step(1)
    columns = [one for one in panel.disagreements.sides.columns if not one.isHidden()]
    assert [(one.name.text(), one.said.text()) for one in columns] == [("Ann", "Fear"), ("Ben", "Hope")]
    assert {span.coder_id for span in columns[0].view.spans_shown()} == {study.Ann}
    assert {span.coder_id for span in columns[1].view.spans_shown()} == {study.Ben}


def test_a_number_decides_for_a_coder_keeps_all_codings_and_goes_on(shown, study, context, qtbot):
    panel = shown(study.project)
    before = codings(study.project)
    panel.turn_to(DISAGREEMENTS)
    page = panel.disagreements
    page.list.step(1)
    page.decision.reason.setText("It is about hope")
    QTest.keyClick(page.list, Qt.Key.Key_2)
    assert [(one.outcome, one.side, one.reason) for one in decisions(study.project)] == [
        ("one", study.Ben, "It is about hope")
    ]
    after = codings(study.project)
    assert [row for row in after if row[0] != "Consensus"] == before
    assert [row[1] for row in after if row[0] == "Consensus"] == ["Hope"]
    assert page.list.currentIndex().row() == 2, "the next one that is open"
    assert page.count.text() == "3 disagreements, 1 decided"
    study.project.undo()
    assert codings(study.project) == before
    assert page.count.text() == "3 disagreements, 0 decided"


def test_a_decided_place_shows_the_consensus_beside_the_coders_and_other_texts_follow(shown, study):
    words = "\n".join(f"Line {number} of a longer text." for number in range(200))
    longer = import_sources(study.project, [ImportedText("Long.txt", "text", words, b"l", "text", "1", "utf-8")])[0]
    for coder, code in ((study.Ann, "Fear"), (study.Ben, "Hope")):
        apply_code(study.project, longer, 2_000, 2_040, study.codes[code], coder)
    panel = shown(study.project)
    panel.turn_to(DISAGREEMENTS)
    page = panel.disagreements
    page.list.setCurrentIndex(page.model.index(page.model.rowCount() - 1))
    QTest.keyClick(page.list, Qt.Key.Key_1)
    page.list.setCurrentIndex(page.model.index(page.model.rowCount() - 1))
    columns = [one for one in page.sides.columns if not one.isHidden()]
    assert [one.name.text() for one in columns] == ["Ann", "Ben", "Consensus"]
    columns[0].view.scroll_to(0)
    assert {one.view.first_position() for one in columns} == {0}
    columns[2].view.scroll_to(3_000)
    assert len({one.view.first_position() for one in columns}) == 1
    page.list.setCurrentIndex(page.model.index(0))
    assert columns[0].view.text != words


def test_both_neither_own_and_taking_back_work_by_keys(shown, study):
    panel = shown(study.project)
    panel.turn_to(DISAGREEMENTS)
    page = panel.disagreements
    page.list.setCurrentIndex(page.model.index(1))
    QTest.keyClick(page.list, Qt.Key.Key_B)
    assert sorted(row[1] for row in codings(study.project) if row[0] == "Consensus") == ["Fear", "Hope"]
    page.list.setCurrentIndex(page.model.index(1))
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert decisions(study.project) == []
    assert [row for row in codings(study.project) if row[0] == "Consensus"] == []
    QTest.keyClick(page.list, Qt.Key.Key_N)
    assert [one.outcome for one in decisions(study.project)] == ["none"]
    page.list.setCurrentIndex(page.model.index(0))
    page.decision.take_span(0, 5)
    page.decision.own_code.setCurrentIndex(page.decision.own_code.findData(study.codes["Hope"]))
    QTest.mouseClick(page.decision.own, Qt.MouseButton.LeftButton)
    assert ("Consensus", "Hope", 0, 5) in codings(study.project)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_reason_is_typed_and_decided_with_keys_alone(shown, study, key):
    panel = shown(study.project)
    panel.activateWindow()
    panel.turn_to(DISAGREEMENTS)
    page = panel.disagreements
    QTest.keyClick(page.list, Qt.Key.Key_R)
    QTest.keyClicks(page.decision.reason, "Work it is")
    QTest.keyClick(page.decision.reason, key)
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_1)
    assert [one.reason for one in decisions(study.project)] == ["Work it is"]


def test_without_a_disagreement_there_is_nothing_to_decide_or_take_back(shown, study, context, qtbot):
    panel = shown(study.project)
    panel.options._choose(coders=(study.Ann,))
    settle(panel, context, qtbot)
    panel.turn_to(DISAGREEMENTS)
    decision = panel.disagreements.decision
    assert not decision.isEnabled()
    assert panel.disagreements.empty.text() == panel.empty.text() != ""
    for part in (decision.withdraw, decision.note_code, decision.note_text):
        assert not part.isVisible()


def test_a_note_goes_to_the_code_in_the_same_step(shown, study):
    panel = shown(study.project)
    panel.turn_to(DISAGREEMENTS)
    decision = panel.disagreements.decision
    decision.note_where.setCurrentIndex(2)
    decision.note_text.setText("a thing, not a feeling")
    decision.take_side(0)
    assert study.project.rows("SELECT not_when FROM code WHERE name = 'Work'") == [("a thing, not a feeling",)]
    study.project.undo()
    assert study.project.rows("SELECT not_when FROM code WHERE name = 'Work'") == [("",)]


def test_what_all_agree_on_goes_into_the_consensus(shown, study):
    panel = shown(study.project)
    panel.turn_to(DISAGREEMENTS)
    QTest.mouseClick(panel.disagreements.agree, Qt.MouseButton.LeftButton)
    assert ("Consensus", "Fear", 0, 10) in codings(study.project)
    assert len(consensus_ids(study.project)) == 1


def test_a_coding_made_elsewhere_is_compared_anew(shown, study, context, qtbot):
    panel = shown(study.project)
    apply_code(study.project, study.first, 24, 31, study.codes["Hope"], study.Ben)
    settle(panel, context, qtbot)
    assert len(panel.disagreements.model.rows) == 4


def test_a_round_is_opened_assigned_and_done_in_the_grid(shown, study, context, qtbot):
    panel = shown(study.project)
    panel.turn_to(ASSIGNMENTS)
    page = panel.assignments
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert [one.name for one in rounds(study.project)] == ["Round 1"]
    page.grid.selectAll()
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    assert len(assignments(study.project)) == 4
    page.grid.clearSelection()
    page.grid.setCurrentIndex(page.model.index(0, 1))
    QTest.keyClick(page.grid, Qt.Key.Key_D)
    assert [(one.source_id, one.coder_id) for one in assignments(study.project) if one.done_at] == [
        (study.first, study.Ann)
    ]
    assert page.model.headerData(1, Qt.Orientation.Horizontal) == "Ann · 1 of 2 done"
    settle(panel, context, qtbot)
    assert "no source is marked as done by two" in panel.empty.text()
    page.grid.setCurrentIndex(page.model.index(0, 2))
    QTest.mouseClick(page.buttons["done"], Qt.MouseButton.LeftButton)
    settle(panel, context, qtbot)
    assert panel.model.rowCount() == 5
    QTest.mouseClick(page.close_, Qt.MouseButton.LeftButton)
    assert rounds(study.project)[0].closed_at is not None


def test_before_negotiation_stays_when_codings_change(shown, study, context, qtbot):
    round_id = edits.open_round(study.project)
    edits.assign(study.project, round_id, [study.first], [study.Ann, study.Ben])
    edits.mark_done(study.project, round_id, [study.first], [study.Ann, study.Ben])
    edits.close_round(study.project, round_id)
    panel = shown(study.project)
    panel.options._choose(stage=Stage.BEFORE)
    settle(panel, context, qtbot)
    apply_code(study.project, study.first, 24, 31, study.codes["Hope"], study.Ben)
    settle(panel, context, qtbot)
    assert len(panel.disagreements.model.rows) == 3
    assert not panel.disagreements.decision.isEnabled(), "what was before cannot be decided any more"


def test_sources_one_has_not_finished_in_a_blind_round_are_hidden(shown, study, context, qtbot):
    round_id = edits.open_round(study.project)
    edits.assign(study.project, round_id, [study.first], [study.Ann])
    panel = shown(study.project)
    panel.options._on_round(None)
    settle(panel, context, qtbot)
    assert panel.empty.text().endswith("1 source is hidden until you have marked it as done.")


def test_a_round_gets_another_name_where_it_is_chosen(shown, study):
    panel = shown(study.project)
    panel.turn_to(ASSIGNMENTS)
    QTest.mouseClick(panel.assignments.new, Qt.MouseButton.LeftButton)
    line = panel.assignments.rounds.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "Pilot")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [one.name for one in rounds(study.project)] == ["Pilot"]
    assert panel.assignments.rounds.itemText(0) == "Pilot"
    line.selectAll()
    QTest.keyClicks(line, "  ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Pilot", "a round keeps its name where none is typed"


def test_only_a_part_of_the_project_is_compared(shown, study, context, qtbot):
    apply_code(study.project, study.second, 0, 5, study.codes["Hope"], study.Ann)
    apply_code(study.project, study.second, 0, 5, study.codes["Hope"], study.Ben)
    panel = shown(study.project)
    assert "Sources: 2 that two" in panel.note.text()
    panel.options.take_scope(Scope(sources=("Two.txt",)))
    settle(panel, context, qtbot)
    assert "Sources: 1 that two" in panel.note.text()
    assert panel.disagreements.model.rowCount() == 0
    panel.options._ask_sources(None)
    settle(panel, context, qtbot)
    assert "Sources: 2 that two" in panel.note.text()


def test_table_picture_list_and_report_are_written_from_the_window(shown, study, context, qtbot, tmp_path):
    panel = shown(study.project)
    options = panel._answer.options
    for kind, wanted, name in (
        ("agreement", options, "table.xlsx"),
        ("agreement", options, "table.svg"),
        ("agreement", replace(options, table="disagreements"), "list.csv"),
        ("agreement-report", options, "report.docx"),
    ):
        write(context, kind, wanted, tmp_path / name)
        qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)
        assert (tmp_path / name).stat().st_size > 500


def test_disagreements_are_exported_where_the_table_cannot_be_made(shown, study, context, qtbot, tmp_path):
    panel = shown(study.project)
    panel.options._choose(unit=Unit.TURN)
    settle(panel, context, qtbot)
    assert "have no turn" in panel.empty.text()
    assert not panel.export.isEnabled(), "there is no table"
    assert not panel.report.isEnabled(), "the report has the same table"
    panel.turn_to(DISAGREEMENTS)
    assert panel.export.isEnabled()
    write(context, "agreement", replace(panel._answer.options, table="disagreements"), tmp_path / "list.csv")
    qtbot.waitUntil((tmp_path / "list.csv").exists, timeout=20_000)
    panel.turn_to(TABLE)
    assert not panel.export.isEnabled()


def test_the_report_is_there_where_only_another_table_fails(shown, study, context, qtbot):
    panel = shown(study.project)
    apply_code(study.project, study.first, 0, 10, study.codes["Work"], study.Ann)
    panel.options._choose(table="domain")
    settle(panel, context, qtbot)
    assert "exclude one another" in panel.empty.text()
    assert not panel.export.isEnabled()
    assert panel.report.isEnabled()


def test_coders_without_a_common_source_are_named_with_what_they_coded(shown, study, context, qtbot):
    cy = add_coder(study.project, "Cy")
    apply_code(study.project, study.second, 0, 5, study.codes["Fear"], cy)
    panel = shown(study.project)
    panel.options._choose(coders=(study.Ann, cy))
    settle(panel, context, qtbot)
    said = "No source was coded by two of these coders (Ann: 1 source, Cy: 1 source). Assign the same sources to both"
    assert panel.empty.text().startswith(said)
    panel.turn_to(DISAGREEMENTS)
    assert not panel.export.isEnabled()
