"""Runs every window test without a display, and tells when one leaves a widget behind."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from coder_app.gui.context import Context
from coder_app.gui.theme import Theme, ThemeSource, load_theme
from coder_app.settings import SettingsFile


@pytest.fixture
def light() -> Theme:
    return load_theme("light")


@pytest.fixture
def context(qapp: QApplication, tmp_path: Path) -> Iterator[Context]:
    """A context without a project, with settings of its own; an open project is closed at the end."""
    themes = ThemeSource(qapp, "light")
    made = Context(themes, SettingsFile(tmp_path / "settings.json"))
    yield made
    made.close()
    made.deleteLater()
    themes.deleteLater()


@pytest.fixture(autouse=True)
def _no_widget_is_left(qapp: QApplication) -> Iterator[None]:
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not left, f"still shown after the test: {left}"
