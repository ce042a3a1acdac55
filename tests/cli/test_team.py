"""merge, conflicts and decide, as scripts use them."""

import shutil
from pathlib import Path

import pytest

from coder_app.edits.codes import add_code, describe_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.store.dump import dump
from coder_app.store.project import Project


def code_id(project: Project, name: str) -> str:
    return project.rows("SELECT id FROM code WHERE name = ?", (name,))[0][0]


@pytest.fixture
def copies(coded: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies, of which each has a code of its own, and another name for the same one."""
    other = tmp_path / "other.coder"
    shutil.copyfile(coded, other)
    for path, name in ((coded, "Mine"), (other, "Theirs")):
        with Project.open(path) as project:
            add_code(project, name)
            rename_code(project, code_id(project, "Fear"), f"Called by {name}")
    return coded, other


def dumped(path: Path) -> str:
    with Project.open(path, write=False) as project:
        return dump(project.db)


def test_merge_tells_what_came_in_and_exits_with_1_where_something_is_undecided(run, copies) -> None:
    mine, other = copies
    before = other.read_bytes()
    result = run("merge", mine, other, "--json")
    told = result.json
    assert result.code == 1
    assert (told["change_sets"], told["added"], told["removed"]) == (2, 1, 0)
    assert [one["field"] for one in told["conflicts"]] == ["name"]
    assert [side["value"] for side in told["conflicts"][0]["sides"]] == ["Called by Mine", "Called by Theirs"]
    assert other.read_bytes() == before


def test_merging_again_adds_nothing_and_both_copies_become_equal(run, copies) -> None:
    mine, other = copies
    run("merge", mine, other)
    assert run("merge", mine, other, "--json").json["change_sets"] == 0
    run("merge", other, mine)
    assert dumped(mine) == dumped(other)


def test_a_dry_run_tells_the_same_and_writes_nothing(run, copies) -> None:
    mine, other = copies
    before = mine.read_bytes()
    tried = run("merge", mine, other, "--dry-run", "--json").json
    assert mine.read_bytes() == before
    assert tried == run("merge", mine, other, "--json").json


def test_undo_takes_the_merge_out_and_merging_again_brings_it_back(run, copies) -> None:
    mine, other = copies
    before = dumped(mine)
    run("merge", mine, other)
    merged = dumped(mine)
    assert run("undo", mine).code == 0
    assert dumped(mine) == before
    run("merge", mine, other)
    assert dumped(mine) == merged


def test_a_conflict_is_decided_by_its_number_and_the_decision_travels(run, copies) -> None:
    mine, other = copies
    run("merge", mine, other)
    listed = run("conflicts", mine, "--json")
    assert (listed.code, len(listed.json)) == (1, 1)
    assert run("decide", mine, "1", "--side", "1").code == 0
    assert run("conflicts", mine).code == 0
    assert run("merge", other, mine).code == 0
    with Project.open(other, write=False) as project:
        assert code_id(project, "Called by Mine")


def test_what_stands_can_be_confirmed_and_that_travels_too(run, copies) -> None:
    mine, other = copies
    run("merge", mine, other)
    run("merge", other, mine)
    assert run("decide", mine, "1").code == 0
    assert run("conflicts", other).code == 1
    assert run("merge", other, mine).code == 0
    assert run("conflicts", other).code == 0
    run("undo", mine)
    assert run("verify", mine).code == 0


def test_several_copies_are_one_merge(run, copies, tmp_path) -> None:
    mine, other = copies
    third = tmp_path / "third.coder"
    shutil.copyfile(other, third)
    with Project.open(third) as project:
        add_code(project, "Third")
    before = dumped(mine)
    assert run("merge", mine, other, third, "--json").json["change_sets"] == 3
    run("undo", mine)
    assert dumped(mine) == before


def test_another_project_is_refused_unless_aligned(run, copies, coded, tmp_path) -> None:
    mine, _ = copies
    stranger = tmp_path / "stranger.coder"
    run("new", stranger, "--coder", "Coder Z")
    before = mine.read_bytes()
    refused = run("merge", mine, stranger)
    assert refused.code == 2
    assert "stranger.coder is another project" in refused.err
    assert mine.read_bytes() == before


def test_copies_that_imported_the_same_files_are_aligned_by_text_and_path(run, tmp_path) -> None:
    text = tmp_path / "One.txt"
    text.write_text("We trusted them. Then the clan came.\n", encoding="utf-8")
    paths = [tmp_path / "a.coder", tmp_path / "b.coder"]
    for path, coder, definition in zip(paths, ("Aida", "Bakyt"), ("", "Believing others"), strict=True):
        run("new", path, "--name", "Study", "--coder", coder)
        run("import", path, text)
        with Project.open(path) as project:
            state = add_code(project, "State")
            trust = add_code(project, "Trust", state)
            describe_code(project, trust, {"definition": definition})
            (source,) = project.rows("SELECT id FROM source")[0]
            apply_code(project, source, 0, 16, trust)
    assert run("merge", paths[0], paths[1], "--align").code == 0
    with Project.open(paths[0]) as project:
        assert project.rows("SELECT count(*) FROM source") == [(1,)]
        assert project.rows("SELECT count(*) FROM project") == [(1,)]
        assert project.rows("SELECT name, definition FROM code ORDER BY name") == [
            ("State", ""),
            ("Trust", "Believing others"),
        ]
        assert project.rows("SELECT count(*) FROM coding") == [(2,)]
    assert run("verify", paths[0]).code == 0
    run("merge", paths[1], paths[0], "--align")
    assert dumped(paths[0]) == dumped(paths[1])


@pytest.mark.parametrize("damage", ["cut", "no project", "missing", "itself"])
def test_a_file_that_is_none_is_refused_by_name_and_nothing_changes(damage, run, copies) -> None:
    mine, other = copies
    if damage == "cut":
        other.write_bytes(other.read_bytes()[:5000])
    elif damage == "no project":
        other.write_text("no project", encoding="utf-8")
    elif damage == "missing":
        other.unlink()
    before = mine.read_bytes()
    result = run("merge", mine, mine if damage == "itself" else other)
    assert result.code == 2
    assert (mine if damage == "itself" else other).name in result.err
    assert mine.read_bytes() == before


def test_a_copy_that_is_open_elsewhere_is_refused(run, copies) -> None:
    mine, other = copies
    with Project.open(other):
        result = run("merge", mine, other)
    assert result.code == 2
    assert "other.coder is open elsewhere" in result.err


def test_a_team_works_through_a_folder(run, coded, tmp_path) -> None:
    folder, ben = tmp_path / "shared", tmp_path / "ben.coder"
    assert run("team", "share", coded, folder).code == 0
    assert run("team", "join", folder, ben, "--coder", "Ben").code == 0
    assert run("code", ben, "market.txt", "0", "10", "Place").code == 0
    assert run("team", "sync", ben, "--json").json["given"] == 1
    told = run("team", "sync", coded, "--json").json
    assert (told["taken"], told["problems"], told["conflicts"]) == (2, [], 0)
    assert dumped(coded) == dumped(ben)
    status = run("team", "status", coded, "--json").json
    assert (status["unsent"], status["up_to_date"]) == (0, True)
    assert [one["coders"] for one in status["members"]] == [["Ben"]], "who joins adds themselves"
    assert run("team", "leave", ben).code == 0
    assert run("team", "sync", ben).code == 2


def test_a_truncated_file_of_the_folder_is_named_and_exits_with_1(run, coded, tmp_path) -> None:
    folder, ben = tmp_path / "shared", tmp_path / "ben.coder"
    run("team", "share", coded, folder)
    run("team", "join", folder, ben, "--coder", "Ben")
    (file,) = folder.glob("changes/*/*.gz")
    file.write_bytes(file.read_bytes()[:100])
    result = run("team", "sync", coded)
    assert result.code == 1
    assert "000001" in result.out


def test_joining_never_overwrites_a_file_and_a_folder_that_is_none_is_named(run, coded, tmp_path) -> None:
    run("team", "share", coded, tmp_path / "shared")
    before = coded.read_bytes()
    assert run("team", "join", tmp_path / "shared", coded).is_bad_input_about("small.coder")
    assert coded.read_bytes() == before
    assert run("team", "join", tmp_path / "nowhere", tmp_path / "x.coder").is_bad_input_about("nowhere")
    assert not (tmp_path / "x.coder").exists()
