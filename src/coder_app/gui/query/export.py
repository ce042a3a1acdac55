"""Writes the passages that are listed, with their recipe; the suffix decides the format."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from coder_app.domain.query_language.meaning import Book, meant
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.jobs import Progress
from coder_app.gui.query.answer import Asked
from coder_app.i18n import tr
from coder_app.reports.query import Options
from coder_app.reports.recipe import plain
from coder_app.reports.run import export

_FOR_MACHINES = frozenset({".csv", ".xlsx", ".json"})
_TO_READ = ("before", "text", "after")


def ask_file(context: Context, parent: QWidget, asked: Asked, book: Book, suffix: str) -> None:
    """Ask for a file of this suffix and write what was asked for into it."""
    project = context.project
    if project is None:
        return
    suggestion = choose.last_folder(context.settings) / f"{project.path.stem} passages{suffix}"
    path = choose.target(parent, tr("Export the passages"), suggestion, [(_kind_of(suffix), suffix)])
    if path is not None:
        choose.remember(context.settings, path)
        write_file(context, asked, book, path)


def write_file(context: Context, asked: Asked, book: Book, path: Path) -> None:
    """Write what was asked for, with its recipe, beside the window."""
    project = context.project
    if project is None:
        return
    columns = () if path.suffix.lower() in _FOR_MACHINES else _TO_READ
    hidden = {source: list(coders) for source, coders in asked.hidden.items()}
    options = Options(asked.text, columns=(*asked.columns, *columns), sort=asked.sort, group=asked.group, hidden=hidden)

    def work(_progress: Progress) -> None:
        meant(asked.text, book)
        export(project, "query", plain(options), path)

    def done(_: None) -> None:
        context.say(tr("“{file}” was written.", file=path.name))

    context.jobs.run(tr("Writing {file}…", file=path.name), work, done)


def _kind_of(suffix: str) -> str:
    """Return what files of a suffix are called."""
    return {
        ".csv": tr("Text table"),
        ".xlsx": tr("Spreadsheet"),
        ".docx": tr("Word document"),
        ".html": tr("Web page"),
        ".json": tr("JSON"),
    }[suffix]
