"""Copies that exchange their work through a folder, whatever a sync service does to its files."""

import hashlib
from pathlib import Path

import pytest

from coder_app.domain.errors import BadInput, ProjectProblem
from coder_app.domain.imported import ImportedText
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.edits.subscription import note_published
from coder_app.queries.sharing import subscription, was_found_here
from coder_app.store import team_files
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team import folder as team
from coder_app.team.coderbook import next_edition
from coder_app.team.members import Known, Seen, known, look

TEXT = "We trusted them. Then the clan came.\n"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def ana(tmp_path: Path, shared: Path):
    with Project.create(tmp_path / "ana.coder", name="Study", coder="Ana") as project:
        text = ImportedText("One.txt", "text", TEXT, TEXT.encode(), "text", "1", "utf-8")
        import_sources(project, [text])
        add_code(project, "Trust")
        team.share(project, shared)
        yield project


@pytest.fixture
def ben(tmp_path: Path, shared: Path, ana: Project):
    with team.join(shared, tmp_path / "ben.coder") as project:
        yield project


def names(project: Project) -> set[str]:
    return {row[0] for row in project.rows("SELECT name FROM code")}


def found(project: Project) -> Known:
    known_of_it = known(project)
    assert known_of_it is not None
    return known_of_it


def seen(project: Project) -> Seen:
    return look(found(project))


def state(project: Project) -> tuple[int, int]:
    """The steps that are not in the folder yet, and the files of it that are not known here."""
    return found(project).unsent, seen(project).new_files


def files(shared: Path) -> list[Path]:
    return sorted(path for path in shared.rglob("*") if path.is_file())


def test_a_new_member_begins_with_the_whole_project(ana: Project, ben: Project) -> None:
    assert dump(ben.db) == dump(ana.db)
    assert verify(ben.db) == []
    assert ben.undo_label() is None, "the others' steps are not theirs to undo"


def test_work_goes_both_ways_and_ends_equal(ana: Project, ben: Project) -> None:
    add_code(ana, "Ana's")
    add_code(ben, "Ben's")
    assert team.sync(ana).given == 1
    done = team.sync(ben)
    assert (done.taken, done.given, done.problems) == (1, 1, [])
    assert team.sync(ana).taken == 1
    assert dump(ana.db) == dump(ben.db)
    assert {"Ana's", "Ben's"} <= names(ana)


def test_a_sync_with_nothing_new_writes_nothing(ana: Project, ben: Project, shared: Path) -> None:
    team.sync(ben)
    before = {path: path.read_bytes() for path in files(shared)}
    for project in (ana, ben):
        done = team.sync(project)
        assert (done.taken, done.given) == (0, 0)
    assert {path: path.read_bytes() for path in files(shared)} == before


def test_each_copy_writes_only_files_of_its_own_and_never_again(ana: Project, ben: Project, shared: Path) -> None:
    add_code(ana, "Ana's")
    team.sync(ana)
    before = {path: path.read_bytes() for path in files(shared)}
    add_code(ben, "Ben's")
    team.sync(ben)
    after = {path: path.read_bytes() for path in files(shared)}
    assert before.items() <= after.items()
    (new,) = after.keys() - before.keys()
    assert hashlib.sha256(new.read_bytes()).hexdigest() in new.name


def test_texts_and_files_travel_with_the_steps_that_name_them(ana: Project, ben: Project) -> None:
    text = ImportedText("Two.txt", "text", "Новый text.", b"raw", "text", "1", "utf-8")
    (source,) = import_sources(ben, [text])
    apply_code(ben, source, 0, 5, ben.rows("SELECT id FROM code")[0][0])
    team.sync(ben)
    team.sync(ana)
    assert ana.rows("SELECT text FROM codings") == [("Новый",)]
    assert ana.original(ana.rows("SELECT original_hash FROM source WHERE name = 'Two.txt'")[0][0]) == b"raw"
    assert verify(ana.db) == []


