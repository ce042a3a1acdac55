"""The numbers of the table are those of the analysis, and of a count by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from coder_app.analysis.columns import columned
from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import Counting, Mode
from coder_app.domain.text import paragraphs
from coder_app.edits.codes import add_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.gui.analyse.heat_model import VALUE, HeatModel
from coder_app.gui.analyse.heat_view import heat_scale
from coder_app.gui.theme import THEMES, contrast, load_theme, mix
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coded_columns
from coder_app.queries.sources import sources, texts
from coder_app.store.project import Project


def values(model: HeatModel) -> list[list[int | None]]:
    size = range(model.rowCount())
    return [[model.index(row, column).data(VALUE) for column in size] for row in size]


def shown_words(model: HeatModel) -> list[list[str]]:
    size = range(model.rowCount())
    return [[model.index(row, column).data() for column in size] for row in size]


def test_the_table_of_the_first_coder_counts_co_coded_stretches(shown, small):
    panel = shown(small)
    assert panel.table.model.names == ["Fear", "Hope", "Work"]
    assert shown_words(panel.table.model) == [["3", "·", "2"], ["·", "1", "·"], ["2", "·", "3"]]


def test_characters_are_counted_when_they_are_picked(shown, small, pick):
    panel = shown(small)
    pick(panel.options.count, "shared characters")
    assert values(panel.table.model)[0] == [len("Alpha betaEpsilon zetamu"), 0, len("betazeta")]


def test_units_are_counted_when_they_are_picked(shown, small, pick):
    panel = shown(small)
    pick(panel.options.count, "units with both")
    assert values(panel.table.model) == [[3, 1, 3], [1, 1, 1], [3, 1, 3]]
    pick(panel.options.unit, "document")
    assert values(panel.table.model) == [[1, 1, 1]] * 3
    pick(panel.options.unit, "sentence")
    assert values(panel.table.model) == [[3, 1, 3], [1, 1, 1], [3, 1, 3]]


def test_the_codings_of_different_people_meet_only_where_they_are_merged(shown, small, pick):
    panel = shown(small)
    pick(panel.options.coders, "merged")
    assert values(panel.table.model)[0] == [4, 1, 3]
    pick(panel.options.coders, "Ben")
    assert panel.table.model.names == ["Fear", "Hope"]
    assert values(panel.table.model) == [[1, 1], [1, 1]]


def test_a_button_shows_the_table_of_the_other_coder(shown, small):
    panel = shown(small)
    _, ben = panel.table.blocks._group.buttons()
    assert ben.toolTip() == "Ben", "in a small window the name on the button is cut"
    QTest.mouseClick(ben, Qt.MouseButton.LeftButton)
    assert values(panel.table.model) == [[1, 1], [1, 1]]
    assert "Ben" in panel.table.note.text()


def test_rolled_up_codes_count_with_their_parent_and_leave_the_shared_cell_empty(shown, small, pick):
    panel = shown(small)
    pick(panel.options.sub_codes, "rolled up")
    assert panel.table.model.names == ["Emotion", "Fear", "Hope", "Work"]
    assert values(panel.table.model)[0] == [4, None, None, 2]
    assert shown_words(panel.table.model)[0] == ["4", "", "", "2"]


def test_only_the_most_used_codes_are_counted_when_that_is_asked_for(shown, small):
    panel = shown(small)
    panel.options._choose(top=2)
    assert panel.table.model.names == ["Fear", "Work"]


@pytest.mark.parametrize("mode", list(Mode))
def test_every_cell_of_the_sample_is_what_the_analysis_says(shown, sample_file, mode):
    project = Project.open(sample_file)
    panel = shown(project)
    panel.options._choose(mode=mode)
    model = panel.table.model
    tree = code_tree(project)
    units = {source_id: paragraphs(text) for source_id, text in texts(project).items()}
    spans = columned(coded_columns(project), tree).rows()
    names = {panel._answer.result.blocks[0].coder_id: "Coder A", panel._answer.result.blocks[1].coder_id: "Coder B"}
    starts = {source_id: [start for start, _ in spans] for source_id, spans in units.items()}
    block = cooccurrence(spans, tree, Counting(mode), units=units, marks=starts, names=names).blocks[0]
    assert model.rowCount() == len(block.codes) > 10
    assert values(model) == [[block.n(a) if a == b else block.n_ab(a, b) for b in block.codes] for a in block.codes]


def test_a_cell_says_in_words_what_it_counts(shown, small, pick):
    panel = shown(small)
    model = panel.table.model
    said = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Fear and Work: 2 co-coded stretches; Jaccard 1.00"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Fear, its own count: 3 stretches"
    pick(panel.options.colour, "count")
    assert model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) == "Fear and Work: 2 co-coded stretches"


def test_colours_follow_the_jaccard_or_the_count(shown, small, pick):
    panel = shown(small)
    model = panel.table.model
    pick(panel.options.coders, "merged")
    assert model.look(0, 1).shade == pytest.approx(1 / 3)
    assert model.look(0, 2).shade == 1
    pick(panel.options.colour, "count")
    assert model.look(0, 1).shade == pytest.approx(1 / 3)
    assert model.look(1, 2).shade is None
    assert model.look(0, 0).shade is None


def test_the_arrow_keys_move_the_choice_and_enter_goes_to_the_passages(shown, small):
    panel = shown(small)
    view = panel.table.view
    view.setFocus()
    view.setCurrentIndex(panel.table.model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, 2)
    assert panel.passages.model.rowCount() == 2
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert panel.focusWidget() is panel.passages.view


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, shown, small, pick):
    panel = shown(small)
    qtmodeltester.check(panel.table.model)
    pick(panel.options.sub_codes, "rolled up")
    qtmodeltester.check(panel.table.model)


@pytest.mark.parametrize("name", THEMES)
def test_tiles_are_painted_between_the_heat_colours_of_the_theme(shown, small, context, name):
    panel = shown(small)
    context.theme.choose(name)
    theme = context.theme.theme
    view = panel.table.view
    image = panel.table.grab().toImage()

    def colour(row: int, column: int):
        index = panel.table.model.index(row, column)
        option = QStyleOptionViewItem()
        option.rect = view.visualRect(index)
        corner = view.viewport().mapTo(panel.table, view.tile(option).topLeft().toPoint())
        return image.pixelColor(corner.x() + 8, corner.y() + 8).name()

    assert colour(0, 2) == mix(theme.heat_high, theme.heat_low, 1).name()
    assert colour(0, 1) == theme.paper.name()
    assert colour(1, 1) == theme.paper.name()


@pytest.mark.parametrize("name", THEMES)
def test_numbers_can_be_read_on_every_shade(name):
    scale = heat_scale(load_theme(name))
    assert all(contrast(ink, ground) >= 4.5 for ground, ink in scale)
    lightness = [ground.lightnessF() for ground, _ in scale]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))


def test_two_codes_of_one_name_are_told_apart_by_their_paths(shown, small, context):
    twin = add_code(small, "Fear")
    apply_code(small, sources(small)[0].id, 0, 4, twin)
    panel = shown(small)
    assert sorted(panel.table.model.names) == ["Emotion > Fear", "Fear", "Hope", "Work"]


def test_names_that_look_like_markup_stay_plain_in_tooltips(shown, small):
    rename_code(small, next(code.id for code in code_tree(small).walk() if code.name == "Work"), "<b>Work</b>")
    panel = shown(small)
    assert "&lt;b&gt;" in panel.table.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert panel.table.model.headerData(2, Qt.Orientation.Horizontal) == "<b>Work</b>"


def test_only_the_cells_in_sight_are_painted(shown, sample_file, monkeypatch):
    panel = shown(Project.open(sample_file))
    panel.resize(980, 520)
    looked: list[tuple[int, int]] = []
    look = HeatModel.look

    def watched(model: HeatModel, row: int, column: int):
        looked.append((row, column))
        return look(model, row, column)

    monkeypatch.setattr(HeatModel, "look", watched)
    panel.table.view.viewport().repaint()
    assert 0 < len(looked) < panel.table.model.rowCount() ** 2 / 2


def test_a_table_of_the_sample_fits_a_usual_screen_without_scrolling(shown, sample_file):
    panel = shown(Project.open(sample_file))
    panel.resize(1440, 830)
    assert panel.table.model.rowCount() > 20
    assert panel.table.view.horizontalScrollBar().maximum() == 0
    assert panel.table.view.verticalScrollBar().maximum() == 0


def test_a_small_table_keeps_its_size_and_a_large_one_gets_cells_by_the_room_that_there_is(
    shown, small, sample_file, context
):
    panel = shown(small)
    full = panel.table.view.columnWidth(0)
    assert panel.table.view.rowHeight(0) > 30
    context.show(Project.open(sample_file))
    panel.refresh()
    narrow = panel.table.view.columnWidth(0)
    panel.table.view.resize(1200, 700)
    assert full > panel.table.view.columnWidth(0) > narrow


def test_the_widest_number_fits_the_smallest_cell(shown, sample_file):
    panel = shown(Project.open(sample_file))
    panel.options._choose(mode=Mode.CHARACTERS)
    widest = panel.table.view._widest()
    assert panel.table.model.widest() == f"{max(max(filter(None, row)) for row in values(panel.table.model)):,}"
    assert panel.table.view.columnWidth(0) > widest
