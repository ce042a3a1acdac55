"""Compares the coders of a project: what the command line, the window and a recipe all ask for in one way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from coder_app.analysis.agreement import domains, sets, tables
from coder_app.analysis.agreement.compared import compare
from coder_app.analysis.agreement.disagreement_table import Words, disagreements_table, state_of
from coder_app.analysis.agreement.disagreements import SAME_BORDERS, Found, find
from coder_app.analysis.agreement.free import compare_stretches
from coder_app.analysis.agreement.scope import WHOLES, Comparing, Scope, Texts, Unit, scope
from coder_app.analysis.columns import Row, numbered
from coder_app.domain.disagreement import Round
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Table
from coder_app.domain.text import Span, paragraphs, sentences
from coder_app.domain.tree import CodeTree
from coder_app.domain.turns import turns
from coder_app.exporters.figures import SUFFIXES
from coder_app.exporters.figures.bars import Strip
from coder_app.exporters.figures.dots import write_dots, write_strips
from coder_app.exporters.tables import write_table
from coder_app.i18n import tr, trn
from coder_app.queries.agreeing import Basis, Stage, as_of, coded_by, done_by, rows_of, stage_words
from coder_app.queries.agreeing_cases import in_cases
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.decisions import decided
from coder_app.queries.rounds import rounds
from coder_app.queries.sources import sources, text_of, texts
from coder_app.reports.recipe import Recipe
from coder_app.store.project import Project

CONTENT = ("round", "assignment", "decision")
"""The tables besides the usual ones on which agreement rests."""

TABLES = ("codes", "values", "pairs", "stretches", "sets", "domain", "gamma", "disagreements")
_TEXTS = 20


@dataclass(frozen=True, slots=True)
class Options:
    """What to compare and which table to make of it; codes, coders, sources and the round by id, None for all.

    Without a round one coding makes a source coded. `said` stands in the table for the round and its dates.
    """

    table: str = "codes"
    unit: Unit = Unit.PARAGRAPH
    coders: tuple[str, ...] | None = None
    round: str | None = None
    stage: Stage = Stage.NOW
    codes: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    said: str = ""
    resamples: int = 10_000
    seed: int = 1
    precision: float = 0.02
    borders: float = SAME_BORDERS
    only_open: bool = False
    roll_up: bool = False


def basis_of(project: Project, options: Options) -> Basis:
    """Return whose codings are compared. Raises BadInput where the round is gone."""
    found: Round | None = None
    if options.round is not None:
        found = next((one for one in rounds(project) if one.id == options.round), None)
        if found is None:
            raise BadInput(tr("The round is gone; choose another one."))
    return Basis(options.coders, found, options.sources, options.stage)


def scoped(then: Project, basis: Basis, options: Options, today: Project) -> Scope:
    """Return what is compared; `then` is the project in which the codings stand, as `as_of` gives it.

    Cases are those of `today`: what belongs together is no matter of coding.

    Raises BadInput, with a sentence about what is missing, where there is nothing to compare.
    """
    tree = code_tree(then)
    coded = coded_by(then, basis)
    rows = rows_of(then, basis, coded)
    every = {one.id: (one.name, one.characters) for one in sources(then)}
    if options.unit is Unit.CASE:
        found = in_cases(today, rows, coded, every)
        rows, coded, every = found.rows, found.coded, found.cases
    spans = (row[1:] for row in rows)
    how = Comparing(
        unit=options.unit,
        coders=basis.coders,
        codes=_codes(tree, options),
        sources=None if options.unit is Unit.CASE else options.sources,
        done=done_by(coded) if basis.round or options.unit is Unit.CASE else None,
        stage=options.said or stage_words(basis),
        resamples=options.resamples,
        seed=options.seed,
    )
    known = Texts(
        {source_id: characters for source_id, (_, characters) in every.items()},
        {source_id: name for source_id, (name, _) in every.items()},
        _grid(then, options.unit),
    )
    names = {coder.id: coder.name for coder in coders(then)}
    codings = numbered(_rolled_up(spans, tree) if options.roll_up else spans, tree)
    return scope(codings, tree, how, texts=known, names=names)


def _codes(tree: CodeTree, options: Options) -> frozenset[str] | None:
    """Return the codes to compare; with roll-up those that only group others are among them."""
    if options.codes is not None or not options.roll_up:
        return options.codes
    return frozenset(code.id for code in tree.walk() if code.is_codable or tree.children(code.id))


def _rolled_up(spans: Iterable[Row], tree: CodeTree) -> Iterator[Row]:
    """Yield the codings, and each once more under every code above its own."""
    above = {code.id: tree.ancestors(code.id) for code in tree.walk()}
    for source_id, start, stop, code_id, coder_id in spans:
        yield source_id, start, stop, code_id, coder_id
        yield from ((source_id, start, stop, one, coder_id) for one in above.get(code_id, ()))


def _grid(project: Project, unit: Unit) -> dict[str, list[Span]] | None:
    if unit in {Unit.CHARACTER, *WHOLES}:
        return None
    return {source: units_of(text, unit) for source, text in texts(project).items()}


def units_of(text: str, unit: Unit) -> list[Span]:
    """Return the paragraphs, sentences or turns of a text."""
    if unit is Unit.TURN:
        return [(turn.start, turn.stop) for turn in turns(text)]
    return sentences(text) if unit is Unit.SENTENCE else paragraphs(text)


def differing(then: Project, basis: Basis, options: Options, on_progress: OnProgress = tell_nobody) -> Found:
    """Return where the coders differ; `then` is what `as_of` gives. Raises BadInput where no two coded one source."""
    coded = coded_by(then, basis)
    rows = rows_of(then, basis, coded)
    return find(rows, coded, codes=options.codes, same_borders=options.borders, on_progress=on_progress)


def words(project: Project) -> Words:
    """Return what the things of a project are called; the words of its texts while it is open."""
    tree = code_tree(project)
    people = {one.id: one.name for one in coders(project)}
    documents = {one.id: one.name for one in sources(project)}

    @lru_cache(_TEXTS)
    def text(source_id: str) -> str:
        return text_of(project, source_id)

    return Words(
        lambda code_id: tree.path(code_id) if code_id in tree else "?",
        lambda coder_id: people.get(coder_id, "?"),
        lambda source_id: documents.get(source_id, "?"),
        lambda source_id, start, stop: text(source_id)[start:stop],
    )


def table_of(project: Project, options: Options, on_progress: OnProgress = tell_nobody) -> Table:
    """Return the table that the options ask for. Raises BadInput as `scoped` and `differing` do."""
    if options.table == "disagreements":
        return _disagreements(project, options, on_progress)
    basis = basis_of(project, options)
    with as_of(project, basis) as then:
        known = scoped(then, basis, options, project)
    made: dict[str, Callable[[], Table]] = {
        "codes": lambda: tables.codes_table(compare(known, on_progress=on_progress)),
        "values": lambda: tables.values_table(compare(known, on_progress=on_progress)),
        "pairs": lambda: tables.pairs_table(
            compare(replace(known, how=replace(known.how, resamples=0)), on_progress=on_progress)
        ),
        "stretches": lambda: tables.stretches_table(compare_stretches(known, on_progress=on_progress)),
        "sets": lambda: sets.sets_table(known, on_progress=on_progress),
        "domain": lambda: domains.domain_table(known, known.codes, on_progress=on_progress),
        "gamma": lambda: domains.gamma_table(known, precision=options.precision, on_progress=on_progress),
    }
    if options.table not in made:
        raise BadInput(tr("There is no table “{name}”; choose one of {known}.", name=options.table, known=_known()))
    return made[options.table]()


def _known() -> str:
    return ", ".join(TABLES)


def _disagreements(project: Project, options: Options, on_progress: OnProgress) -> Table:
    basis = basis_of(project, options)
    known = decided(project)
    with as_of(project, basis) as then:
        found = differing(then, basis, options, on_progress).differing
        rows = [one for one in found if not (options.only_open and state_of(one, known))]
        settings = {"borders": f"{options.borders:g}", "stage": options.said or stage_words(basis)}
        return disagreements_table(rows, known, words(then), settings)


def write(project: Project, recipe: Recipe, path: Path, on_progress: OnProgress = tell_nobody) -> None:
    """Write the table of a recipe, or its picture. Raises BadInput for options that make no sense, or no space."""
    options, suffix = options_of(recipe), recipe.suffix
    if suffix not in SUFFIXES:
        write_table(table_of(project, options, on_progress), path, recipe.text())
    elif options.table == "codes":
        write_dots(table_of(project, options, on_progress), path, recipe.text())
    elif options.table == "disagreements":
        _write_strips(project, options, path, recipe.text())
    else:
        raise BadInput(tr("There is a picture of the table by code and of disagreements; choose .csv or .xlsx."))


def _write_strips(project: Project, options: Options, path: Path, recipe: str) -> None:
    """Draw what each coder marked in each source that two of them coded."""
    basis = basis_of(project, options)
    with as_of(project, basis) as then:
        coded = coded_by(then, basis)
        people = {one.id: one.name for one in coders(then)}
        marked: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
        for _, source_id, start, stop, code_id, coder_id in rows_of(then, basis, coded):
            if options.codes is None or code_id in options.codes:
                marked.setdefault((source_id, coder_id), []).append((start, stop, 0.55))
        rows = [
            Strip(
                f"{one.name} · {people[coder_id]}", one.characters, spans, trn("{n} coding", "{n} codings", len(spans))
            )
            for one in sources(then)
            if len(coded.get(one.id, ())) > 1
            for coder_id in coded[one.id]
            for spans in [sorted(marked.get((one.id, coder_id), ()))]
        ]
    told = {"codings": options.said or stage_words(basis) or tr("of today")}
    write_strips(rows, tr("What each coder marked"), told, path, recipe)


def options_of(recipe: Recipe) -> Options:
    """Return the options of a recipe. Raises BadInput where they are none of this kind."""
    try:
        return TypeAdapter(Options).validate_python(recipe.options)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise BadInput(tr("The recipe’s options are none of an agreement table ({place}).", place=place)) from error
