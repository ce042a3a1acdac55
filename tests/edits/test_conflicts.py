"""Deciding what two copies left undecided."""

from pathlib import Path

import pytest

from coder_app.domain.errors import BadInput
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import delete_codes, describe_code, move_codes, rename_code
from coder_app.edits.codings import apply_code, move_segment, remove_codings
from coder_app.edits.conflicts import drop, keep, settle, settle_all
from coder_app.edits.memos import edit_memo, remove_memos, write_memo
from coder_app.edits.sources import remove_sources
from coder_app.queries.conflicts import CUT, DELETED, DIFFERENT, REVIVED, conflicts
from coder_app.queries.memos import memos_on
from coder_app.store import merging
from coder_app.store.dump import dump
from coder_app.store.journal import heads
from coder_app.store.project import Project
from coder_app.store.verify import verify


def join(into: Project, other: Project) -> None:
    known = merging.digests(into.db)
    into.take_in(
        lambda: merging.recorded(other.db, [one for one in merging.digests(other.db) if one not in known]),
        name=other.path.name,
        offered=heads(other.db),
        bodies=merging.bodies_missing(into.db, other.db),
    )


@pytest.fixture
def other(scene, tmp_path: Path):
    """A copy of the scene's project."""
    path = tmp_path / "other.coder"
    scene.project.db.conn.execute("VACUUM INTO ?", (str(path),))
    with Project.open(path) as project:
        yield project


def both_ways(mine: Project, other: Project) -> None:
    join(mine, other)
    join(other, mine)
    assert dump(mine.db) == dump(other.db)
    assert verify(mine.db) == verify(other.db) == []


def test_both_sides_are_shown_with_author_and_time(scene, other) -> None:
    describe_code(scene.project, scene.trust, {"definition": "Mine"})
    describe_code(other, scene.trust, {"definition": "Theirs"})
    join(scene.project, other)
    (one,) = conflicts(scene.project)
    assert (one.kind, one.table, one.field, one.thing) == (DIFFERENT, "code", "definition", "Trust")
    assert [(side.shown, side.coder) for side in one.sides] == [("Mine", "Coder A"), ("Theirs", "Coder A")]
    assert one.sides[0].wall_time < one.sides[1].wall_time


@pytest.mark.parametrize("value", ["Mine", "Theirs", "Ours"])
def test_a_decision_for_either_side_or_another_value_travels(value, scene, other) -> None:
    describe_code(scene.project, scene.trust, {"definition": "Mine"})
    describe_code(other, scene.trust, {"definition": "Theirs"})
    both_ways(scene.project, other)

    settle(other, conflicts(other)[0], (value,))

    both_ways(scene.project, other)
    assert conflicts(scene.project) == conflicts(other) == []
    assert scene.project.rows("SELECT definition FROM code WHERE id = ?", (scene.trust,)) == [(value,)]


def test_two_decisions_that_had_not_seen_each_other_are_undecided_again(scene, other) -> None:
    describe_code(scene.project, scene.trust, {"definition": "Mine"})
    describe_code(other, scene.trust, {"definition": "Theirs"})
    both_ways(scene.project, other)
    settle(scene.project, conflicts(scene.project)[0], ("Mine",))
    keep(other, conflicts(other))
    both_ways(scene.project, other)
    assert [one.field for one in conflicts(other)] == ["definition"]


def test_undo_of_a_decision_leaves_a_sound_project(scene, other) -> None:
    describe_code(scene.project, scene.trust, {"definition": "Mine"})
    describe_code(other, scene.trust, {"definition": "Theirs"})
    both_ways(scene.project, other)
    keep(other, conflicts(other))
    other.undo()
    other.redo()
    both_ways(scene.project, other)
    assert scene.project.rows("SELECT definition FROM code WHERE id = ?", (scene.trust,)) == [("Theirs",)]


def test_a_range_is_one_value(scene, other) -> None:
    segment = scene.segment_of(scene.coding)
    move_segment(scene.project, segment, 1, 16)
    move_segment(other, segment, 0, 18)
    both_ways(scene.project, other)
    (one,) = conflicts(other)
    assert [side.values[1:] for side in one.sides if side.values] == [(1, 16), (0, 18)]
    settle(other, one, one.sides[0].values or ())
    both_ways(scene.project, other)
    assert scene.project.rows("SELECT now_start, now_stop FROM segment WHERE id = ?", (segment,)) == [(1, 16)]


def test_a_memo_written_on_both_sides_keeps_both_wordings_until_decided(scene, other) -> None:
    memo = memos_on(scene.project, "source", scene.first)[0]
    edit_memo(scene.project, memo, "Mine")
    edit_memo(other, memo, "Theirs")
    both_ways(scene.project, other)
    (one,) = conflicts(scene.project)
    assert {side.shown for side in one.sides} == {"Mine", "Theirs"}


