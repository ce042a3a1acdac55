"""Starts the app as a person does, up to the moment at which it would wait for them, and prints when that was.

python benchmarks/starting.py [PROJECT]
"""

import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QTimer

from coder_app import display
from coder_app.__main__ import main

# The platform that shows nothing counts as no display.
display.window_problem = lambda _environment: None


class Measured(QtWidgets.QApplication):
    """Ends as soon as it is idle."""

    def exec(self) -> int:
        # A timer of zero fires when no event waits, so after the first paint; the second lets what it began end.
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, self._note))
        return super().exec()

    def _note(self) -> None:
        sys.stdout.write(f"{time.perf_counter()}\n")
        opened = [window.context.project for window in self.topLevelWidgets() if hasattr(window, "context")]
        self.exit(0 if any(opened) == (len(sys.argv) > 1) else 1)


QtWidgets.QApplication = Measured
sys.exit(main(sys.argv[1:]))
