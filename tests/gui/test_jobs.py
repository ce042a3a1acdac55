"""Work beside the window: results and errors come back to its thread, in order, or not at all."""

import gc
import threading
import time

import pytest

from coder_app.domain.errors import BadInput, Cancelled
from coder_app.gui.jobs import Jobs


@pytest.fixture
def told() -> list[BaseException]:
    return []


@pytest.fixture
def jobs(qapp, told) -> Jobs:
    made = Jobs(told.append)
    yield made
    made.cancel_all()
    made.deleteLater()


def test_the_work_is_done_elsewhere_and_its_result_comes_back_here(jobs: Jobs, qtbot) -> None:
    here, where, results = threading.get_ident(), [], []

    def work(_) -> int:
        where.append(threading.get_ident())
        return 42

    jobs.run("Work", work, lambda result: results.append((result, threading.get_ident())))
    assert jobs.running
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, here)]
    assert where[0] != here
    assert not jobs.running
    assert jobs.current is None


def test_an_error_is_told_on_this_thread(jobs: Jobs, qtbot, told) -> None:
    def work(_) -> None:
        raise BadInput("so it is")

    jobs.run("Work", work, pytest.fail)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "so it is"


def test_an_error_may_be_heard_by_who_asked(jobs: Jobs, qtbot, told) -> None:
    heard: list[BaseException] = []

    def work(_) -> None:
        raise BadInput("so it is")

    jobs.run("Work", work, pytest.fail, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert not told


def test_progress_comes_in_steps(jobs: Jobs, qtbot) -> None:
    seen: list[tuple[int, int]] = []
    jobs.progressed.connect(lambda _job, done, of: seen.append((done, of)))

    def work(progress) -> None:
        for n in range(3):
            progress(n, 3)
            time.sleep(0.06)

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, lambda _: None)
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_work_that_tells_of_each_row_leaves_the_window_its_time(jobs: Jobs, qtbot) -> None:
    seen: list[int] = []
    jobs.progressed.connect(lambda _job, done, _of: seen.append(done))
    taken: list[float] = []

    def work(progress) -> None:
        begin = time.monotonic()
        for n in range(200_000):
            progress(n, 200_000)
        taken.append(time.monotonic() - begin)

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, lambda _: None)
    assert seen[0] == 0
    assert len(seen) <= 2 + taken[0] / 0.05


def test_work_that_has_just_told_of_itself_is_stopped_all_the_same(jobs: Jobs, qtbot) -> None:
    told_after: list[int] = []

    def work(progress) -> None:
        progress(0, 2)
        progress.cancel()
        progress(1, 2)
        told_after.append(1)

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, pytest.fail)
    assert not told_after


def test_a_cancelled_job_is_silent_even_where_it_fails(jobs: Jobs, qtbot, told) -> None:
    def work(progress) -> None:
        while not progress.cancelled():
            pass
        raise BadInput("too late to matter")

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, pytest.fail).progress.cancel()
    assert not told


def test_progress_raises_in_a_job_that_nobody_wants_any_more(jobs: Jobs, qtbot, told) -> None:
    raised: list[BaseException] = []

    def work(progress) -> None:
        try:
            while True:
                progress(0, 0)
        except Cancelled as error:
            raised.append(error)
            raise

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, pytest.fail).progress.cancel()
    assert raised
    assert not told


def test_jobs_run_one_after_the_other(jobs: Jobs, qtbot) -> None:
    at_once, most, done = [], [], []

    def work(_) -> None:
        at_once.append(1)
        most.append(len(at_once))
        at_once.pop()

    for _ in range(5):
        jobs.run("Work", work, done.append)
    qtbot.waitUntil(lambda: len(done) == 5)
    assert most == [1] * 5


def test_cancelling_all_waits_and_drops_every_result(jobs: Jobs, qtbot) -> None:
    def work(progress) -> int:
        while not progress.cancelled():
            pass
        return 1

    for _ in range(3):
        jobs.run("Work", work, pytest.fail)
    jobs.cancel_all()
    qtbot.waitUntil(lambda: not jobs.running)


class _Owned:
    """Tells on which thread it went, as a panel goes with the last that knows it."""

    def __init__(self, gone: list[int]) -> None:
        self._gone = gone

    def fail(self, _) -> None:
        mine = [self]
        raise BadInput(f"with {len(mine)} in its trace")

    def succeed(self, _) -> "_Owned":
        return self

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


@pytest.mark.parametrize("how", ["succeed", "fail"])
def test_what_the_work_or_its_error_knows_never_goes_on_the_worker(jobs: Jobs, qtbot, told, how: str) -> None:
    gone: list[int] = []
    for _ in range(300):
        jobs.run("Work", getattr(_Owned(gone), how), lambda _: None, failed=lambda _: None)
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
    jobs.wait()
    gc.collect()
    qtbot.waitUntil(lambda: len(gone) == 300)
    assert set(gone) == {threading.get_ident()}
