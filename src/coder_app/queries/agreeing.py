"""What is compared when coders are: whose codings, of which sources, from which round, before or after negotiation."""

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from coder_app.domain.disagreement import Round
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.decisions import Row, coding_rows, consensus_ids, negotiated_rows
from coder_app.queries.rounds import closing_step, finished
from coder_app.store.as_it_was import as_it_was
from coder_app.store.project import Project

_PAIR = 2


class Stage(StrEnum):
    """Which codings are compared: those of today, those at the close of the round, or with the decisions put in."""

    NOW = "now"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Basis:
    """What is compared. None takes all people, all sources; without a round, one coding makes a source coded."""

    coders: tuple[str, ...] | None = None
    round: Round | None = None
    sources: Collection[str] | None = None
    stage: Stage = Stage.NOW


@contextmanager
def as_of(project: Project, basis: Basis) -> Generator[Project]:
    """Give the project in which the codings of a stage stand; for BEFORE a copy as it was when the round was closed.

    Raises BadInput where the round was not closed yet.
    """
    if basis.stage is not Stage.BEFORE:
        yield project
        return
    step = closing_step(project, basis.round.id) if basis.round and basis.round.closed_at else None
    if step is None:
        raise BadInput(
            tr("Agreement before negotiation is that at the close of a round; close the round first, or name one.")
        )
    with as_it_was(project, step) as then:
        yield then


def coded_by(project: Project, basis: Basis) -> dict[str, tuple[str, ...]]:
    """Return by source, in their order, who coded it: with a round who marked it as done there, else who has codings.

    Raises BadInput where no source was finished by two of them, and says who is there.
    """
    found: dict[str, set[str]] = {}
    for coder_id, source_id in _finished(project, basis):
        if basis.coders is None or coder_id in basis.coders:
            found.setdefault(source_id, set()).add(coder_id)
    if basis.sources is not None:
        found = {source_id: people for source_id, people in found.items() if source_id in basis.sources}
    if not any(len(people) >= _PAIR for people in found.values()):
        raise BadInput(_lack(project, basis, found.values()))
    order = project.each("SELECT id FROM source ORDER BY folder, order_key, id")
    return {row[0]: tuple(sorted(found[row[0]])) for row in order if row[0] in found}


def _lack(project: Project, basis: Basis, people: Iterable[set[str]]) -> str:
    """Say who coded or finished how many sources, and what to do so that two can be compared."""
    names = {one.id: one.name for one in coders(project)}
    numbers = Counter(names.get(one, one) for who in people for one in who)
    told = ", ".join(
        trn("{name}: {n} source", "{name}: {n} sources", numbers[one], name=one) for one in sorted(numbers)
    )
    if basis.round is not None:
        return tr(
            "In “{name}” no source is marked as done by two of these coders ({told}). Have the same sources marked as"
            " done by both, or count every source that was coded.",
            name=basis.round.name,
            told=told or tr("nobody has finished one"),
        )
    if not numbers:
        return tr(
            "Nobody has coded these sources yet. Two coders of the same source are needed: code it, and join a"
            " colleague’s copy or let somebody else code it, too."
        )
    if len(numbers) == 1:
        return tr(
            "Only {name} has coded here ({told}). A second coder of the same sources is needed: assign them to"
            " somebody else, or join a colleague’s copy.",
            name=next(iter(numbers)),
            told=trn("{n} source", "{n} sources", numbers.total()),
        )
    return tr(
        "No source was coded by two of these coders ({told}). Assign the same sources to both, or join their copies.",
        told=told,
    )


def _finished(project: Project, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield who coded what; the consensus, where it is asked for by name, what it holds a coding of."""
    if basis.round is not None:
        done = finished(project, [basis.round.id])
        yield from ((coder_id, source_id) for coder_id, sources in done.items() for source_id in sources)
    consensus = consensus_ids(project)
    for coder_id, source_id in project.each(
        "SELECT DISTINCT coding.coder_id, source_id FROM coding JOIN segment ON segment.id = segment_id"
        " WHERE now_start IS NOT NULL"
    ):
        is_asked_for = coder_id in (basis.coders or ())
        if is_asked_for if coder_id in consensus else basis.round is None:
            yield coder_id, source_id


def rows_of(project: Project, basis: Basis, coded: dict[str, tuple[str, ...]]) -> Iterator[Row]:
    """Yield the codings of a stage, in no certain order; those of the consensus where it is one of the coders."""
    everybody = consensus_ids(project)
    consensus = everybody.intersection(basis.coders or ())
    if basis.stage is Stage.AFTER:
        people = {one: frozenset(who) - everybody for one, who in coded.items()}
        yield from negotiated_rows(project, people)
    else:
        yield from coding_rows(project)
    if consensus:
        yield from (row for row in coding_rows(project, kind="consensus") if row[5] in consensus)


def done_by(coded: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return the same by coder: the sources that each has coded."""
    found: dict[str, set[str]] = {}
    for source_id, people in coded.items():
        for coder_id in people:
            found.setdefault(coder_id, set()).add(source_id)
    return {coder_id: frozenset(sources) for coder_id, sources in found.items()}


def stage_words(basis: Basis) -> str:
    """Return which codings these are, for a table to say: the round, its dates, before or after negotiation."""
    if basis.round is None:
        return tr("codings of today, decisions put in") if basis.stage is Stage.AFTER else ""
    one = basis.round
    told = tr("{name}, opened {day}", name=one.name, day=one.opened_at[:10])
    if one.closed_at:
        told += tr(", closed {day}", day=one.closed_at[:10])
    words = {
        Stage.NOW: tr("the codings of today"),
        Stage.BEFORE: tr("before negotiation"),
        Stage.AFTER: tr("after negotiation"),
    }
    return tr("{what} ({round})", what=words[basis.stage], round=told)
