"""A coder who works until the process is killed: by edits, at the command line, or in the window.

For each line on stdin a child is forked from this warm process, its number printed, and "ended" with its exit
code once it is dead. The child prints one id for each step, only after the step was reported as done.
"""

import os
import random
import sys
from pathlib import Path

from coder_app.domain.change import ChangeSet, Step

dice = random.Random()  # noqa: S311 (no secret)
path, how = Path(sys.argv[1]), sys.argv[2]


def say(line: str) -> None:
    # One write, so that a line is there as a whole or not at all.
    os.write(1, f"{line}\n".encode())


own = [0]


def count(change: ChangeSet) -> None:
    """Keep count of the steps of this process that stand, so that it takes back none but these."""
    own[0] += -1 if change.step is Step.UNDO else 1


def edit(project: Path) -> None:
    with Project.open(project) as opened:
        done: list[str] = []
        opened.subscribe(lambda change: done.append(change.id))
        opened.subscribe(count)
        source, everything = sources(opened)[0], codes(opened)
        while True:
            chance = dice.random()
            if chance < 0.15 and own[0] > 0:
                opened.undo()
            elif chance < 0.25 and opened.redo_label():
                opened.redo()
            elif chance < 0.3:
                write_memo(opened, "source", source.id, "A thought. " * dice.randrange(1, 2000))
            else:
                start = dice.randrange(source.characters - 20)
                stop = start + dice.randrange(1, 20)
                # Applied twice to one place it is no step.
                apply_code(opened, source.id, start, stop, dice.choice(everything).id)
            while done:
                say(done.pop(0))


def command(project: Path) -> None:
    with Project.open(project, write=False) as opened:
        source, everything = sources(opened)[0], codes(opened)
    while True:
        start = dice.randrange(source.characters - 20)
        stop = start + dice.randrange(1, 20)
        what = ["code", str(project), source.id, str(start), str(stop), dice.choice(everything).id]
        if cli.main(what) != 0:
            sys.exit(3)


def use_window(project: Path) -> None:
    coder_app.app.QApplication = Driven
    coder_app.app.main(project)


def fork() -> None:
    number = os.fork()
    if not number:
        dice.seed()
        {"edits": edit, "commands": command, "window": use_window}[how](path)
        sys.exit(3)
    say(f"child {number}")
    say(f"ended {os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])}")


if how == "window":
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    import coder_app.app
    from coder_app.gui.main_window import MainWindow

    CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier

    class Driven(QApplication):
        """The app with somebody at the keyboard."""

        def exec(self) -> int:
            (window,) = (widget for widget in self.topLevelWidgets() if isinstance(widget, MainWindow))
            window.context.signals.changed.connect(count)
            window.context.signals.changed.connect(lambda change: say(change.id))
            view = window.reader.view

            def press() -> None:
                start = dice.randrange(1000)
                view.select(start, start + dice.randrange(1, 20))
                keys = ((Qt.Key.Key_1, PLAIN),) * 7 + ((Qt.Key.Key_Y, CONTROL),)
                if own[0] > 0:
                    keys += ((Qt.Key.Key_Z, CONTROL),) * 2
                QTest.keyClick(view, *dice.choice(keys))

            timer = QTimer(window)
            timer.timeout.connect(press)
            timer.start(0)
            return super().exec()

else:
    from coder_app import cli
    from coder_app.edits.codings import apply_code
    from coder_app.edits.memos import write_memo
    from coder_app.queries.codes import codes
    from coder_app.queries.sources import sources
    from coder_app.store.project import Project

for _line in sys.stdin:
    fork()
