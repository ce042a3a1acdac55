"""Agreement as a paper tells it: one paragraph, one table, before and after negotiation kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.agreement.compared import Compared
from coder_app.analysis.agreement.measures import AC1, ALPHA, COHEN, FLEISS, PERCENT, POSITIVE
from coder_app.analysis.agreement.scope import Unit
from coder_app.analysis.agreement.tables import cell
from coder_app.domain.disagreement import Decision, Difference, Disagreement, Outcome, Round
from coder_app.domain.number_words import decimal
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr, trn

_LOWEST = 3
_NAMED = 8
_PAIR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a report knows besides the figures: the study's whole size, the round, and what was decided.

    `sources`, `units`, `characters` are those of the whole project. `older` is the number of codings compared that
    were made before the round was opened. `decided` are the disagreements that were
    decided, each with its last decision.
    """

    version: str
    sources: int
    units: int
    characters: int
    round: Round | None
    older: int
    differing: Sequence[Disagreement]
    decided: Sequence[tuple[Disagreement, Decision]]


def paragraph(first: Compared, after: Compared | None, told: Told) -> str:
    """Return the paragraph for the methods section; `after` is agreement with what was decided put in place."""
    return " ".join(part for part in (*_who(first, told), *_what(first), *_how_far(first), *_resolved(after, told),
                                      _made_with(first, told)) if part)  # fmt: skip


def unit_words(unit: Unit) -> str:
    """Return what a unit is called in a sentence."""
    return {
        Unit.PARAGRAPH: tr("paragraph"),
        Unit.SENTENCE: tr("sentence"),
        Unit.TURN: tr("turn of a speaker"),
        Unit.DOCUMENT: tr("whole source"),
        Unit.CASE: tr("case"),
        Unit.CHARACTER: tr("character"),
    }[unit]


def _who(first: Compared, told: Told) -> list[str]:
    scope = first.scope
    names = _listed(scope.names)
    shared, characters = len(scope.sources), int(scope.lengths.sum())
    units = int(scope.sizes.sum())
    if scope.how.unit is Unit.CASE:
        said = tr("{n} coders ({names}) coded {shared} of {all} cases in common.", n=len(scope.coders), names=names,
                  shared=shared, all=told.units)  # fmt: skip
        return [said, *_independence(told)]
    said = [
        tr(
            "{n} coders ({names}) coded {shared} of {all} sources in common ({units} of {whole} units, {percent} % of"
            " the characters).",
            n=len(scope.coders),
            names=names,
            shared=shared,
            all=told.sources,
            units=f"{units:,}",
            whole=f"{told.units:,}",
            percent=f"{100 * characters / told.characters:.0f}" if told.characters else "0",
        )
    ]
    if len(scope.coders) > _PAIR:
        said.append(tr("A coder who did not finish a source is missing there and did not count as leaving codes out."))
    return [*said, *_independence(told)]


def _independence(told: Told) -> list[str]:
    one = told.round
    if one is None:
        return [tr("[Say whether they coded independently; the project records no round.]")]
    older = trn(
        "[{n} coding is older than the round; say how it was made.]",
        "[{n} codings are older than the round; say how they were made.]",
        told.older,
    )
    return [_in_round(one, is_whole=not told.older), older if told.older else ""]


def _in_round(one: Round, *, is_whole: bool) -> str:
    days = {"name": one.name, "first": one.opened_at[:10], "last": (one.closed_at or "")[:10]}
    if one.closed_at is None:
        return tr("They coded in “{name}”, opened on {first} and not closed yet.", **days)
    if not one.is_blind:
        return tr("They coded in “{name}” ({first} to {last}); others’ codings were in sight.", **days)
    if is_whole:
        return tr(
            "They coded independently in “{name}” ({first} to {last}), in which nobody was shown others’ codings of a"
            " source before they had finished it.",
            **days,
        )
    return tr(
        "They coded in “{name}” ({first} to {last}), in which nobody was shown others’ codings of a source before they"
        " had finished it.",
        **days,
    )


def _what(first: Compared) -> list[str]:
    scope = first.scope
    unused = [name for name, used in zip(scope.code_names, first.used, strict=True) if not used]
    assessed = len(scope.codes) - len(unused)
    said = [
        tr("The unit of analysis was the {unit}: each code was either given to it or not.",
           unit=unit_words(scope.how.unit)),
        trn("{n} code was assessed.", "{n} codes were assessed.", assessed),
    ]  # fmt: skip
    if unused:
        said.append(
            trn(
                "{n} code that nobody used in these sources was left out ({names}).",
                "{n} codes that nobody used in these sources were left out ({names}).",
                len(unused),
                names=_listed(unused),
            )
        )
    return said


def _how_far(first: Compared) -> list[str]:
    codes = len(first.scope.codes)
    alpha = first.estimates[ALPHA]
    pooled, mean = cell(alpha.value[codes]), cell(alpha.value[codes + 1])
    if pooled is None:
        return [tr("Krippendorff’s alpha is undefined: the decisions do not vary.")]
    said = [
        tr("Over all codes pooled, Krippendorff’s alpha (nominal) was {alpha}{interval}.", alpha=decimal(pooled),
           interval=_interval(first, codes))
    ]  # fmt: skip
    defined = sorted(
        (float(value), name)
        for value, name in zip(alpha.value[:codes].tolist(), first.scope.code_names, strict=True)
        if not np.isnan(value)
    )
    if mean is not None and len(defined) > 1:
        low, high = defined[0], defined[-1]
        said.append(
            tr(
                "By code it ranged from {low} ({first}) to {high} ({last}), with a mean of {mean} over the {n} codes"
                " for which it is defined.",
                low=decimal(low[0]),
                first=low[1],
                high=decimal(high[0]),
                last=high[1],
                mean=decimal(mean),
                n=len(defined),
            )
        )
        lowest = ", ".join(f"{name} ({decimal(value)})" for value, name in defined[:_LOWEST])
        said.append(tr("It was lowest for {codes}.", codes=lowest))
    percent = cell(first.estimates[PERCENT].value[codes])
    if percent is not None:
        said.append(tr("Coders agreed on {percent} % of the decisions.", percent=f"{100 * percent:.1f}"))
    return said


