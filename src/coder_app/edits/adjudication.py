"""Decides where coders differ. The codings that are judged stay as they are; what stands goes into the consensus.

The consensus is a coder of its own kind, so that every table, filter and export can take it as one coder.
"""

import json
from collections.abc import Iterable, Sequence

from coder_app.domain.change import Row
from coder_app.domain.disagreement import Agreed, Disagreement, Note, Outcome, Placed, Verdict
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import derived_id, new_id
from coder_app.edits.codes import describe_code
from coder_app.edits.codings import check_range, delete_bare_segments
from coder_app.edits.memos import write_memo
from coder_app.i18n import tr
from coder_app.queries.decisions import consensus_id, decided, decisions
from coder_app.queries.memos import memos_on
from coder_app.store.journal import now_utc
from coder_app.store.project import Project

_CODE_TEXTS = ("use_when", "not_when")


def adjudicate(project: Project, place: Disagreement, verdict: Verdict, round_id: str | None = None) -> str:
    """Decide one disagreement, with its reason, and return the decision's id; an earlier decision about it goes.

    The note of the verdict is added to the code's text in the same step.
    Raises BadInput where one of the codings is gone, or the verdict takes what nobody there has.
    """
    _check(project, place, verdict)
    known = decided(project)
    earlier = {one.id for coding_id in place.coding_ids for one in known.get(coding_id, ())}
    names = dict(project.rows("SELECT id, name FROM code"))
    about = ", ".join(f"“{names[code]}”" for code in dict.fromkeys(mark.code_id for mark in place.marks))
    with project.edit(f"Decide a disagreement about {about}"):
        _withdraw(project, earlier)
        agreed = _into_consensus(project, place.source_id, _standing(place, verdict))
        decision_id = new_id()
        text_hash = project.rows("SELECT text_hash FROM source WHERE id = ?", (place.source_id,))[0][0]
        project.insert(
            "decision",
            {
                "id": decision_id,
                "round_id": round_id,
                "source_id": place.source_id,
                "text_hash": text_hash,
                "start": place.start,
                "stop": place.stop,
                "kind": place.kind.value,
                "judged": json.dumps(place.coding_ids),
                "agreed": json.dumps(agreed),
                "outcome": verdict.outcome.value,
                "side": verdict.side if verdict.outcome is Outcome.ONE else None,
                "reason": verdict.reason.strip(),
                "coder_id": project.coder_id,
                "created_at": now_utc(),
            },
        )
        if verdict.note is not None:
            add_note(project, verdict.note)
    return decision_id


def _check(project: Project, place: Disagreement, verdict: Verdict) -> None:
    there = project.ids("SELECT id FROM coding WHERE id IN {among}", place.coding_ids)
    if len(there) < len(place.coding_ids):
        raise BadInput(tr("Somebody has changed these codings meanwhile; nothing was decided. Look at them again."))
    if verdict.outcome is Outcome.ONE and verdict.side not in place.coders:
        raise BadInput(tr("This coder did not code the source; nothing was decided."))
    if verdict.outcome is Outcome.OWN and not verdict.own:
        raise BadInput(tr("Say which code stands where, or decide that nothing stands; nothing was decided."))
    for one in verdict.own if verdict.outcome is Outcome.OWN else ():
        check_range(project, place.source_id, one.start, one.stop)
        if not project.rows("SELECT 1 FROM code WHERE id = ?", (one.code_id,)):
            raise BadInput(tr("The code is gone; nothing was decided."))


def _standing(place: Disagreement, verdict: Verdict) -> list[Placed]:
    """Return what stands, stretches of one code that overlap as one."""
    if verdict.outcome is Outcome.OWN:
        return list(verdict.own)
    marks = place.marks if verdict.outcome is Outcome.ALL else ()
    if verdict.outcome is Outcome.ONE:
        marks = place.of(str(verdict.side))
    joined: list[Placed] = []
    for mark in sorted(marks, key=lambda one: (one.code_id, one.start, one.stop)):
        last = joined[-1] if joined else None
        if last is not None and last.code_id == mark.code_id and mark.start < last.stop:
            joined[-1] = Placed(last.start, max(last.stop, mark.stop), last.code_id)
        else:
            joined.append(Placed(mark.start, mark.stop, mark.code_id))
    return joined


def _consensus(project: Project) -> str:
    """Return the coder that is the consensus, made where it is missing."""
    coder_id = consensus_id(project)
    if not project.rows("SELECT 1 FROM coder WHERE id = ?", (coder_id,)):
        project.insert("coder", {"id": coder_id, "name": tr("Consensus"), "kind": "consensus"})
    return coder_id