def test_a_code_deleted_here_and_used_there_can_be_kept_for_good(scene, other) -> None:
    delete_codes(scene.project, [scene.trust])
    apply_code(other, scene.second, 2, 5, scene.trust)
    both_ways(scene.project, other)
    revived = [one for one in conflicts(other) if one.kind == REVIVED]
    assert [one.thing for one in revived] == ["Trust"]

    keep(other, revived)

    both_ways(scene.project, other)
    assert [one for one in conflicts(scene.project) if one.kind == REVIVED] == []
    assert scene.project.rows("SELECT name FROM code WHERE id = ?", (scene.trust,)) == [("Trust",)]


def test_a_delete_beside_a_change_is_listed_and_can_be_decided_by_deleting(scene, other) -> None:
    delete_codes(scene.project, [scene.family])
    rename_code(other, scene.family, "Kin")
    both_ways(scene.project, other)
    assert DELETED in {one.kind for one in conflicts(other)}
    delete_codes(other, [scene.family])
    both_ways(scene.project, other)
    assert conflicts(scene.project) == []
    assert scene.project.rows("SELECT 1 FROM code WHERE id = ?", (scene.family,)) == []


def test_a_circle_of_codes_is_listed_and_what_stands_can_be_kept(scene, other) -> None:
    move_codes(scene.project, [scene.family], scene.entry)
    move_codes(other, [scene.entry], scene.family)
    both_ways(scene.project, other)
    cut = [one for one in conflicts(other) if one.kind == CUT]
    assert [one.row_id for one in cut] == [scene.entry]
    keep(other, cut)
    both_ways(scene.project, other)
    assert [one for one in conflicts(scene.project) if one.kind == CUT] == []
    assert scene.project.rows("SELECT parent_id FROM code WHERE id = ?", (scene.entry,)) == [(None,)]


def test_what_is_decided_already_is_refused(scene, other) -> None:
    describe_code(scene.project, scene.trust, {"definition": "Mine"})
    describe_code(other, scene.trust, {"definition": "Theirs"})
    join(scene.project, other)
    (one,) = conflicts(scene.project)
    keep(scene.project, [one])
    with pytest.raises(BadInput, match="decided already"):
        settle(scene.project, one, ("Mine",))


def test_several_are_decided_as_one_step(scene, other) -> None:
    for code in (scene.trust, scene.family):
        describe_code(scene.project, code, {"definition": "Mine"})
        describe_code(other, code, {"definition": "Theirs"})
    both_ways(scene.project, other)
    found = conflicts(other)
    settle_all(other, [(one, one.sides[0].values or ()) for one in found])
    assert other.undo_label() == "Decide 2 conflicts"
    both_ways(scene.project, other)
    assert conflicts(other) == []
    assert {row[0] for row in other.rows("SELECT definition FROM code WHERE definition != ''")} >= {"Mine"}


@pytest.mark.parametrize("deleted", ["code", "source", "memo", "coding", "coder"])
def test_what_one_deleted_and_the_other_used_or_changed_is_deleted_with_what_uses_it(deleted, scene, other) -> None:
    here = scene.project
    if deleted == "code":
        delete_codes(here, [scene.trust])
        apply_code(other, scene.second, 2, 5, scene.trust)
    elif deleted == "source":
        remove_sources(here, [scene.second])
        apply_code(other, scene.second, 2, 5, scene.trust)
    elif deleted == "memo":
        memo = memos_on(here, "source", scene.first)[0]
        remove_memos(here, [memo.id])
        edit_memo(other, memo, "Theirs")
    elif deleted == "coding":
        remove_codings(here, [scene.coding])
        write_memo(other, "coding", scene.coding, "Why?")
    else:
        coder = add_coder(here, "Zoe")
        join(other, here)
        here.undo()
        other.work_as(coder)
        apply_code(other, scene.second, 2, 5, scene.trust, coder)
    both_ways(here, other)
    found = [one for one in conflicts(other) if one.kind in {REVIVED, DELETED}]
    assert found
    drop(other, found)
    both_ways(here, other)
    assert conflicts(here) == []
    assert here.rows(f"SELECT 1 FROM {found[0].table} WHERE id = ?", (found[0].row_id,)) == []


def test_what_nobody_deleted_is_not_dropped(scene, other) -> None:
    describe_code(scene.project, scene.trust, {"definition": "Mine"})
    describe_code(other, scene.trust, {"definition": "Theirs"})
    join(scene.project, other)
    with pytest.raises(BadInput, match="Nobody has deleted"):
        drop(scene.project, conflicts(scene.project))
