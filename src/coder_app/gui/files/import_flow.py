"""From files, folders and pasted words to sources: read aside, compared, confirmed, written as one step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import ImportedText
from coder_app.domain.text import sha256
from coder_app.edits.sources import import_sources
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.encoding import EncodingDialog, Question
from coder_app.gui.files.reading import Batch, read_batch
from coder_app.gui.files.remarks import Remarks, gathered
from coder_app.gui.jobs import Progress
from coder_app.i18n import tr, trn
from coder_app.queries.sources import hashes_of, known_hashes

_NAMED = 3
_IN_NOTICE = 2
_LONGEST_NAME = 60
_ROWS_A_TEXT = 30
_BYTES_A_ROW = 1_000


@dataclass(slots=True)
class _Import:
    """An import under way: what is new, where it goes, and what is to be told at the end."""

    texts: list[ImportedText] = field(default_factory=list[ImportedText])
    folders: list[str] = field(default_factory=list[str])
    twins: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])


class ImportFlow(QObject):
    """Brings sources into the open project."""

    sources_imported = Signal(list)
    """Sources were imported; carries their ids."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions that bring sources in."""
        return {
            "sources.import": self.ask_files,
            "sources.import_folder": self.ask_folder,
            "sources.paste": self.paste,
        }

    def ask_files(self) -> None:
        """Ask for files and import them."""
        kinds = [
            (tr("Texts"), ".txt .text .md .markdown .docx .pdf .html .htm"),
            (tr("All files"), ""),
        ]
        self.import_paths(
            choose.files(self._window, tr("Import sources"), choose.last_folder(self._context.settings), kinds)
        )

    def ask_folder(self) -> None:
        """Ask for a folder and import all that is in it."""
        folder = choose.folder(self._window, tr("Import a folder"), choose.last_folder(self._context.settings))
        if folder is not None:
            self.import_paths([folder])

    def import_paths(self, paths: list[Path]) -> None:
        """Import files and folders into the open project."""
        project = self._context.project
        if project is None or not paths:
            return
        if not project.writable:
            self._context.say(tr("The project is open for reading only; nothing was imported."))
            return
        choose.remember(self._context.settings, paths[0])
        place, known = project.path, known_hashes(project)

        def read(progress: Progress) -> _Import:
            return _new_ones(known, read_batch(paths, place, progress))

        self._context.jobs.run(tr("Reading files"), read, self._take_in)

    def paste(self) -> None:
        """Make the words in the clipboard a source."""
        from coder_app.importers.files import text_from_paste

        words = QGuiApplication.clipboard().text()
        try:
            text = text_from_paste(_pasted_name(words), words)
        except ImportProblem as error:
            self._context.tell(error)
            return
        project = self._context.project
        if project is not None:
            self._take_in(_new_ones(known_hashes(project), Batch([text], [""])))

    def _take_in(self, new: _Import) -> None:
        """Have guesses confirmed, and write what is new as one step."""
        guessed = [place for place, text in enumerate(new.texts) if not text.encoding_sure]
        if not guessed:
            self._write(new)
            return
        questions = [Question(one.name, one.original, one.encoding) for one in (new.texts[place] for place in guessed)]
        accept = tr("Import") if len(guessed) == 1 else tr("Accept all and import")
        dialog = EncodingDialog(self._context, self._window, questions, accept)

        def write(answers: list[str]) -> None:
            self._write(_read_anew(new, guessed, answers))

        dialog.answered.connect(write)
        dialog.rejected.connect(lambda: self._context.say(tr("Nothing was imported.")))
        dialog.open()

    def _write(self, new: _Import) -> None:
        if not new.texts:
            self._tell(new)
            return

        def done(ids: list[str]) -> None:
            self._tell(new)
            self.sources_imported.emit(ids)

        self._context.attempt_large(
            trn("Importing {n} source", "Importing {n} sources", len(new.texts)),
            _weight(new.texts),
            self._context.copies.first(
                _weight(new.texts),
                lambda project, on_progress: import_sources(project, new.texts, new.folders, on_progress=on_progress),
            ),
            done,
        )

    def _tell(self, new: _Import) -> None:
        sentences = [trn("{n} source imported.", "{n} sources imported.", len(new.texts))] if new.texts else []
        if new.twins:
            more = len(new.twins) - _NAMED
            names = ", ".join(new.twins[:_NAMED]) + (tr(" and {n} more", n=more) if more > 0 else "")
            sentences.append(
                trn(
                    "{n} was in the project already: {names}.",
                    "{n} were in the project already: {names}.",
                    len(new.twins),
                    names=names,
                )
            )
        remarks = [*new.problems, *gathered((one.name, what) for one in new.texts for what in one.warnings)]
        if len(remarks) <= _IN_NOTICE:
            self._context.say(" ".join([*sentences, *remarks]), undo=bool(new.texts))
            return
        if new.problems:
            sentences.append(
                trn(
                    "{n} file could not be read and was left out.",
                    "{n} files could not be read and were left out.",
                    len(new.problems),
                )
            )
        self._context.say(" ".join(sentences), undo=bool(new.texts))
        Remarks(self._context, self._window, tr("Remarks on the import"), " ".join(sentences), remarks)


def _weight(texts: list[ImportedText]) -> int:
    """Return how many rows take as long to write as these texts with their files."""
    return _ROWS_A_TEXT * len(texts) + sum(len(text.original) for text in texts) // _BYTES_A_ROW


def _new_ones(known: set[str], batch: Batch) -> _Import:
    """Leave out what is there twice or has one of the hashes that the project knows already."""
    new = _Import(problems=batch.problems)
    seen = set(known)
    for text, folder in zip(batch.texts, batch.folders, strict=True):
        if not seen.isdisjoint(hashes_of(text)):
            new.twins.append(text.name)
            continue
        seen.add(sha256(text.text))
        new.texts.append(text)
        new.folders.append(folder)
    return new


def _read_anew(new: _Import, guessed: list[int], answers: list[str]) -> _Import:
    """Return the import with the files read in the encodings that were chosen for them."""
    from coder_app.importers.files import read_bytes

    failed: list[int] = []
    for place, encoding in zip(guessed, answers, strict=True):
        text = new.texts[place]
        try:
            new.texts[place] = read_bytes(text.name, text.original, encoding)
        except ImportProblem as error:
            new.problems.append(str(error))
            failed.append(place)
    for place in reversed(failed):
        del new.texts[place], new.folders[place]
    return new


def _pasted_name(words: str) -> str:
    first = " ".join(words.strip().split("\n", 1)[0].split())
    return first[: _LONGEST_NAME - 1] + "…" if len(first) > _LONGEST_NAME else first
