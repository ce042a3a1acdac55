"""Commands for texts that are corrected after they were coded, and for passages that are then to check."""

from dataclasses import asdict
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import FILE, json_option, name, project_argument, reading, writing
from coder_app.domain.errors import BadInput
from coder_app.edits.texts import accept_guess, replace_text_from_file, settle_segment
from coder_app.i18n import tr, trn
from coder_app.queries import placing
from coder_app.queries.sources import source as find_source


@click.command("replace-text")
@project_argument
@click.argument("source", type=name)
@click.argument("file", type=FILE)
@click.option("--encoding", help=tr("The encoding of a text file, such as cp1252. Default: found out."))
@json_option
def replace_text(project: Path, source: str, file: Path, encoding: str | None, *, as_json: bool) -> None:
    """Give a source the text of a newer file; codings follow.

    What cannot be placed for certain is listed as to check; its codings stay.
    """
    with writing(project, file) as opened:
        # Not above: the parsers are slow to load, and a missing project should be told at once.
        from coder_app.importers.files import read_file

        document = find_source(opened, source)
        text = read_file(file, encoding)
        done = replace_text_from_file(opened, document.id, text)
    for warning in text.warnings:
        output.note(tr("note: {file}: {what}", file=text.name, what=warning))
    if as_json:
        output.as_json(
            {
                "unchanged": done.unchanged,
                "moved": done.moved,
                "to_check": [
                    {"segment_id": one.segment_id, "quote": one.quote, "context": one.before + one.quote + one.after}
                    for one in done.to_check
                ],
            }
        )
        return
    output.say(
        tr(
            "{unchanged} unchanged, {moved} moved, {to_check} to check",
            unchanged=done.unchanged,
            moved=done.moved,
            to_check=len(done.to_check),
        )
    )
    _list(list(done.to_check))


def _list(found: list[placing.SegmentToCheck]) -> None:
    for one in found:
        codes = ", ".join(one.codes)
        output.say(f"{one.segment_id}  {one.source} {one.start}-{one.stop}  {codes}")
        output.say(tr("    was: {quote}", quote=output.shortened(one.quote)))
        output.say(tr("    now: {quote}", quote=output.shortened(one.guess)))


@click.command("to-check")
@project_argument
@click.argument("source", type=name, required=False)
@json_option
def to_check(project: Path, source: str | None, *, as_json: bool) -> None:
    """List the passages that a corrected text left in doubt."""
    with reading(project) as opened:
        source_id = None if source is None else find_source(opened, source).id
        found = placing.segments_to_check(opened, source_id)
    if as_json:
        output.as_json([asdict(one) for one in found])
    else:
        if not found:
            output.nothing(tr("Nothing is to check."))
        _list(found)


@click.command(context_settings={"ignore_unknown_options": True})
@project_argument
@click.argument("segments", type=name, nargs=-1, required=True)
@click.option("--at", type=(int, int), metavar="START STOP", help=tr("Where the passage stands. Default: the guess."))
def settle(project: Path, segments: tuple[str, ...], at: tuple[int, int] | None) -> None:
    """Settle where passages that are to check stand.

    They go where they are guessed, or --at a place. SEGMENTS are ids that “to-check” lists.
    """
    with writing(project) as opened:
        if at is None:
            accept_guess(opened, segments)
        elif len(segments) == 1:
            settle_segment(opened, segments[0], *at)
        else:
            raise BadInput(tr("--at gives the place of one segment; {n} were named.", n=len(segments)))
        left = placing.number_to_check(opened)
    output.say(trn("One passage is still to check.", "{n} passages are still to check.", left))
