"""Working through what copies left undecided, by keys and clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codes import add_code, delete_codes, describe_code, move_codes, rename_code
from coder_app.edits.codings import apply_code, move_segment
from coder_app.edits.texts import correct_text
from coder_app.gui.main_window import MainWindow
from coder_app.gui.team.undecided_list import UndecidedModel
from coder_app.gui.team.undecided_panel import UndecidedPanel
from coder_app.queries.conflicts import conflicts, count
from coder_app.queries.sources import text_of
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.merge import merge


@pytest.fixture
def other(coded, tmp_path: Path):
    """Another copy, open."""
    path = tmp_path / "other.coder"
    coded.project.db.conn.execute("VACUUM INTO ?", (str(path),))
    with Project.open(path) as project:
        yield project


def opened(shown: MainWindow, other: Project) -> UndecidedPanel:
    """Merge the other copy and go to what is undecided."""
    other.close()
    merge(shown.context.project, [other.path])
    shown.actions_by_id["team.undecided"].trigger()
    return shown.team.undecided


def definition(shown: MainWindow, code_id: str) -> str:
    return shown.context.project.rows("SELECT definition FROM code WHERE id = ?", (code_id,))[0][0]


def describe_both(coded, other: Project, *codes: str) -> None:
    for code in codes:
        describe_code(coded.project, code, {"definition": "To rely on friends"})
        describe_code(other, code, {"definition": "To rely on elders"})


def test_both_sides_stand_beside_each_other_with_what_differs_marked(shown, coded, other) -> None:
    describe_both(coded, other, coded.trust)
    panel = opened(shown, other)
    assert panel.list.hasFocus()
    mine, theirs = panel.cards
    assert (mine.text.toPlainText(), theirs.text.toPlainText()) == ("To rely on friends", "To rely on elders")
    assert (mine.stands.isHidden(), theirs.stands.isHidden()) == (True, False)
    assert mine.text._marked == [(11, 18)]
    assert panel.title.text() == "Trust"


def test_two_corrections_of_a_text_stand_beside_each_other_by_the_places_where_they_differ(shown, coded, other) -> None:
    words = text_of(coded.project, coded.interview)
    correct_text(coded.project, coded.interview, words.replace("Work is scarce", "Jobs are scarce"))
    correct_text(other, coded.interview, words.replace("Work is scarce", "Labour is rare"))
    panel = opened(shown, other)
    mine, theirs = (card.text.toPlainText() for card in panel.cards)
    assert "They came twice. Jobs are scarce. The young leave for work." in mine
    assert "They came twice. Labour is rare. The young leave for work." in theirs
    assert [mine[start:stop] for start, stop in panel.cards[0].text._marked] == ["Jobs are scarce"]
    assert panel.why.text().startswith("Source: Text.")
    QTest.keyClick(panel.list, Qt.Key.Key_1)
    assert "Jobs are scarce" in text_of(coded.project, coded.interview)


@pytest.mark.parametrize(
    ("key", "kept"), [(Qt.Key.Key_1, "friends"), (Qt.Key.Key_2, "elders"), (Qt.Key.Key_Return, "elders")]
)
def test_a_key_decides_and_the_next_one_is_shown(key, kept, shown, coded, other) -> None:
    describe_both(coded, other, coded.trust, coded.institutions)
    panel = opened(shown, other)
    first = panel.chosen()[0].row_id
    QTest.keyClick(panel.list, key)
    assert definition(shown, first) == f"To rely on {kept}"
    assert count(shown.context.project) == 1
    assert panel.chosen()[0].row_id != first
    assert panel.list.hasFocus()
    QTest.keyClick(panel.list, key)
    assert panel.empty.isVisible()
    assert not shown.team.sign.undecided.isVisible()
    assert verify(shown.context.project.db) == []


def test_the_button_of_a_side_keeps_it(shown, coded, other) -> None:
    describe_both(coded, other, coded.trust)
    panel = opened(shown, other)
    QTest.mouseClick(panel.cards[0].keep, Qt.MouseButton.LeftButton)
    assert definition(shown, coded.trust) == "To rely on friends"
    shown.actions_by_id["edit.undo"].trigger()
    assert definition(shown, coded.trust) == "To rely on elders", "Undo brings the other wording back"


def test_other_words_can_be_written(shown, coded, other) -> None:
    describe_both(coded, other, coded.trust)
    panel = opened(shown, other)
    QTest.keyClick(panel.list, Qt.Key.Key_E)
    field = panel.edit_card.text
    assert field.hasFocus()
    assert field.toPlainText() == "To rely on elders"
    QTest.keyClicks(field, " & friends")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert definition(shown, coded.trust) == "To rely on elders & friends"


def test_escape_leaves_the_field_and_decides_nothing(shown, coded, other) -> None:
    describe_both(coded, other, coded.trust)
    panel = opened(shown, other)
    QTest.keyClick(panel.list, Qt.Key.Key_E)
    QTest.keyClick(panel.edit_card.text, Qt.Key.Key_Escape)
    assert panel.list.hasFocus()
    assert panel.isVisible()
    assert panel.model.rowCount() == 1


def test_several_are_decided_at_once(shown, coded, other) -> None:
    describe_both(coded, other, coded.trust, coded.institutions, coded.work)
    panel = opened(shown, other)
    QTest.keyClick(panel.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.title.text() == "3 chosen"
    QTest.mouseClick(panel.earlier, Qt.MouseButton.LeftButton)
    assert count(shown.context.project) == 0
    assert definition(shown, coded.work) == "To rely on friends"
    assert shown.context.project.undo_label() == "Decide 3 conflicts"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_what_one_deleted_and_the_other_used_is_kept_or_deleted_with_what_uses_it(key, shown, coded, other) -> None:
    apply_code(other, coded.diary, 2, 5, coded.institutions)
    delete_codes(coded.project, [coded.institutions])
    panel = opened(shown, other)
    assert panel.used.text() == "It is used by 1 coding."
    assert (panel.keep.text(), panel.delete.text()) == ("Keep for good", "Delete with what uses it")
    QTest.keyClick(panel.list, key)
    left = shown.context.project.rows("SELECT count(*) FROM code WHERE id = ?", (coded.institutions,))
    assert left == [(1 if key == Qt.Key.Key_Return else 0,)]
    assert count(shown.context.project) == 0
    assert verify(shown.context.project.db) == []


def test_a_delete_beside_a_change_is_kept_or_deleted(shown, coded, other) -> None:
    delete_codes(coded.project, [coded.institutions])
    rename_code(other, coded.institutions, "State")
    panel = opened(shown, other)
    assert panel.delete.text() == "Delete it"
    assert not panel.cards[0].keep.isVisible()
    QTest.mouseClick(panel.delete, Qt.MouseButton.LeftButton)
    assert panel.empty.isVisible()


def test_a_circle_can_be_kept_at_the_top(shown, coded, other) -> None:
    move_codes(coded.project, [coded.work], coded.topics)
    move_codes(other, [coded.topics], coded.work)
    panel = opened(shown, other)
    assert panel.keep.text() == "Keep at the top"
    assert panel.move_code.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.empty.isVisible()


def test_a_passage_that_both_moved_shows_the_words_of_both_and_is_not_edited_as_text(shown, coded, other) -> None:
    segment = coded.project.rows("SELECT segment_id FROM coding WHERE id = ?", (coded.police,))[0][0]
    start = coded.project.rows("SELECT now_start FROM segment WHERE id = ?", (segment,))[0][0]
    move_segment(coded.project, segment, start, start + 6)
    move_segment(other, segment, start, start + 13)
    panel = opened(shown, other)
    assert [card.text.toPlainText() for card in panel.cards] == ["Nobody", "Nobody trusts"]
    assert not panel.edit.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_1)
    assert shown.context.project.rows("SELECT now_stop FROM segment WHERE id = ?", (segment,)) == [(start + 6,)]


def test_passages_to_check_are_reached_from_here(shown, coded, other, qtbot) -> None:
    text = coded.project.text(coded.project.rows("SELECT text_hash FROM source WHERE id = ?", (coded.diary,))[0][0])
    correct_text(other, coded.diary, text.replace("without work", "of rest"))
    panel = opened(shown, other)
    assert panel.to_check.text().startswith("1 passage of a corrected text is to check")
    QTest.mouseClick(panel.to_check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shown.to_check.isVisible)


def test_nothing_undecided_says_what_would_be_listed(shown) -> None:
    shown.actions_by_id["team.undecided"].trigger()
    assert shown.team.undecided.empty.isVisible()
    assert not shown.team.undecided.list.isVisible()


def test_a_project_that_can_only_be_read_shows_and_decides_nothing(shown, coded, other) -> None:
    describe_both(coded, other, coded.trust)
    panel = opened(shown, other)
    shown.context.project.writable = False
    panel.refresh()
    assert not panel.keep.isEnabled()
    QTest.keyClick(panel.list, Qt.Key.Key_1)
    assert count(shown.context.project) == 1
    shown.context.project.writable = True


def test_the_model_keeps_qts_rules(coded, other, qtmodeltester) -> None:
    describe_both(coded, other, coded.trust)
    add_code(other, "More")
    other.close()
    merge(coded.project, [other.path])
    model = UndecidedModel()
    model.show(conflicts(coded.project))
    qtmodeltester.check(model)
