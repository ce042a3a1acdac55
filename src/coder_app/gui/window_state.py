"""Remembers how the window was left: its place, the widths of its panels, which of them are hidden."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

_FORMAT = 1
"""Raised when the panels are arranged anew, so that old widths are not put on new panels."""


class WindowState:
    """A file of its own beside the settings; one that is missing or odd means the usual arrangement."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def restore(self, window: QMainWindow, splitters: Mapping[str, QSplitter], panels: Mapping[str, QWidget]) -> None:
        """Put the window where it was, its panels as wide as they were, and hide those that were hidden."""
        if self._file.value("format") != str(_FORMAT):
            return
        window.restoreGeometry(self._bytes("geometry"))
        for name, splitter in splitters.items():
            splitter.restoreState(self._bytes(f"splitter/{name}"))
        for name, panel in panels.items():
            panel.setHidden(self._file.value(f"hidden/{name}") == "yes")

    def _bytes(self, name: str) -> QByteArray:
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def save(self, window: QMainWindow, splitters: Mapping[str, QSplitter], panels: Mapping[str, QWidget]) -> None:
        """Write down how the window stands; where that cannot be written nothing is lost that matters."""
        self._file.setValue("format", str(_FORMAT))
        self._file.setValue("geometry", window.saveGeometry())
        for name, splitter in splitters.items():
            self._file.setValue(f"splitter/{name}", splitter.saveState())
        for name, panel in panels.items():
            self._file.setValue(f"hidden/{name}", "yes" if panel.isHidden() else "no")
        self._file.sync()
