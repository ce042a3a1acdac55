"""Garbage is looked for between two events of the window, and by no worker."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from coder_app.gui.context import Context
from coder_app.gui.interpreter import Interpreter
from coder_app.gui.jobs import Progress

MANY = 60_000


class Knot:
    """Garbage that only the collector finds; says in which thread it went."""

    gone: list[int]

    def __init__(self, gone: list[int]) -> None:
        self.gone, self.me = gone, self

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


@pytest.fixture
def as_it_was() -> Iterator[None]:
    turn = sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("as_it_was")
def test_what_a_worker_leaves_behind_goes_on_the_windows_thread(qtbot: QtBot, context: Context):
    Interpreter(context, context).take_over()
    gone: list[int] = []

    def work(_: Progress) -> None:
        for _each in range(MANY):
            Knot(gone)

    context.jobs.run("Counting", work, lambda _: None)
    qtbot.waitUntil(lambda: len(gone) == MANY, timeout=10_000)
    assert set(gone) == {threading.get_ident()}


@pytest.mark.usefixtures("as_it_was")
def test_garbage_of_the_window_goes_while_no_job_runs(qtbot: QtBot, context: Context):
    Interpreter(context, context).take_over()
    gone: list[int] = []
    for _ in range(MANY):
        Knot(gone)
    qtbot.waitUntil(lambda: len(gone) == MANY, timeout=10_000)


@pytest.mark.usefixtures("as_it_was")
def test_what_many_lasting_things_hid_goes_when_the_project_is_closed(qtbot: QtBot, context: Context):
    Interpreter(context, context).take_over()
    gone: list[int] = []
    lasting = [[number] for number in range(6 * MANY)]
    Knot(gone)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > len(lasting), timeout=10_000)
    assert not gone
    context.signals.closed.emit()
    qtbot.waitUntil(lambda: len(gone) == 1, timeout=10_000)
