"""Puts the window together: the only place that knows all its parts."""

import faulthandler
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

import coder_app
from coder_app.gui.context import Context
from coder_app.gui.errors import excepthook, set_up_log
from coder_app.gui.main_window import MainWindow
from coder_app.gui.theme import ThemeSource
from coder_app.i18n import use_language
from coder_app.settings import SettingsFile


def main(project: Path | None) -> int:
    """Show the window, with `project` open where one is given, until it is closed."""
    from platformdirs import user_log_path

    set_up_log(user_log_path("coder-app", appauthor=False) / "coder-app.log")
    if sys.stderr is not None:
        faulthandler.enable()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Coder App")
    app.setApplicationVersion(coder_app.__version__)
    sys.excepthook = excepthook
    settings = SettingsFile()
    use_language(settings.values.language or None)
    theme = ThemeSource(app, settings.values.theme, settings.values.text_scale)
    window = MainWindow(Context(theme, settings, app))
    window.show()
    if project is not None:
        window.flows.open_path(project)
    return app.exec()