def _into_consensus(project: Project, source_id: str, places: Iterable[Placed]) -> list[str]:
    """Code these places in the consensus and return the codings' ids; what is there already is returned as it is.

    Two copies that agree on the same make one and the same coding.
    """
    wanted = list(places)
    if not wanted:
        return []
    coder_id = _consensus(project)
    text_hash = project.rows("SELECT text_hash FROM source WHERE id = ?", (source_id,))[0][0]
    segments = {
        (start, stop): segment_id
        for segment_id, start, stop in project.rows(
            "SELECT id, now_start, now_stop FROM segment WHERE source_id = ? AND coder_id = ? ORDER BY id DESC",
            (source_id, coder_id),
        )
    }
    made: list[str] = []
    for one in wanted:
        segment_id = segments.get((one.start, one.stop))
        if segment_id is None:
            segment_id = _free_id(project, "segment", coder_id, source_id, text_hash, str(one.start), str(one.stop))
            row: Row = {"id": segment_id, "source_id": source_id, "coder_id": coder_id, "text_hash": text_hash}
            project.insert("segment", row | {"start": one.start, "stop": one.stop})
            segments[one.start, one.stop] = segment_id
        made.append(_coding(project, segment_id, one.code_id, coder_id))
    return list(dict.fromkeys(made))


def _coding(project: Project, segment_id: str, code_id: str, coder_id: str) -> str:
    found = project.rows(
        "SELECT id FROM coding WHERE segment_id = ? AND code_id = ? AND coder_id = ?", (segment_id, code_id, coder_id)
    )
    if found:
        return found[0][0]
    coding_id = _free_id(project, "coding", segment_id, code_id)
    row: Row = {"id": coding_id, "segment_id": segment_id, "code_id": code_id, "coder_id": coder_id}
    project.insert("coding", row | {"created_at": now_utc()})
    return coding_id


def _free_id(project: Project, table: str, *parts: str) -> str:
    """Return the id that follows from the parts, or a new one where that row was made something else since."""
    wanted = derived_id(table, *parts)
    return new_id() if project.rows(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)) else wanted


def withdraw(project: Project, decision_ids: Sequence[str]) -> None:
    """Take decisions back, with what they put into the consensus, so that the disagreements are open again."""
    there = set(project.ids("SELECT id FROM decision WHERE id IN {among}", decision_ids))
    if not there:
        return
    with project.edit("Take back a decision" if len(there) == 1 else f"Take back {len(there)} decisions"):
        _withdraw(project, there)


def _withdraw(project: Project, decision_ids: set[str]) -> None:
    if not decision_ids:
        return
    every = decisions(project)
    kept = {coding_id for one in every if one.id not in decision_ids for coding_id in one.agreed}
    gone = {coding_id for one in every if one.id in decision_ids for coding_id in one.agreed} - kept
    project.delete("decision", sorted(decision_ids))
    delete_consensus_codings(project, sorted(gone))


def delete_consensus_codings(project: Project, coding_ids: Sequence[str]) -> None:
    """Delete codings of the consensus, within a step; those with a memo stay, somebody works with them."""
    bare = project.ids(
        "SELECT coding.id FROM coding JOIN coder ON coder.id = coder_id WHERE coding.id IN {among}"
        " AND coder.kind = 'consensus' AND NOT EXISTS (SELECT 1 FROM memo WHERE coding_id = coding.id)",
        coding_ids,
    )
    segments = project.ids("SELECT DISTINCT segment_id FROM coding WHERE id IN {among}", bare)
    project.delete("coding", bare)
    delete_bare_segments(project, sorted(set(segments)))


def take_agreed(project: Project, agreed: Sequence[Agreed]) -> int:
    """Put what all coders agree on into the consensus, as one step, and return how many codings are new there."""
    by_source: dict[str, list[Placed]] = {}
    for one in agreed:
        by_source.setdefault(one.source_id, []).append(Placed(one.start, one.stop, one.code_id))
    before = _size(project)
    with project.edit("Take what all agree on into the consensus"):
        for source_id, places in by_source.items():
            _into_consensus(project, source_id, places)
        return _size(project) - before


def _size(project: Project) -> int:
    sql = "SELECT count(*) FROM coding JOIN coder ON coder.id = coder_id WHERE coder.kind = 'consensus'"
    return int(project.rows(sql)[0][0])


def add_note(project: Project, note: Note) -> None:
    """Add what a decision teaches to the code: a line in its “use when” or “not when”, or in one's memo on it."""
    text = note.text.strip()
    if not text:
        return
    if note.where in _CODE_TEXTS:
        old = project.rows(f"SELECT {note.where} FROM code WHERE id = ?", (note.code_id,))[0][0]
        describe_code(project, note.code_id, {note.where: f"{old}\n{text}".strip()})
        return
    mine = next((one for one in memos_on(project, "code", note.code_id) if one.coder_id == project.coder_id), None)
    write_memo(project, "code", note.code_id, f"{mine.body}\n{text}" if mine else text)
