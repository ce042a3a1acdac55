"""The list of what is gone names each thing once, with what went along, and forgets what came back."""

import pytest

from coder_app.edits.codes import add_code, delete_codes
from coder_app.edits.codings import apply_code, remove_codings, remove_quotation
from coder_app.edits.memos import write_memo
from coder_app.edits.restore import restore
from coder_app.edits.sources import remove_sources
from coder_app.queries import history_deleted
from coder_app.queries.history_deleted import deleted, gone
from coder_app.store import many


@pytest.fixture(params=[many.PACK_FROM, 1], ids=["row by row", "as batches"], autouse=True)
def _packing(request, monkeypatch):
    monkeypatch.setattr(many, "PACK_FROM", request.param)


def listed(project) -> list[tuple[str, str, str]]:
    return [(one.table, one.what, one.went_along) for one in deleted(project, gone(project))]


def test_nothing_is_gone_at_first(small):
    assert gone(small.project) == []


def test_things_are_listed_with_what_went_along_the_latest_first(small):
    project = small.project
    remove_codings(project, [small.by_b])
    delete_codes(project, [small.trust])
    remove_sources(project, [small.two])
    assert listed(project) == [
        ("source", "Two.txt", ""),
        ("code", "Trust", "4 codings, 1 code, 1 memo, 1 example"),
        ("coding", "Trust on “trusted” (One.txt)", ""),
    ]


def test_the_order_of_what_went_along_does_not_matter(small):
    project = small.project
    write_memo(project, "source", small.three, "A memo")
    remove_sources(project, [small.three])
    (one,) = deleted(project, gone(project))
    assert (one.table, one.went_along, one.coder) == ("source", "1 memo", "Coder A")
    assert "Three.txt" in one.step


def test_what_came_back_is_not_listed_any_more(small):
    project = small.project
    delete_codes(project, [small.state])
    assert [one.table for one in gone(project)] == ["code"]
    restore(project, "code", small.state)
    assert gone(project) == []
    delete_codes(project, [small.state])
    assert len(gone(project)) == 1
    project.undo()
    assert gone(project) == []


def test_a_quotation_is_listed_with_the_example_that_it_was(small):
    project = small.project
    remove_quotation(project, small.quotation)
    assert listed(project) == [("segment", "“Then” (One.txt)", "1 example")]


def test_what_was_made_and_deleted_in_one_step_was_never_there(small):
    project = small.project
    with project.edit("Both"):
        code_id = add_code(project, "Fleeting")
        delete_codes(project, [code_id])
        add_code(project, "Lasting")
    assert gone(project) == []


def test_many_things_of_a_step_are_one_entry(small, monkeypatch):
    monkeypatch.setattr(history_deleted, "_TOGETHER", 2)
    project = small.project
    codings = [apply_code(project, small.two, n, n + 3, small.state) for n in range(4)]
    remove_codings(project, codings)
    (one,) = deleted(project, gone(project))
    assert one.what == "4 codings"
    assert set(one.row_ids) == set(codings)
