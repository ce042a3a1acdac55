"""The layout for counting follows the project, the options and the hands."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from coder_app.analysis.how import Mode, Unit
from coder_app.domain.disagreement import Agreed
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.imported import ImportedText
from coder_app.edits.adjudication import take_agreed
from coder_app.edits.codes import add_code, delete_codes, rename_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.sources import import_sources
from coder_app.gui.analyse.heat_model import VALUE
from coder_app.gui.analyse.panel import AnalysePanel
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_in
from coder_app.queries.sources import sources


def cell(panel: AnalysePanel, row: str, column: str) -> int | None:
    names = panel.table.model.names
    return panel.table.model.index(names.index(row), names.index(column)).data(VALUE)


def choose(panel: AnalysePanel, row: str, column: str) -> None:
    """Choose a cell by a click of the mouse."""
    names, view = panel.table.model.names, panel.table.view
    index = panel.table.model.index(names.index(row), names.index(column))
    place = view.visualRect(index).topLeft() + QPoint(30, 18)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def code_named(project, name: str) -> str:
    return next(code.id for code in code_tree(project).walk() if code.name == name)


def test_a_project_without_codings_says_what_to_do_first(shown, empty):
    panel = shown(empty)
    assert panel.table.empty.isVisible()
    assert "Nothing is coded yet" in panel.table.empty.text()
    assert not panel.table.export.isEnabled()


def test_one_code_alone_makes_no_table(shown, empty):
    source_id = import_sources(empty, [_text("One two.")])[0]
    apply_code(empty, source_id, 0, 3, add_code(empty, "Only"))
    panel = shown(empty)
    assert panel.table.empty.isVisible()
    assert "Only one code is used here: Only" in panel.table.empty.text()


def _text(words: str):
    return ImportedText("A.txt", "text", words, words.encode(), "text", "1", "utf-8")


def test_the_chosen_cell_is_said_in_one_sentence(shown, small):
    panel = shown(small)
    choose(panel, "Fear", "Work")
    said = panel.options.reading()
    assert said.counted == "Ann: Fear has 3 stretches, Work has 3 stretches; together they have 2 co-coded stretches."
    assert said.coefficient == "Jaccard 1.00"
    assert said.basis == "Fear is in 3, Work in 3, both in 3 of 3 paragraphs."


def test_the_diagonal_is_said_to_be_no_co_occurrence(shown, small):
    panel = shown(small)
    choose(panel, "Hope", "Hope")
    assert panel.options.reading().counted.startswith("Ann: Hope alone has 1 stretch.")
    assert panel.options.reading().coefficient == ""
    assert panel.passages.count.text() == "1 passage"


def test_an_undefined_coefficient_is_said_to_be_undefined(shown, small, pick):
    panel = shown(small)
    pick(panel.options.sub_codes, "rolled up")
    choose(panel, "Emotion", "Fear")
    assert panel.options.reading().coefficient == "Jaccard undefined"
    assert panel.passages.empty.isVisible()


def test_codes_in_no_unit_have_an_undefined_jaccard(shown, small):
    # The line breaks between paragraphs belong to none of them.
    source_id = sources(small)[0].id
    place = 23
    apply_code(small, source_id, place, place + 1, add_code(small, "Break one"))
    apply_code(small, source_id, place, place + 1, add_code(small, "Break two"))
    panel = shown(small)
    choose(panel, "Break one", "Break two")
    assert cell(panel, "Break one", "Break two") == 1
    assert panel.options.reading().coefficient == "Jaccard undefined"


def test_two_codes_that_never_meet_are_said_so(shown, small):
    panel = shown(small)
    choose(panel, "Fear", "Hope")
    assert panel.passages.empty.isVisible()
    assert panel.passages.empty.text() == "These two codes never stand on the same words here."
    assert panel.options.reading().coefficient == "Jaccard .33"


@pytest.mark.parametrize(
    ("option", "pair", "said"),
    [
        ({"mode": Mode.RELATION}, ("Fear", "Hope"), "No two codings with these codes lie like this here."),
        (
            {"mode": Mode.PROXIMITY, "distance": Distance(0, Measure.CHARACTERS)},
            ("Fear", "Hope"),
            "The second code never comes so near after the first here.",
        ),
        (
            {"mode": Mode.UNITS, "unit": Unit.SENTENCE},
            ("Break", "Hope"),
            "These two codes never stand in the same unit here.",
        ),
        ({"mode": Mode.WINDOWS, "stanza": 1}, ("Break", "Hope"), "These two codes never meet in one window here."),
    ],
)
def test_an_empty_cell_is_explained_by_what_is_counted(shown, small, option, pair, said):
    source_id = sources(small)[0].id
    apply_code(small, source_id, 0, 5, add_code(small, "Break"))
    panel = shown(small)
    panel.options._choose(**option)
    choose(panel, *pair)
    assert panel.passages.empty.text() == said


def test_a_new_coding_is_counted_a_moment_later(shown, small, context, qtbot):
    panel = shown(small)
    source_id = sources(small)[0].id
    context.attempt(apply_code, source_id, 0, 10, code_named(small, "Hope"))
    qtbot.waitUntil(lambda: cell(panel, "Fear", "Hope") == 1, timeout=2000)
    context.attempt(type(small).undo)
    qtbot.waitUntil(lambda: cell(panel, "Fear", "Hope") == 0, timeout=2000)


def test_many_steps_in_a_row_are_counted_once(shown, small, context, qtbot):
    panel = shown(small)
    counted: list[object] = []
    panel.table.model.dataChanged.connect(lambda *_: counted.append(1))
    source_id = sources(small)[0].id
    for start in range(5):
        context.attempt(apply_code, source_id, start, 10, code_named(small, "Hope"))
    qtbot.wait(400)
    assert len(counted) == 1


def test_what_changes_out_of_sight_is_counted_when_the_layout_is_shown_again(shown, small, context, qtbot):
    panel = shown(small)
    panel.hide()
    context.attempt(apply_code, sources(small)[0].id, 0, 10, code_named(small, "Hope"))
    qtbot.wait(250)
    assert cell(panel, "Fear", "Hope") == 0
    panel.show()
    assert cell(panel, "Fear", "Hope") == 1


def test_the_chosen_cell_stays_chosen_when_the_table_is_counted_again(shown, small, context, qtbot):
    panel = shown(small)
    choose(panel, "Fear", "Work")
    context.attempt(apply_code, sources(small)[0].id, 0, 4, add_code(small, "Anew"))
    qtbot.waitUntil(lambda: "Anew" in panel.table.model.names, timeout=2000)
    assert panel.table.model.pair(panel.table.view.currentIndex()) == (
        code_named(small, "Fear"),
        code_named(small, "Work"),
    )
    assert panel.passages.model.rowCount() == 2


def test_the_passages_follow_the_codings(shown, small, context, qtbot):
    panel = shown(small)
    choose(panel, "Fear", "Work")
    beta = next(one for one in codings_in(small, sources(small)[0].id) if one.code_id == code_named(small, "Work"))
    context.attempt(remove_codings, [beta.id])
    qtbot.waitUntil(lambda: panel.passages.count.text() == "1 passage", timeout=2000)


def test_a_deleted_code_leaves_the_table_and_the_choice(shown, small, context, qtbot):
    panel = shown(small)
    choose(panel, "Fear", "Work")
    context.attempt(delete_codes, [code_named(small, "Work")])
    qtbot.waitUntil(lambda: panel.table.model.names == ["Fear", "Hope"], timeout=2000)
    assert panel.passages.model.rowCount() == 0
    assert "Choose a cell" in panel.options.reading().counted


def test_a_new_name_is_shown_everywhere(shown, small, context, qtbot):
    panel = shown(small)
    choose(panel, "Fear", "Work")
    context.attempt(rename_code, code_named(small, "Work"), "Labour & toil")
    qtbot.waitUntil(lambda: "Labour & toil" in panel.table.model.names, timeout=2000)
    assert "Labour & toil" in panel.options.reading().counted
    assert panel.passages.title.accessibleName() == "Fear × Labour & toil"


def test_hidden_coders_are_counted_all_the_same(shown, small, context, qtbot):
    panel = shown(small)
    assert "hidden" not in panel.table.note.text()
    context.hide_coders({panel._answer.result.blocks[0].coder_id})
    qtbot.wait(250)
    assert panel.table.note.text().endswith("Ann is counted though hidden in the texts")
    assert panel.table.blocks.isVisible()
    assert cell(panel, "Fear", "Work") == 2


def test_another_project_starts_with_the_usual_options(shown, small, empty, context, pick):
    panel = shown(small)
    pick(panel.options.count, "shared characters")
    context.show(empty)
    assert panel.options.options == type(panel.options.options)()
    assert panel.table.model.rowCount() == 0


def test_a_closed_project_leaves_nothing_behind(shown, small, context):
    panel = shown(small)
    choose(panel, "Fear", "Work")
    context.close()
    assert panel.table.model.rowCount() == 0
    assert panel.passages.model.rowCount() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_an_option_is_chosen_by_the_keyboard_alone(shown, small, qapp, key):
    panel = shown(small)
    panel.options.count.button.setFocus()

    def in_the_menu() -> None:
        menu = qapp.activePopupWidget()
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(50, in_the_menu)
    QTest.keyClick(panel.options.count.button, key)
    assert panel.options.count.button.accessibleName() == "Count: pairs of codings"
    assert panel.options.options.mode == "pairs"


def test_every_control_has_a_name_and_can_be_reached_by_tab(shown, small):
    panel = shown(small)
    rows = (panel.options.count, panel.options.unit, panel.options.coders, panel.options.sub_codes)
    buttons = [row.button for row in (*rows, panel.options.colour, panel.options.sources, panel.options.codes)]
    for widget in (*buttons, panel.table.view, panel.passages.view, panel.table.export):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_large_project_is_counted_by_a_worker(shown, small, monkeypatch, qtbot):
    monkeypatch.setattr("coder_app.gui.analyse.counting._MOST_SPANS", 3)
    panel = shown(small)
    qtbot.waitUntil(lambda: panel.table.model.names == ["Fear", "Hope", "Work"], timeout=3000)
    assert cell(panel, "Fear", "Work") == 2
    panel.options._choose(top=2)
    panel.options._choose(top=1)
    panel.options._choose(top=None)
    qtbot.waitUntil(lambda: not panel._context.jobs.running, timeout=3000)
    assert panel.table.model.names == ["Fear", "Hope", "Work"]


def test_the_consensus_is_nobody_who_could_agree(shown, small, context, qtbot):
    panel = shown(small)
    source_id = sources(small)[0].id
    take_agreed(small, [Agreed(source_id, code_named(small, "Fear"), 0, 5, (codings_in(small, source_id)[0].id,))])
    qtbot.waitUntil(lambda: not panel._stale and not context.jobs.running)
    offered = [words for _, words in panel.options.coders._entries]
    assert offered == ["each separately", "merged", "at least 2 agree", "Ann", "Ben", "Consensus"]
