"""What was reported as saved is there after a kill -9, whenever it comes.

210 kills: 120 of a process that calls edits, 60 of one that runs commands of the command line, 24 of the
window with its event loop and real key events, on the offscreen platform. These are forked from a warm process
that has imported the app and no more, so that a kill does not cost a start of Python. Six are of programs
started as a person starts them. `LONG_KILLS=2000` kills that often, in the same proportions.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from coder_app.edits.settings import pin_code
from coder_app.queries.codes import codes
from coder_app.queries.sources import sources
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.undo import undo_target
from coder_app.store.verify import verify

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the warm process is forked")

# “coder-app open” refuses a screen that nobody sees.
WINDOW = "import pathlib, sys; from coder_app import app; app.main(pathlib.Path(sys.argv[1]))"
ID = r"[0-9a-f-]{36}\n"
LONG = max(1, round(int(os.environ.get("LONG_KILLS", "200")) / 200))
ROUNDS = [
    *[("edits", 20, 0.05, number) for number in range(6 * LONG)],
    *[("commands", 20, 0.05, number) for number in range(3 * LONG)],
    *[("window", 12, 0.2, number) for number in range(2 * LONG)],
]


def killed(coder: subprocess.Popen[str], seconds: float, *, at_work: bool = True) -> list[str]:
    """Return the ids of what a coder reported as done before being killed, that long after its first report.

    Not `at_work`: that long after the process began, which may be while it opens the project.
    """
    assert coder.stdin
    assert coder.stdout
    coder.stdin.write("go\n")
    coder.stdin.flush()
    number = int(coder.stdout.readline().removeprefix("child "))
    lines = [coder.stdout.readline()] if at_work else []
    time.sleep(seconds)
    os.kill(number, signal.SIGKILL)
    while not lines or not lines[-1].startswith("ended"):
        lines.append(coder.stdout.readline())
    assert lines[-1] == f"ended -{signal.SIGKILL:d}\n"
    return [line.strip() for line in lines[:-1] if re.fullmatch(ID, line)]


@pytest.mark.parametrize(("how", "kills", "seconds", "number"), ROUNDS)
def test_what_was_reported_as_saved_survives_being_killed(how, kills, seconds, number, study, start: Callable):
    with Project.open(study) as project:
        pin_code(project, 1, codes(project)[0].id)
        before, last, steps = dump(project.db), undo_target(project.db), len(ids(project))
    coder, dice = start("killed", study, how), random.Random(number)  # noqa: S311 (no secret)
    reported: set[str] = set()
    for _ in range(kills):
        # The command line names a coding; chance may choose one that is there already, which is no step.
        done = set(killed(coder, dice.uniform(0, seconds), at_work=dice.random() < 0.7)) - reported
        reported |= done
        with Project.open(study) as project:
            assert verify(project.db) == []
            found = ids(project)
            assert done <= set(found) | {row[0] for row in project.rows("SELECT id FROM coding")}
            assert len(found) - steps in (len(done), len(done) + 1)
            steps = len(found)
    assert len(reported) > kills
    with Project.open(study) as project:
        while undo_target(project.db) != last:
            project.undo()
        assert dump(project.db) == before
        assert verify(project.db) == []


def ids(project: Project) -> list[str]:
    return [row[0] for row in project.rows("SELECT id FROM change_set")]


def test_programs_started_as_people_start_them_lose_nothing_when_killed(study, environment):
    with Project.open(study) as project:
        source, code, steps = sources(project)[0].id, codes(project)[0].id, len(ids(project))
    for at in range(3 * LONG):
        command = ["code", str(study), source, str(100 + at), str(110 + at), code]
        done = subprocess.Popen(
            [sys.executable, "-m", "coder_app", *command], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert done.stdout
        reported = [done.stdout.readline()]
        done.kill()
        done.communicate()
        assert reported[0].startswith("Coded")
        window = subprocess.Popen([sys.executable, "-c", WINDOW, str(study)], env=environment)
        wait_until(study.with_name("study.coder.lock").exists)
        window.kill()
        window.wait()
        with Project.open(study) as project:
            assert len(ids(project)) == steps + at + 1
            assert verify(project.db) == []


def wait_until(there: Callable[[], bool], seconds: float = 60) -> None:
    stop = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < stop
        time.sleep(0.01)
