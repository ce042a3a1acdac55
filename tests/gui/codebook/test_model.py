"""The codebook as Qt sees it: a sound tree, right counts, and nothing reloaded that need not be."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from shiboken6 import delete

from coder_app.edits.codes import add_code, delete_codes, move_codes, recolour_code, rename_code
from coder_app.edits.codings import apply_code, recode, remove_codings
from coder_app.gui.codebook.model import COUNT, CodebookModel
from coder_app.gui.reader.mime import code_data, codes_in
from coder_app.queries.codes import code_uses


@pytest.fixture
def model(coded, qapp) -> Iterator[CodebookModel]:
    made = CodebookModel(qapp)
    made.load(coded.project)

    def take(change) -> None:
        if change.touches("code") and not made.take_codes(coded.project, change):
            made.load(coded.project)
        elif change.touches("coding"):
            made.take_codings(change, coded.project)

    forget = coded.project.subscribe(take)
    yield made
    forget()
    # Not left to the garbage collector, which would take it away in the middle of another test.
    delete(made)


def counts(model: CodebookModel, made) -> dict[str, int]:
    return {one.id: model.index_of(one.id).data(COUNT) for one in model.tree.walk()}


def test_qt_finds_the_model_sound(model: CodebookModel, coded, qtmodeltester) -> None:
    qtmodeltester.check(model)
    add_code(coded.project, "Deep", coded.institutions)
    qtmodeltester.check(model)
    delete_codes(coded.project, [coded.trust])
    qtmodeltester.check(model)


def test_it_is_sound_too_while_only_what_fits_is_shown(model: CodebookModel, coded, qtmodeltester) -> None:
    model.show_fitting("INST")
    qtmodeltester.check(model)
    assert model.rowCount() == 1
    assert model.rowCount(model.index(0, 0)) == 1
    assert model.first_fitting() == coded.institutions
    assert not model.index_of(coded.work).isValid()
    rename_code(coded.project, coded.work, "Labour")  # what is not shown changes without a row to tell of
    model.show_fitting("labo")
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Labour"]
    model.show_fitting("")
    assert model.rowCount() == 3
    assert model.first_fitting() is None


def test_counts_of_codes_that_are_not_shown_are_kept_up_too(model: CodebookModel, coded) -> None:
    model.show_fitting("work")
    apply_code(coded.project, coded.diary, 0, 5, coded.trust)
    model.show_fitting("")
    assert model.index_of(coded.trust).data(COUNT) == 3


def test_the_tree_is_shown_without_looking_at_a_single_coding(coded, qapp) -> None:
    asked: list[str] = []
    coded.project.db.conn.set_trace_callback(asked.append)
    made = CodebookModel(qapp)
    made.load(coded.project)
    coded.project.db.conn.set_trace_callback(None)
    assert made.index_of(coded.work).data(COUNT) == 2
    assert asked
    assert not any("FROM coding" in sql or "JOIN coding" in sql for sql in asked)
    delete(made)


def test_counts_are_kept_up_by_changes_as_if_counted_anew(model: CodebookModel, coded) -> None:
    project = coded.project
    new = apply_code(project, coded.diary, 0, 5, coded.trust)
    recode(project, [new], coded.institutions)
    remove_codings(project, [coded.first])
    project.undo()
    project.undo()
    expected = {code_id: use.codings for code_id, use in code_uses(project).items()}
    assert {code_id: n for code_id, n in counts(model, coded).items() if n} == expected


def test_a_new_name_or_colour_does_not_reset_the_tree(model: CodebookModel, coded, qtbot) -> None:
    held = model.index_of(coded.work)
    with qtbot.assertNotEmitted(model.modelReset):
        rename_code(coded.project, coded.work, "Labour")
        recolour_code(coded.project, coded.work, "#123456")
    assert held.data() == "Labour"
    with qtbot.waitSignal(model.modelReset):
        move_codes(coded.project, [coded.work], coded.trust)


def test_a_row_says_everything_in_words(model: CodebookModel, coded) -> None:
    model.keys = {coded.work: ["4", "H"]}
    said = model.index_of(coded.work).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Work & pay, 2 codings, key 4, key H"
    said = model.index_of(coded.topics).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "only groups other codes" in said
    assert model.index_of(coded.topics).data(Qt.ItemDataRole.FontRole).italic()


def test_a_definition_that_looks_like_markup_is_shown_as_it_is(model: CodebookModel, coded) -> None:
    rename_code(coded.project, coded.work, "<b>x</b>")
    assert "&lt;b&gt;" in model.index_of(coded.work).data(Qt.ItemDataRole.ToolTipRole)


def test_a_code_cannot_be_dropped_on_itself_or_below_itself(model: CodebookModel, coded) -> None:
    data = model.mimeData([model.index_of(coded.trust)])
    assert codes_in(data) == [coded.trust]
    move = Qt.DropAction.MoveAction
    for target in (coded.trust, coded.institutions):
        assert not model.canDropMimeData(data, move, -1, -1, model.index_of(target))
    assert model.canDropMimeData(data, move, -1, -1, model.index_of(coded.work))
    assert not model.canDropMimeData(code_data(["of another project"]), move, -1, -1, QModelIndex())


def test_nothing_is_dropped_or_renamed_where_nothing_may_be_changed(model: CodebookModel, coded) -> None:
    model.writable = False
    index = model.index_of(coded.work)
    assert not model.canDropMimeData(code_data([coded.trust]), Qt.DropAction.MoveAction, -1, -1, index)
    assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(index) & Qt.ItemFlag.ItemIsDropEnabled
