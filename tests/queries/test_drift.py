"""Each coding knows which wording of its code it was made under: from the journal, also after merges."""

import shutil

import pytest

from coder_app.edits.codes import add_code, describe_code
from coder_app.edits.codings import apply_code, recode, remove_codings
from coder_app.edits.drift import confirm_codings
from coder_app.edits.restore import restore
from coder_app.queries.drift import codings_under_old_wording, wordings
from coder_app.store import many
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.merge import merge


@pytest.fixture
def work(small):
    """A code with a definition and a coding made under it; `old()` says what is under an old wording."""
    small.code = add_code(small.project, "Hope")
    describe_code(small.project, small.code, {"definition": "Good to come"})
    small.coding = apply_code(small.project, small.one, 0, 5, small.code)
    small.old = lambda: [one.coding_id for one in codings_under_old_wording(small.project, small.code)]
    return small


def reword(work, text="Good to come, and likely"):
    describe_code(work.project, work.code, {"definition": text})


def test_a_coding_is_under_the_wording_of_its_time(work):
    assert work.old() == []
    reword(work)
    later = apply_code(work.project, work.one, 6, 9, work.code)
    assert work.old() == [work.coding]
    found = codings_under_old_wording(work.project)
    assert [(one.coding_id, one.texts.definition) for one in found] == [(work.coding, "Good to come")]
    assert [(one.texts.definition, one.codings, one.is_current) for one in wordings(work.project, work.code)] == [
        ("", 0, False),
        ("Good to come", 1, False),
        ("Good to come, and likely", 1, True),
    ]
    assert later not in work.old()


def test_names_colours_and_white_space_are_no_wording(work):
    work.project.undo()
    reword(work, "  Good to come\n")
    assert work.old() == []


@pytest.mark.parametrize("field", ["use_when", "not_when"])
def test_when_to_use_a_code_and_when_not_count_too(work, field):
    describe_code(work.project, work.code, {field: "Someone expects it"})
    assert work.old() == [work.coding]


def test_a_wording_that_comes_back_is_the_one_it_was(work):
    reword(work)
    work.project.undo()
    assert work.old() == []
    reword(work)
    reword(work, "Good to come")
    assert work.old() == []
    assert [one.texts.definition for one in wordings(work.project, work.code)][-1] == "Good to come"


def test_what_is_said_to_fit_is_under_the_new_wording_until_that_is_undone(work):
    reword(work)
    before = dump(work.project.db)
    assert confirm_codings(work.project, [work.coding]) == 1
    assert work.old() == []
    assert dump(work.project.db) == before
    work.project.undo()
    assert work.old() == [work.coding]
    work.project.redo()
    assert work.old() == []
    reword(work, "Something else")
    assert work.old() == [work.coding]
    assert verify(work.project.db) == []


def test_a_recoded_passage_is_under_the_wording_of_its_new_code(work):
    reword(work)
    other = apply_code(work.project, work.one, 6, 9, work.trust)
    recode(work.project, [other], work.code)
    assert work.old() == [work.coding]
    recode(work.project, [work.coding], work.trust)
    assert work.old() == []
    work.project.undo()
    assert work.old() == [work.coding]


def test_a_coding_that_was_gone_is_as_old_as_it_was(work):
    remove_codings(work.project, [work.coding])
    reword(work)
    restore(work.project, "coding", work.coding)
    assert work.old() == [work.coding]


@pytest.mark.parametrize("pack_from", [many.PACK_FROM, 1], ids=["row by row", "as batches"])
def test_batches_count_like_single_rows(pack_from, work, monkeypatch):
    monkeypatch.setattr(many, "PACK_FROM", pack_from)
    with work.project.edit("Many"):
        early = [apply_code(work.project, work.one, n, n + 2, work.code) for n in range(3)]
    reword(work)
    late = apply_code(work.project, work.one, 12, 15, work.code)
    moved = apply_code(work.project, work.one, 12, 16, work.trust)
    recode(work.project, [moved], work.code)
    assert set(work.old()) == {work.coding, *early}
    assert late not in work.old()
    remove_codings(work.project, early)
    work.project.undo()
    assert set(work.old()) == {work.coding, *early}


def test_after_a_merge_a_coding_is_under_what_its_coder_had_seen(work, tmp_path):
    path = shutil.copy(work.project.path, tmp_path / "copy.coder")
    with Project.open(path) as copy:
        made_apart = apply_code(copy, work.one, 10, 15, work.code)
    reword(work)
    mine = apply_code(work.project, work.one, 20, 25, work.code)
    merge(work.project, [path])
    assert set(work.old()) == {work.coding, made_apart}
    assert mine not in work.old()
    after = apply_code(work.project, work.one, 30, 34, work.code)
    assert after not in work.old()


def test_two_fields_reworded_apart_make_one_wording(work, tmp_path):
    path = shutil.copy(work.project.path, tmp_path / "copy.coder")
    with Project.open(path) as copy:
        describe_code(copy, work.code, {"use_when": "Someone expects it"})
    reword(work)
    mine = apply_code(work.project, work.one, 20, 25, work.code)
    merge(work.project, [path])
    after = apply_code(work.project, work.one, 30, 34, work.code)
    assert set(work.old()) == {work.coding, mine}
    assert after not in work.old()
    assert wordings(work.project, work.code)[-1].texts == ("Good to come, and likely", "Someone expects it", "")


def test_a_code_that_is_not_there_has_no_wordings(work):
    assert wordings(work.project, "none") == []
