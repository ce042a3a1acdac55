"""The report on agreement for a paper: paragraph, table, the items of COREQ, and every disagreement with its text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import coder_app
from coder_app.analysis.agreement.compared import Compared, compare
from coder_app.analysis.agreement.disagreement_table import kind_words, outcome_words, said_by, state_of
from coder_app.analysis.agreement.paper import Told, paper_table, paragraph
from coder_app.analysis.agreement.scope import Unit
from coder_app.domain.disagreement import Decision, Disagreement, Round
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Cell, Column, Table
from coder_app.domain.tree import CodeTree
from coder_app.domain.written import Heading, Part, Quote, Report, Words
from coder_app.exporters.report import write_report
from coder_app.i18n import tr, trn
from coder_app.queries.agreeing import Basis, Stage, as_of
from coder_app.queries.cases import cases
from coder_app.queries.codes import code_tree
from coder_app.queries.decisions import decided
from coder_app.queries.rounds import codings_before
from coder_app.queries.sources import sources, text_of
from coder_app.reports import agreement
from coder_app.reports.agreement import Options, basis_of, differing, options_of, scoped
from coder_app.reports.recipe import Recipe
from coder_app.store.project import Project

CONTENT = agreement.CONTENT
_QUOTED = 600


def write(project: Project, recipe: Recipe, path: Path, on_progress: OnProgress = tell_nobody) -> None:
    """Write the report of a recipe. Raises BadInput as `reports.agreement` does, and where the disk refuses."""
    write_report(report_of(project, options_of(recipe), on_progress), path, recipe.text())


def report_of(project: Project, options: Options, on_progress: OnProgress = tell_nobody) -> Report:
    """Return the report. Before negotiation is the close of the round; without one, the codings of today."""
    basis = basis_of(project, options)
    is_closed = basis.round is not None and basis.round.closed_at is not None
    first_basis = replace(basis, stage=Stage.BEFORE if is_closed else Stage.NOW)
    known = decided(project)
    with as_of(project, first_basis) as then:
        first = compare(scoped(then, first_basis, options, project), on_progress=on_progress)
        found = differing(then, first_basis, options).differing
        pairs = [(one, state_of(one, known)) for one in found]
        told = _told(
            then, project, first, options, basis.round, found, [(one, each[-1]) for one, each in pairs if each]
        )
        quotes = _quotes(then, pairs)
    after = _after(project, basis, options) if told.decided else None
    table = paper_table(first, after)
    parts: list[Part] = [
        Heading(tr("For the methods section")),
        Words(paragraph(first, after, told)),
        Words(tr("Say why these figures fit your approach; agreement is a means for dialogue, and not for every one."),
              prompt=True),
        table,
        Words(
            tr("Values stand beside Krippendorff’s .667 and .800 for orientation; they are no verdict. What is"
               " undefined is left out of means and counted.")
        ),
        Heading(tr("Reporting items (COREQ)")),
        _coreq(first, code_tree(project)),
        Heading(trn("{n} disagreement", "{n} disagreements", len(found))),
        *quotes,
    ]  # fmt: skip
    return Report(tr("Agreement of coders"), tuple(parts), table)


def _after(project: Project, basis: Basis, options: Options) -> Compared:
    """Return agreement with the decisions put in place; its interval would say nothing of independent coding."""
    later = replace(basis, stage=Stage.AFTER)
    return compare(scoped(project, later, replace(options, resamples=0), project))


def _told(
    then: Project,
    today: Project,
    first: Compared,
    options: Options,
    coded_in: Round | None,
    found: Sequence[Disagreement],
    settled: Sequence[tuple[Disagreement, Decision]],
) -> Told:
    every = sources(then)
    characters = sum(one.characters for one in every)
    wholes = {Unit.DOCUMENT: len(every), Unit.CASE: len(cases(today)), Unit.CHARACTER: characters}
    units = wholes.get(options.unit)
    if units is None:
        units = sum(len(agreement.units_of(text_of(then, one.id), options.unit)) for one in every)
    older = 0
    if coded_in is not None:
        compared = {one.id for one in every} if options.unit is Unit.CASE else first.scope.sources
        older = codings_before(then, coded_in, compared, first.scope.coders)
    return Told(coder_app.__version__, len(every), units, characters, coded_in, older, found, settled)


def _coreq(first: Compared, tree: CodeTree) -> Table:
    names = ", ".join(first.scope.names)
    every = list(tree.walk())
    defined = sum(1 for code in every if code.definition.strip())
    tops = [code.name for code in tree.children(None)]
    depth = max((tree.depth(code.id) for code in every), default=-1) + 1
    described = tr(
        "{n} codes on {levels} levels under {top}; with a definition: {defined}. The codebook can be exported.",
        n=len(every),
        levels=depth,
        top=", ".join(tops),
        defined=defined,
    )
    open_ = tr("[to be written]")
    rows: tuple[tuple[Cell, ...], ...] = (
        ("24", tr("Number of data coders"), tr("{n} ({names})", n=len(first.scope.coders), names=names)),
        ("25", tr("Description of the coding tree"), described),
        ("26", tr("Derivation of themes"), open_),
        ("27", tr("Software"), tr("Coder App {version}", version=coder_app.__version__)),
        ("28", tr("Participant checking"), open_),
        ("29", tr("Quotations presented"), open_),
        ("30", tr("Data and findings consistent"), open_),
        ("31", tr("Clarity of major themes"), open_),
        ("32", tr("Clarity of minor themes"), open_),
    )
    columns = (Column("item", tr("Item")), Column("topic", tr("Topic")), Column("said", tr("What the study says")))
    return Table(tr("COREQ, domain 3"), columns, rows)


def _quotes(then: Project, pairs: Sequence[tuple[Disagreement, Sequence[Decision]]]) -> list[Quote]:
    words = agreement.words(then)
    made: list[Quote] = []
    for one, decisions in pairs:
        text = words.text(one.source_id, one.start, min(one.stop, one.start + _QUOTED))
        said = "; ".join(f"{words.coder(coder)}: {said_by(one, coder, words.code)}" for coder in one.coders)
        about = [f"{words.source(one.source_id)}, {one.start}–{one.stop}", kind_words(one.kind), said]
        for each in decisions:
            about.append(tr("decided: {what}", what=outcome_words(each, words.coder)))
            if each.reason:
                about.append(each.reason)
        made.append(Quote(text + ("…" if one.stop - one.start > _QUOTED else ""), " · ".join(about)))
    return made
