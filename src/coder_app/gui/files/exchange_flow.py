"""Codebooks and annotation sets: out to colleagues and other programs, and in from them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.codebook import Codebook
from coder_app.domain.progress import counted
from coder_app.edits.annotations import AnnotationImport, import_codings
from coder_app.edits.codebook import CodebookImport, import_codebook, size_of
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.missing_codes import MissingCodes
from coder_app.gui.files.new_project import file_name
from coder_app.gui.files.remarks import Remarks
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree, codebook
from coder_app.queries.codings import annotations
from coder_app.queries.overview import overview
from coder_app.store.project import Project

_IN_NOTICE = 1
_ROWS_AN_ENTRY = 3
_ROWS_A_CODING = 2


class ExchangeFlow(QObject):
    """Reads and writes the files by which colleagues and other programs share codes and codings."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions of exchange."""
        return {
            "codebook.import": self.ask_codebook,
            "codebook.export": self.ask_codebook_target,
            "codings.import": self.ask_codings,
            "codings.export": self.ask_codings_target,
        }

    def _beside(self, ending: str) -> Path:
        """Return a name for an export, beside the project and called after it."""
        project = self._context.project
        if project is None:
            return choose.documents() / ending
        return project.path.with_name(f"{file_name(overview(project).name)} {ending}")

    def ask_codebook(self) -> None:
        """Ask for a codebook and import it."""
        kinds = [(tr("Codebooks"), ".json .csv .tsv .xlsx .qdc"), (tr("All files"), "")]
        settings = self._context.settings
        path = choose.file(self._window, tr("Import codebook"), choose.last_folder(settings), kinds)
        if path is not None:
            choose.remember(settings, path)
            self.import_codebook(path)

    def import_codebook(self, path: Path) -> None:
        """Add the codes of a file to the codebook; what is there already stays as it is."""
        from coder_app.importers.codebook import read_codebook

        self._context.jobs.run(
            tr("Reading {file}", file=path.name), lambda _: read_codebook(path), lambda book: self._add(path, book)
        )

    def _add(self, path: Path, book: Codebook) -> None:
        rows = _ROWS_AN_ENTRY * size_of(book)
        self._context.attempt_large(
            tr("Importing the codes of {file}", file=path.name),
            rows,
            self._context.copies.first(
                rows, lambda project, on_progress: import_codebook(project, book, on_progress=on_progress)
            ),
            lambda done: self._tell_codes(path, book, done),
        )

    def _tell_codes(self, path: Path, book: Codebook, done: CodebookImport) -> None:
        parts = [trn("{n} code added", "{n} codes added", done.added)]
        if done.filled:
            parts.append(trn("{n} described further", "{n} described further", done.filled))
        if done.kept:
            parts.append(trn("{n} there already", "{n} there already", done.kept))
        sentence = tr("From “{file}”: {what}.", file=path.name, what=", ".join(parts))
        changed = bool(done.added or done.filled)
        if len(book.notes) <= _IN_NOTICE:
            self._context.say(" ".join([sentence, *book.notes]), undo=changed)
            return
        self._context.say(sentence, undo=changed)
        Remarks(self._context, self._window, tr("Remarks on the codebook"), sentence, book.notes)

    def ask_codebook_target(self) -> None:
        """Ask where the codebook should go and write it there."""
        kinds = [
            (tr("Codebook, everything"), ".json"),
            (tr("Table"), ".csv"),
            (tr("REFI-QDA codebook, for other programs"), ".qdc"),
            (tr("Excel workbook"), ".xlsx"),
            (tr("Page to read and print"), ".html"),
            (tr("Word document, for an appendix"), ".docx"),
        ]
        suggestion = self._beside(tr("codebook") + ".json")
        path = choose.target(self._window, tr("Export codebook"), suggestion, kinds)
        if path is not None:
            self.export_codebook(path)

    def export_codebook(self, path: Path) -> None:
        """Write the codebook to `path`, in the format of its suffix."""
        from coder_app.exporters.codebook import write_codebook

        project = self._context.project
        if project is None:
            return
        book = codebook(project)
        self._context.jobs.run(
            tr("Writing {file}", file=path.name),
            lambda _: write_codebook(book, path),
            lambda _: self._context.say(tr("The codebook is at {path}.", path=path)),
        )

    def ask_codings(self) -> None:
        """Ask for an annotation set and import it."""
        kinds = [(tr("Annotation sets"), ".csv .tsv .jsonl"), (tr("All files"), "")]
        settings = self._context.settings
        path = choose.file(self._window, tr("Import annotation set"), choose.last_folder(settings), kinds)
        if path is not None:
            choose.remember(settings, path)
            self.import_codings(path)

    def import_codings(self, path: Path) -> None:
        """Add the codings of a file; where it names codes that are missing, a question comes first."""
        from coder_app.importers.codings import read_codings

        self._context.jobs.run(
            tr("Reading {file}", file=path.name),
            lambda _: read_codings(path),
            lambda rows: self._ask_missing(path, rows),
        )

    def _ask_missing(self, path: Path, rows: list[ImportedCoding]) -> None:
        project = self._context.project
        if project is None:
            return
        tree = code_tree(project)
        missing = [code for code in dict.fromkeys(row.code for row in rows) if not tree.matches(code)]
        if missing:
            MissingCodes(self._context, self._window, path.name, missing, lambda: self._write(path, rows, make=True))
        else:
            self._write(path, rows, make=False)

    def _write(self, path: Path, rows: list[ImportedCoding], *, make: bool) -> None:
        weight = _ROWS_A_CODING * len(rows)
        self._context.attempt_large(
            trn("Importing {n} coding", "Importing {n} codings", len(rows)),
            weight,
            self._context.copies.first(
                weight,
                lambda project, on_progress: import_codings(
                    project, rows, path.name, create_codes=make, on_progress=on_progress
                ),
            ),
            self._tell_codings,
        )

    def _tell_codings(self, done: AnnotationImport) -> None:
        sentence = trn("{n} coding imported.", "{n} codings imported.", done.added)
        if done.already_there:
            there = trn("{n} was there already.", "{n} were there already.", done.already_there)
            sentence = f"{sentence} {there}"
        self._context.say(sentence, undo=done.added > 0)

    def ask_codings_target(self) -> None:
        """Ask where the annotation set should go and write it there."""
        kinds = [
            (tr("Table"), ".csv"),
            (tr("Excel workbook"), ".xlsx"),
            (tr("One JSON object per line"), ".jsonl"),
        ]
        suggestion = self._beside(tr("codings") + ".csv")
        path = choose.target(self._window, tr("Export annotation set"), suggestion, kinds)
        if path is not None:
            self.export_codings(path)

    def export_codings(self, path: Path) -> None:
        """Write all codings to `path`, in the format of its suffix, as they are at this moment."""
        project = self._context.project
        if project is None:
            return
        number = overview(project).codings

        def done(_: object) -> None:
            words = trn("{n} coding is at {path}.", "{n} codings are at {path}.", number, path=path)
            self._context.say(words)

        self._context.jobs.run(
            tr("Writing {file}", file=path.name), lambda progress: _export(project, path, number, progress), done
        )


def _export(project: Project, path: Path, number: int, progress: Progress) -> None:
    from coder_app.exporters.codings import write_codings

    with project.snapshot(progress) as snapshot:
        write_codings(counted(annotations(snapshot), number, progress), path)
