"""What comes of two copies that were changed apart: each rule of the union of two journals, one by one."""

import shutil
from pathlib import Path

import pytest

from coder_app.domain.errors import DamagedProject, UndoRefused
from coder_app.edits.codes import add_code, delete_codes, describe_code, merge_codes, move_codes, rename_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.store import merging, standing
from coder_app.store.dump import dump
from coder_app.store.journal import heads
from coder_app.store.project import Project
from coder_app.store.verify import verify


class Two:
    """Two copies of one project."""

    def __init__(self, mine: Project, theirs: Project) -> None:
        self.mine, self.theirs = mine, theirs

    def code(self, name: str, project: Project | None = None) -> str:
        return (project or self.mine).rows("SELECT id FROM code WHERE name = ?", (name,))[0][0]

    def join(self, into: Project | None = None) -> merging.TakenIn:
        into = into or self.mine
        other = self.theirs if into is self.mine else self.mine
        known = merging.digests(into.db)
        return into.take_in(
            lambda: merging.recorded(other.db, [one for one in merging.digests(other.db) if one not in known]),
            name=other.path.name,
            offered=heads(other.db),
            bodies=merging.bodies_missing(into.db, other.db),
        )

    def join_both(self) -> None:
        self.join(self.mine)
        self.join(self.theirs)
        assert verify(self.mine.db) == verify(self.theirs.db) == []
        assert dump(self.mine.db) == dump(self.theirs.db)


@pytest.fixture
def two(coded: Path, tmp_path: Path):
    shutil.copyfile(coded, tmp_path / "theirs.coder")
    with Project.open(coded) as mine, Project.open(tmp_path / "theirs.coder") as theirs:
        yield Two(mine, theirs)


def undecided(project: Project) -> set[tuple[str, str]]:
    return set(project.rows("SELECT table_name, field FROM conflict"))


def test_both_copies_hold_what_each_added(two: Two) -> None:
    add_code(two.mine, "Mine")
    add_code(two.theirs, "Theirs")
    two.join_both()
    assert {"Mine", "Theirs"} <= {row[0] for row in two.mine.rows("SELECT name FROM code")}
    assert undecided(two.mine) == set()


def test_joining_again_brings_nothing(two: Two) -> None:
    add_code(two.theirs, "Theirs")
    assert two.join().steps == 1
    assert two.join().steps == 0


def test_different_fields_of_one_code_both_stand(two: Two) -> None:
    trust = two.code("Trust")
    rename_code(two.mine, trust, "Faith")
    describe_code(two.theirs, trust, {"definition": "Believing others"})
    two.join_both()
    assert two.mine.rows("SELECT definition FROM code WHERE name = 'Faith'") == [("Believing others",)]
    assert undecided(two.mine) == set()


def test_of_two_names_the_later_stands_and_both_are_listed(two: Two) -> None:
    trust = two.code("Trust")
    rename_code(two.mine, trust, "Faith")
    rename_code(two.theirs, trust, "Confidence")
    two.join_both()
    assert two.mine.rows("SELECT name FROM code WHERE id = ?", (trust,)) == [("Confidence",)]
    assert undecided(two.mine) == {("code", "name")}


def test_the_same_name_given_twice_is_no_conflict(two: Two) -> None:
    trust = two.code("Trust")
    rename_code(two.mine, trust, "Faith")
    rename_code(two.theirs, trust, "Faith")
    two.join_both()
    assert undecided(two.mine) == set()


def test_a_change_that_has_seen_both_settles_it_everywhere(two: Two) -> None:
    trust = two.code("Trust")
    rename_code(two.mine, trust, "Faith")
    rename_code(two.theirs, trust, "Confidence")
    two.join_both()
    rename_code(two.mine, trust, "Reliance")
    assert undecided(two.mine) == set()
    two.join_both()
    assert undecided(two.theirs) == set()


def test_a_code_deleted_here_and_used_there_is_back(two: Two) -> None:
    trust = two.code("Trust")
    delete_codes(two.mine, [trust])
    (source,) = two.theirs.rows("SELECT id FROM source")[0]
    coding = apply_code(two.theirs, source, 40, 50, trust)
    two.join_both()
    assert two.mine.rows("SELECT row_id, kind FROM repair WHERE table_name = 'code'") == [(trust, "revived")]
    assert two.mine.rows("SELECT name FROM code WHERE id = ?", (trust,)) == [("Trust",)]

    remove_codings(two.mine, [coding])

    assert two.mine.rows("SELECT name FROM code WHERE id = ?", (trust,)) == [], "it goes with its last reference"
    assert verify(two.mine.db) == []


def test_a_delete_beside_a_change_is_a_conflict_and_the_row_stays(two: Two) -> None:
    clan = two.code("Clan")
    delete_codes(two.mine, [clan])
    rename_code(two.theirs, clan, "Kin")
    two.join_both()
    assert two.mine.rows("SELECT name FROM code WHERE id = ?", (clan,)) == [("Kin",)]
    assert ("code", "") in undecided(two.mine)


