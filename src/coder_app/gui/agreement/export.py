"""Writes what the layout for agreement shows: a table, a picture, the list of disagreements, the report for a paper."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr
from coder_app.reports.agreement import Options
from coder_app.reports.recipe import plain
from coder_app.reports.run import export

_DRAWN = ("codes", "disagreements")


def ask_target(context: Context, parent: QWidget, options: Options) -> None:
    """Ask for a file and write the table or the list into it."""
    kinds = [
        (tr("Text table"), ".csv"),
        (tr("Spreadsheet"), ".xlsx"),
        (tr("Page"), ".html"),
        (tr("JSON"), ".json"),
    ]
    if options.table in _DRAWN:
        kinds += [(tr("Drawing"), ".svg"), (tr("Picture"), ".png"), (tr("PDF"), ".pdf")]
    name = tr("disagreements") if options.table == "disagreements" else tr("agreement")
    _ask(context, parent, options, "agreement", name, kinds)


def ask_report(context: Context, parent: QWidget, options: Options) -> None:
    """Ask for a file and write the report for a paper into it."""
    kinds = [(tr("Word document"), ".docx"), (tr("Page"), ".html")]
    _ask(context, parent, options, "agreement-report", tr("agreement report"), kinds)


def _ask(
    context: Context, parent: QWidget, options: Options, kind: str, name: str, kinds: list[tuple[str, str]]
) -> None:
    project = context.project
    if project is None:
        return
    suggestion = choose.last_folder(context.settings) / f"{project.path.stem} {name}{kinds[0][1]}"
    path = choose.target(parent, tr("Export"), suggestion, kinds)
    if path is not None:
        choose.remember(context.settings, path)
        write(context, kind, options, path)


def write(context: Context, kind: str, options: Options, path: Path) -> None:
    """Write a file with its recipe, on the worker."""
    project = context.project
    if project is None:
        return

    def work(progress: Progress) -> None:
        with project.snapshot(progress) as then:
            export(then, kind, plain(options), path, seed=options.seed, on_progress=progress)

    def done(_: None) -> None:
        context.say(tr("“{file}” was written.", file=path.name))

    context.jobs.run(tr("Writing {file}…", file=path.name), work, done)
