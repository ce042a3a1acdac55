"""Commands about the documents of a project: bring them in, list, print and search them."""

from collections import Counter
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.backups import keep_before
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.domain.imported import ImportedText
from coder_app.domain.text import sha256
from coder_app.edits.sources import import_sources
from coder_app.i18n import tr, trn
from coder_app.queries.sources import already_there, text_of
from coder_app.queries.sources import source as find_source
from coder_app.queries.sources import sources as all_sources
from coder_app.store.project import Project

_ROWS_A_TEXT = 30
"""So many rows take as long to write as a text with its file."""


@click.command("import")
@project_argument
@click.argument("paths", type=FILE, nargs=-1, required=True)
@click.option("--encoding", help=tr("The encoding of text files, such as cp1252. Default: found out file by file."))
def import_(project: Path, paths: tuple[Path, ...], encoding: str | None) -> None:
    """Add files, and folders of files, as sources.

    All come in or none; a file that is in the project already is pointed out and left out.
    """
    with writing(project, *paths) as opened:
        # Not above: the parsers are slow to load, and a missing project should be told at once.
        from coder_app.importers.files import read_many, skipped_below

        places = _places(paths)
        with output.progress(trn("Reading {n} file", "Reading {n} files", len(places))) as progress:
            texts = read_many([file for file, _ in places], encoding=encoding, on_progress=progress)
        twins = _twins(opened, texts)
        fresh = [number for number, twin in enumerate(twins) if twin is None]
        if fresh:
            folders = [places[number][1] for number in fresh]
            keep_before(opened, _ROWS_A_TEXT * len(fresh))
            with output.progress(trn("Importing {n} source", "Importing {n} sources", len(fresh))) as progress:
                import_sources(opened, [texts[number] for number in fresh], folders, on_progress=progress)
    output.say(trn("Imported one source.", "Imported {n} sources.", len(fresh)))
    for text, twin in zip(texts, twins, strict=True):
        if twin is not None:
            output.say(tr("“{name}” is in the project already, as “{twin}”; left out.", name=text.name, twin=twin))
    for number in fresh:
        _tell(texts[number])
    for path in skipped_below(list(paths)):
        output.note(tr("note: {path}: passed by, because no source can be made of it", path=path))


def _places(paths: tuple[Path, ...]) -> list[tuple[Path, str]]:
    """Return all files to read, each once, with the folder that it gets in the project.

    Files that were named go to the top, but to a folder named for theirs where several have one name.
    """
    from coder_app.importers.files import files_below

    names = Counter(path.name for path in paths)
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        below = files_below([path])
        if not below:
            raise BadInput(tr("The folder {path} holds no file that can be a source.", path=path))
        for file, folder in below:
            own = path.absolute().parent.name if file == path and names[path.name] > 1 else folder
            found.setdefault(file.absolute(), (file, own))
    return list(found.values())


def _twins(project: Project, texts: list[ImportedText]) -> list[str | None]:
    """Return for each text the name of the source, or of the text before it, that holds the same; None if new."""
    seen: dict[str, str] = {}
    twins: list[str | None] = []
    for text in texts:
        there = already_there(project, text)
        digest = sha256(text.text)
        twins.append(there.name if there else seen.get(digest))
        seen.setdefault(digest, text.name)
    return twins


def _tell(text: ImportedText) -> None:
    for warning in text.warnings:
        output.note(tr("note: {file}: {what}", file=text.name, what=warning))
    if not text.encoding_sure:
        output.note(
            tr(
                "note: {file}: read as {encoding}, which is a guess; if letters look wrong, undo and use --encoding.",
                file=text.name,
                encoding=text.encoding,
            )
        )


@click.command()
@project_argument
@json_option
def sources(project: Path, *, as_json: bool) -> None:
    """List the sources with their sizes."""
    with reading(project) as opened:
        found = all_sources(opened)
    if not as_json:
        output.table(
            (one.words, one.codings, f"{one.folder}/{one.name}".removeprefix("/"), one.kind, one.id) for one in found
        )
        return
    output.as_json(
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "characters": one.characters,
                "words": one.words,
                "codings": one.codings,
                "sha256": one.text_hash,
                "folder": one.folder,
                "encoding": one.encoding,
                "importer": one.importer,
                "importer_version": one.importer_version,
                "original_sha256": one.original_hash,
            }
            for one in found
        ]
    )


@click.command()
@project_argument
@click.argument("source", type=name)
def text(project: Path, source: str) -> None:
    """Print the text of a source exactly, with nothing added."""
    with reading(project) as opened:
        content = text_of(opened, find_source(opened, source).id)
    output.exactly(content)
