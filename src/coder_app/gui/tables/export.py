"""Writes the table that is shown, or its picture; the suffix chosen in the dialog decides the format."""

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr
from coder_app.reports.run import export
from coder_app.reports.tables import Made

TABLE, PICTURE = "table", "picture"


class ExportButton(QToolButton):
    """Offers the table as a file for other programs and as a picture; both carry their recipe."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._made: Made | None = None
        self.setText(tr("Export") + " ▾")
        self.setAccessibleName(tr("Export the table"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addAction(tr("Table…")).triggered.connect(lambda _=False: self.ask(TABLE))
        menu.addAction(tr("Picture…")).triggered.connect(lambda _=False: self.ask(PICTURE))
        self.setMenu(menu)
        self.take(None)

    def take(self, made: Made | None) -> None:
        """Offer this table from now on, or none."""
        self._made = made
        self.setEnabled(made is not None)

    def ask(self, shape: str) -> None:
        """Ask for a file and write the table into it."""
        project, made = self._context.project, self._made
        if project is None or made is None:
            return
        kinds = (
            [(tr("Picture"), ".png"), (tr("Drawing"), ".svg"), (tr("PDF"), ".pdf")]
            if shape == PICTURE
            else [
                (tr("Text table"), ".csv"),
                (tr("Spreadsheet"), ".xlsx"),
                (tr("JSON"), ".json"),
                (tr("Page"), ".html"),
            ]
        )
        name = f"{project.path.stem} {made.table.title.lower()}{kinds[0][1]}"
        path = choose.target(self, tr("Export the table"), choose.last_folder(self._context.settings) / name, kinds)
        if path is None:
            return
        choose.remember(self._context.settings, path)
        options = made.gathered.options
        seed = options.seed if options.is_shuffled else None

        def work(progress: Progress) -> None:
            with project.snapshot(progress) as snapshot:
                export(snapshot, "table", options.plain(), path, seed=seed, on_progress=progress)

        def done(_: None) -> None:
            self._context.say(tr("“{file}” was written.", file=path.name))

        self._context.jobs.run(tr("Writing {file}…", file=path.name), work, done)
