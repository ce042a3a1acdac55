"""A fortnight of a study of three people on three computers with one shared folder, and all that comes between."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder_app.domain.imported import ImportedText
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, delete_codes, describe_code, merge_codes, move_codes, rename_code
from coder_app.edits.codings import apply_code, move_segment
from coder_app.edits.conflicts import keep, settle
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.edits.texts import accept_guess, correct_text
from coder_app.queries.conflicts import DIFFERENT, REVIVED, conflicts
from coder_app.queries.placing import segments_to_check
from coder_app.queries.sources import sources, text_of
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team import folder as team

PARAGRAPH = "We trusted the elders of the clan. Then the police came at night, and nobody told us anythng more.\n"
DAYS = 14


def text(name: str) -> ImportedText:
    words = "".join(f"{name}, {number}. {PARAGRAPH}" for number in range(30))
    return ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8")


def code(project: Project, name: str) -> str:
    return project.rows("SELECT id FROM code WHERE name = ? ORDER BY id", (name,))[0][0]


def source(project: Project, number: int) -> str:
    return sources(project)[number].id


class Study:
    """The lead, Ben and Cem, who is offline in the first week."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "shared"
        lead = Project.create(root / "lead.coder", name="Elders", coder="Lead")
        import_sources(lead, [text(f"Interview {number}") for number in range(1, 4)])
        state = add_code(lead, "State")
        for name in ("Trust", "Police", "Clan", "Silence"):
            add_code(lead, name, state)
        team.share(lead, self.folder)
        self.everybody = [lead]
        for name in ("Ben", "Cem"):
            member = team.join(self.folder, root / f"{name}.coder")
            member.work_as(add_coder(member, name))
            self.everybody.append(member)
        self.lead, self.ben, self.cem = self.everybody

    def codes_a_day(self, day: int) -> None:
        for number, member in enumerate(self.everybody):
            where = source(member, (day + number) % 3)
            names = [row[0] for row in member.rows("SELECT id FROM code WHERE parent_id IS NOT NULL ORDER BY name")]
            for place in range(6):
                start = (day * 6 + place) * 31 + number
                apply_code(member, where, start, start + 25, names[(day + place) % len(names)])
            if day % 3 == number:
                write_memo(member, "source", where, f"Day {day}: what strikes me")

    def sync(self, *members: Project) -> None:
        for member in members:
            assert team.sync(member).problems == []


def correct_a_typo(study: Study) -> None:
    where = source(study.lead, 0)
    correct_text(study.lead, where, text_of(study.lead, where).replace("anythng", "anything"))


def take_a_word_away(study: Study) -> None:
    where = source(study.lead, 1)
    correct_text(study.lead, where, text_of(study.lead, where).replace("We trusted the elders", "They feared them", 3))


EVENTS: dict[int, list[Callable[[Study], object]]] = {
    2: [lambda s: describe_code(s.lead, code(s.lead, "Trust"), {"definition": "Believing that others mean well"})],
    3: [correct_a_typo],
    4: [
        lambda s: rename_code(s.ben, code(s.ben, "Silence"), "Being silent"),
        lambda s: rename_code(s.cem, code(s.cem, "Silence"), "Keeping quiet"),
    ],
    6: [take_a_word_away],
    8: [
        lambda s: add_code(s.lead, "Fear"),
        lambda s: move_codes(s.lead, [code(s.lead, "Police")], code(s.lead, "Fear")),
        lambda s: delete_codes(s.ben, [code(s.ben, "Clan")]),
    ],
    9: [lambda s: merge_codes(s.cem, code(s.cem, "Trust"), [code(s.cem, "Police")])],
    11: [
        lambda s: move_segment(s.ben, s.ben.rows("SELECT id FROM segment ORDER BY id")[0][0], 3, 30),
        lambda s: move_segment(s.lead, s.lead.rows("SELECT id FROM segment ORDER BY id")[0][0], 5, 40),
        lambda s: s.cem.undo(),
    ],
}


@pytest.fixture
def study(tmp_path: Path):
    made = Study(tmp_path)
    yield made
    for member in made.everybody:
        member.close()


def decide_all(project: Project) -> None:
    while undecided := conflicts(project):
        one = undecided[0]
        sides = [side.values for side in one.sides if side.values]
        if one.kind == DIFFERENT and sides:
            settle(project, one, sides[0])
        else:
            keep(project, [one])


def test_after_a_fortnight_all_hold_the_same_and_nothing_is_lost(study: Study) -> None:
    made = 0
    for day in range(DAYS):
        study.codes_a_day(day)
        made += 18
        for event in EVENTS.get(day, ()):
            event(study)
        study.sync(study.lead, study.ben)
        if day >= 7:
            study.sync(study.cem)
    study.sync(*study.everybody, *study.everybody)

    assert len({dump(member.db) for member in study.everybody}) == 1
    kinds = {one.kind for one in conflicts(study.lead)}
    assert {DIFFERENT, REVIVED} <= kinds, "names were given twice, and a deleted code was used elsewhere"
    in_doubt = segments_to_check(study.ben)
    assert in_doubt
    assert {one.source for one in in_doubt} <= {"Interview 1", "Interview 2"}, "the texts that were corrected"

    decide_all(study.lead)
    accept_guess(study.ben, [one.segment_id for one in in_doubt])
    study.sync(*study.everybody, *study.everybody)

    assert [conflicts(member) for member in study.everybody] == [[], [], []]
    assert [segments_to_check(member) for member in study.everybody] == [[], [], []]
    assert len({dump(member.db) for member in study.everybody}) == 1
    assert [verify(member.db) for member in study.everybody] == [[], [], []]
    (kept,) = study.lead.rows("SELECT count(*) FROM coding")[0]
    # What Ben deleted with a code, and Cem's day that was taken back, were meant to go.
    assert 0.85 * made < kept <= made
