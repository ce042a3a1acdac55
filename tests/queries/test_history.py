"""Who did what when, in words, with the rows behind it."""

from time import perf_counter

import pytest

from coder_app.domain.errors import BadInput
from coder_app.edits.coders import add_coder, rename_coder
from coder_app.edits.codes import (
    add_code,
    add_example,
    delete_codes,
    describe_code,
    merge_codes,
    move_codes,
    recolour_code,
    rename_code,
    set_codable,
)
from coder_app.edits.codings import apply_code, apply_codes, move_segment, quote, recode, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.edits.settings import set_code_key
from coder_app.edits.sources import import_sources, move_sources, remove_sources, rename_source
from coder_app.queries.history import history, step_list, steps
from coder_app.queries.history_filter import Wanted
from coder_app.queries.history_rows import step_rows
from coder_app.store import many


def last_words(project) -> str:
    return next(steps(project, step_list(project)[:1])).words


def labels(project, **wanted) -> list[str]:
    return [step.label for step in steps(project, step_list(project, Wanted(**wanted)))]


SAID = [
    (lambda s: apply_code(s.project, s.one, 24, 28, s.state), "Coder A applied “State” to 1 segment in One.txt"),
    (
        lambda s: apply_codes(s.project, s.two, 0, 4, [s.trust, s.state]),
        "Coder A applied “Trust”, “State” to 1 segment in Two.txt",
    ),
    (
        lambda s: remove_codings(s.project, [s.late, s.in_two]),
        "Coder A removed “Clan”, “Trust” from 2 segments in 2 sources",
    ),
    (lambda s: recode(s.project, [s.late], s.state), "Coder A recoded 1 segment in One.txt to “State”"),
    (lambda s: add_code(s.project, "Fear"), "Coder A added the code “Fear”"),
    (lambda s: rename_code(s.project, s.trust, "Faith"), "Coder A renamed the code “Trust” to “Faith”"),
    (lambda s: recolour_code(s.project, s.trust, "#123456"), "Coder A gave “Trust” another colour"),
    (lambda s: describe_code(s.project, s.trust, {"use_when": "x"}), "Coder A described the code “Trust”"),
    (lambda s: move_codes(s.project, [s.clan], s.state), "Coder A moved the code “Clan” under “State”"),
    (lambda s: move_codes(s.project, [s.clan], None), "Coder A moved the code “Clan” to the top"),
    (lambda s: move_codes(s.project, [s.trust], None), "Coder A moved “Trust” among the codes beside it"),
    (lambda s: merge_codes(s.project, s.state, [s.clan]), "Coder A merged “Clan” into “State”"),
    (
        lambda s: delete_codes(s.project, [s.clan]),
        "Coder A deleted the code “Clan” with 2 codings",
    ),
    (
        lambda s: set_codable(s.project, s.state, is_codable=False),
        "Coder A changed whether “State” may be used for coding",
    ),
    (lambda s: write_memo(s.project, "code", s.trust, "x"), "Coder A wrote a memo on the code “Trust”"),
    (lambda s: write_memo(s.project, "source", s.one, "x"), "Coder A changed the memo on the source “One.txt”"),
    (lambda s: write_memo(s.project, "source", s.one, ""), "Coder A removed the memo on the source “One.txt”"),
    (lambda s: write_memo(s.project, "segment", s.quotation, "x"), "Coder A wrote a memo on a passage in “One.txt”"),
    (lambda s: quote(s.project, s.two, 0, 4), "Coder A marked a quotation in “Two.txt”"),
    (lambda s: move_segment(s.project, s.quotation, 18, 23), "Coder A moved the borders of a segment in “One.txt”"),
    (lambda s: rename_source(s.project, s.two, "Talk"), "Coder A renamed the source “Two.txt” to “Talk”"),
    (lambda s: move_sources(s.project, [s.two], "Old"), "Coder A moved the source “Two.txt”"),
    (lambda s: remove_sources(s.project, [s.two]), "Coder A removed the source “Two.txt” with 1 coding"),
    (lambda s: add_coder(s.project, "Cy"), "Coder A added “Cy”"),
    (lambda s: rename_coder(s.project, s.b, "Bo"), "Coder A renamed “Coder B” to “Bo”"),
    (lambda s: add_example(s.project, s.clan, s.quotation), "Coder A: Add an example to “Clan”"),
    (lambda s: s.project.undo(), "Coder A undid: Write memo on a source"),
]


@pytest.mark.parametrize(("edit", "words"), SAID, ids=[words for _, words in SAID])
def test_a_step_is_told_in_words(small, edit, words):
    edit(small)
    assert last_words(small.project) == words


def test_names_are_those_of_then(small):
    project = small.project
    apply_code(project, small.two, 0, 4, small.trust)
    rename_code(project, small.trust, "Faith")
    rename_source(project, small.two, "Interview 4")
    delete_codes(project, [small.trust])
    told = [step.words for step in steps(project, step_list(project)[:4])]
    assert told[3] == "Coder A applied “Trust” to 1 segment in Two.txt"
    assert told[0].startswith("Coder A deleted 2 codes: “Faith”, “Clan”")


