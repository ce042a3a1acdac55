"""Which sources and codes are counted is ticked in a list."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.analysis.layouts.material import Choices
from coder_app.domain.imported import ImportedText
from coder_app.edits.cases import add_case, put_passage, put_sources
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources, remove_sources
from coder_app.edits.variables import add_variable, set_value
from coder_app.gui.analyse.export import Shown
from coder_app.gui.analyse.heat_model import VALUE
from coder_app.gui.cases.scope_popup import ScopePopup
from coder_app.queries.codes import code_tree
from coder_app.queries.scope import Scope
from coder_app.queries.sources import sources
from coder_app.reports.cooccurrence import counted

TEXT = "Alpha beta gamma delta.\nEpsilon zeta eta theta.\nIota kappa lambda mu."
LEFT = Qt.MouseButton.LeftButton


def click_words(chooser, row: int) -> None:
    place = chooser.list.visualRect(chooser.list.model().index(row, 0)).center()
    QTest.mouseClick(chooser.list.viewport(), LEFT, pos=place)


def test_an_unticked_code_leaves_the_table_at_once(shown, small, pick):
    panel = shown(small)
    pick(panel.options.codes, "Choose…")
    chooser = panel.options.code_chooser
    click_words(chooser, 1)
    assert panel.table.model.names == ["Fear", "Work"]
    assert panel.options.codes.label.text() == "2 chosen codes"
    click_words(chooser, 1)
    assert panel.table.model.names == ["Fear", "Hope", "Work"]
    chooser.close()
    pick(panel.options.codes, "All used codes")
    assert panel.options.options.codes is None


def test_codes_are_ticked_by_the_keyboard(shown, small, pick):
    panel = shown(small)
    pick(panel.options.codes, "Choose…")
    chooser = panel.options.code_chooser
    QTest.keyClicks(chooser.field, "hop")
    assert chooser.list.model().rowCount() == 1
    QTest.keyClick(chooser.field, Qt.Key.Key_Down)
    chooser.list.setCurrentIndex(chooser.list.model().index(0, 0))
    QTest.keyClick(chooser.list, Qt.Key.Key_Space)
    assert panel.table.model.names == ["Fear", "Work"]
    QTest.keyClick(chooser.list, Qt.Key.Key_Return)
    assert not chooser.isVisible()


def test_no_code_at_all_says_how_to_go_on(shown, small, pick):
    panel = shown(small)
    pick(panel.options.codes, "Choose…")
    panel.options.code_chooser._set_listed(ticked=False)
    assert panel.table.empty.isVisible()
    assert "Widen the scope" in panel.table.empty.text()
    panel.options.code_chooser.close()


@pytest.fixture
def second(small) -> str:
    """A second source, in which Ann's Fear and Hope meet."""
    made = ImportedText("Two.txt", "text", "More fear and hope.", b"two", "text", "1", "utf-8")
    source_id = import_sources(small, [made])[0]
    for code in code_tree(small).walk():
        if code.name in {"Fear", "Hope"}:
            apply_code(small, source_id, 0, 9, code.id)
    return source_id


def test_only_the_ticked_sources_are_counted(shown, small, second, pick):
    panel = shown(small)
    assert panel.options.sources.label.text() == "All 2 sources"
    assert panel.table.model.index(0, 1).data(VALUE) == 1
    pick(panel.options.sources, "Choose…")
    click_words(panel.options.source_chooser, 1)
    panel.options.source_chooser.close()
    assert panel.options.sources.label.text() == "1 of 2 sources"
    assert panel.table.model.index(0, 1).data(VALUE) == 0


def test_a_source_that_is_gone_leaves_the_scope(shown, small, second, context, qtbot, pick):
    panel = shown(small)
    panel.options._choose(sources=frozenset({second}))
    assert panel.table.model.names == ["Fear", "Hope"]
    context.attempt(remove_sources, [second])
    qtbot.waitUntil(panel.table.empty.isVisible, timeout=2000)
    assert panel.options.sources.label.text() == "0 of 1 sources"
    pick(panel.options.sources, "All sources")
    assert panel.table.model.names == ["Fear", "Hope", "Work"]
    assert len(sources(small)) == 1


def test_a_part_of_the_project_is_counted_and_followed(shown, small, second, pick, tmp_path):
    anna = add_case(small, "Anna")
    put_passage(small, anna, sources(small)[0].id, TEXT.index("Epsilon"), TEXT.index("Iota"))
    put_sources(small, anna, [second])
    age = add_variable(small, "Age", "integer")
    set_value(small, age, "case", anna, "31")
    panel = shown(small)
    work = [panel.table.model.names.index(name) for name in ("Fear", "Work")]
    assert panel.table.model.index(*work).data(VALUE) == 2
    pick(panel.options.part, "Choose…")
    popup = panel.findChild(ScopePopup)
    popup.line.setText("Age > 30")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    popup.close()
    assert panel.options.part.label.text() == "Age > 30"
    assert panel.table.model.names == ["Fear", "Hope", "Work"]
    assert panel.table.model.index(0, 2).data(VALUE) == 1, "the first paragraph is nobody's"
    assert panel.table.model.index(0, 1).data(VALUE) == 1
    pairs = panel._answer
    assert pairs.result.how.scope == "where: Age > 30"
    assert Shown(pairs, None, None, Choices()).options("pairs").scope["where"] == ["Age > 30"]

    set_value(small, age, "case", anna, "29")
    QTest.qWait(100)
    assert panel.table.empty.isVisible()
    set_value(small, age, "case", anna, "40")
    QTest.qWait(100)
    assert panel.table.model.index(0, 2).data(VALUE) == 1
    apply_code(small, sources(small)[0].id, 0, 5, code_tree(small).find("Work").id)
    QTest.qWait(100)
    assert panel.table.model.index(0, 2).data(VALUE) == 1
    pick(panel.options.part, "everything")
    assert panel.table.model.index(0, 2).data(VALUE) == 3, "that in the first paragraph, too"


def test_what_is_counted_in_a_part_is_what_the_command_line_counts(shown, small, second, pick):
    anna = add_case(small, "Anna")
    put_passage(small, anna, sources(small)[0].id, TEXT.index("zeta"), TEXT.index("mu"))
    panel = shown(small)
    scope = Scope(cases=("Anna",))
    panel.options.take_scope(scope)
    for unit in ("paragraph", "sentence", "document"):
        pick(panel.options.unit, unit)
        mine = panel._answer.result
        theirs = counted(small, replace(mine.how, sources=None, scope=""), scope).result
        assert mine.how == theirs.how
        assert [vars_of(block) for block in mine.blocks] == [vars_of(block) for block in theirs.blocks]


def vars_of(block):
    pairs = [(a, b) for a in block.codes for b in block.codes if a != b]
    return (block.coder_id, block.codes, block.counts.total, [block.n_ab(*pair) for pair in pairs])
