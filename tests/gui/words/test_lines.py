"""Words in their context: read, sorted, opened and coded."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from coder_app.domain.extents import Extent
from coder_app.gui.words.lines_model import LinesModel
from coder_app.gui.words.panel import WordsLayout
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_in
from coder_app.queries.sources import text_of
from coder_app.store.project import Project

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def lines(panel: WordsLayout) -> list[tuple[str, ...]]:
    model = panel.lines.model
    return [tuple(model.index(row, column).data() for column in range(4)) for row in range(model.rowCount())]


def coded(project: Project, *source_ids: str) -> list[tuple[str, str]]:
    tree = code_tree(project)
    return [
        (text_of(project, source_id)[one.start : one.stop], tree[one.code_id].name)
        for source_id in source_ids
        for one in codings_in(project, source_id)
    ]


def code_with(panel: WordsLayout, typed: str) -> None:
    """Ask for the code at the lines and choose it by keys."""
    QTest.keyClick(panel.lines.table, KEY.Key_C)
    field = panel.lines.coding.picker.focusWidget()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, KEY.Key_Return)


@pytest.fixture
def trust(shown, small, choose) -> WordsLayout:
    """The lines of "trust"."""
    panel = shown(small.project)
    choose(panel, "trust")
    return panel


def test_the_chosen_word_stands_between_what_is_left_and_right_of_it(trust, qtmodeltester):
    assert lines(trust)[0] == ("Anna: ", "Trust", lines(trust)[0][2], "Interview")
    assert lines(trust)[1][0].endswith("slow. We ")
    assert [line[3] for line in lines(trust)] == ["Interview", "Interview", "Interview", "Diary"]
    assert (trust.lines.title.text(), trust.lines.count.text()) == ("trust", "4 lines")
    assert trust.options.reading()[0] == "“trust” stands 4 times, in 2 of 2 sources: 137.93 in 1,000 words."
    qtmodeltester.check(trust.lines.model)


def test_every_spelling_of_a_word_has_its_line(shown, small, choose):
    panel = shown(small.project)
    choose(panel, "state's")
    assert [line[1] for line in lines(panel)] == ["state’s", "state's"]


def test_lines_are_sorted_by_their_neighbours(trust, pick):
    pick(trust.lines.sorts, "words after")
    assert [line[2].split()[0] for line in lines(trust)] == ["came", "in", "is", "neighbours."]
    pick(trust.lines.sorts, "words before")
    assert [line[0].split()[-1] for line in lines(trust)] == ["Anna:", "helped.", "No", "We"]
    pick(trust.lines.sorts, "place")
    assert lines(trust)[3][3] == "Diary"


def test_enter_and_a_double_click_open_the_place(trust, qtbot, small):
    QTest.keyClick(trust.words.table, KEY.Key_Return)
    assert trust.lines.table.hasFocus()
    QTest.keyClick(trust.lines.table, KEY.Key_Down)
    with qtbot.waitSignal(trust.place_chosen) as told:
        QTest.keyClick(trust.lines.table, KEY.Key_Return)
    assert told.args == [small.interview, 24, 29]
    place = trust.lines.table.visualRect(trust.lines.model.index(3, 0)).center()
    with qtbot.waitSignal(trust.place_chosen) as told:
        QTest.mouseClick(trust.lines.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(trust.lines.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args[0] == small.diary


def test_all_lines_are_coded_in_one_step_and_nothing_twice(trust, small, qtbot, context):
    said: list[str] = []
    context.notice_requested.connect(lambda words, _: said.append(words))
    assert trust.lines.code.text() == "Code all 4 lines…"
    QTest.keyClick(trust.words.table, KEY.Key_Return)
    code_with(trust, "Trust")
    assert coded(small.project, small.interview, small.diary) == [
        ("Trust", "Trust"), ("trust", "Trust"), ("trust", "Trust"), ("Trust", "Trust"),
    ]  # fmt: skip
    assert said[-1] == "3 passages were coded. 1 was coded so already."
    assert small.project.undo_label() == "Code 4 lines with “Trust”"
    code_with(trust, "Trust")
    assert said[-1] == "Nothing is new: 4 were coded so already."
    small.project.undo()
    assert len(coded(small.project, small.interview, small.diary)) == 1


def test_only_the_selected_lines_are_coded_as_far_as_was_chosen(trust, small, pick):
    pick(trust.lines.extents, "its sentence")
    QTest.keyClick(trust.words.table, KEY.Key_Return)
    for _ in range(3):
        QTest.keyClick(trust.lines.table, KEY.Key_Down)
    assert trust.lines.code.text() == "Code 1 line…"
    QTest.keyClick(trust.lines.table, KEY.Key_Return, CONTROL)
    field = trust.lines.coding.picker.focusWidget()
    QTest.keyClicks(field, "Near")
    QTest.keyClick(field, KEY.Key_Return)
    assert coded(small.project, small.diary) == [("Trust came late, and the state's men came twice.", "Near")]


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        (Extent.PARAGRAPH, "Anna: Trust is slow. We trust neighbours."),
        (Extent.TURN, "Anna: Trust is slow. We trust neighbours."),
    ],
)
def test_two_lines_in_one_paragraph_or_turn_give_one_coding(trust, small, extent, words):
    trust.lines._on_extent(extent)
    QTest.keyClick(trust.words.table, KEY.Key_Return)
    QTest.keyClick(trust.lines.table, KEY.Key_Down)
    QTest.keyClick(trust.lines.table, KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    code_with(trust, "Near")
    assert coded(small.project, small.interview)[0] == (words, "Near")
    assert len(coded(small.project, small.interview)) == 2


def test_a_code_that_is_new_is_made_in_the_same_step(trust, small):
    QTest.keyClick(trust.words.table, KEY.Key_Return)
    code_with(trust, "Slowness")
    assert ("Trust", "Slowness") in coded(small.project, small.interview)
    small.project.undo()
    assert "Slowness" not in {code.name for code in code_tree(small.project).walk()}


def test_several_words_have_one_list(shown, small, choose):
    panel = shown(small.project)
    choose(panel, "helped")
    choose(panel, "late", CONTROL)
    assert [line[1] for line in lines(panel)] == ["helped", "late"]


def test_a_scope_of_passages_has_only_their_lines(trust, small, qtbot):
    trust.options._on_code(small.trust)
    qtbot.waitUntil(lambda: len(lines(trust)) == 1)
    assert lines(trust)[0][2].startswith(" neighbours")


def test_what_comes_before_an_arabic_word_stands_at_its_right(shown, empty, choose, text):
    from coder_app.edits.sources import import_sources

    import_sources(empty, [text("A", "قبل الثقة بعد")])
    panel = shown(empty)
    choose(panel, "الثقة")
    assert lines(panel)[0][:3] == (" بعد", "الثقة", "قبل ")
    assert "“\u2068الثقة\u2069” stands 1 time" in panel.options.reading()[0]


def test_context_is_read_only_for_lines_in_sight(shown, empty, choose, text):
    from coder_app.edits.sources import import_sources

    import_sources(empty, [text("Long", "trust is slow and late. " * 3_000)])
    panel = shown(empty)
    choose(panel, "trust")
    model = panel.lines.model
    assert isinstance(model, LinesModel)
    assert model.rowCount() == 3_000
    assert len(model._rows) < 200


def test_a_project_that_can_only_be_read_is_not_coded(shown, small, choose, context):
    path = small.project.path
    small.project.close()
    panel = shown(Project.open(path, write=False))
    choose(panel, "trust")
    assert not panel.lines.code.isEnabled()
    QTest.keyClick(panel.lines.table, KEY.Key_C)
    assert not panel.lines.coding.picker.isVisible()
    QTest.keyClick(panel.words.table, KEY.Key_Delete)
    assert panel.words.model.word(0) == "trust"


def test_the_menus_of_both_tables_open_by_key(trust, qapp):
    for table, first in ((trust.words.table, "Go to the lines"), (trust.lines.table, "Open the place")):
        table.setFocus()
        table.customContextMenuRequested.emit(QPoint(-1, -1))
        menu = qapp.activePopupWidget()
        assert menu.actions()[0].text().startswith(first)
        menu.close()
