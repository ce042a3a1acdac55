"""Undo, redo and revert: what they give back, in which order, and what they refuse without touching anything."""

import pytest

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.errors import UndoRefused
from coder_app.domain.imported import ImportedText
from coder_app.edits.annotations import import_codings
from coder_app.edits.codes import add_code, delete_codes, merge_codes, move_codes, recolour_code, rename_code
from coder_app.edits.codings import apply_code, move_segment, recode, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.edits.settings import pin_code
from coder_app.edits.sources import import_sources, remove_sources
from coder_app.queries.history import history
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify


@pytest.fixture
def source(project):
    text = "We trusted them. Then the clan came."
    return import_sources(project, [ImportedText("One.txt", "text", text, text.encode(), "text", "1")])[0]


def last(project: Project) -> str:
    return history(project)[-1].id


def name_and_colour(project, code_id):
    return project.rows("SELECT name, colour FROM code WHERE id = ?", (code_id,))[0]


def refused(project: Project, step: str, *named: str) -> None:
    """The revert is refused, the sentence names what came later, and nothing was changed."""
    before, steps = dump(project.db), history(project)
    with pytest.raises(UndoRefused) as told:
        project.revert(step)
    for words in named:
        assert words in str(told.value)
    assert dump(project.db) == before
    assert history(project) == steps
    assert verify(project.db) == []


def test_a_new_project_has_nothing_to_undo_or_redo(project):
    assert (project.undo_label(), project.redo_label()) == (None, None)
    for go in (project.undo, project.redo):
        with pytest.raises(UndoRefused, match="nothing to"):
            go()
    refused(project, last(project), "beginning")


def test_undo_and_redo_walk_back_and_forth_by_name(project):
    for name in "ABC":
        add_code(project, name)
    assert [project.undo() for _ in range(3)] == ["Add code “C”", "Add code “B”", "Add code “A”"]
    assert project.undo_label() is None
    assert [project.redo() for _ in range(2)] == ["Add code “A”", "Add code “B”"]
    assert project.undo() == "Add code “B”"
    assert project.redo_label() == "Add code “B”"
    assert [project.redo() for _ in range(2)] == ["Add code “B”", "Add code “C”"]
    assert project.redo_label() is None


def test_a_new_edit_clears_redo_and_undo_goes_on_below_it(project):
    for name in "AB":
        add_code(project, name)
    project.undo()
    add_code(project, "C")
    assert project.redo_label() is None
    assert [project.undo(), project.undo()] == ["Add code “C”", "Add code “A”"]
    assert [project.redo(), project.redo()] == ["Add code “A”", "Add code “C”"]


def test_an_undone_step_can_be_redone_after_opening_again(project):
    add_code(project, "A")
    after = dump(project.db)
    project.undo()
    project.close()
    with Project.open(project.path) as again:
        assert again.redo() == "Add code “A”"
        assert dump(again.db) == after


def test_a_revert_keeps_what_came_since_and_is_itself_undone(project):
    code_id = add_code(project, "Trust", colour="#111111")
    rename_code(project, code_id, "Faith")
    renamed = last(project)
    recolour_code(project, code_id, "#222222")
    add_code(project, "Other")

    assert project.revert(renamed) == "Rename code “Faith”"

    assert name_and_colour(project, code_id) == ("Trust", "#222222")
    assert project.undo_label() == "Revert: Rename code “Faith”"
    project.undo()
    assert name_and_colour(project, code_id) == ("Faith", "#222222")
    project.redo()
    assert name_and_colour(project, code_id) == ("Trust", "#222222")
    assert verify(project.db) == []


def test_a_step_is_reverted_once(project):
    code_id = add_code(project, "Trust")
    rename_code(project, code_id, "Faith")
    renamed = last(project)
    project.revert(renamed)
    refused(project, renamed, "already")


def test_a_step_that_does_not_exist_is_refused(project):
    refused(project, "no-such-step", "no-such-step")


def test_a_later_change_of_the_same_field_stands_in_the_way(project):
    code_id = add_code(project, "Trust")
    rename_code(project, code_id, "Faith")
    renamed = last(project)
    rename_code(project, code_id, "Belief")
    refused(project, renamed, "Rename code “Belief”")
    project.undo()
    project.revert(renamed)
    assert name_and_colour(project, code_id)[0] == "Trust"


def test_the_borders_of_a_segment_are_one_value(project, source):
    coding = apply_code(project, source, 0, 5, add_code(project, "Trust"))
    segment = project.rows("SELECT segment_id FROM coding WHERE id = ?", (coding,))[0][0]
    move_segment(project, segment, 0, 20)
    widened = last(project)
    move_segment(project, segment, 10, 20)
    refused(project, widened, "Move a segment’s borders".replace("’", "'"))
    move_segment(project, segment, 0, 20)
    project.revert(widened)
    assert project.rows("SELECT start, stop, now_start, now_stop FROM segment") == [(0, 5, 0, 5)]


