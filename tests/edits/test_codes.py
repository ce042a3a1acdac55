import pytest

from coder_app.domain.errors import BadInput
from coder_app.edits.codes import add_code_path, add_example, delete_codes, merge_codes, move_codes, recolour_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import remove_sources
from coder_app.queries.codes import code_tree, codebook, examples
from coder_app.queries.history import history
from coder_app.queries.memos import memos_on
from coder_app.store.dump import dump
from coder_app.store.verify import verify


def children(project, code_id=None) -> list[str]:
    return [code.name for code in code_tree(project).children(code_id)]


def test_a_merge_hands_over_codings_children_memos_examples_and_places_in_sets(scene):
    project = scene.project
    merge_codes(project, scene.entry, [scene.trust, scene.family])
    assert children(project) == ["State"]
    assert children(project, scene.entry) == ["Distrust"]
    assert project.rows("SELECT count(*) FROM coding WHERE code_id = ?", (scene.entry,)) == [(2,)]
    assert [memo.body for memo in memos_on(project, "code", scene.entry)] == ["A thought on a code"]
    assert {one.text for one in examples(project)[scene.entry]} == {"They came at night", "told"}
    assert verify(project.db) == []


def test_a_merge_gives_a_code_no_second_place_in_a_set_and_no_second_example(scene):
    project = scene.project
    add_example(project, scene.family, scene.quotation)
    set_id = project.rows('SELECT id FROM "set"')[0][0]
    with project.edit("Two more in the set"):
        for number, code_id in enumerate((scene.trust, scene.family)):
            row = {"id": f"member-{number}", "set_id": set_id, "code_id": code_id, "order_key": f"x{number}"}
            project.insert("set_member", row)
    merge_codes(project, scene.trust, [scene.family, scene.entry])
    assert codebook(project).sets[0].members == (scene.trust,)
    assert len(examples(project)[scene.trust]) == 2


def test_a_passage_that_both_codes_stand_on_keeps_one_coding_with_both_memos(scene):
    project = scene.project
    merge_codes(project, scene.trust, [scene.family])
    assert project.rows("SELECT id FROM coding WHERE id IN (?, ?)", tuple(scene.both)) == [(scene.both[0],)]


def test_a_code_is_not_merged_into_its_own_sub_code(scene):
    before = dump(scene.project.db)
    with pytest.raises(BadInput, match="its own sub-codes"):
        merge_codes(scene.project, scene.distrust, [scene.trust])
    assert dump(scene.project.db) == before


def test_a_code_is_not_moved_under_itself_or_its_own_sub_code(scene):
    before = dump(scene.project.db)
    for target in (scene.trust, scene.distrust):
        with pytest.raises(BadInput, match="under itself"):
            move_codes(scene.project, [scene.family, scene.trust], target)
    assert dump(scene.project.db) == before


def test_codes_are_moved_in_front_of_another_or_to_the_end(scene):
    project = scene.project
    assert children(project) == ["Trust", "Family", "State"]
    move_codes(project, [scene.entry], None, scene.trust)
    assert children(project) == ["State", "Trust", "Family"]
    move_codes(project, [scene.trust, scene.entry], None)
    assert children(project) == ["Family", "Trust", "State"]
    move_codes(project, [scene.distrust], None, scene.trust)
    assert children(project) == ["Family", "Distrust", "Trust", "State"]


def test_deleting_a_code_takes_what_is_below_and_on_it_and_bare_segments(scene):
    project = scene.project
    delete_codes(project, [scene.trust])
    assert children(project) == ["Family", "State"]
    assert project.rows("SELECT id FROM coding") == [(scene.both[1],)]
    assert project.rows("SELECT count(*) FROM segment") == [(2,)], "the quotation with its memo stays"
    assert project.rows("SELECT count(*) FROM setting") == [(0,)]


def test_a_path_is_made_as_far_as_it_is_missing_in_one_step(scene):
    project = scene.project
    length = len(history(project))
    made = add_code_path(project, "Trust > Distrust > Deep")
    assert code_tree(project).path(made) == "Trust > Distrust > Deep"
    assert len(history(project)) == length + 1
    assert add_code_path(project, "Trust > Distrust > Deep") == made
    assert len(history(project)) == length + 1


def test_a_colour_that_is_none_is_refused(scene):
    with pytest.raises(BadInput, match="is no colour"):
        recolour_code(scene.project, scene.trust, "bluish")


def test_the_same_code_on_the_same_passage_is_applied_once(scene):
    project = scene.project
    length = len(history(project))
    assert apply_code(project, scene.first, 0, 16, scene.trust) == scene.coding
    assert len(history(project)) == length


@pytest.mark.parametrize(("start", "stop"), [(5, 5), (6, 5), (-1, 3), (0, 1000)])
def test_a_range_that_is_no_passage_is_refused(start, stop, scene):
    before = dump(scene.project.db)
    with pytest.raises(BadInput, match="is no passage"):
        apply_code(scene.project, scene.first, start, stop, scene.trust)
    assert dump(scene.project.db) == before


def test_a_passage_of_a_source_that_is_gone_is_refused_in_a_sentence(scene):
    remove_sources(scene.project, [scene.first])
    before = dump(scene.project.db)
    with pytest.raises(BadInput, match="not in the project any more"):
        apply_code(scene.project, scene.first, 0, 5, scene.trust)
    assert dump(scene.project.db) == before
