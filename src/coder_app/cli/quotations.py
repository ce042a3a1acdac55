"""Commands about passages that are marked and carry no code yet."""

from pathlib import Path

import click

from coder_app.cli import output
from coder_app.cli.project import json_option, name, project_argument, reading, writing
from coder_app.edits import codings as edits
from coder_app.i18n import tr
from coder_app.queries.quotations import quoted_passages
from coder_app.queries.sources import source as find_source
from coder_app.queries.sources import text_of


# A negative number is a bad position, to be answered as such, and no option.
@click.command(context_settings={"ignore_unknown_options": True})
@project_argument
@click.argument("source", type=name)
@click.argument("start", type=int)
@click.argument("stop", type=int)
def quote(project: Path, source: str, start: int, stop: int) -> None:
    """Mark a passage as a quotation without a code.

    The passage goes from character START up to, not including, STOP; the first character is 0.
    """
    with writing(project) as opened:
        document = find_source(opened, source)
        segment_id = edits.quote(opened, document.id, start, stop)
        passage = text_of(opened, document.id)[start:stop]
    output.say(tr("Marked “{passage}”.", passage=output.shortened(passage)))
    output.say(segment_id)


@click.command()
@project_argument
@json_option
def quotations(project: Path, *, as_json: bool) -> None:
    """List the marked passages that carry no code."""
    with reading(project) as opened:
        found = quoted_passages(opened)
    if not as_json:
        output.table((one.source, one.quotation.start, one.quotation.stop, output.shortened(one.text)) for one in found)
        return
    output.as_json(
        [
            {
                "id": one.quotation.id,
                "source_id": one.quotation.source_id,
                "source": one.source,
                "start": one.quotation.start,
                "stop": one.quotation.stop,
                "text": one.text,
                "coder_id": one.quotation.coder_id,
            }
            for one in found
        ]
    )
