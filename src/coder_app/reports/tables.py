"""Makes any table of codes from a project, and writes it as a table or as its picture."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coder_app.analysis.columns import Codings
from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.tables.association import Shuffles
from coder_app.analysis.tables.association_table import association_table
from coder_app.analysis.tables.contradictions import Domain, contradictions_table, pair, siblings
from coder_app.analysis.tables.coverage import Coverage, TextOf, coverage, coverage_table, uncoded_table
from coder_app.analysis.tables.cross import Cross, by_coder, cross
from coder_app.analysis.tables.cross_table import long_table, matrix_table
from coder_app.analysis.tables.frequencies import Dates, frequencies_table
from coder_app.analysis.tables.material import Group, Material, Measure, by_source
from coder_app.analysis.tables.saturation import Order, Saturating, saturation_table
from coder_app.analysis.tables.sequence import Sequencing, sequence_table
from coder_app.analysis.tables.variables import Variable, value_groups
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Table
from coder_app.domain.tree import CodeTree
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr
from coder_app.queries.cases import cases
from coder_app.queries.code_dates import code_dates, sources_by_import
from coder_app.queries.coders import coder_named
from coder_app.queries.sources import text_of
from coder_app.queries.variables import variables
from coder_app.reports.recipe import Recipe
from coder_app.reports.table_material import case_groups, read_material, read_variable
from coder_app.reports.table_options import ALL, CROSSES, TableKind, TableOptions, options_from
from coder_app.store.project import Project

PICTURES = (".png", ".svg", ".pdf")
CONTENT = ("assignment", "coding", "source")
"""What is finished, when codes were applied, and when sources came in."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """All that one table is made from, read from the project; what the kind does not need is left out."""

    options: TableOptions
    how: Counting
    material: Material
    groups: tuple[Group, ...] = ()
    variable: Variable | None = None
    domains: tuple[Domain, ...] = ()
    dates: Dates | None = None
    imported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A table, with what a window opens cells and strips by: the counts of a code × … table, the coverage."""

    gathered: Gathered
    table: Table
    cross: Cross | None = None
    coverage: tuple[Coverage, ...] = ()


def gather(
    project: Project, options: TableOptions, codings: Codings | None = None, dates: Dates | None = None
) -> Gathered:
    """Read what a table needs; `codings` and `dates` are those of the whole project where they are known.

    Raises BadInput where a name, a value or a choice does not fit the project.
    """
    material = read_material(project, options.scope, codings)
    if not material.sources:
        raise BadInput(tr("There are no sources to look at; import some, or widen the scope."))
    how = counting_of(project, options, material.tree)
    groups: list[Group] = []
    variable = None
    match options.kind:
        case TableKind.SOURCES:
            groups = by_source(material)
        case TableKind.CASES:
            groups = case_groups(project, material)
        case TableKind.VARIABLE:
            variable = _variable(project, material, options)
            groups = value_groups(variable)
        case TableKind.FREQUENCIES:
            groups = case_groups(project, material) if cases(project) else []
        case _:
            pass
    return Gathered(
        options,
        how,
        material,
        tuple(groups),
        variable,
        _domains(options, material.tree) if options.kind is TableKind.CONTRADICTIONS else (),
        code_dates(project) if dates is None and options.kind is TableKind.FREQUENCIES else dates,
        tuple(sources_by_import(project)) if options.order == Order.IMPORT.value else (),
    )


def counting_of(project: Project, options: TableOptions, tree: CodeTree) -> Counting:
    """Return whose codings are counted, and which codes. Raises BadInput for an unknown name."""
    coders = options.policy
    if coders not in {EACH, MERGED} and not coders.startswith("consensus:"):
        coder = coder_named(project, coders)
        if coder is None:
            raise BadInput(tr("Nobody called “{name}” codes in the project; “info” names the coders.", name=coders))
        coders = coder.id
    heads = [tree.find(one).id for one in options.codes]
    wanted = frozenset(code for head in heads for code in (head, *(one.id for one in tree.walk(head))))
    return Counting(coders=coders, roll_up=options.roll_up, codes=wanted if heads else None)


def _variable(project: Project, material: Material, options: TableOptions) -> Variable:
    if not options.variable and not variables(project):
        raise BadInput(tr("The project has no variables yet; make some under “Cases”, or by “variables add”."))
    if not options.variable:
        raise BadInput(tr("Name the variable by whose values the codes are laid out."))
    return read_variable(project, material, options.variable, options.over)


def _domains(options: TableOptions, tree: CodeTree) -> tuple[Domain, ...]:
    found = [siblings(tree, tree.find(one).id) for one in options.exclusive]
    found += [pair(tree, tree.find(one).id, tree.find(other).id) for one, other in options.pairs]
    return tuple(found)