def test_codes_moved_under_each_other_lose_one_edge_and_both_copies_agree_which(two: Two) -> None:
    first, second = add_code(two.mine, "First"), add_code(two.mine, "Second")
    two.join(two.theirs)
    move_codes(two.mine, [first], second)
    move_codes(two.theirs, [second], first)
    two.join_both()
    assert two.mine.rows("SELECT row_id, kind FROM repair") == [(second, "cut")]
    assert dict(two.mine.rows("SELECT id, parent_id FROM code WHERE name IN ('First', 'Second')")) == {
        first: second,
        second: None,
    }

    move_codes(two.mine, [first], None)

    parents = dict(two.mine.rows("SELECT id, parent_id FROM code WHERE name IN ('First', 'Second')"))
    assert parents == {first: None, second: None}, "what stood at the top stays there"
    two.join_both()


def test_a_memo_on_a_code_that_was_merged_away_is_kept(two: Two) -> None:
    trust, clan = two.code("Trust"), two.code("Clan")
    merge_codes(two.mine, trust, [clan])
    write_memo(two.theirs, "code", clan, "Think again")
    two.join_both()
    assert ("Think again",) in two.mine.rows("SELECT body FROM memo")


def test_undo_right_after_takes_the_whole_merge_out(two: Two) -> None:
    add_code(two.mine, "Mine")
    before = dump(two.mine.db), two.mine.undo_label()
    rename_code(two.theirs, two.code("Trust"), "Confidence")
    add_code(two.theirs, "Theirs")
    two.join()
    assert two.mine.undo_label() == "Merge theirs.coder"
    assert two.mine.undo_size() == 2

    two.mine.undo()

    assert (dump(two.mine.db), two.mine.undo_label()) == before
    assert verify(two.mine.db) == []
    assert two.join().steps == 2


def test_after_work_that_builds_on_it_a_merge_cannot_be_taken_out(two: Two) -> None:
    add_code(two.theirs, "Theirs")
    two.join()
    rename_code(two.mine, two.code("Theirs"), "Ours")
    two.mine.undo()
    before = dump(two.mine.db)
    with pytest.raises(UndoRefused, match="cannot be taken out"):
        two.mine.undo()
    assert dump(two.mine.db) == before


def test_undo_after_a_merge_leaves_the_others_steps_alone(two: Two) -> None:
    add_code(two.theirs, "Theirs")
    two.join()
    add_code(two.mine, "Mine")
    assert two.mine.undo_label() == "Add code “Mine”"
    two.mine.undo()
    assert two.mine.rows("SELECT name FROM code WHERE name = 'Theirs'") == [("Theirs",)]


def test_what_two_merges_offered_stays_when_the_first_is_taken_out(two: Two, tmp_path: Path) -> None:
    add_code(two.theirs, "Theirs")
    two.theirs.close()
    shutil.copyfile(two.theirs.path, tmp_path / "third.coder")
    two.theirs = Project.open(tmp_path / "third.coder")
    first = two.join().merge_id
    add_code(two.theirs, "Later")
    second = two.join().merge_id

    two.mine.take_out(first)

    assert {"Theirs", "Later"} <= {row[0] for row in two.mine.rows("SELECT name FROM code")}
    two.mine.take_out(second)
    assert not {"Theirs", "Later"} & {row[0] for row in two.mine.rows("SELECT name FROM code")}
    assert verify(two.mine.db) == []
    two.theirs.close()


def test_a_step_that_builds_on_a_missing_one_is_held_back(two: Two) -> None:
    add_code(two.theirs, "First")
    add_code(two.theirs, "Second")
    known = merging.digests(two.mine.db)
    new = [one for one in merging.digests(two.theirs.db) if one not in known]

    taken = two.mine.take_in(
        lambda: merging.recorded(two.theirs.db, new[1:]), name="x", offered=heads(two.theirs.db), bodies=[]
    )

    assert (taken.steps, taken.held_back) == (0, new[1:])
    assert two.mine.undo_label() != "Merge x"


def test_an_altered_step_is_refused_and_nothing_comes_in(two: Two) -> None:
    add_code(two.theirs, "Theirs")
    known = merging.digests(two.mine.db)
    new = [one for one in merging.digests(two.theirs.db) if one not in known]
    altered = [
        one._replace(told=(*one.told[:3], "Forged", *one.told[4:])) for one in merging.recorded(two.theirs.db, new)
    ]
    before = dump(two.mine.db)

    with pytest.raises(DamagedProject, match="Forged"):
        two.mine.take_in(lambda: altered, name="x", offered=[], bodies=[])

    assert dump(two.mine.db) == before
    assert verify(two.mine.db) == []


def test_a_step_after_a_merge_costs_nothing_where_nothing_is_undecided(two: Two, monkeypatch) -> None:
    add_code(two.theirs, "Theirs")
    two.join()
    monkeypatch.setattr(standing, "refold", lambda *_: pytest.fail("folded again"))
    add_code(two.mine, "Mine")
