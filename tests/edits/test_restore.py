"""What was deleted comes back with what belonged to it, and later work stays."""

import pytest

from coder_app.domain.errors import BadInput
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, delete_codes, describe_code, merge_codes, rename_code
from coder_app.edits.codings import apply_code, remove_codings, remove_quotation
from coder_app.edits.memos import write_memo
from coder_app.edits.restore import bring_back, restore, restore_all, restore_wording
from coder_app.edits.sources import remove_sources
from coder_app.queries.codings import coding, codings_in
from coder_app.queries.history import history
from coder_app.queries.memos import memos_on
from coder_app.queries.settings import pinned_codes
from coder_app.store import many
from coder_app.store.as_it_was import as_it_was
from coder_app.store.dump import dump
from coder_app.store.verify import verify


@pytest.fixture(params=[many.PACK_FROM, 1], ids=["row by row", "as batches"], autouse=True)
def _packing(request, monkeypatch):
    monkeypatch.setattr(many, "PACK_FROM", request.param)


def is_one_step(project, restoring) -> None:
    """Run what restores, and check that undo and redo lead back and forth and the file is sound."""
    before, length = dump(project.db), len(history(project))
    restoring()
    after = dump(project.db)
    assert len(history(project)) == length + 1
    assert verify(project.db) == []
    project.undo()
    assert dump(project.db) == before
    project.redo()
    assert dump(project.db) == after


@pytest.mark.parametrize("table", ["code", "source", "coding", "memo", "segment"])
def test_what_was_just_deleted_comes_back_exactly(scene, table):
    project = scene.project
    before = dump(project.db)
    memo = memos_on(project, "source", scene.first)[0].id
    deleting = {
        "code": (scene.trust, lambda: delete_codes(project, [scene.trust])),
        "source": (scene.second, lambda: remove_sources(project, [scene.second])),
        "coding": (scene.coding, lambda: remove_codings(project, [scene.coding])),
        "memo": (memo, lambda: write_memo(project, "source", scene.first, "")),
        "segment": (scene.quotation, lambda: remove_quotation(project, scene.quotation)),
    }
    row_id, delete = deleting[table]
    delete()
    assert dump(project.db) != before
    is_one_step(project, lambda: restore(project, table, row_id))
    assert dump(project.db) == before


def test_a_code_comes_back_with_sub_codes_codings_memos_and_its_key_while_later_work_stays(scene):
    project = scene.project
    delete_codes(project, [scene.trust])
    later = apply_code(project, scene.first, 20, 24, scene.family)
    rename_code(project, scene.family, "Kin")

    is_one_step(project, lambda: restore(project, "code", scene.trust))

    codings = {one.id for one in codings_in(project, scene.first)}
    assert {scene.coding, scene.overlapping, later} <= codings
    assert project.rows("SELECT name FROM code WHERE id = ?", (scene.family,)) == [("Kin",)]
    assert memos_on(project, "coding", scene.coding)
    assert pinned_codes(project) == {1: scene.trust}


def test_what_was_deleted_before_the_code_stays_deleted(scene):
    project = scene.project
    remove_codings(project, [scene.coding])
    delete_codes(project, [scene.trust])
    restore(project, "code", scene.trust)
    assert coding(project, scene.coding) is None
    assert coding(project, scene.overlapping) is not None


def test_a_coding_whose_code_is_gone_brings_it_back_and_says_so(scene):
    project = scene.project
    remove_codings(project, [scene.overlapping])
    delete_codes(project, [scene.trust])

    def restoring():
        done = restore(project, "coding", scene.overlapping)
        assert set(done.needed) == {"Trust", "Distrust"}
        assert "“Distrust”" in done.words()

    is_one_step(project, restoring)
    assert coding(project, scene.overlapping) is not None
    assert coding(project, scene.coding) is None, "only what the coding needs comes back"


def test_a_coding_of_a_source_and_a_coder_that_are_gone_brings_both_back(scene):
    project = scene.project
    cy = add_coder(project, "Cy")
    added = history(project)[-1].id
    of_cy = apply_code(project, scene.second, 8, 12, scene.family, cy)
    remove_codings(project, [of_cy])
    remove_sources(project, [scene.second])
    project.revert(added)
    done = restore(project, "coding", of_cy)
    assert sorted(done.needed) == ["Cy", "Two.txt"]
    assert [one.id for one in codings_in(project, scene.second)] == [of_cy]
    assert verify(project.db) == []


