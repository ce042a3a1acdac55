"""Commands about the codebook: in, out, and what it holds."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.backups import keep_before
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, refuse_project_as_target, writing
from coder_app.edits.codebook import import_codebook, size_of
from coder_app.edits.settings import set_code_key
from coder_app.i18n import tr, trn
from coder_app.queries import codes as queries
from coder_app.queries.settings import code_keys


@click.group(no_args_is_help=False)
def codebook() -> None:
    """Bring a codebook in, or hand it on."""


@codebook.command("import")
@project_argument
@click.argument("file", type=FILE)
def import_(project: Path, file: Path) -> None:
    """Add the codes of a codebook file.

    Codes that are there already keep what they have; only missing descriptions are filled in.
    """
    from coder_app.importers.codebook import read_codebook

    with writing(project, file) as opened:
        found = read_codebook(file)
        keep_before(opened, size_of(found))
        with output.progress(tr("Importing the codes of {file}", file=file.name)) as progress:
            done = import_codebook(opened, found, on_progress=progress)
    for line in found.notes:
        output.note(tr("note: {file}: {what}", file=file.name, what=line))
    told = [trn("Added one code.", "Added {n} codes.", done.added)]
    if done.filled:
        told.append(trn("One code got a description.", "{n} codes got descriptions.", done.filled))
    if done.kept:
        told.append(trn("One was there already.", "{n} were there already.", done.kept))
    output.say(" ".join(told))


@codebook.command("export")
@project_argument
@click.argument("file", type=FILE)
@click.option("--counts", is_flag=True, help=tr("Say on a page (.html, .docx) how often each code is used."))
def export(project: Path, file: Path, *, counts: bool) -> None:
    """Write the codebook to a file, or as a page for a paper.

    Files are .json, .csv, .xlsx and .qdc, pages .html and .docx.
    """
    from coder_app.exporters.codebook import write_codebook

    with reading(project, file) as opened:
        refuse_project_as_target(project, file)
        uses = {code_id: use.codings for code_id, use in queries.code_uses(opened).items()}
        write_codebook(queries.codebook(opened), file, uses if counts else None)
    output.say(tr("Wrote {file}", file=file))


@codebook.command("key")
@project_argument
@click.argument("code", type=name)
@click.argument("key", type=name, default="")
def key(project: Path, code: str, key: str) -> None:
    """Give a code a key of its own; without KEY free it.

    It applies the code in the window while the caret is in the text, and is the present coder's alone.
    KEY is such as H, Shift+H or Ctrl+Alt+H.
    """
    with writing(project) as opened:
        wanted = queries.code_tree(opened).find(code)
        set_code_key(opened, wanted.id, key)
        kept = code_keys(opened).get(wanted.id, "")
    told = tr("{key} applies “{code}”.", key=kept, code=wanted.name)
    output.say(told if kept else tr("“{code}” has no key of its own.", code=wanted.name))


@click.command()
@project_argument
@json_option
def codes(project: Path, *, as_json: bool) -> None:
    """List the codes in the order of the tree."""
    with reading(project) as opened:
        tree = queries.code_tree(opened)
        uses = queries.code_uses(opened)
        keys = code_keys(opened)
    unused = queries.Use(0, 0)
    if not as_json:
        output.table(
            (uses.get(code.id, unused).codings, "  " * tree.depth(code.id) + code.name, code.colour, code.id)
            for code in tree.walk()
        )
        return
    output.as_json(
        [
            {
                "id": code.id,
                "path": tree.path(code.id),
                "name": code.name,
                "parent_id": tree.parent(code.id),
                "colour": code.colour,
                "codings": uses.get(code.id, unused).codings,
                "segments": uses.get(code.id, unused).segments,
                "is_codable": code.is_codable,
                "key": keys.get(code.id, ""),
                "definition": code.definition,
                "use_when": code.use_when,
                "not_when": code.not_when,
            }
            for code in tree.walk()
        ]
    )
