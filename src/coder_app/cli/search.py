"""Commands that find words in all sources, code what they find, and count."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from coder_app.cli import output
from coder_app.cli.project import (
    FILE,
    json_option,
    name,
    project_argument,
    reading,
    refuse_project_as_target,
    writing,
)
from coder_app.domain.errors import BadInput
from coder_app.domain.extents import Extent
from coder_app.edits.autocode import PlannedRange, autocode, planned, planned_by_dictionary, step_label
from coder_app.edits.coders import add_coder
from coder_app.edits.stop_words import set_stop_words
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coder_named
from coder_app.queries.codes import code_tree
from coder_app.queries.search import Hit, SearchOptions, codes_covering
from coder_app.queries.search import search as find
from coder_app.queries.sources import source as find_source
from coder_app.queries.sources import sources, text_of
from coder_app.queries.stop_words import own_stop_words
from coder_app.queries.stretches import coded_stretches
from coder_app.store.project import Project

# The names are written out here so that the help needs no analysis; a test keeps both the same.
SORTS = ("place", "word", "left", "right")


def _search_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option("--match-case", is_flag=True, help=tr("Tell capitals from small letters.")),
            click.option("--ignore-accents", is_flag=True, help=tr("Take é, è and e for the same letter.")),
            click.option("--inside-words", is_flag=True, help=tr("Find parts of words too.")),
            click.option(
                "--plain", is_flag=True, help=tr("Take quotation marks, stars and AND, OR, NOT as they stand.")
            ),
            click.option("--regex", is_flag=True, help=tr("Take the query as a regular expression of Python.")),
        )
    ):
        command = option(command)
    return command


def _options(flags: dict[str, bool]) -> SearchOptions:
    if flags["regex"] and flags["ignore_accents"]:
        raise BadInput(
            tr("--ignore-accents works for words; in a regular expression name the letters, such as “[eéè]”.")
        )
    return SearchOptions(
        match_case=flags["match_case"],
        match_accents=not flags["ignore_accents"],
        whole_words=not flags["inside_words"],
        operators=not flags["plain"],
        regex=flags["regex"],
    )


def _hits(project: Project, path: Path, query: str, flags: dict[str, bool], context: int = 60) -> Iterator[Hit]:
    if not query.strip():
        raise BadInput(tr("{file}: Say which words to look for.", file=path.name))
    return find(project, query, _options(flags), context=context)


@click.command()
@project_argument
@click.argument("query", type=name)
@click.option("--limit", type=click.IntRange(min=1), help=tr("Stop after so many hits."))
@_search_options
@json_option
def search(project: Path, query: str, limit: int | None, *, as_json: bool, **flags: bool) -> None:
    """Find words in all sources.

    Plain words are found as they stand, whole and in any case. With operators: "a phrase", word*,
    this AND that, this OR that, this NOT that, NEAR(this that, 5), brackets.
    """
    with reading(project) as opened:
        hits = list(islice(_hits(opened, project, query, flags), limit))
        tree = code_tree(opened)
        covering = codes_covering(opened, hits) if as_json else []
    if not as_json:
        if not hits:
            output.nothing(tr("Nothing was found."))
        for hit in hits:
            output.say(f"{hit.source} {hit.start}-{hit.stop}: {hit.before[-30:]}[{hit.text}]{hit.after[:30]}")
        return
    output.as_json(
        [
            {
                "source": hit.source,
                "start": hit.start,
                "stop": hit.stop,
                "text": hit.text,
                "source_id": hit.source_id,
                "before": hit.before,
                "after": hit.after,
                "codes": [tree.path(code_id) for code_id in codes],
            }
            for hit, codes in zip(hits, covering, strict=True)
        ]
    )


@click.command("autocode")
@project_argument
@click.argument("query_and_code", type=name, nargs=-1, metavar="[QUERY CODE]")
@click.option(
    "--dictionary", type=FILE, help=tr("A .csv file with the columns code and pattern, instead of QUERY CODE.")
)
@click.option(
    "--extent",
    type=click.Choice([extent.value for extent in Extent]),
    default="match",
    help=tr("What is coded where a hit stands."),
)
@click.option("--coder", type=name, help=tr("Who codes; a new name is added. Default: the project's present coder."))
@click.option("--dry-run", is_flag=True, help=tr("Only tell what would be coded."))
@_search_options
@json_option
def autocode_(
    project: Path,
    query_and_code: tuple[str, ...],
    dictionary: Path | None,
    extent: str,
    coder: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    **flags: bool,
) -> None:
    """Code all that a search or a dictionary finds.

    It is one step. What the coder has coded just so already stays as it is.
    """
    if len(query_and_code) != (0 if dictionary else 2):
        raise click.UsageError(tr("Give QUERY and CODE, or --dictionary FILE."))
    others = [dictionary] if dictionary else []
    with (reading if dry_run else writing)(project, *others) as opened:
        coder_id = _coder(opened, coder)
        if dictionary:
            ranges = _by_dictionary(opened, dictionary, Extent(extent), coder_id, flags)
        else:
            query, code = query_and_code
            wanted = code_tree(opened).find(code)
            ranges = planned(opened, _hits(opened, project, query, flags), wanted.id, Extent(extent), coder_id)
        fresh = sum(not one.is_coded for one in ranges)
        if fresh and not dry_run:
            _write(opened, ranges, coder, coder_id)
        told = _told(opened, ranges) if as_json else []
    if as_json:
        output.as_json({"added": fresh, "already_there": len(ranges) - fresh, "ranges": told})
        return
    if dry_run:
        output.say(trn("One passage would be coded.", "{n} passages would be coded.", fresh))
    else:
        output.say(trn("Coded one passage.", "Coded {n} passages.", fresh))
    if fresh < len(ranges):
        output.say(trn("One was coded already.", "{n} were coded already.", len(ranges) - fresh))


_NEW = ""


def _coder(project: Project, wanted: str | None) -> str | None:
    if wanted is None:
        return project.coder_id
    there = coder_named(project, wanted)
    # One who is not there yet has coded nothing yet.
    return there.id if there else _NEW


def _by_dictionary(
    project: Project, file: Path, extent: Extent, coder_id: str | None, flags: dict[str, bool]
) -> list[PlannedRange]:
    from coder_app.importers.dictionary import read_dictionary

    return planned_by_dictionary(
        project, read_dictionary(file), file.name, options=_options(flags), extent=extent, coder_id=coder_id
    )


def _write(project: Project, ranges: list[PlannedRange], coder: str | None, coder_id: str | None) -> None:
    # A new coder belongs to the same step, which has the name of what it is for.
    with project.edit(step_label(project, ranges)):
        autocode(project, ranges, add_coder(project, str(coder)) if coder_id == _NEW else coder_id)


def _told(project: Project, ranges: list[PlannedRange]) -> list[dict[str, Any]]:
    tree = code_tree(project)
    texts: dict[str, str] = {}
    for one in ranges:
        if one.source_id not in texts:
            texts[one.source_id] = text_of(project, one.source_id)
    return [
        {
            "source": one.source,
            "start": one.start,
            "stop": one.stop,
            "text": texts[one.source_id][one.start : one.stop],
            "code": tree.path(one.code_id),
            "hits": one.hits,
            "already_there": one.is_coded,
            "source_id": one.source_id,
        }
        for one in ranges
    ]


@click.command()
@project_argument
@click.option("-o", "--output", "target", type=FILE, required=True, help=tr("A .csv, .xlsx or .json file."))
@click.option(
    "--stop",
    multiple=True,
    metavar="LANG",
    help=tr("Leave out the function words of de, en, es, fr, kk, ru, tr; with “own”, the project's own stop words."),
)
@click.option("--min-length", type=click.IntRange(min=1), default=1, help=tr("Leave out shorter words."))
@click.option("--min-count", type=click.IntRange(min=1), default=1, help=tr("Leave out rarer words."))
@click.option("--match-case", is_flag=True, help=tr("Tell capitals from small letters."))
@click.option("--numbers", is_flag=True, help=tr("Count bare numbers too."))
@click.option("--source", "only", type=name, multiple=True, help=tr("Count in this source only; may be given again."))
@click.option("--folder", type=name, help=tr("Count in the sources of this folder only."))
@click.option("--code", type=name, help=tr("Count in the passages of this code and its sub-codes only."))
@click.option("--by-source", is_flag=True, help=tr("One row per word and source."))
def words(
    project: Path,
    target: Path,
    stop: tuple[str, ...],
    only: tuple[str, ...],
    folder: str | None,
    code: str | None,
    *,
    by_source: bool,
    **how: Any,  # noqa: ANN401 - click's options, each of its own type
) -> None:
    """Write how often which words are used."""
    from coder_app.analysis.stop_words import stop_words
    from coder_app.analysis.words import Counting, Tally, words_by_source_table, words_table
    from coder_app.exporters.tables import write_table

    with reading(project, target) as opened:
        refuse_project_as_target(project, target)
        left_out = stop_words(one for one in stop if one != _OWN)
        if _OWN in stop:
            left_out |= own_stop_words(opened)
        counting = Counting(stop=left_out, **how)
        wanted = [find_source(opened, one) for one in only] or sources(opened)
        if folder is not None:
            wanted = [one for one in wanted if f"{one.folder}/".startswith(f"{folder}/")]
        coded = _coded(opened, code) if code else None
        counted = Tally()
        for one in wanted:
            text = opened.text(one.text_hash)
            counted.add(one.id, (text,) if coded is None else (text[a:b] for a, b in coded.get(one.id, ())))
    names = {one.id: one.name for one in wanted}
    rows = [row for row in counted.totals(names, match_case=counting.match_case) if counting.takes(row)]
    settings = {tr("Stop lists"): ", ".join(stop) or "-", tr("Shortest word"): str(counting.min_length)}
    if by_source:
        found = {source_id: counted.count_in(source_id, match_case=counting.match_case) for source_id in names}
        table = words_by_source_table(rows, found, names, settings)
    else:
        table = words_table(rows, counted.running(names), settings)
    write_table(table, target)
    output.say(tr("Wrote {file}", file=target))


_OWN = "own"


def _coded(project: Project, code: str) -> dict[str, list[tuple[int, int]]]:
    tree = code_tree(project)
    wanted = tree.find(code)
    return coded_stretches(project, [wanted.id, *(one.id for one in tree.walk(wanted.id))])


@click.command("stopwords")
@project_argument
@click.option(
    "--add", type=name, multiple=True, metavar="WORD", help=tr("Leave out this word too; may be given again.")
)
@click.option("--remove", type=name, multiple=True, metavar="WORD", help=tr("Count this word again."))
@json_option
def stopwords(project: Path, add: tuple[str, ...], remove: tuple[str, ...], *, as_json: bool) -> None:
    """Show or change the project's own stop words.

    Word frequencies leave them out where they are asked to: `words --stop own`.
    """
    from coder_app.analysis.words import normal

    with (writing if add or remove else reading)(project) as opened:
        wanted = own_stop_words(opened)
        if add or remove:
            wanted = (wanted | set(map(normal, add))) - set(map(normal, remove))
            set_stop_words(opened, wanted)
    if as_json:
        output.as_json(sorted(wanted))
        return
    if not wanted:
        output.nothing()
    for word in sorted(wanted):
        output.say(word)


@click.command("kwic")
@project_argument
@click.argument("query", type=name)
@click.option("-o", "--output", "target", type=FILE, required=True, help=tr("A .csv, .xlsx or .json file."))
@click.option("--width", type=click.IntRange(0, 1000), default=60, help=tr("Characters on either side."))
@click.option("--sort", type=click.Choice(SORTS), default="place", help=tr("What the lines are sorted by."))
@_search_options
def kwic_(project: Path, query: str, target: Path, width: int, sort: str, **flags: bool) -> None:
    """Write what QUERY finds as a word-in-context list."""
    from coder_app.analysis.kwic import Sort, kwic, kwic_table
    from coder_app.exporters.tables import write_table

    with reading(project, target) as opened:
        refuse_project_as_target(project, target)
        rows = kwic(_hits(opened, project, query, flags, width), Sort(sort))
    write_table(kwic_table(rows, {tr("Query"): query}), target)
    output.say(tr("Wrote {file}", file=target))
