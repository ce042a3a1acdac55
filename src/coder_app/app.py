"""Puts the window together: the only place that knows all its parts."""

import faulthandler
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

import coder_app
from coder_app.gui.context import Context
from coder_app.gui.errors import excepthook, say_foreseen_by
from coder_app.gui.interpreter import Interpreter
from coder_app.gui.main_window import MainWindow
from coder_app.gui.theme import THEMES, ThemeSource
from coder_app.gui.theme.source import SYSTEM
from coder_app.i18n import use_language
from coder_app.settings import SettingsFile


def main(project: Path | None) -> int:
    """Show the window, with `project` open where one is given, until it is closed."""
    if sys.stderr is not None:
        faulthandler.enable()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Coder App")
    app.setApplicationVersion(coder_app.__version__)
    sys.excepthook = excepthook
    settings = SettingsFile()
    use_language(settings.values.language or None)
    theme = ThemeSource(app, known_theme(settings.values.theme), settings.values.text_scale)
    window = MainWindow(Context(theme, settings, app))
    say_foreseen_by(window.context.say)
    Interpreter(window.context, app).take_over()
    window.show()
    if project is not None:
        window.flows.open_path(project)
    code = app.exec()
    window.context.copies.finish()
    return code


def known_theme(choice: str) -> str:
    """Return `choice` if there is such a theme; one that only another version has must not keep the window shut."""
    return choice if choice in THEMES else SYSTEM
