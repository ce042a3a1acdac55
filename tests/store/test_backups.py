"""The copies that the app makes by itself: when, which are kept, and how one comes back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import DamagedProject, ProjectLocked, ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.store.backups import (
    DAYS,
    MONTHS,
    WEEKS,
    Backup,
    backups,
    folder_of,
    is_due,
    keep_copy,
    restore,
    superseded,
)
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

NOW = datetime(2026, 3, 12, 14, 3).astimezone()


def at(*moments: datetime) -> list[Backup]:
    return [Backup(Path(moment.isoformat()), moment, 1) for moment in moments]


def content(path: Path) -> str:
    with Project.open(path, write=False) as project:
        return dump(project.db)


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
        assert is_due(project, NOW)
        keep_copy(project, NOW)
        add_code(project, "New")
        assert not is_due(project, NOW + timedelta(minutes=29))
        assert is_due(project, NOW + timedelta(minutes=31))


def test_of_a_year_of_copies_the_last_of_each_day_week_and_month_stay() -> None:
    known = at(*(NOW - timedelta(hours=6 * n) for n in range(4 * 365)))
    kept = [one for one in known if one not in superseded(known)]
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


def test_restoring_puts_a_copy_back_and_keeps_what_was_there(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        before = dump(project.db)
        add_code(project, "New")
        later = dump(project.db)
    assert made is not None

    aside = restore(coded, made)

    assert content(coded) == before
    assert aside is not None
    assert content(aside) == later
    assert aside in [one.path for one in backups(coded)]


def test_a_damaged_project_is_kept_aside_too(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        before = dump(project.db)
    coded.write_bytes(b"ruined" * 1000)
    assert made is not None
    aside = restore(coded, made)
    assert content(coded) == before
    assert aside is not None
    assert aside.read_bytes().startswith(b"ruined")


def test_a_damaged_copy_is_refused_and_nothing_changes(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
    assert made is not None
    made.write_bytes(made.read_bytes()[:9000])
    before = coded.read_bytes()
    with pytest.raises(DamagedProject):
        restore(coded, made)
    assert coded.read_bytes() == before
    assert sorted(path.name for path in coded.parent.iterdir()) == ["coded backups", "coded.coder"]


def test_an_open_project_is_not_replaced(coded: Path) -> None:
    with Project.open(coded) as project:
        made = keep_copy(project, NOW)
        assert made is not None
        with pytest.raises(ProjectLocked):
            restore(coded, made)


def test_a_folder_that_takes_no_copy_is_told_and_the_project_goes_on(coded: Path) -> None:
    folder_of(coded).write_text("in the way", encoding="utf-8")
    with Project.open(coded) as project:
        with pytest.raises(ProjectProblem, match="No backup could be made"):
            keep_copy(project, NOW)
        add_code(project, "New")
        assert verify(project.db) == []