def _interval(first: Compared, place: int) -> str:
    alpha = first.estimates[ALPHA]
    low, high = cell(alpha.low[place]), cell(alpha.high[place])
    if first.drawn is None or low is None or high is None:
        return ""
    return tr(
        " (95 % bootstrap interval over sources, {n} resamples, seed {seed}: {low} to {high})",
        n=f"{first.drawn.number:,}",
        seed=first.scope.how.seed,
        low=decimal(low),
        high=decimal(high),
    )


def _resolved(after: Compared | None, told: Told) -> list[str]:
    if not told.differing:
        return [tr("There were no disagreements on passages.")]
    kinds = {kind: sum(1 for one in told.differing if one.kind is kind) for kind in Difference}
    outcomes = {one: sum(1 for _, decision in told.decided if decision.outcome == one.value) for one in Outcome}
    said = [
        tr(
            "Compared stretch by stretch there were {n} disagreements: {missed} in which a coder gave no code, {code}"
            " with different codes, {boundary} with other borders.",
            n=len(told.differing),
            missed=kinds[Difference.MISSED],
            code=kinds[Difference.CODE],
            boundary=kinds[Difference.BOUNDARY],
        )
    ]
    if not told.decided:
        return [*said, tr("None of them has been decided yet.")]
    said.append(
        tr(
            "Decided so far: {n}, with a reason kept for each decision ({one} as one coder had it, {all} with what all"
            " had marked, {none} with no code, {own} otherwise); open: {left}.",
            n=len(told.decided),
            one=outcomes[Outcome.ONE],
            all=outcomes[Outcome.ALL],
            none=outcomes[Outcome.NONE],
            own=outcomes[Outcome.OWN],
            left=len(told.differing) - len(told.decided),
        )
    )
    pooled = cell(after.estimates[ALPHA].value[len(after.scope.codes)]) if after is not None else None
    if pooled is not None:
        days = sorted(decision.created_at[:10] for _, decision in told.decided)
        said.append(
            tr(
                "With these decisions in place ({first} to {last}) alpha is {alpha}; this is agreement after"
                " negotiation and no measure of independent coding.",
                first=days[0],
                last=days[-1],
                alpha=decimal(pooled),
            )
        )
    return said


def _made_with(first: Compared, told: Told) -> str:
    return tr("Figures: Coder App {version}, seed {seed}.", version=told.version, seed=first.scope.how.seed)


def paper_table(first: Compared, after: Compared | None) -> Table:
    """Return the table for a paper: a row per code that was used, then all pooled, then the mean.

    Columns: code, units, prevalence, percent, alpha, low, high, kappa, ac1, positive_agreement, alpha_after, note.
    """
    kappa = COHEN if COHEN in first.estimates else FLEISS
    later = _by_code(after) if after is not None else {}
    rows: list[tuple[Cell, ...]] = []
    codes = len(first.scope.codes)
    names = (*first.scope.code_names, tr("(all codes, pooled)"), tr("(mean over codes)"))
    for place, name in enumerate(names):
        if place < codes and not first.used[place]:
            continue
        values = {one: cell(first.estimates[one].value[place]) for one in (PERCENT, ALPHA, kappa, AC1, POSITIVE)}
        alpha = first.estimates[ALPHA]
        interval = (cell(alpha.low[place]), cell(alpha.high[place])) if first.drawn is not None else (None, None)
        units = round(float(first.sums.units[place])) if place <= codes else None
        note = tr("undefined (no variation)") if values[ALPHA] is None else None
        rows.append((name, units, values[PERCENT], values[ALPHA], *interval, values[kappa], values[AC1],
                     values[POSITIVE], later.get(name), note))  # fmt: skip
    kappa_title = tr("Cohen’s kappa") if kappa == COHEN else tr("Fleiss’ kappa")
    columns = (
        Column("code", tr("Code")),
        Column("units", tr("Units"), Kind.COUNT),
        Column("percent_agreement", tr("Agreement"), Kind.NUMBER),
        Column("krippendorff_alpha", tr("Alpha"), Kind.NUMBER),
        Column("low", tr("95 % from"), Kind.NUMBER),
        Column("high", tr("to"), Kind.NUMBER),
        Column(kappa, kappa_title, Kind.NUMBER),
        Column("gwet_ac1", tr("AC1"), Kind.NUMBER),
        Column("positive_agreement", tr("Positive agreement"), Kind.NUMBER),
        Column("alpha_after", tr("Alpha after negotiation"), Kind.NUMBER),
        Column("note", tr("Note")),
    )
    settings = {"unit": first.scope.how.unit.value, "coders": ", ".join(first.scope.names)}
    settings |= {"codings": first.scope.how.stage or tr("of today")}
    if after is not None:
        settings["after"] = after.scope.how.stage
    return Table(tr("Agreement by code"), columns, tuple(rows), settings)


def _by_code(after: Compared) -> dict[str, float | None]:
    names = (*after.scope.code_names, tr("(all codes, pooled)"), tr("(mean over codes)"))
    return {name: cell(after.estimates[ALPHA].value[place]) for place, name in enumerate(names)}


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return shown if more <= 0 else tr("{names} and {n} more", names=shown, n=more)
