"""The order of the steps rests on a clock that never goes back; nothing rests on the replica's id."""

import itertools
import json
import shutil
import time

import pytest

from coder_app.edits.codes import add_code
from coder_app.store import journal
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

HOUR = 3600 * 10**9


@pytest.fixture
def opened(coded):
    with Project.open(coded) as project:
        yield project


@pytest.fixture
def clock(monkeypatch):
    """Set the computer's clock, in nanoseconds since 1970."""

    def set_to(now: int) -> None:
        monkeypatch.setattr(journal.time, "time_ns", lambda: now)

    return set_to


def made_at(project) -> list[int]:
    return [row[0] for row in project.rows("SELECT made_at FROM change_set ORDER BY rowid")]


def test_made_at_is_the_time_of_day_in_milliseconds_with_a_counter(opened):
    add_code(opened, "Fear")
    assert abs((made_at(opened)[-1] >> 16) - time.time() * 1000) < 60_000


def test_the_order_of_steps_never_goes_back_when_the_clock_does(opened, clock):
    now = time.time_ns()
    for number, jump in enumerate((0, -HOUR, HOUR, -2 * HOUR, -2 * HOUR, 0)):
        clock(now + jump)
        add_code(opened, f"Code {number}")
        opened.undo()
        opened.redo()
    times = made_at(opened)
    assert all(early < late for early, late in itertools.pairwise(times))
    assert verify(opened.db) == []


def test_many_steps_in_one_millisecond_have_an_order(opened, clock):
    clock(time.time_ns())
    for number in range(30):
        add_code(opened, f"Code {number}")
    assert len(set(made_at(opened))) == len(made_at(opened))
    assert opened.undo_label() == "Add code “Code 29”"


def test_undo_takes_the_last_step_back_although_the_clock_went_back(opened, clock):
    clock(time.time_ns())
    add_code(opened, "First")
    clock(time.time_ns() - 24 * HOUR)
    add_code(opened, "Second")
    assert [opened.undo(), opened.undo()] == ["Add code “Second”", "Add code “First”"]


def test_a_clock_in_the_far_future_is_lived_with(opened, clock):
    clock(time.time_ns() + 10_000 * 24 * HOUR)
    add_code(opened, "Future")
    clock(time.time_ns())
    add_code(opened, "Today")
    assert made_at(opened) == sorted(made_at(opened))
    assert opened.undo() == "Add code “Today”"


def test_each_step_builds_on_the_one_before_and_the_last_is_the_head(opened):
    add_code(opened, "Fear")
    rows = opened.rows("SELECT id, parents FROM change_set ORDER BY made_at, id")
    assert json.loads(rows[0][1]) == []
    for (earlier, _), (_, parents) in itertools.pairwise(rows):
        assert json.loads(parents) == [earlier]
    assert journal.heads(opened.db) == [rows[-1][0]]


def replicas(project) -> list[str]:
    return [row[0] for row in project.rows("SELECT replica_id FROM change_set ORDER BY made_at")]


def test_a_copied_file_takes_a_new_replica_id_at_its_first_edit(coded):
    Project.open(coded).close()
    with Project.open(coded) as original:
        add_code(original, "Here")
        own = replicas(original)[-1]
    copy = shutil.copyfile(coded, coded.with_name("copy.coder"))
    with Project.open(copy) as copied:
        assert replicas(copied)[-1] == own
        add_code(copied, "There")
        add_code(copied, "There again")
        assert replicas(copied)[-2] == replicas(copied)[-1] != own
        assert verify(copied.db) == []
    with Project.open(coded) as original:
        add_code(original, "Here again")
        assert replicas(original)[-1] == own


def test_the_replica_and_what_is_local_are_not_content(opened):
    opened.work_as(str(opened.coder_id))
    content = dump(opened.db)
    for name, value in opened.rows("SELECT name, value FROM local"):
        assert name == "coder_id" or value not in content
    for replica in set(replicas(opened)):
        assert replica not in content


def test_equal_content_gives_equal_bytes_whatever_the_history(coded):
    other = shutil.copyfile(coded, coded.with_name("other.coder"))
    with Project.open(coded) as one, Project.open(other) as two:
        add_code(two, "Passing")
        two.undo()
        assert dump(one.db) == dump(two.db)
