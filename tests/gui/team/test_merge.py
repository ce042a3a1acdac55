"""Merging in the window: what it would do, the button that does it, Undo, the report, and what is refused."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import add_code, rename_code
from coder_app.gui.main_window import MainWindow
from coder_app.gui.team.merge_panel import MergePanel
from coder_app.gui.team.merge_tree import MergeTree
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.team.merge import preview


def lines(panel: MergePanel, above: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """Return the tree as indented lines."""
    model, above, found = panel.model, above or QModelIndex(), []
    for row in range(model.rowCount(above)):
        what, told = (model.index(row, column, above).data() for column in (0, 1))
        found.append(f"{'  ' * depth}{what} | {told}")
        found += lines(panel, model.index(row, 0, above), depth + 1)
    return found


def look(window: MainWindow, qtbot, *paths: Path) -> MergePanel:
    window.team.flow.copies_chosen.emit(list(paths))
    panel = window.team.merge
    qtbot.waitUntil(lambda: panel.report is not None or panel.align.isVisible(), timeout=20_000)
    return panel


def merged(panel: MergePanel, qtbot) -> None:
    QTest.mouseClick(panel.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.decide.isVisible() or panel.undo.isVisible(), timeout=20_000)


def test_a_preview_says_per_copy_what_comes_in_and_what_both_changed(shown, copies, qtbot) -> None:
    before = shown.context.project.path.read_bytes()
    panel = look(shown, qtbot, copies.cem, copies.dana)
    assert shown.context.project.path.read_bytes() == before
    assert panel.isVisible()
    said = "\n".join(lines(panel))
    assert "Both changed | 1 to decide after the merge" in said
    assert "To rely on neighbours and elders" in said
    assert "stands until decided: To rely on neighbours and friends" in said
    assert "cem.coder | 4 steps of Ann, Cem" in said
    assert "    Trust > Family | added" in said
    assert "    Interview: Cem | 2 added" in said
    assert "      Name | “Work & pay” → “Labour”" in said
    assert panel.told.text() == "6 steps would come in. 1 thing would be to decide."


def test_one_button_merges_and_one_undo_takes_all_of_it_out(shown, copies, qtbot) -> None:
    project = shown.context.project
    before = dump(project.db)
    panel = look(shown, qtbot, copies.cem, copies.dana)
    assert panel.do.hasFocus(), "Enter or Space would do it"
    QTest.keyClick(panel.do, Qt.Key.Key_Space)
    qtbot.waitUntil(panel.undo.isVisible, timeout=20_000)
    assert "Labour" in {row[0] for row in project.rows("SELECT name FROM code")}
    assert "6 steps came in" in shown.notice.words()
    assert shown.actions_by_id["edit.undo"].text() == "Undo: Merge cem.coder, dana.coder"
    QTest.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.do.isVisible, timeout=20_000)
    assert dump(project.db) == before


def test_what_is_undecided_is_one_click_away_and_stands_in_the_bottom_bar(shown, copies, qtbot) -> None:
    panel = look(shown, qtbot, copies.dana)
    assert not shown.team.sign.undecided.isVisible()
    merged(panel, qtbot)
    assert shown.team.sign.undecided.text() == "1 undecided"
    QTest.mouseClick(panel.decide, Qt.MouseButton.LeftButton)
    assert shown.team.undecided.list.hasFocus()


def test_undo_that_is_refused_says_what_to_do(shown, copies, qtbot) -> None:
    project = shown.context.project
    merged(look(shown, qtbot, copies.cem), qtbot)
    family = project.rows("SELECT id FROM code WHERE name = 'Family'")[0][0]
    rename_code(project, family, "Kin")
    with pytest.raises(Exception, match="Single steps can be reverted in the history"):
        project.take_out(shown.team.merge.report.merge_id)
    assert not shown.team.merge.undo.isVisible()


def test_before_anything_is_chosen_the_page_says_what_to_do(shown) -> None:
    shown.actions_by_id["view.team"].trigger()
    shown.team.show_tab(2)
    panel = shown.team.merge
    assert panel.choose.isEnabled()
    assert panel.choose.hasFocus()
    assert "you first see what each of them brings" in panel.told.text().lower()


def test_copies_that_bring_nothing_new_say_so(shown, copies, qtbot) -> None:
    merged(look(shown, qtbot, copies.cem), qtbot)
    panel = look(shown, qtbot, copies.cem)
    assert panel.told.text() == "Nothing new comes in: all steps of these copies are here already."
    assert not panel.do.isVisible()


@pytest.mark.parametrize("damage", ["cut", "missing", "itself"])
def test_a_file_that_cannot_be_merged_is_named_in_a_sentence(damage, shown, copies, qtbot) -> None:
    path = copies.cem
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif damage == "missing":
        path.unlink()
    else:
        path = shown.context.project.path
    panel = shown.team.merge
    shown.team.look([path])
    qtbot.waitUntil(lambda: panel.title.text() == "These copies were not merged", timeout=20_000)
    assert path.name in panel.told.text()
    assert panel.note.text() == "Your project is as it was."
    assert not panel.do.isVisible()
    assert not panel.align.isVisible()


def test_another_project_is_offered_to_be_aligned(shown, coded, tmp_path, qtbot) -> None:
    other = tmp_path / "other.coder"
    with Project.create(other, name="Village", coder="Eva") as project:
        add_code(project, "Trust")
        add_code(project, "Hers")
    panel = look(shown, qtbot, other)
    assert "is another project" in panel.told.text()
    QTest.mouseClick(panel.align, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.report is not None, timeout=20_000)
    assert "Aligned | 0 sources and 1 code are in both and become one" in lines(panel)
    QTest.mouseClick(panel.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Merged" in panel.title.text(), timeout=20_000)
    names = [row[0] for row in shown.context.project.rows("SELECT name FROM code")]
    assert (names.count("Trust"), "Hers" in names) == (1, True)


def test_looking_can_be_cancelled(shown, copies, qtbot) -> None:
    panel = shown.team.merge
    shown.team.look([copies.cem])
    assert panel.stop.isVisible()
    QTest.mouseClick(panel.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.context.jobs.running, timeout=20_000)
    assert panel.report is None
    assert not panel.do.isVisible()


def test_a_report_is_kept(shown, copies, tmp_path, qtbot) -> None:
    panel = look(shown, qtbot, copies.cem, copies.dana)
    panel.keep_report(tmp_path / "report.json")
    qtbot.waitUntil(lambda: "The report is at" in shown.notice.words(), timeout=20_000)
    tables = {one["title"]: one["rows"] for one in json.loads((tmp_path / "report.json").read_text())["tables"]}
    assert [row["copy"] for row in tables["Copies"]] == ["cem.coder", "dana.coder"]
    assert len(tables["Undecided"]) == 2


def test_closing_the_project_forgets_the_preview(shown, copies, qtbot) -> None:
    panel = look(shown, qtbot, copies.cem)
    shown.context.close()
    assert panel.report is None
    assert not shown.team.sign.undecided.isVisible()


def test_the_tree_keeps_qts_rules(coded, copies, qtmodeltester) -> None:
    model = MergeTree()
    model.show(preview(coded.project, [copies.cem, copies.dana]))
    qtmodeltester.check(model)
