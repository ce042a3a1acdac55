"""The list of disagreements as a table, with the words they are about and what was decided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.domain.disagreement import Decision, Difference, Disagreement, Outcome
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr


@dataclass(frozen=True, slots=True)
class Words:
    """What things are called: `code` and `coder` by id, `source` by id, `text(source, start, stop)` the words."""

    code: Callable[[str], str]
    coder: Callable[[str], str]
    source: Callable[[str], str]
    text: Callable[[str, int, int], str]


def kind_words(kind: str) -> str:
    """Return what a kind of disagreement is called."""
    return {
        Difference.MISSED: tr("missed"),
        Difference.CODE: tr("different code"),
        Difference.BOUNDARY: tr("boundary"),
    }[Difference(kind)]


def outcome_words(one: Decision, coder: Callable[[str], str]) -> str:
    """Return what a decision says, in words."""
    said = {
        Outcome.ONE: tr("as {coder}", coder=coder(one.side) if one.side else "?"),
        Outcome.ALL: tr("both"),
        Outcome.NONE: tr("neither"),
        Outcome.OWN: tr("otherwise"),
    }
    return said[Outcome(one.outcome)]


def state_of(one: Disagreement, decided: Mapping[str, Sequence[Decision]]) -> list[Decision]:
    """Return the decisions that judge all codings of a disagreement; two where two people decided it."""
    ids = one.coding_ids
    judged = {decision.id: decision for decision in decided.get(ids[0], ())} if ids else {}
    return [decision for decision in judged.values() if set(ids) <= set(decision.judged)]


def said_by(one: Disagreement, coder_id: str, code: Callable[[str], str]) -> str:
    """Return the codes that a coder gave here; a dash for none."""
    return ", ".join(dict.fromkeys(code(mark.code_id) for mark in one.of(coder_id))) or "–"


def disagreements_table(
    found: Sequence[Disagreement],
    decided: Mapping[str, Sequence[Decision]],
    words: Words,
    settings: dict[str, str],
) -> Table:
    """Return a row per disagreement.

    Columns: source, start, stop (code points), kind, text, codes, one per coder (coder:NAME, what they gave; a dash:
    nothing; empty: did not code the source), overlap, decision, reason, decided_by, decided_at, source_id, coding_ids.
    """
    coders = list(dict.fromkeys(coder for one in found for coder in one.coders))
    coders.sort(key=lambda one: (words.coder(one), one))
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        codes = ", ".join(dict.fromkeys(words.code(mark.code_id) for mark in one.marks))
        said = [said_by(one, coder, words.code) if coder in one.coders else None for coder in coders]
        head = (words.source(one.source_id), one.start, one.stop, kind_words(one.kind))
        text = words.text(one.source_id, one.start, one.stop)
        tail = (_decision_cells(state_of(one, decided), words), one.source_id, " ".join(one.coding_ids))
        rows.append((*head, text, codes, *said, one.overlap, *tail[0], *tail[1:]))
    columns = (
        Column("source", tr("Source")),
        Column("start", tr("From character"), Kind.COUNT),
        Column("stop", tr("To character"), Kind.COUNT),
        Column("kind", tr("Kind")),
        Column("text", tr("Text")),
        Column("codes", tr("Codes")),
        *(Column(f"coder:{words.coder(coder)}", words.coder(coder)) for coder in coders),
        Column("overlap", tr("Shared characters"), Kind.NUMBER),
        Column("decision", tr("Decision")),
        Column("reason", tr("Reason")),
        Column("decided_by", tr("Decided by")),
        Column("decided_at", tr("Decided at (UTC)")),
        Column("source_id", tr("Id of the source")),
        Column("coding_ids", tr("Ids of the codings")),
    )
    return Table(tr("Disagreements of coders"), columns, tuple(rows), settings)


def _decision_cells(found: Sequence[Decision], words: Words) -> tuple[Cell, ...]:
    if not found:
        return (None,) * 4
    said = "; ".join(dict.fromkeys(outcome_words(one, words.coder) for one in found))
    if len({(one.outcome, one.side, one.agreed) for one in found}) > 1:
        said = tr("decided differently: {what}", what=said)
    return (
        said,
        "; ".join(one.reason for one in found if one.reason) or None,
        ", ".join(dict.fromkeys(words.coder(one.coder_id) for one in found if one.coder_id)) or None,
        max(one.created_at for one in found),
    )
