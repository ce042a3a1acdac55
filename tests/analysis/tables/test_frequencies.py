"""Code frequencies against hand counts, with the codes that nobody used."""

from coder_app.analysis.how import MERGED, Counting
from coder_app.analysis.tables.frequencies import frequencies_table
from coder_app.analysis.tables.material import Group, Place

ROWS = [
    ("s1", 0, 10, "b", "x"),
    ("s1", 5, 12, "b", "y"),
    ("s1", 8, 20, "c", "x"),
    ("s2", 0, 5, "b", "x"),
]
CASES = [Group("k1", "K1", [Place("s1", 0, 6)]), Group("k2", "K2", [Place("s2", 0, 20), Place("s1", 15, 20)])]
DATES = {
    ("b", "x"): ("2024-01-02", "2024-03-01"),
    ("b", "y"): ("2024-02-01", "2024-05-01"),
    ("c", "x"): ("2023-12-01", "2024-01-01"),
}


def records(table):
    names = [column.id for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_every_code_has_a_row_and_its_numbers(material):
    found = {
        row["code_id"]: row for row in records(frequencies_table(material(ROWS), Counting(coders=MERGED), CASES, DATES))
    }
    b = found["b"]
    assert (b["codings"], b["segments"], b["sources"], b["cases"], b["people"]) == (3, 2, 2, 2, 2)
    assert (b["characters"], b["share_of_text"], b["share_of_codings"]) == (17, 17 / 40, 3 / 4)
    assert (b["first_used"], b["last_used"]) == ("2024-01-02", "2024-05-01")
    e = found["e"]
    assert (e["codings"], e["cases"], e["people"], e["first_used"]) == (0, 0, 0, None)


def test_a_parent_that_is_rolled_up_counts_all_below_it_once(material):
    table = frequencies_table(material(ROWS), Counting(coders="x", roll_up=True), CASES, DATES)
    a = next(row for row in records(table) if row["code_id"] == "a")
    assert (a["coders"], a["codings"], a["segments"], a["characters"]) == ("Xenia", 3, 2, 25)
    assert (a["first_used"], a["last_used"], a["people"]) == ("2023-12-01", "2024-03-01", 1)


def test_without_cases_their_number_is_left_open(material):
    assert records(frequencies_table(material(ROWS), Counting(coders=MERGED), [], {}))[0]["cases"] is None
