"""The paragraph for a methods section: how a co-occurrence table was counted, in words that a reader can check."""

from collections.abc import Mapping

import coder_app
from coder_app.analysis.block import Cooccurrence
from coder_app.analysis.how import EACH, MERGED, Counting, Mode, Unit
from coder_app.analysis.inference import Against, Inference
from coder_app.analysis.measured import Measured
from coder_app.analysis.pair_columns import coefficient_titles
from coder_app.analysis.permutation import DRAWS
from coder_app.analysis.resampling import FEW
from coder_app.analysis.spans import Relation
from coder_app.domain.distance import Measure
from coder_app.i18n import tr, trn


def methods(result: Cooccurrence, computed: Measured | None = None, *, names: Mapping[str, str] | None = None) -> str:
    """Return the paragraph of a counted table; `computed` adds coefficients, tests and intervals.

    `names` are those of the coders, and of the sources in a narrowed scope, by id.
    """
    how = result.how
    parts = [_what(result), _who(result), _scope(how, names or {}), _units(result)]
    parts.append(
        tr("Sub-codes were counted with their parents, each coding once; cells of a code and its ancestor are empty.")
        if how.roll_up
        else tr("Codes were counted without their sub-codes.")
    )
    if computed is not None:
        parts += _computed(computed, how)
    parts.append(
        tr(
            "Co-occurrence depends on how passages were cut; associations hold within this material and do not by "
            "themselves extend to other people or texts."
        )
    )
    parts.append(tr("Counted with Coder App {version}.", version=coder_app.__version__))
    return " ".join(part for part in parts if part)


def _what(result: Cooccurrence) -> str:
    how = result.how
    codes = len({code for block in result.blocks for code in block.codes})
    said = {
        Mode.SEGMENTS: tr(
            "Each code’s overlapping codings were merged into stretches, and pairs of stretches of two codes that "
            "share at least one character were counted"
        ),
        Mode.PAIRS: tr("Pairs of codings that share at least one character were counted"),
        Mode.CHARACTERS: tr("Characters covered by both codes were counted"),
        Mode.UNITS: tr("Units in which both codes cover at least one character were counted"),
        Mode.RELATION: _relation(how.relation),
        Mode.PROXIMITY: tr(
            "Pairs of codings were counted, from row to column, in which the second begins no further than {distance} "
            "after the first ends; codings that overlap are not near each other",
            distance=_distance(how),
        ),
        Mode.WINDOWS: tr(
            "Following Epistemic Network Analysis, lines were counted in which two codes meet within a moving window "
            "of {n} lines that ends there, at least one of them in the line itself, never across documents",
            n=how.stanza,
        ),
    }[how.mode]
    return trn("{said} ({n} code).", "{said} ({n} codes).", codes, said=said)


def _relation(relation: Relation) -> str:
    words = {
        Relation.EQUAL: tr("have the same borders"),
        Relation.WITHIN: tr("lie within another"),
        Relation.ENCLOSES: tr("enclose another"),
        Relation.OVERLAPS: tr("begin before another and overlap its start"),
        Relation.OVERLAPPED_BY: tr("begin within another and reach beyond its end"),
        Relation.MEETS: tr("end where another begins"),
        Relation.MET_BY: tr("begin where another ends"),
        Relation.BEFORE: tr("end before another begins"),
        Relation.AFTER: tr("begin after another has ended"),
    }
    return tr("Codings were counted, from row to column, that {relation}", relation=words[relation])


def _distance(how: Counting) -> str:
    number = how.distance.number
    match how.distance.measure:
        case Measure.CHARACTERS:
            return trn("{n} character", "{n} characters", number)
        case Measure.WORDS:
            return trn("{n} word", "{n} words", number)
        case Measure.SENTENCES:
            return trn("{n} sentence", "{n} sentences", number)
        case Measure.PARAGRAPHS:
            return trn("{n} paragraph", "{n} paragraphs", number)


def _who(result: Cooccurrence) -> str:
    how = result.how
    coders = ", ".join(block.coders for block in result.blocks)
    if how.coders == EACH:
        if len(result.blocks) == 1:
            return tr("All codings are by one coder ({name}).", name=coders)
        return tr("Each coder’s codings were counted separately ({names}); no pair crosses coders.", names=coders)
    if how.coders == MERGED:
        return tr("The codings of all coders were pooled, so a pair may join codings of two people.")
    if how.at_least is not None:
        return tr("Stretches that at least {n} coders gave the same code were counted.", n=how.at_least)
    return tr("The codings of one coder were counted ({name}).", name=coders)


