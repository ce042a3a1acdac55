"""The two layouts of the co-occurrence table, as scripts read them."""

import pytest

from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.cooccurrence_table import matrix_table, pairs_table
from coder_app.analysis.how import Counting, Mode
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.model import Code
from coder_app.domain.table import Table
from coder_app.domain.tree import CodeTree

TREE = CodeTree(
    [
        Code("1", None, "Emotion", "", "1"),
        Code("2", "1", "Fear", "", "1"),
        Code("3", None, "Work", "", "2"),
        Code("4", None, "Unused", "", "3"),
    ]
)
SPANS = [
    CodedSpan("d1", 0, 10, "2", "a"),
    CodedSpan("d1", 5, 15, "3", "a"),
    CodedSpan("d1", 30, 40, "1", "a"),
    CodedSpan("d1", 0, 4, "3", "b"),
    CodedSpan("d1", 2, 6, "3", "b"),
    CodedSpan("d1", 5, 9, "2", "b"),
]
UNITS = {"d1": [(0, 20), (21, 40)]}
MARKS = {"d1": [0, 21]}
CONTRACT = ["coders", "code_a", "code_b", "n_a", "n_b", "n_ab", "n_units", "jaccard"]


def counted(how: Counting, *, units: bool = True):
    return cooccurrence(SPANS, TREE, how, units=UNITS if units else None, marks=MARKS, names={"a": "Ann", "b": "Bob"})


def records(table: Table) -> list[dict]:
    return [dict(zip([column.id for column in table.columns], row, strict=True)) for row in table.rows]


def test_each_pair_of_used_codes_has_one_row_zero_included_and_no_diagonal():
    table = pairs_table(counted(Counting()), TREE)
    assert [column.id for column in table.columns][:8] == CONTRACT
    assert [row[:6] for row in table.rows] == [
        ("Ann", "Emotion", "Emotion > Fear", 1, 1, 0),
        ("Ann", "Emotion", "Work", 1, 1, 0),
        ("Ann", "Emotion > Fear", "Work", 1, 1, 1),
        ("Bob", "Emotion > Fear", "Work", 1, 1, 1),
    ]


@pytest.mark.parametrize("mode", list(Mode))
def test_units_are_counted_in_their_mode_only_and_jaccard_where_it_is_one(mode: Mode):
    rows = records(pairs_table(counted(Counting(mode)), TREE))
    assert {row["n_units"] for row in rows} == {2 if mode is Mode.UNITS else None}
    assert all((row["jaccard"] is None) == (mode not in {Mode.CHARACTERS, Mode.UNITS}) for row in rows)


def test_segments_carry_the_units_and_their_jaccard_in_columns_of_their_own():
    row = records(pairs_table(counted(Counting()), TREE))[2]
    assert {name: row[name] for name in row if name.startswith("unit")} == {
        "unit": "paragraph",
        "unit_n_a": 1,
        "unit_n_b": 1,
        "unit_n_ab": 1,
        "unit_n": 2,
        "unit_jaccard": 1.0,
    }
    assert "unit" not in records(pairs_table(counted(Counting(), units=False), TREE))[0]


def test_codings_that_overlap_their_like_stand_in_a_column_of_their_own():
    row = records(pairs_table(counted(Counting(Mode.PAIRS)), TREE))[-1]
    assert (row["coders"], row["n_b"], row["redundant_a"], row["redundant_b"]) == ("Bob", 2, 0, 1)


def test_under_roll_up_nested_codes_have_an_empty_cell_and_own_counts_stand_beside():
    rows = records(pairs_table(counted(Counting(roll_up=True)), TREE))
    nested, across = rows[0], rows[1]
    assert (nested["code_a"], nested["code_b"], nested["n_ab"], nested["jaccard"]) == (
        "Emotion",
        "Emotion > Fear",
        None,
        None,
    )
    assert (across["code_a"], across["n_a"], across["own_a"], across["n_ab"]) == ("Emotion", 2, 1, 1)


def test_the_header_is_the_same_when_nothing_is_coded():
    empty = pairs_table(cooccurrence([], TREE, Counting(), units=UNITS), TREE)
    assert empty.rows == ()
    assert empty.columns == pairs_table(counted(Counting()), TREE).columns


def test_the_matrix_is_symmetric_with_the_own_n_on_its_diagonal():
    table = matrix_table(counted(Counting()), TREE)
    assert [column.id for column in table.columns] == ["coders", "code", "Emotion", "Emotion > Fear", "Work"]
    assert table.rows == (
        ("Ann", "Emotion", 1, 0, 0),
        ("Ann", "Emotion > Fear", 0, 1, 1),
        ("Ann", "Work", 0, 1, 1),
        ("Bob", "Emotion > Fear", None, 1, 1),
        ("Bob", "Work", None, 1, 1),
    )


def test_columns_of_codes_with_one_path_or_the_name_of_a_fixed_column_are_told_apart():
    tree = CodeTree(
        [Code("1", None, "code", "", "1"), Code("2", None, "Trust", "", "2"), Code("3", None, "Trust", "", "3")]
    )
    spans = [CodedSpan("d", 0, 9, code.id, "a") for code in tree.walk()]
    table = matrix_table(cooccurrence(spans, tree, Counting()), tree)
    assert [column.id for column in table.columns] == ["coders", "code", "code (1)", "Trust (2)", "Trust (3)"]
    assert [row[1] for row in table.rows] == ["code (1)", "Trust (2)", "Trust (3)"]
    rows = records(pairs_table(cooccurrence(spans, tree, Counting()), tree))
    assert [(row["code_a_id"], row["code_b_id"]) for row in rows] == [("1", "2"), ("1", "3"), ("2", "3")]


def test_the_settings_say_how_it_was_counted():
    how = Counting(Mode.UNITS, coders="b", codes=frozenset({"2", "3"}))
    assert pairs_table(counted(how), TREE).settings == {
        "mode": "units",
        "unit": "paragraph",
        "coders": "Bob",
        "roll_up": "no",
        "sources": "all",
        "codes": "Emotion > Fear, Work",
    }
    assert "unit" not in pairs_table(counted(Counting(Mode.CHARACTERS), units=False), TREE).settings
