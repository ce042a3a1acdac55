"""The copies that the app makes by itself: when, which are kept, and how one comes back."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.store.backup import backup, folder_of, free_name
from coder_app.store.backups import (
    DAYS,
    MANY,
    MONTHS,
    WEEKS,
    Backup,
    all_backups,
    backups,
    is_due,
    keep_before,
    keep_copy,
    superseded,
)
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.put_back import put_back
from coder_app.store.verify import verify

NOW = datetime(2026, 3, 12, 14, 3).astimezone()


LATER = datetime.now().astimezone() + timedelta(days=2)


def at(*moments: datetime) -> list[Backup]:
    return [Backup(Path(moment.isoformat()), moment, 1) for moment in moments]


def test_a_copy_is_made_of_what_changed_and_is_a_whole_project(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        assert made is not None
        assert made.parent.name == "coded backups"
        assert keep_copy(project, NOW + timedelta(hours=1)) is None, "nothing has changed since"
        add_code(project, "New")
        assert keep_copy(project, NOW + timedelta(hours=1)) is not None
    assert [one.path for one in backups(coded)][1] == made
    with Project.open(made, write=False) as copy:
        assert verify(copy.db) == []


def test_a_project_without_content_is_not_copied(project: Project) -> None:
    assert keep_copy(project, NOW) is None
    assert not folder_of(project.path).exists()


def test_a_copy_is_due_half_an_hour_after_the_last_where_something_changed(coded: Path) -> None:
    with Project.open(coded) as project:
        assert is_due(project, LATER)
        assert not is_due(project, datetime.now().astimezone()), "it was made a moment ago"
        keep_copy(project, NOW)
        add_code(project, "New")
        assert not is_due(project, NOW + timedelta(minutes=29))
        assert is_due(project, NOW + timedelta(minutes=31))


def test_of_a_year_of_copies_the_last_of_each_day_week_and_month_stay() -> None:
    known = at(*(NOW - timedelta(hours=6 * n) for n in range(4 * 365)))
    dropped = set(superseded(known))
    kept = [one for one in known if one not in dropped]
    assert DAYS + WEEKS + MONTHS - 6 <= len(kept) <= DAYS + WEEKS + MONTHS + 5
    assert kept[0].made_at == NOW
    assert (NOW - kept[-1].made_at).days > 30 * (MONTHS - 2)
    days = {one.made_at.date() for one in kept}
    assert {(NOW - timedelta(days=n)).date() for n in range(DAYS)} <= days


@given(st.lists(st.integers(0, 400 * 24 * 60), min_size=1, max_size=60))
def test_the_newest_copy_always_stays_and_dropping_twice_drops_nothing_more(minutes: list[int]) -> None:
    known = at(*(NOW - timedelta(minutes=n) for n in sorted(set(minutes))))
    dropped = superseded(known)
    kept = [one for one in known if one not in dropped]
    assert known[0] in kept
    assert superseded(kept) == []


def test_each_copy_that_is_left_of_a_year_of_work_is_sound_and_comes_back(coded: Path, tmp_path: Path) -> None:
    moments = [NOW - timedelta(days=n) for n in range(364, 14, -4)]
    moments += [NOW - timedelta(hours=n) for n in range(14 * 24, -1, -9)]
    held: dict[Path, str] = {}
    with Project.open(coded) as project:
        for number, moment in enumerate(moments):
            add_code(project, f"Code {number}")
            made = keep_copy(project, moment)
            assert made is not None
            held[made] = dump(project.db)
    left = [one.path for one in backups(coded)]
    assert DAYS + 5 < len(left) <= DAYS + WEEKS + MONTHS + 5
    for number, copy in enumerate(left):
        back = tmp_path / f"back {number}" / coded.name
        back.parent.mkdir()
        assert put_back(back, copy) is None
        with Project.open(back, write=False) as project:
            assert verify(project.db) == []
            assert dump(project.db) == held[copy]


def test_before_a_merge_a_copy_is_made_of_whatever_changed(coded: Path) -> None:
    with Project.open(coded) as project:
        assert keep_before(project) is not None
        assert keep_before(project) is None, "nothing has changed since"
        add_code(project, "New")
        assert keep_before(project) is not None


def test_many_imports_in_a_row_are_copied_once(coded: Path) -> None:
    with Project.open(coded) as project:
        for minute in range(0, 120, 2):
            add_code(project, f"Code {minute}")
            keep_before(project, 30, now=LATER + timedelta(minutes=minute))
        assert len(backups(coded)) == 4


def test_before_thousands_of_rows_the_newest_copy_is_five_minutes_old_at_most(coded: Path) -> None:
    with Project.open(coded) as project:
        assert keep_before(project, MANY, now=LATER) is not None
        add_code(project, "New")
        assert keep_before(project, MANY, now=LATER + timedelta(minutes=4)) is None
        assert keep_before(project, MANY - 1, now=LATER + timedelta(minutes=6)) is None
        assert keep_before(project, MANY, now=LATER + timedelta(minutes=6)) is not None


def test_a_project_that_was_made_a_moment_ago_is_not_copied_before_an_import(coded: Path) -> None:
    with Project.open(coded) as project:
        assert keep_before(project, MANY) is None
    assert not folder_of(coded).exists()


def test_copies_lie_beside_the_project_and_nowhere_else(coded: Path, tmp_path_factory) -> None:
    before = everything(tmp_path_factory.getbasetemp())
    with Project.open(coded) as project:
        keep_copy(project)
    made = everything(tmp_path_factory.getbasetemp()) - before
    assert {path.parent for path in made} <= {coded.parent, coded.parent / "coded backups"}
    assert len([path for path in made if path.suffix == ".coder"]) == 1


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if not path.name.endswith((".lock", "-journal"))}


def test_a_folder_for_the_copies_of_all_projects_keeps_those_of_one_name_apart(coded: Path, tmp_path: Path) -> None:
    second = tmp_path / "other" / coded.name
    second.parent.mkdir()
    shutil.copyfile(coded, second)
    for path in (coded, second):
        with Project.open(path) as project:
            made = keep_copy(project, NOW, elsewhere=tmp_path / "shelf")
            assert made is not None
            assert made.is_relative_to(tmp_path / "shelf")
        assert [one.path for one in backups(path, tmp_path / "shelf")] == [made]
        assert backups(path) == []


def test_two_copies_of_one_second_get_two_names(coded: Path) -> None:
    with Project.open(coded) as project:
        keep_copy(project, NOW)
        add_code(project, "New")
        keep_copy(project, NOW)
    assert [one.made_at for one in backups(coded)] == [NOW + timedelta(seconds=1), NOW]


def test_a_copy_whose_texts_are_not_what_they_were_is_not_kept(coded: Path, behind: Callable[..., None]) -> None:
    behind(coded, "UPDATE text_body SET text = replace(text, 'clan', 'clam')")
    with Project.open(coded) as project, pytest.raises(ProjectProblem, match="not sound"):
        keep_copy(project, NOW)
    assert backups(coded) == []


def test_what_is_no_copy_of_the_project_is_not_listed(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
    folder = folder_of(coded)
    for name in ("coded.coder", "coded 2026-13-45 000000.coder", "other 2026-03-12 140300.coder", "coded.txt", "x"):
        (folder / name).write_bytes(b"")
    assert [one.path for one in backups(coded)] == [made]


def test_a_half_made_copy_of_long_ago_is_swept_away(coded: Path) -> None:
    folder_of(coded).mkdir()
    old, young = (folder_of(coded) / f".coded 2026-01-0{n} 000000.coder.abc.new" for n in (1, 2))
    for half in (old, young):
        half.write_bytes(b"half")
    os.utime(old, (0, 0))
    with Project.open(coded) as project:
        keep_copy(project, NOW)
    assert young.exists()
    assert not old.exists()


def test_a_folder_that_takes_no_copy_is_told_and_the_project_goes_on(coded: Path) -> None:
    folder_of(coded).write_text("in the way", encoding="utf-8")
    with Project.open(coded) as project:
        with pytest.raises(ProjectProblem, match="No backup could be made"):
            keep_copy(project, NOW)
        add_code(project, "New")
        assert verify(project.db) == []


def test_a_copy_that_a_person_made_beside_the_project_is_listed_too(coded: Path) -> None:
    with Project.open(coded) as project:
        kept = keep_copy(project, NOW)
        made = backup(project.db, coded, free_name(coded))
    coded.with_name("coded of Ben.coder").write_bytes(b"no copy by its name")
    assert [one.path for one in all_backups(coded)] == [made, kept]
    assert [one.path for one in backups(coded)] == [kept], "only what the app made is ever swept away"
