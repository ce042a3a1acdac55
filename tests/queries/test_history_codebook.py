"""The development of the codebook is told change by change, with old and new wording."""

import pytest

from coder_app.edits.codes import (
    add_code,
    delete_codes,
    describe_code,
    merge_codes,
    move_codes,
    recolour_code,
    rename_code,
    set_codable,
)
from coder_app.edits.codings import apply_code
from coder_app.queries.history_codebook import codebook_development, development_in_numbers
from coder_app.queries.history_tables import history_table
from coder_app.store import many


@pytest.fixture(params=[many.PACK_FROM, 1], ids=["row by row", "as batches"], autouse=True)
def _packing(request, monkeypatch):
    monkeypatch.setattr(many, "PACK_FROM", request.param)


def told(project, *, everything=False) -> list[tuple[object, ...]]:
    table = codebook_development(project, everything=everything)
    return [row[1:7] for row in table.rows]


def test_each_kind_of_change_is_told_with_the_wording_before_and_after(small):
    project, start = small.project, len(told(small.project))
    fear = add_code(project, "Fear", small.trust)
    describe_code(project, fear, {"definition": "Being afraid"})
    describe_code(project, fear, {"definition": "Saying that one is afraid", "use_when": "said"})
    project.work_as(small.b)
    rename_code(project, small.trust, "Faith")
    move_codes(project, [fear], small.state)
    recolour_code(project, fear, "#123456")
    set_codable(project, fear, is_codable=False)
    delete_codes(project, [fear])
    assert told(project)[start:] == [
        ("Coder A", "added", "Trust > Fear", "", None, None),
        ("Coder A", "defined", "Trust > Fear", "Definition", "", "Being afraid"),
        ("Coder A", "redefined", "Trust > Fear", "Definition", "Being afraid", "Saying that one is afraid"),
        ("Coder A", "defined", "Trust > Fear", "Use when", "", "said"),
        ("Coder B", "renamed", "Faith", "Name", "Trust", "Faith"),
        ("Coder B", "moved", "State > Fear", "", "Faith > Fear", "State > Fear"),
        ("Coder B", "recoloured", "State > Fear", "Colour", told(project)[start + 6][4], "#123456"),
        ("Coder B", "regrouped", "State > Fear", "May be used for coding", "yes", "no"),
        ("Coder B", "deleted", "State > Fear", "", "State > Fear", None),
        ("Coder B", "deleted", "State > Fear", "Definition", "Saying that one is afraid", None),
        ("Coder B", "deleted", "State > Fear", "Use when", "said", None),
    ]


@pytest.mark.parametrize("used", [True, False])
def test_a_merge_names_the_code_that_took_over(small, used):
    project = small.project
    fear = add_code(project, "Fear")
    if used:
        apply_code(project, small.two, 0, 4, fear)
    merge_codes(project, small.trust, [fear])
    assert told(project)[-1] == ("Coder A", "merged", "Fear", "", "Fear", "Trust")


def test_what_was_taken_back_is_left_out_unless_everything_is_asked_for(small):
    project, start = small.project, len(told(small.project))
    rename_code(project, small.trust, "Faith")
    project.undo()
    assert told(project)[start:] == []
    assert [row[1] for row in told(project, everything=True)[-2:]] == ["renamed", "renamed"]
    project.redo()
    assert [row[1] for row in told(project)[start:]] == ["renamed"]


def test_the_changes_are_counted_by_coder_and_kind(small):
    rename_code(small.project, small.trust, "Faith")
    numbers = development_in_numbers(codebook_development(small.project))
    assert ("Coder A", "added", 4) in numbers.rows
    assert ("Coder A", "renamed", 1) in numbers.rows


def test_the_history_is_a_table_with_a_row_for_each_step_or_each_field(small):
    table = history_table(small.project)
    assert table.rows[0][2] == "The project was begun"
    assert [column.id for column in table.columns][:4] == ["made_at", "coder", "what", "rows"]
    fields = history_table(small.project, rows=True)
    assert len(fields.rows) > len(table.rows)
    assert any(row[8:] == ("Code: Trust", "added", "Name", None, "Trust") for row in fields.rows)