def test_a_file_that_has_not_arrived_holds_back_what_builds_on_it(ana: Project, ben: Project, shared: Path) -> None:
    first = add_code(ben, "First")
    team.sync(ben)
    rename_code(ben, first, "Second")
    team.sync(ben)
    late = next(path for path in files(shared) if path.name.startswith("000001"))
    data = late.read_bytes()
    late.unlink()

    done = team.sync(ana)

    assert (done.taken, done.waiting) == (0, 1)
    assert any("has not arrived yet" in problem for problem in done.problems)
    assert "Second" not in names(ana)
    late.write_bytes(data)
    done = team.sync(ana)
    assert (done.taken, done.problems) == (2, [])
    assert "Second" in names(ana)


@pytest.mark.parametrize("harm", ["cut", "altered", "emptied"])
def test_a_file_that_is_not_whole_is_named_and_left_out(harm: str, ana: Project, ben: Project, shared: Path) -> None:
    add_code(ben, "Ben's")
    team.sync(ben)
    file = next(path for path in files(shared) if path.name.startswith("000001"))
    data = file.read_bytes()
    file.write_bytes({"cut": data[:-20], "altered": data[:40] + b"?" + data[41:], "emptied": b""}[harm])
    before = dump(ana.db)

    done = team.sync(ana)

    assert any("000001" in problem for problem in done.problems)
    assert dump(ana.db) == before
    file.write_bytes(data)
    assert team.sync(ana).problems == []
    assert "Ben's" in names(ana)


def test_what_others_lost_is_put_there_again(ana: Project, ben: Project, shared: Path, tmp_path: Path) -> None:
    add_code(ben, "Ben's")
    team.sync(ben)
    team.sync(ana)
    next(path for path in files(shared) if path.name.startswith("000001")).unlink()
    assert team.sync(ana).given == 1
    with team.join(shared, tmp_path / "cem.coder") as cem:
        assert dump(cem.db) == dump(ana.db)


def test_an_own_file_that_is_lost_after_its_steps_were_given_again_leaves_nobody_waiting(
    ana: Project, ben: Project, shared: Path
) -> None:
    for name in ("First", "Second"):
        add_code(ana, name)
        team.sync(ana)
    own = sorted((shared / team.CHANGES / team_files.replica(ana.db)).iterdir())
    whole = own[0].read_bytes()
    own[0].write_bytes(whole[:50])
    team.sync(ana)
    for path in (shared / team.CHANGES / team_files.replica(ana.db)).glob("000001-*"):
        path.unlink()
    assert team.sync(ana).problems == []
    assert team.sync(ben).problems == []
    assert dump(ben.db) == dump(ana.db)


def test_copies_that_a_service_made_and_half_written_files_are_passed_over(ana, ben, shared: Path) -> None:
    add_code(ben, "Ben's")
    team.sync(ben)
    file = next(path for path in files(shared) if path.name.startswith("000001"))
    (file.parent / "000001 (conflicted copy).jsonl.gz").write_bytes(b"x")
    (file.parent / ".000002.new").write_bytes(b"x")
    assert team.sync(ana).problems == []


def test_undo_takes_a_sync_out_and_the_next_one_brings_it_back(ana: Project, ben: Project) -> None:
    add_code(ben, "Ben's")
    team.sync(ben)
    before = dump(ana.db)
    team.sync(ana)
    ana.undo()
    assert dump(ana.db) == before
    team.sync(ana)
    assert "Ben's" in names(ana)


def test_a_folder_of_another_project_is_refused(ana: Project, tmp_path: Path, shared: Path) -> None:
    with Project.create(tmp_path / "other.coder") as other:
        with pytest.raises(BadInput, match="another project"):
            team.share(other, shared)
        full = tmp_path / "full"
        full.mkdir()
        (full / "notes.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(BadInput, match="not empty"):
            team.share(other, full)


def test_a_folder_that_is_not_there_leaves_the_project_as_it_was(ana: Project, shared: Path) -> None:
    add_code(ana, "Mine")
    shared.rename(shared.with_name("elsewhere"))
    before = dump(ana.db)
    with pytest.raises(BadInput, match="not in reach now"):
        team.sync(ana)
    assert dump(ana.db) == before
    shared.with_name("elsewhere").rename(shared)
    assert team.sync(ana).given == 1


def test_joining_without_a_whole_snapshot_makes_no_file(ana: Project, shared: Path, tmp_path: Path) -> None:
    for path in (shared / "snapshots").iterdir():
        path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ProjectProblem, match="no whole snapshot"):
        team.join(shared, tmp_path / "cem.coder")
    assert not (tmp_path / "cem.coder").exists()


