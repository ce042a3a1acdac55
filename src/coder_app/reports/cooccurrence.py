"""Counts which codes occur together in a project and writes it: as a table, a picture, a page or a network."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.columns import Codings, columned
from coder_app.analysis.cooccurrence_table import matrix_table, pairs_table
from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.inference import Inference
from coder_app.analysis.layouts.material import Choices
from coder_app.analysis.layouts.pictures import picture
from coder_app.analysis.measured import measured
from coder_app.analysis.methods import methods
from coder_app.analysis.tally import Tally, tally
from coder_app.domain.errors import BadInput
from coder_app.domain.pictures import Picture, PictureKind
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Column, Table
from coder_app.domain.tree import CodeTree
from coder_app.exporters import figures, graph
from coder_app.exporters.html import write_cooccurrence
from coder_app.exporters.linked import write_linked
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coded_columns
from coder_app.queries.scope import Scope, scope_of
from coder_app.queries.sources import sources
from coder_app.reports.ground import ground, in_parts, scoped
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
    it; a picture may show one block alone: `block` is its coder's id, or "merged". `inference` says what tables
    hold besides the counts.
    """

    counting: Counting = field(default_factory=Counting)
    shape: str = PAIRS
    scope: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    choices: Choices = field(default_factory=Choices)
    block: str | None = None
    inference: Inference = field(default_factory=Inference)


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
    """Count a project's co-occurrences. Raises BadInput as `analysis.cooccurrence` and `places_in` do."""
    how, places = scoped(project, how, scope)
    known = ground(project, how, places)
    tree = code_tree(project)
    names = {coder.id: coder.name for coder in coders(project)}
    codings = in_parts(columned(coded_columns(project), tree), places)
    made = tally(codings, tree, how, ground=known)
    return Counted(made, names, {one.id: one.name for one in sources(project)}, made.table(names))


def check_something_counted(found: Counted) -> None:
    """Raise BadInput where there is no pair of codes to show, with what is missing."""
    codings, how = found.tally.codings, found.result.how
    if not len(codings):
        raise BadInput(tr("Nothing is coded in this scope; code some passages first, or widen the scope."))
    if not any(block.codes for block in found.result.blocks):
        raise BadInput(tr("None of these codes is used in these sources by these coders; widen the scope."))
    if all(len(block.codes) == 1 for block in found.result.blocks):
        names = sorted({found.tree.path(code) for block in found.result.blocks for code in block.codes})
        raise BadInput(
            tr("A table needs two codes used by one coder; here is only {names}. Code more, or merge the coders.",
               names=", ".join(names))
            if how.coders == EACH
            else tr("A table needs two codes; the only one used here is {names}.", names=", ".join(names))
        )  # fmt: skip


def write(project: Project, recipe: Recipe, path: Path, on_progress: OnProgress = tell_nobody) -> None:
    """Write the table of a recipe. Raises BadInput for options that make no sense, and where the disk refuses."""
    options = options_of(recipe)
    found = counted(project, options.counting, _scope(options))
    check_something_counted(found)
    suffix, text = recipe.suffix, recipe.text()
    if suffix in figures.SUFFIXES:
        figures.write_picture(pictures(found, options), path, text)
    elif options.shape in {PAIRS, MATRIX}:
        _write_table(project, found, options, path, recipe, on_progress)
    elif suffix in graph.SUFFIXES:
        graph.write_graph(pairs_table(found.result, found.tree), path, text, made=recipe.time[:10])
    else:
        write_table(_drawn(found, options), path, text)


def _write_table(
    project: Project, found: Counted, options: Options, path: Path, recipe: Recipe, on_progress: OnProgress
) -> None:
    computed = measured(found.tally, found.result, options.inference, on_progress=on_progress)
    known = {"methods": methods(found.result, computed, names={**found.names, **found.sources})}
    suffix, text = recipe.suffix, recipe.text()

    def pairs() -> Table:
        return _with(pairs_table(found.result, found.tree, computed), known)

    def matrix() -> Table:
        return _with(matrix_table(found.result, found.tree), known)

    if suffix in graph.SUFFIXES:
        graph.write_graph(pairs(), path, text, made=recipe.time[:10])
    elif suffix in {".xlsx", ".html"}:
        quotes = behind(project, found.tally, found.result, found.names, on_progress)
        if suffix == ".xlsx":
            write_linked(pairs(), matrix(), quotes, path, text, matrix_first=options.shape == MATRIX)
        else:
            write_cooccurrence(pairs(), matrix(), quotes, path, text)
    else:
        write_table(matrix() if options.shape == MATRIX else pairs(), path, text)


def _with(table: Table, settings: dict[str, str]) -> Table:
    return replace(table, settings=table.settings | settings)


def _drawn(found: Counted, options: Options) -> Table:
    """Return the numbers that pictures draw; whose they are is a column."""
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
        known, found = counted_here.ground, dict[str, Block]()
        for source_id, here in _by_source(counted_here.codings):
            name = source_names.get(source_id, source_id)
            # Two documents of one name are two documents.
            name = f"{name} ({source_id})" if name in found else name
            # What no consensus can be found in is a document in which nothing occurs together.
            with suppress(BadInput):
                counted_alone = tally(here, counted_here.tree, how, units=known.cut, marks=known.marks)
                for one in counted_alone.table(names).blocks[:1]:
                    found[name] = one
        return found

    return each


def _by_source(codings: Codings) -> Iterator[tuple[str, Codings]]:
    order = np.argsort(codings.source, kind="stable")
    bounds = np.searchsorted(codings.source[order], np.arange(len(codings.ids.sources) + 1))
    for number, source_id in enumerate(codings.ids.sources):
        rows = order[bounds[number] : bounds[number + 1]]
        if len(rows):
            yield source_id, codings.at(rows)


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
