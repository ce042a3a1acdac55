"""Counts which codes occur together in a project and writes it: as a table, a picture, a page or a network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.columns import numbered
from coder_app.analysis.cooccurrence_table import matrix_table, pairs_table
from coder_app.analysis.counting import Grid
from coder_app.analysis.how import MERGED, Counting, Unit
from coder_app.analysis.layouts.material import Choices
from coder_app.analysis.layouts.pictures import picture
from coder_app.analysis.tally import Tally, tally
from coder_app.domain.errors import BadInput
from coder_app.domain.pictures import Picture, PictureKind
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Column, Table
from coder_app.domain.text import paragraphs, sentences
from coder_app.domain.tree import CodeTree
from coder_app.exporters import figures, graph
from coder_app.exporters.html import write_cooccurrence
from coder_app.exporters.linked import write_linked
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coded_spans
from coder_app.queries.scope import Scope, scope_of, sources_in
from coder_app.queries.sources import sources, texts
from coder_app.reports.passages import behind
from coder_app.reports.recipe import Recipe
from coder_app.store.project import Project

PAIRS = "pairs"
MATRIX = "matrix"
SHAPES = (PAIRS, MATRIX, *(kind.value for kind in PictureKind))


@dataclass(frozen=True, slots=True)
class Options:
    """What to count and how to show it.

    `shape` is "pairs", "matrix" or the kind of a picture. `scope` is a part of the project as `Scope.as_json` gives
    it; a picture may show one block alone: `block` is its coder's id, or "merged".
    """

    counting: Counting = field(default_factory=Counting)
    shape: str = PAIRS
    scope: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    choices: Choices = field(default_factory=Choices)
    block: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A counted table with all that its files are made of."""

    tally: Tally
    names: Mapping[str, str]
    sources: Mapping[str, str]
    result: Cooccurrence

    @property
    def tree(self) -> CodeTree:
        """The codebook."""
        return self.tally.tree


def counted(project: Project, how: Counting, scope: Scope | None = None) -> Counted:
    """Count a project's co-occurrences. Raises BadInput as `analysis.cooccurrence` and `sources_in` do."""
    among = sources_in(project, scope) if scope else None
    if among is not None:
        how = replace(how, sources=among if how.sources is None else how.sources & among)
    tree = code_tree(project)
    names = {coder.id: coder.name for coder in coders(project)}
    made = tally(numbered(coded_spans(project), tree), tree, how, units=grid_of(project, how))
    return Counted(made, names, {one.id: one.name for one in sources(project)}, made.table(names))


def grid_of(project: Project, how: Counting) -> Grid | None:
    """Return the units of each source; None for whole documents."""
    split = {Unit.PARAGRAPH: paragraphs, Unit.SENTENCE: sentences}.get(how.unit)
    return None if split is None else {source: split(text) for source, text in texts(project).items()}


def write(project: Project, recipe: Recipe, path: Path, on_progress: OnProgress = tell_nobody) -> None:
    """Write the table of a recipe. Raises BadInput for options that make no sense, and where the disk refuses."""
    options = options_of(recipe)
    found = counted(project, options.counting, _scope(options))
    suffix, text = recipe.suffix, recipe.text()
    if suffix in figures.SUFFIXES:
        figures.write_picture(pictures(found, options), path, text)
        return
    if suffix in {".xlsx", ".html"} and options.shape in {PAIRS, MATRIX}:
        pairs, matrix = pairs_table(found.result, found.tree), matrix_table(found.result, found.tree)
        quotes = behind(project, found.tally, found.result, found.names, on_progress)
        if suffix == ".xlsx":
            write_linked(pairs, matrix, quotes, path, text, matrix_first=options.shape == MATRIX)
        else:
            write_cooccurrence(pairs, matrix, quotes, path, text)
    elif suffix in graph.SUFFIXES:
        graph.write_graph(pairs_table(found.result, found.tree), path, text, made=recipe.time[:10])
    else:
        write_table(_table(found, options), path, text)


def _table(found: Counted, options: Options) -> Table:
    """Return the table that the shape asks for: of a picture the numbers that it draws, whose coders are a column."""
    if options.shape == MATRIX:
        return matrix_table(found.result, found.tree)
    if options.shape == PAIRS:
        return pairs_table(found.result, found.tree)
    tables = [(one.shown.heading, one.shown.table) for one in pictures(found, options)]
    first = tables[0][1]
    columns = (Column("coders", tr("Coders")), *first.columns)
    return Table(
        first.title, columns, tuple((heading, *row) for heading, one in tables for row in one.rows), first.settings
    )


def pictures(found: Counted, options: Options) -> list[Picture]:
    """Return the pictures that the shape asks for, one for each block that has two codes.

    Raises BadInput where no block has, or none can be drawn so.
    """
    kind = PictureKind.HEATMAP if options.shape in {PAIRS, MATRIX} else PictureKind(options.shape)
    blocks = [one for one in found.result.blocks if options.block in {None, one.coder_id or MERGED}]
    made: list[Picture] = []
    refused: BadInput | None = None
    for block in blocks:
        documents = by_document(found.tally, found.names, found.sources, block)
        try:
            made.append(picture(kind, block, found.result.how, found.tree, options.choices, documents))
        except BadInput as error:
            # A coder who has coded too little has no picture; the others have theirs.
            refused = error
    if not made:
        raise refused or BadInput(tr("There is nothing to draw: no code is used in the chosen sources."))
    return made


def by_document(
    counted_here: Tally, names: Mapping[str, str], source_names: Mapping[str, str], block: Block
) -> Callable[[], dict[str, Block]]:
    """Return what counts a block within each of its documents, by their names."""

    def each() -> dict[str, Block]:
        how = replace(counted_here.how, coders=block.coder_id or counted_here.how.coders)
        codings = counted_here.codings
        result: dict[str, Block] = {}
        for source_id in codings.ids.sources:
            here = codings.where(codings.within([source_id]))
            if len(here):
                blocks = tally(here, counted_here.tree, how, units=counted_here.units).table(names).blocks
                result |= {source_names.get(source_id, source_id): one for one in blocks[:1]}
        return result

    return each


def options_of(recipe: Recipe) -> Options:
    """Return the options of a recipe. Raises BadInput where they are none."""
    try:
        options = TypeAdapter(Options).validate_python(recipe.options)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(
            tr("The recipe’s options make no sense: {place}: {reason}.", place=place, reason=first["msg"])
        ) from error
    if options.shape not in SHAPES:
        raise BadInput(tr("The recipe asks for “{shape}”, which this app does not know.", shape=options.shape))
    return options


def _scope(options: Options) -> Scope:
    known = options.scope
    return scope_of(*(known.get(name, []) for name in ("sources", "sets", "cases", "where")))