def _scope(how: Counting, names: Mapping[str, str]) -> str:
    if how.scope:
        return tr("The scope was {scope}.", scope=how.scope)
    if how.sources is None:
        return tr("The scope was all documents in which the coder applied any code.")
    chosen = sorted(names.get(one, one) for one in how.sources)
    return trn("The scope was {n} document ({names}).", "The scope was {n} documents ({names}).", len(chosen),
               names=", ".join(chosen))  # fmt: skip


def unit_words(how: Counting) -> str:
    """Return what a unit is, such as "a paragraph"."""
    return {
        Unit.PARAGRAPH: tr("a paragraph (a line that is not empty)"),
        Unit.SENTENCE: tr("a sentence"),
        Unit.TURN: tr("a speaker’s turn"),
        Unit.WINDOW: tr("a fixed window of {window}", window=how.window),
        Unit.DOCUMENT: tr("a document"),
        Unit.CASE: tr("a case"),
    }[how.unit]


def _units(result: Cooccurrence) -> str:
    if not result.by_unit:
        return ""
    totals = [(block.coders, block.by_unit.total or 0) for block in result.blocks if block.by_unit is not None]
    said = (
        tr("N = {n}", n=totals[0][1])
        if len(totals) == 1
        else ", ".join(tr("{name}: N = {n}", name=name, n=n) for name, n in totals)
    )
    return tr("The unit of coefficients was {unit} ({numbers}).", unit=unit_words(result.how), numbers=said)


def _computed(computed: Measured, how: Counting) -> list[str]:
    asked, titles = computed.inference, coefficient_titles()
    names = [titles[name] for name in dict.fromkeys(("jaccard", *asked.coefficients))]
    rule = tr("units in which anything is coded") if asked.coded_only else tr("all units in scope")
    return [
        tr("Coefficients: {names}; N is {rule}.", names=", ".join(names), rule=rule),
        *_test(computed, asked, how),
        *_intervals(computed, asked, titles),
    ]


def _test(computed: Measured, asked: Inference, how: Counting) -> list[str]:
    if asked.test is Against.NONE:
        return []
    tests = [one.tested for one in computed.blocks if one.tested is not None]
    drawn = sum(one.drawn for one in tests)
    whole = how.unit in {Unit.DOCUMENT, Unit.CASE}
    if asked.test is Against.CIRCULAR:
        said = tr(
            "One code of each pair was turned round within each document, which keeps lengths and clumps; "
            "p is one-sided (at least as much)."
        )
    elif whole:
        said = tr("Units were permuted over the whole material; p is two-sided (twice the smaller tail).")
    else:
        said = tr(
            "Units were permuted within each document (exact conditional Cochran-Mantel-Haenszel test); "
            "p is two-sided (twice the smaller tail)."
        )
    exactly = (
        tr("{n} of them from {draws} random draws (seed {seed}).", n=drawn, draws=DRAWS, seed=asked.seed)
        if drawn
        else tr("all of them exactly.")
    )
    return [
        said,
        tr(
            "Tested were pairs whose codes are in at least {units} units and {documents} documents each "
            "(m = {number}), {exactly}",
            units=asked.fewest_units,
            documents=asked.fewest_documents,
            number=", ".join(str(one.number) for one in tests) or "0",
            exactly=exactly,
        ),
        tr("q is Benjamini and Hochberg’s over all tested pairs of a table."),
    ]


def _intervals(computed: Measured, asked: Inference, titles: Mapping[str, str]) -> list[str]:
    if not asked.intervals:
        return []
    documents = [one.documents for one in computed.blocks]
    resamples = [one.resamples for each in computed.blocks for one in list(each.intervals.values())[:1]]
    said = tr(
        "Intervals ({names}) are 95 % percentile bootstraps over {over} ({documents} {over}, {resamples} "
        "resamples, seed {seed}); resamples without a value were counted and left out.",
        over=tr("cases") if asked.over_cases or computed.result.how.unit is Unit.CASE else tr("documents"),
        names=", ".join(titles[name] for name in asked.intervals),
        documents=", ".join(map(str, documents)),
        resamples=", ".join(map(str, resamples)) or "0",
        seed=asked.seed,
    )
    if any(number < FEW for number in documents):
        return [said, tr("With fewer than ten they say little; the range with one left out is given.")]
    return [said]
