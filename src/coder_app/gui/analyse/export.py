"""Writes the table that is shown, as a file for other programs or as a picture."""

from pathlib import Path

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from coder_app.analysis.cooccurrence_table import matrix_table, pairs_table
from coder_app.domain.table import Table
from coder_app.exporters.figures import write_heatmap
from coder_app.exporters.tables import write_table
from coder_app.gui.analyse.counting import Answer
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr

PAIRS = "pairs"
MATRIX = "matrix"
PICTURE = "picture"


class ExportButton(QToolButton):
    """Offers the shapes in which a table can be written; the suffix chosen in the dialog decides the format."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._answer: Answer | None = None
        self.setText(tr("Export") + " ▾")
        self.setAccessibleName(tr("Export the table"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for shape, words in (
            (PAIRS, tr("One row per pair…")),
            (MATRIX, tr("Matrix…")),
            (PICTURE, tr("Picture…")),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, shape=shape: self.ask(shape))
        self.setMenu(menu)
        self.take(None)

    def take(self, answer: Answer | None) -> None:
        """Offer this table from now on, or none."""
        self._answer = answer
        self.setEnabled(answer is not None)

    def ask(self, shape: str) -> None:
        """Ask for a file and write the table into it."""
        project, answer = self._context.project, self._answer
        if project is None or answer is None:
            return
        picture = shape == PICTURE
        kinds = (
            [(tr("Picture"), ".png"), (tr("Drawing"), ".svg")]
            if picture
            else [(tr("Text table"), ".csv"), (tr("Spreadsheet"), ".xlsx"), (tr("JSON"), ".json")]
        )
        name = f"{project.path.stem} {tr('co-occurrence')}{kinds[0][1]}"
        path = choose.target(self, tr("Export the table"), choose.documents() / name, kinds)
        if path is not None:
            self._write(answer, shape, path)

    def _write(self, answer: Answer, shape: str, path: Path) -> None:
        def work(_: Progress) -> None:
            if shape == PICTURE:
                write_heatmap(_table(answer, MATRIX), path)
            else:
                write_table(_table(answer, shape), path)

        def done(_: None) -> None:
            self._context.say(tr("“{file}” was written.", file=path.name))

        self._context.jobs.run(tr("Writing {file}…", file=path.name), work, done)


def _table(answer: Answer, shape: str) -> Table:
    return (matrix_table if shape == MATRIX else pairs_table)(answer.result, answer.tree)
