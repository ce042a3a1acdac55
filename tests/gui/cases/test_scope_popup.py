"""Choosing a part of the project by ticks and conditions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.sets import add_set, put_into_set
from coder_app.gui.cases.scope_popup import ScopePopup, scope_said
from coder_app.queries.scope import Condition, Scope, sources_in


@pytest.fixture
def popup(page, people, context):
    put_into_set(people.project, add_set(people.project, "Field"), "source", [people.diary])
    add_set(people.project, "Codes only")
    made = ScopePopup(context, "Part of the project", page)
    made.found = []
    made.chosen.connect(made.found.append)
    made.ask(Scope(), page)
    return made


def tick(popup, name):
    (item,) = popup.tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    item.setCheckState(0, Qt.CheckState.Checked)


def test_ticks_and_conditions_make_a_scope_at_once(popup, people):
    assert popup.told.text() == "All 2 sources"
    tick(popup, "Field")
    assert popup.found == [Scope(sets=("Field",))]
    assert popup.told.text() == "1 of 2 sources"
    QTest.keyClicks(popup.line, "age<10")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert popup.found[-1] == Scope(sets=("Field",), conditions=(Condition("age", "<", "10"),))
    assert sources_in(people.project, popup.found[-1]) == {people.diary}
    assert scope_said(popup.found[-1]) == "Field; age < 10"
    popup.conditions.setCurrentRow(0)
    QTest.keyClick(popup.conditions, Qt.Key.Key_Delete)
    assert popup.found[-1] == Scope(sets=("Field",))
    popup._clear()
    assert popup.found[-1] == Scope()


def test_only_sets_with_sources_are_offered(popup):
    assert popup.tree.findItems("Codes only", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [("Height > 2", "no variable “Height”"), ("Age > tall", "“tall” is no whole number"), ("Age", "is no condition")],
)
def test_a_condition_that_cannot_be_meant_is_said_and_stays_to_be_mended(popup, text, problem):
    popup.line.setText(text)
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert problem in popup.problem.text()
    assert popup.problem.isVisible()
    assert popup.line.text() == text
    assert popup.found == []


def test_what_was_chosen_is_ticked_again_and_the_filter_hides_the_rest(popup, page):
    popup.ask(Scope(("Diary",), ("Field",), ("Bek",), (Condition("Urban", "is empty"),)), page)
    assert popup.scope() == Scope(("Diary",), ("Field",), ("Bek",), (Condition("Urban", "is empty"),))
    QTest.keyClicks(popup.field, "cho")
    (item,) = popup.tree.findItems("Bek", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert item.isHidden()
    tick(popup, "Cholpon")
    assert popup.found[-1].cases == ("Bek", "Cholpon")