def test_the_status_names_the_members_and_what_is_to_be_exchanged(ana: Project, ben: Project) -> None:
    add_code(ben, "Ben's")
    assert state(ben)[0] == 1
    team.sync(ben)
    assert state(ben)[0] == 0
    assert state(ana)[1]
    assert [(one.coders, one.steps) for one in seen(ben).members] == [(["Ana"], 1)]
    team.sync(ana)
    assert not state(ana)[1]


def test_weeks_offline_do_no_harm(ana: Project, ben: Project, shared: Path, tmp_path: Path) -> None:
    with team.join(shared, tmp_path / "cem.coder") as cem:
        for week in range(4):
            add_code(ana, f"Ana {week}")
            team.sync(ana)
            add_code(ben, f"Ben {week}")
            if week % 2:
                team.sync(ben)
        add_code(cem, "Cem")
        team.sync(cem)
        for project in (ana, ben, cem, ana, ben):
            team.sync(project)
        assert dump(ana.db) == dump(ben.db) == dump(cem.db)
        assert [verify(project.db) for project in (ana, ben, cem)] == [[], [], []]


def test_leaving_forgets_the_folder_and_keeps_the_work(ana: Project, ben: Project) -> None:
    before = dump(ben.db)
    team.leave(ben)
    assert dump(ben.db) == before
    assert team.folder_of(ben) is None


def test_a_sync_says_whose_steps_came_in_and_when_it_was(ana: Project, ben: Project) -> None:
    ben.work_as(add_coder(ben, "Ben"))
    add_code(ben, "Ben's")
    team.sync(ben)
    assert found(ana).synced_at < found(ben).synced_at
    assert team.sync(ana).coders == ["Ana", "Ben"], "the coder was added by Ana, who was at work in that copy"
    assert team.sync(ana).coders == []


def test_a_folder_that_is_not_there_is_told_in_a_sentence_when_looked_into(ana: Project, shared: Path) -> None:
    shared.rename(shared.with_name("moved"))
    with pytest.raises(BadInput, match="not in reach now"):
        seen(ana)


def test_a_file_in_the_place_of_a_folder_is_refused_in_a_sentence(ana: Project, tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(ProjectProblem, match="cannot be used now"):
        team.share(ana, file)


def test_a_member_whose_files_are_all_damaged_is_still_named(ana: Project, ben: Project, shared: Path) -> None:
    ben.work_as(add_coder(ben, "Ben", by_self=True))
    team.sync(ben)
    team.sync(ana)
    for path in shared.glob("changes/*/*"):
        path.write_bytes(path.read_bytes()[:50])
    (member,) = seen(ana).members
    assert (member.coders, member.written_at, member.unread) == (["Ben"], "", 1)
    add_code(ben, "New")
    (problem,) = team.sync(ben).problems
    assert problem.startswith(f"File 1 of Ben (…{found(ben).replica[-6:]}/000001)")


def test_a_new_member_does_not_look_for_the_codebook_on_the_computer_of_the_one_who_shared(tmp_path: Path) -> None:
    file = tmp_path / "of Ana" / "shared.coderbook"
    with Project.create(tmp_path / "ana.coder", coder="Ana") as ana:
        add_code(ana, "Trust")
        book = next_edition(ana, None).book
        assert book is not None
        note_published(ana, book, file)
        team.share(ana, tmp_path / "folder")
    with team.join(tmp_path / "folder", tmp_path / "ben.coder") as ben:
        followed = subscription(ben)
        assert followed is not None, "that the project follows it travels"
        assert not was_found_here(ben, followed)