def test_a_coding_made_again_since_is_not_doubled_and_gets_the_memo(scene):
    project = scene.project
    remove_codings(project, [scene.coding])
    again = apply_code(project, scene.first, 0, 16, scene.trust)
    is_one_step(project, lambda: restore(project, "coding", scene.coding))
    assert [one.id for one in codings_in(project, scene.first) if one.code_id == scene.trust] == [again]
    assert [memo.body for memo in memos_on(project, "coding", again)] == ["A thought on a coding"]


def test_a_coding_stands_on_the_segment_that_the_coder_has_marked_there_since(scene):
    project = scene.project
    remove_codings(project, [scene.coding])
    other = apply_code(project, scene.first, 0, 16, scene.family)
    restore(project, "coding", scene.coding)
    assert scene.segment_of(scene.coding) == scene.segment_of(other)
    assert verify(project.db) == []


def test_a_merged_code_comes_back_while_its_codings_stay_with_the_other(scene):
    project = scene.project
    merge_codes(project, scene.family, [scene.distrust])
    done = restore(project, "code", scene.distrust)
    assert done.stayed == 1
    assert "merged" in done.words()
    assert coding(project, scene.overlapping).code_id == scene.family
    assert verify(project.db) == []


def test_several_things_of_several_steps_are_one_step(scene):
    project = scene.project
    before = dump(project.db)
    remove_codings(project, [scene.coding])
    delete_codes(project, [scene.family])
    remove_sources(project, [scene.second])
    things = [("source", scene.second), ("coding", scene.coding), ("code", scene.family)]
    is_one_step(project, lambda: restore_all(project, things))
    # The code's coding in the second source went before the source did.
    assert dump(project.db) == before


def test_what_is_there_or_never_was_is_refused(scene):
    project = scene.project
    for table, row_id in (("code", scene.trust), ("code", "none"), ("nonsense", "x")):
        with pytest.raises(BadInput):
            restore(project, table, row_id)


def test_an_older_wording_comes_back_and_the_rest_stays(scene):
    project = scene.project
    write_memo(project, "code", scene.trust, "First")
    first = history(project)[-1].id
    memo = next(memo for memo in memos_on(project, "code", scene.trust) if memo.body == "First")
    write_memo(project, "code", scene.trust, "Second")
    second = history(project)[-1].id
    is_one_step(project, lambda: restore_wording(project, "memo", memo.id, first))
    assert memos_on(project, "code", scene.trust)[0].body == "First"
    restore_wording(project, "memo", memo.id, second)
    restore_wording(project, "memo", memo.id, second, before=True)
    assert memos_on(project, "code", scene.trust)[0].body == "First"


def test_an_older_definition_comes_back_while_the_code_stays_where_it_was_moved(scene):
    project = scene.project
    describe_code(project, scene.family, {"definition": "Blood"})
    step = history(project)[-1].id
    describe_code(project, scene.family, {"definition": "Anybody"})
    restore_wording(project, "code", scene.family, step)
    assert project.rows("SELECT definition FROM code WHERE id = ?", (scene.family,)) == [("Blood",)]
    with pytest.raises(BadInput):
        restore_wording(project, "code", scene.trust, step)


def test_a_wording_of_something_deleted_since_is_refused(scene):
    project = scene.project
    describe_code(project, scene.family, {"definition": "Blood"})
    step = history(project)[-1].id
    delete_codes(project, [scene.family])
    with pytest.raises(BadInput, match="deleted"):
        restore_wording(project, "code", scene.family, step)


def test_things_of_then_are_brought_back_into_today(scene):
    project = scene.project
    describe_code(project, scene.trust, {"definition": "Then"})
    step = history(project)[-1].id
    remove_codings(project, [scene.coding])
    delete_codes(project, [scene.family])
    describe_code(project, scene.trust, {"definition": "Now"})
    new = add_code(project, "New")

    with as_it_was(project, step) as then:
        things = [("code", scene.trust), ("code", scene.family), ("coding", scene.coding)]
        is_one_step(project, lambda: bring_back(project, then, things))
        assert project.rows("SELECT definition FROM code WHERE id = ?", (scene.trust,)) == [("Then",)]
        assert {scene.coding, scene.both[1]} <= {row[0] for row in project.rows("SELECT id FROM coding")}
        assert project.rows("SELECT 1 FROM code WHERE id = ?", (new,))
        with pytest.raises(BadInput):
            bring_back(project, then, [("code", new)])
