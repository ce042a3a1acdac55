"""Writes the table or the picture that is shown, with its recipe, as a file for other programs, papers and readers."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from coder_app.analysis.block import Block
from coder_app.analysis.how import MERGED
from coder_app.analysis.layouts.material import COUNT, JACCARD, Choices
from coder_app.domain.pictures import PictureKind
from coder_app.exporters.atomic import written
from coder_app.gui.analyse.counting import Answer
from coder_app.gui.analyse.options import Colour
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr
from coder_app.reports.cooccurrence import Options
from coder_app.reports.recipe import plain, recipe_for
from coder_app.reports.run import export
from coder_app.store.project import Project

PAIRS = "pairs"
MATRIX = "matrix"
PICTURE = "picture"
PICTURE_TABLE = "picture table"
NETWORK = "network"
RECIPE = "recipe"

_COOCCURRENCE = "cooccurrence"


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to write: the table, and the block, kind and choices of the picture; None while the table shows."""

    answer: Answer
    block: Block | None
    kind: PictureKind | None
    choices: Choices

    def options(self, shape: str) -> Options:
        """Return the options from which the file is made."""
        how, part = self.answer.result.how, self.answer.part.scope
        scope = part.as_json() if part else {}
        if shape in {PICTURE, PICTURE_TABLE} and self.block is not None:
            # A picture shows one block; its coder's own table is the same numbers.
            whose = self.block.coder_id or (MERGED if self.block.coders == MERGED else how.coders)
            weight = JACCARD if self.answer.options.colour is Colour.JACCARD else COUNT
            kind = self.kind or PictureKind.HEATMAP
            return Options(replace(how, coders=whose), kind.value, scope, replace(self.choices, weight=weight))
        inference = self.answer.options.inference
        return Options(how, shape if shape == MATRIX else PAIRS, scope, inference=inference)


class ExportButton(QToolButton):
    """Offers the shapes in which a table can be written; the suffix chosen in the dialog decides the format."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: Shown | None = None
        self.setText(tr("Export") + " ▾")
        self.setAccessibleName(tr("Export the table"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for shape, words in (
            (PAIRS, tr("One row per pair…")),
            (MATRIX, tr("Matrix…")),
            (PICTURE, tr("Picture…")),
            (PICTURE_TABLE, tr("Numbers of the picture…")),
            (NETWORK, tr("Network for other programs…")),
            (RECIPE, tr("Recipe…")),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, shape=shape: self.ask(shape))
        menu.setToolTipsVisible(True)
        menu.actions()[-1].setToolTip(
            tr("How the table was made, to make it again: coder-app rerun. Every export carries its own.")
        )
        self.setMenu(menu)
        self.take(None)

    def take(self, shown: Shown | None) -> None:
        """Offer this table from now on, or none."""
        self._shown = shown
        self.setEnabled(shown is not None)

    def ask(self, shape: str) -> None:
        """Ask for a file and write the table into it."""
        project, shown = self._context.project, self._shown
        if project is None or shown is None:
            return
        kinds = _kinds(shape)
        what = tr("co-occurrence") if shape != PICTURE or shown.kind is None else shown.kind.value
        name = f"{project.path.stem} {what}{kinds[0][1]}"
        path = choose.target(self, tr("Export the table"), choose.last_folder(self._context.settings) / name, kinds)
        if path is not None:
            choose.remember(self._context.settings, path)
            self._write(shown, shape, path)

    def _write(self, shown: Shown, shape: str, path: Path) -> None:
        project = self._context.project
        if project is None:
            return
        options = shown.options(shape)

        def work(progress: Progress) -> None:
            with project.snapshot() as snapshot:
                seed = options.inference.seed if options.inference.is_long else None
                if shape == RECIPE:
                    _write_recipe(snapshot, options, seed, path)
                else:
                    export(snapshot, _COOCCURRENCE, plain(options), path, seed=seed, on_progress=progress)

        def done(_: None) -> None:
            self._context.say(tr("“{file}” was written.", file=path.name))

        self._context.jobs.run(tr("Writing {file}…", file=path.name), work, done)


def _write_recipe(project: Project, options: Options, seed: int | None, path: Path) -> None:
    recipe = recipe_for(project, _COOCCURRENCE, plain(options), ".xlsx", seed)
    with written(path) as temporary:
        temporary.write_text(recipe.text() + "\n", encoding="utf-8", newline="\n")


def _kinds(shape: str) -> list[tuple[str, str]]:
    text, sheet, json = (tr("Text table"), ".csv"), (tr("Spreadsheet"), ".xlsx"), (tr("JSON"), ".json")
    match shape:
        case "picture":
            return [(tr("Picture"), ".png"), (tr("Drawing"), ".svg"), (tr("Page to print"), ".pdf")]
        case "network":
            return [(tr("GraphML"), ".graphml"), (tr("GEXF"), ".gexf")]
        case "recipe":
            return [(tr("Recipe"), ".recipe.json")]
        case "picture table":
            return [text, sheet, json]
        case _:
            return [text, sheet, json, (tr("Page with passages"), ".html")]