def test_a_step_that_was_taken_back_says_by_which_and_one_done_again_does_not(small):
    project = small.project
    add_code(project, "Fear")
    step = history(project)[-1].id

    def undone_by():
        return next(one.undone_by for one in history(project) if one.id == step)

    assert undone_by() is None
    project.undo()
    assert undone_by() == history(project)[-1].id
    project.redo()
    assert undone_by() is None
    for _ in range(2):
        project.undo()
        project.redo()
    project.undo()
    assert undone_by() == history(project)[-1].id
    project.redo()
    project.revert(step)
    assert undone_by() == history(project)[-1].id
    assert step not in {ref.id for ref in step_list(project, Wanted(in_force=True))}
    assert step in {ref.id for ref in step_list(project)}


def test_large_steps_are_told_without_being_looked_into(small, monkeypatch, text_file):
    monkeypatch.setattr(many, "PACK_FROM", 1)
    import_sources(small.project, [text_file("Four.txt", "Four words are here.")])
    assert last_words(small.project) == "Coder A: Import “Four.txt” (1 source added)"
    remove_codings(small.project, [small.late])
    assert last_words(small.project) == "Coder A: Remove “Trust” (1 coding, 1 segment removed)"


@pytest.mark.parametrize("pack_from", [many.PACK_FROM, 1], ids=["row by row", "as batches"])
def test_filters_find_the_steps_about_a_code_a_source_a_coder_a_kind(small, monkeypatch, pack_from):
    monkeypatch.setattr(many, "PACK_FROM", pack_from)
    project = small.project
    start = len(history(project))
    seen = step_list(project)[0].id
    apply_code(project, small.two, 0, 4, small.state)
    on_three = apply_code(project, small.three, 0, 5, small.clan)
    write_memo(project, "coding", on_three, "Why?")
    project.work_as(small.b)
    rename_code(project, small.state, "Power")
    remove_codings(project, [on_three])
    rename_coder(project, small.b, "Bo")
    assert len(step_list(project)) == start + 6

    def new(**wanted):
        found = [ref.id for ref in step_list(project, Wanted(**wanted))]
        before = [ref.id for ref in step_list(project)].index(seen)
        newest = [ref.id for ref in step_list(project)][:before]
        return [newest[::-1].index(one) for one in found if one in newest][::-1]

    assert new(code_id=small.state) == [0, 3]
    assert new(code_id=small.clan) == [1, 4]
    assert new(source_id=small.three) == [1, 2, 4]
    assert new(source_id=small.two) == [0]
    assert new(coder_id=small.b) == [3, 4, 5]
    assert new(kinds=("memo",)) == [2, 4]
    assert new(kinds=("coder", "code")) == [3, 5]
    assert new(text="power") == [3]
    assert new(text="WHY?") == [2, 4]
    assert new(text="code_id") == []
    assert new(text="bo", kinds=("coder",)) == [5]


def test_filters_by_time_take_the_start_and_leave_the_end(small):
    project = small.project
    all_steps = history(project)
    middle = all_steps[4].made_at
    since = [ref.made_at for ref in step_list(project, Wanted(since=middle))]
    until = [ref.made_at for ref in step_list(project, Wanted(until=middle))]
    assert min(since) >= middle > max(until)
    assert len(since) + len(until) == len(all_steps)


def test_the_rows_of_a_step_are_in_the_fields_words(small):
    project = small.project
    apply_code(project, small.one, 3, 10, small.state)
    (row,) = step_rows(project, history(project)[-1].id).rows
    assert (row.table, row.how, row.what) == ("coding", "added", "State on “trusted” (One.txt)")
    assert [(field.field, field.before, field.after) for field in row.fields] == [
        ("Passage", None, "“trusted” (One.txt)"),
        ("Code", None, "State"),
        ("Coder", None, "Coder A"),
    ]
    move_codes(project, [small.clan], None)
    (row,) = step_rows(project, history(project)[-1].id).rows
    assert [(field.field, field.before, field.after) for field in row.fields] == [("Under", "Trust", "the top")]
    describe_code(project, small.trust, {"definition": "Reliance"})
    (row,) = step_rows(project, history(project)[-1].id).rows
    assert row.has_wording
    assert [(field.before, field.after) for field in row.fields] == [("", "Reliance")]


def test_many_rows_come_some_at_a_time(small):
    project = small.project
    remove_sources(project, [small.one, small.two])
    found = step_rows(project, history(project)[-1].id, 3)
    assert len(found.rows) == 3
    assert found.number == history(project)[-1].rows
    assert len(step_rows(project, history(project)[-1].id, None).rows) == found.number


def test_the_rows_of_a_step_that_there_is_not_are_refused(small):
    with pytest.raises(BadInput):
        step_rows(small.project, "none")


def test_twenty_thousand_steps_are_listed_at_once(small):
    project = small.project
    length = len(history(project))
    template = project.rows("SELECT * FROM change_set ORDER BY made_at DESC LIMIT 1")[0]
    with project.db.atomic():
        project.db.conn.executemany(
            f"INSERT INTO change_set VALUES ({', '.join('?' * len(template))})",
            ((f"step-{n}", *template[1:5], template[5] + n, *template[6:]) for n in range(1, 20_001)),
        )
    began = perf_counter()
    refs = step_list(project)
    shown = list(steps(project, refs[:100]))
    assert perf_counter() - began < 2
    assert len(refs) == length + 20_000
    assert shown[0].id == "step-20000"


def test_a_key_of_ones_own_is_told_by_the_name_of_its_code(small) -> None:
    set_code_key(small.project, small.trust, "F")
    (row,) = step_rows(small.project, step_list(small.project)[0].id).rows
    assert row.what == "the key F"
    assert [(one.name, one.after) for one in row.fields] == [
        ("coder_id", "Coder A"),
        ("name", "F"),
        ("value", "Trust"),
    ]