def test_a_row_that_is_still_used_is_not_removed(project, source):
    code_id = add_code(project, "Trust")
    added = last(project)
    coding = apply_code(project, source, 0, 5, code_id)
    coded = last(project)
    refused(project, added, "Apply “Trust”")
    write_memo(project, "coding", coding, "A thought")
    refused(project, coded, "Write memo")
    child = add_code(project, "Distrust", code_id)
    remove_codings(project, [coding])
    refused(project, added, "Add code “Distrust”")
    delete_codes(project, [child])
    project.revert(added)
    assert project.rows("SELECT count(*) FROM code") == [(0,)]


def test_a_row_that_was_changed_since_is_not_removed(project):
    code_id = add_code(project, "Trust")
    added = last(project)
    recolour_code(project, code_id, "#010203")
    refused(project, added, "Recolour “Trust”")


def test_a_row_does_not_come_back_without_what_it_stands_on(project, source):
    code_id = add_code(project, "Trust")
    coding = apply_code(project, source, 0, 5, code_id)
    remove_codings(project, [coding])
    removed = last(project)
    delete_codes(project, [code_id])
    refused(project, removed, "Delete code “Trust”")
    remove_sources(project, [source])
    refused(project, removed, "Delete code “Trust”", "Remove source “One.txt”")


def test_a_changed_row_that_is_gone_is_not_changed_back(project):
    code_id = add_code(project, "Trust")
    rename_code(project, code_id, "Faith")
    renamed = last(project)
    delete_codes(project, [code_id])
    refused(project, renamed, "Delete code “Faith”")


def test_a_move_whose_revert_would_close_a_circle_is_refused_with_the_later_move_named(project):
    top, low = add_code(project, "Top"), add_code(project, "Low")
    below = add_code(project, "Below", top)
    move_codes(project, [low], below)
    move_codes(project, [top], None)
    move_codes(project, [below], None)
    taken_out = last(project)
    move_codes(project, [top], low)
    refused(project, taken_out, "Move “Top”")


def test_a_merge_whose_revert_would_close_a_circle_is_refused(project):
    top, other = add_code(project, "Top"), add_code(project, "Other")
    merged = add_code(project, "Merged", top)
    child = add_code(project, "Child", merged)
    merge_codes(project, other, [merged])
    step = last(project)
    move_codes(project, [top], child)
    refused(project, step, "Move “Top”")


def test_an_undone_undo_is_redone_by_name_again_and_again(project):
    code_id = add_code(project, "Trust")
    for _ in range(4):
        project.undo()
        project.redo()
    assert [step.step for step in history(project)] == ["new", "edit", *["undo", "redo"] * 4]
    assert {step.label for step in history(project)[1:]} == {"Add code “Trust”"}
    assert project.rows("SELECT id FROM code") == [(code_id,)]


def test_reverting_an_undo_does_the_step_again(project):
    code_id = add_code(project, "Trust")
    project.undo()
    project.revert(last(project))
    assert project.rows("SELECT id FROM code") == [(code_id,)]
    assert verify(project.db) == []


def test_taking_back_a_code_leaves_the_number_key_free(project):
    from coder_app.queries.settings import pinned_codes

    code_id = add_code(project, "Trust")
    added = last(project)
    pin_code(project, 3, code_id)
    project.revert(added)
    assert pinned_codes(project) == {}
    assert verify(project.db) == []


def test_a_recoding_between_three_codes_is_taken_back_step_by_step(project, source):
    one, two, three = (add_code(project, name) for name in "ABC")
    coding = apply_code(project, source, 0, 5, one)
    recode(project, [coding], two)
    to_two = last(project)
    recode(project, [coding], three)
    refused(project, to_two, "Recode to “C”")
    recode(project, [coding], two)
    project.revert(to_two)
    assert project.rows("SELECT code_id FROM coding") == [(one,)]


def test_a_long_list_of_later_steps_is_cut_short(project, source):
    code_id = add_code(project, "Trust")
    added = last(project)
    for start in range(6):
        apply_code(project, source, start, start + 1, code_id)
    refused(project, added, "…")


def test_a_large_import_is_one_step_to_take_back(project, source):
    before = dump(project.db)
    rows = [ImportedCoding(n, "One.txt", n % 30, n % 30 + 1 + n // 30, f"Code {n % 7}", "Coder B") for n in range(150)]
    import_codings(project, rows, "many.csv", create_codes=True)
    after = dump(project.db)
    project.undo()
    assert dump(project.db) == before
    project.redo()
    assert dump(project.db) == after
    assert verify(project.db) == []