def make(gathered: Gathered, texts: TextOf, on_progress: OnProgress = tell_nobody) -> Made:
    """Make the table; `texts` gives the text of a source. Raises BadInput where nothing can be counted."""
    found = _make(gathered, texts, on_progress)
    scope = scope_words(gathered.options)
    if not scope:
        return found
    return replace(found, table=replace(found.table, settings=found.table.settings | {"scope": scope}))


def scope_words(options: TableOptions) -> str:
    """Return the part of the project that is looked at as its options say it; empty for all."""
    parts = (
        ("source", options.sources),
        ("set", options.sets),
        ("case", options.cases),
        ("where", options.where),
        ("code", options.codes),
    )
    return "; ".join(f"{name} {one}" for name, some in parts for one in some)


def _make(gathered: Gathered, texts: TextOf, on_progress: OnProgress) -> Made:
    options, how, material = gathered.options, gathered.how, gathered.material
    shuffles = Shuffles(options.shuffles, options.seed)
    if options.kind in CROSSES and not options.tests:
        return _crossed(gathered)
    if options.kind is TableKind.COVERAGE:
        return Made(gathered, coverage_table(material, how), coverage=tuple(coverage(material, how)))
    makers: dict[TableKind, Callable[[], Table]] = {
        TableKind.VARIABLE: lambda: _tested(gathered, shuffles, on_progress),
        TableKind.FREQUENCIES: lambda: frequencies_table(material, how, gathered.groups, gathered.dates or {}),
        TableKind.UNCODED: lambda: uncoded_table(material, how, texts, least=options.least),
        TableKind.CONTRADICTIONS: lambda: contradictions_table(material, how, gathered.domains, texts),
        TableKind.SEQUENCE: lambda: sequence_table(material, how, _sequencing(options), on_progress=on_progress),
        TableKind.SATURATION: lambda: saturation_table(material, how, _saturating(options), gathered.imported),
    }
    if options.kind not in makers:
        raise BadInput(tr("Tests need a variable; choose the table of codes by a variable."))
    return Made(gathered, makers[options.kind]())


def _tested(gathered: Gathered, shuffles: Shuffles, on_progress: OnProgress) -> Table:
    if gathered.variable is None:
        raise BadInput(tr("Name the variable by whose values the codes are laid out."))
    measure = Measure.PRESENCE if gathered.options.measure == ALL else Measure(gathered.options.measure)
    return association_table(
        gathered.material, gathered.how, gathered.variable, measure, shuffles, on_progress=on_progress
    )


def _sequencing(options: TableOptions) -> Sequencing:
    return Sequencing(options.lag, options.shuffles, options.seed)


def _saturating(options: TableOptions) -> Saturating:
    return Saturating(options.base, options.run, options.threshold, Order(options.order), options.seed)


def _crossed(gathered: Gathered) -> Made:
    options, how, material = gathered.options, gathered.how, gathered.material
    variable = gathered.variable
    titles = {
        TableKind.SOURCES: (tr("Codes by sources"), tr("All sources")),
        TableKind.CASES: (tr("Codes by cases"), tr("All cases")),
        TableKind.VARIABLE: (tr("Codes by {variable}", variable=variable.name if variable else ""), tr("All values")),
    }
    if options.kind is TableKind.CODERS:
        found = by_coder(material, how)
    else:
        title, all_title = titles[options.kind]
        found = cross(material, how, gathered.groups, title=title, all_title=all_title)
    if options.measure == ALL:
        table = long_table(found, material.tree)
    else:
        table = matrix_table(found, material.tree, Measure(options.measure))
    return Made(gathered, table, found)


def of_block(found: Made, block: str) -> Table:
    """Return the table with the rows of one block alone; an empty name takes all."""
    if not block:
        return found.table
    return replace(found.table, rows=tuple(row for row in found.table.rows if row[0] == block))


def made(project: Project, options: TableOptions, on_progress: OnProgress = tell_nobody) -> Made:
    """Return a table of codes. Raises BadInput where nothing can be counted."""
    return make(gather(project, options), lambda source_id: text_of(project, source_id), on_progress)


def pieces(found: Made) -> dict[str, list[tuple[int, int, int]]]:
    """Return the strips of a coverage map, as `table_drawing` takes them."""
    return {
        f"{block.coders}\t{source_id}": block.strip(source_id)
        for block in found.coverage
        for source_id in found.gathered.material.sources
        if source_id not in found.gathered.material.parts
    }


def write_made(found: Made, path: Path, recipe: str = "") -> None:
    """Write a table, or its picture where the suffix of `path` is that of one. Raises BadInput."""
    if path.suffix.lower() in PICTURES:
        from coder_app.exporters.figures.table_chart import write_table_chart

        write_table_chart(found.gathered.options.kind.value, found.table, path, recipe, pieces(found))
    else:
        write_table(found.table, path, recipe)


def write(project: Project, recipe: Recipe, path: Path, on_progress: OnProgress) -> None:
    """Make the table that a recipe asks for and write it. Raises BadInput."""
    write_made(made(project, options_from(recipe.options), on_progress), path, recipe.text())
