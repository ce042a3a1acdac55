"""Commands about codings: one by one, or a whole annotation set in and out."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.backups import keep_before
from coder_app.cli.project import FILE, name, project_argument, reading, refuse_project_as_target, writing
from coder_app.domain.progress import counted
from coder_app.edits.annotations import import_codings
from coder_app.edits.coders import add_coder
from coder_app.edits.codings import apply_code, check_range
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coder_named
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import annotations
from coder_app.queries.overview import overview
from coder_app.queries.sources import source as find_source
from coder_app.queries.sources import text_of
from coder_app.store.project import Project


# A negative number is a bad position, to be answered as such, and no option.
@click.command(context_settings={"ignore_unknown_options": True})
@project_argument
@click.argument("source", type=name)
@click.argument("start", type=int)
@click.argument("stop", type=int)
@click.argument("code", type=name)
@click.option("--coder", type=name, help=tr("Who codes; a new name is added. Default: the project's present coder."))
def code(project: Path, source: str, start: int, stop: int, code: str, coder: str | None) -> None:
    """Apply a code to a passage.

    The passage goes from character START up to, not including, STOP; the first character is 0.
    """
    with writing(project) as opened:
        document = find_source(opened, source)
        check_range(opened, document.id, start, stop)
        wanted = code_tree(opened).find(code)
        with opened.edit(f"Apply “{wanted.name}”"):
            if coder is not None:
                opened.coder_id = _coder(opened, coder)
            coding_id = apply_code(opened, document.id, start, stop, wanted.id)
        passage = text_of(opened, document.id)[start:stop]
    output.say(tr("Coded “{passage}” with “{code}”.", passage=output.shortened(passage), code=wanted.name))
    output.say(coding_id)


def _coder(project: Project, wanted: str) -> str:
    there = coder_named(project, wanted)
    return there.id if there else add_coder(project, wanted)


_ROWS_A_CODING = 2


@click.group(no_args_is_help=False)
def codings() -> None:
    """Bring an annotation set in, or hand it on."""


@codings.command("import")
@project_argument
@click.argument("file", type=FILE)
@click.option("--create-codes", is_flag=True, help=tr("Make the codes of a path that the codebook lacks."))
def import_(project: Path, file: Path, *, create_codes: bool) -> None:
    """Add the codings of a .csv or .jsonl file.

    All come in or none; coders that the project does not know are made.
    """
    from coder_app.importers.codings import read_codings

    with writing(project, file) as opened:
        rows = read_codings(file)
        keep_before(opened, _ROWS_A_CODING * len(rows))
        with output.progress(trn("Importing {n} coding", "Importing {n} codings", len(rows))) as progress:
            done = import_codings(opened, rows, file.name, create_codes=create_codes, on_progress=progress)
    told = [trn("Imported one coding.", "Imported {n} codings.", done.added)]
    if done.already_there:
        told.append(trn("One was there already.", "{n} were there already.", done.already_there))
    output.say(" ".join(told))


@codings.command("export")
@project_argument
@click.argument("file", type=FILE)
def export(project: Path, file: Path) -> None:
    """Write all codings to a .csv, .xlsx or .jsonl file."""
    from coder_app.exporters.codings import write_codings

    with reading(project, file) as opened:
        refuse_project_as_target(project, file)
        with output.progress(tr("Writing {file}", file=file.name)) as progress:
            write_codings(counted(annotations(opened), overview(opened).codings, progress), file)
    output.say(tr("Wrote {file}", file=file))
