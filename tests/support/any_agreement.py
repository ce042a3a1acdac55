"""Rounds, assignments and decisions at random, for any_edit.py."""

from coder_app.domain.disagreement import Agreed, Difference, Disagreement, Mark, Note, Outcome, Placed, Verdict
from coder_app.edits import adjudication, rounds
from coder_app.queries.decisions import coding_rows


def disagreement(p, d):
    rows = sorted(coding_rows(p))
    if not rows:
        return None
    coding_id, source_id, start, stop, code_id, coder_id = rows[d.number(min(len(rows) - 1, 9))]
    marks = (Mark(coder_id, code_id, start, stop, (coding_id,)),)
    coders = tuple(dict.fromkeys((coder_id, *d.ids("coder"))))
    return Disagreement(Difference.MISSED, source_id, start, stop, marks, coders, 0.0)


def adjudicate(p, d):
    place = disagreement(p, d)
    if place is None:
        return None
    outcome = [*Outcome][d.number(3)]
    own = (Placed(place.start, place.stop, d.one("code")),)
    note = Note(d.one("code"), ("use_when", "not_when", "memo")[d.number(2)], d.words()) if d.number(1) else None
    round_id = d.maybe("round")
    return adjudication.adjudicate(p, place, Verdict(outcome, place.coders[0], own, d.words(), note), round_id)


def take_agreed(p, d):
    place = disagreement(p, d)
    found = (
        [Agreed(place.source_id, place.marks[0].code_id, place.start, place.stop, place.coding_ids)] if place else []
    )
    return adjudication.take_agreed(p, found)


ACTIONS = {
    "rounds.open_round": lambda p, d: rounds.open_round(p, d.words(), is_blind=bool(d.number(1))),
    "rounds.rename_round": lambda p, d: rounds.rename_round(p, d.one("round"), d.words()),
    "rounds.set_blind": lambda p, d: rounds.set_blind(p, d.one("round"), is_blind=bool(d.number(1))),
    "rounds.close_round": lambda p, d: rounds.close_round(p, d.one("round")),
    "rounds.reopen_round": lambda p, d: rounds.reopen_round(p, d.one("round")),
    "rounds.assign": lambda p, d: rounds.assign(p, d.one("round"), d.some("source"), d.some("coder")),
    "rounds.take_back": lambda p, d: rounds.take_back(p, d.one("round"), d.ids("source"), d.some("coder")),
    "rounds.mark_done": lambda p, d: rounds.mark_done(
        p, d.one("round"), d.ids("source"), d.some("coder"), is_done=bool(d.number(2))
    ),
    "adjudication.adjudicate": adjudicate,
    "adjudication.withdraw": lambda p, d: adjudication.withdraw(p, d.some("decision")),
    "adjudication.take_agreed": take_agreed,
    "adjudication.add_note": lambda p, d: adjudication.add_note(p, Note(d.one("code"), "use_when", d.words())),
}
NEEDS = {
    "add_note": "code",
    "assign": "source round",
    "rename_round": "round",
    "set_blind": "round",
    "close_round": "round",
    "reopen_round": "round",
    "take_back": "round",
    "mark_done": "round",
}
