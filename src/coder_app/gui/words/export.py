"""Writes the words that are shown, or their lines, as a file for other programs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from coder_app.exporters.tables import write_table
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Progress
from coder_app.gui.words.exports import MakeTable
from coder_app.i18n import tr


class ExportButton(QToolButton):
    """Offers tables by name; each is made on the worker when it is asked for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tables: dict[str, Callable[[], MakeTable]] = {}
        self.setText(tr("Export") + " ▾")
        self.setAccessibleName(tr("Export words or lines"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        self.take(None)

    def take(self, tables: dict[str, Callable[[], MakeTable]] | None) -> None:
        """Offer these tables from now on, by what they are called, or none.

        Each value collects on the window's thread what its result needs to make the table on the worker.
        """
        self._tables = tables or {}
        self.setEnabled(bool(self._tables))

    def _fill(self) -> None:
        self.menu().clear()
        for name in self._tables:
            self.menu().addAction(name + "…").triggered.connect(lambda _=False, name=name: self.ask(name))

    def ask(self, name: str) -> None:
        """Ask for a file and write the table into it."""
        project = self._context.project
        if project is None or name not in self._tables:
            return
        kinds = [(tr("Text table"), ".csv"), (tr("Spreadsheet"), ".xlsx"), (tr("JSON"), ".json")]
        suggestion = choose.documents() / f"{project.path.stem} {name.lower()}.csv"
        path = choose.target(self, tr("Export the table"), suggestion, kinds)
        if path is not None and name in self._tables:
            self._write(self._tables[name](), path)

    def _write(self, make: MakeTable, path: Path) -> None:
        def work(progress: Progress) -> None:
            write_table(make(progress), path)

        def done(_: None) -> None:
            self._context.say(tr("“{file}” was written.", file=path.name))

        self._context.jobs.run(tr("Writing {file}…", file=path.name), work, done)
