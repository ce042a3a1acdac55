"""Codes by columns against a recount of every coding and every character."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.tables.cross import by_coder, cross
from coder_app.analysis.tables.cross_table import long_table, matrix_table
from coder_app.analysis.tables.material import Group, Measure, Place, by_source
from coder_app.domain.errors import BadInput

CODES = "abcde"
ANCESTORS = {"a": "", "b": "a", "c": "a", "d": "ba", "e": ""}
SOURCES = ("s1", "s2", "s3")
ROW = st.builds(
    lambda source, start, length, code, coder: (source, start, start + length, code, coder),
    st.sampled_from(SOURCES),
    st.integers(0, 13),
    st.integers(1, 7),
    st.sampled_from(CODES),
    st.sampled_from("xyz"),
)
PLACE = st.builds(
    lambda source, start, length: Place(source, start, start + length),
    st.sampled_from(SOURCES),
    st.integers(0, 15),
    st.integers(1, 10),
)
GROUPS = st.lists(st.lists(PLACE, max_size=4), min_size=1, max_size=4)


def bears(row, code, roll_up):
    return row[3] == code or (roll_up and code in ANCESTORS[row[3]])


def stretches(rows):
    """Join what shares a character, source by source."""
    found = []
    for source, start, stop in sorted({row[:3] for row in rows}):
        if found and found[-1][0] == source and start < found[-1][2]:
            found[-1] = (source, found[-1][1], max(stop, found[-1][2]))
        else:
            found.append((source, start, stop))
    return found


def covered(row):
    return {(row[0], place) for place in range(row[1], row[2])}


def recount(rows, column, coded):
    """Return codings, segments, characters and sources of rows in a column, None where nobody coded it."""
    inside = {(p.source_id, at) for p in column for at in range(p.start, p.stop)}
    if not any(source in coded for source, _ in inside):
        return None
    segments = [one for one in stretches(rows) if covered(one) & inside]
    characters = set().union(*(covered(one) & inside for one in segments)) if segments else set()
    codings = [row for row in rows if covered(row) & inside]
    return len(codings), len(segments), len(characters), len({source for source, _ in characters})


def cells(block, get):
    return [None if np.isnan(one) else int(one) for one in get]


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14), GROUPS, st.sampled_from([EACH, MERGED]), st.booleans())
def test_counts_are_those_of_a_recount(material, rows, columns, coders, roll_up):
    groups = [Group(str(n), str(n), places) for n, places in enumerate(columns)]
    found = cross(material(rows), Counting(coders=coders, roll_up=roll_up), groups, title="", all_title="All")
    for block in found.blocks:
        own = [row for row in rows if block.coder_id in (None, row[4])]
        coded = {row[0] for row in own}
        every = [place for places in columns for place in places]
        used = [code for code in "abdce" if any(bears(row, code, roll_up) for row in own)]
        assert list(block.codes) == used
        for measure, place in (
            (Measure.CODINGS, 0),
            (Measure.SEGMENTS, 1),
            (Measure.COVERAGE, 2),
            (Measure.SOURCES, 3),
        ):

            def said(rows, column, place=place, coded=coded):
                counted = recount(rows, column, coded)
                return None if counted is None else counted[place]

            body = block.values(measure)
            for line, code in enumerate(used):
                mine = [row for row in own if bears(row, code, roll_up)]
                assert cells(block, body[line]) == [said(mine, column) for column in columns]
                assert cells(block, [block.row_totals(measure)[line]]) == [said(mine, every)]
            assert cells(block, block.column_totals(measure)) == [said(own, column) for column in columns]
            assert cells(block, [block.total(measure)]) == [said(own, every)]
        lengths = [
            len({(p.source_id, at) for p in column for at in range(p.start, p.stop) if p.source_id in coded})
            for column in [*columns, every]
        ]
        assert block.characters.tolist() == lengths
        share, coverage = block.values(Measure.SHARE), block.values(Measure.COVERAGE)
        known = ~np.isnan(share)
        assert np.allclose(share[known] * np.broadcast_to(block.characters[:-1], share.shape)[known], coverage[known])


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14), st.booleans())
def test_coders_side_by_side_are_the_tables_of_each(material, rows, roll_up):
    made = material(rows)
    found = by_coder(made, Counting(roll_up=roll_up)).blocks[0]
    one = [Group("", "", [Place(source, 0, 20) for source in SOURCES])]
    apart = cross(made, Counting(roll_up=roll_up), one, title="", all_title="")
    together = cross(made, Counting(coders=MERGED, roll_up=roll_up), one, title="", all_title="").blocks[0]
    for measure in Measure:
        values = found.values(measure)
        for column, block in enumerate(apart.blocks):
            by_code = dict(zip(block.codes, block.values(measure)[:, 0], strict=True))
            assert [by_code.get(code, 0) for code in found.codes] == values[:, column].tolist()
        assert np.array_equal(found.row_totals(measure), together.values(measure)[:, 0])


ROWS = [
    ("s1", 0, 10, "b", "x"),
    ("s1", 5, 12, "b", "x"),
    ("s1", 8, 20, "c", "x"),
    ("s2", 0, 5, "e", "x"),
    ("s2", 0, 10, "e", "y"),
]


def rows_of(table, **wanted):
    names = [column.id for column in table.columns]
    found = [dict(zip(names, row, strict=True)) for row in table.rows]
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


def test_the_matrix_keeps_totals_apart_and_leaves_uncoded_sources_empty(material):
    made = material(ROWS)
    found = cross(made, Counting(), by_source(made), title="Codes by sources", all_title="All sources")
    table = matrix_table(found, made.tree, Measure.COVERAGE)
    (row,) = rows_of(table, coders="Xenia", code="a > b")
    assert (row["S1"], row["S2"], row["S3"], row["all"]) == (12, 0, None, 12)
    (row,) = rows_of(table, coders="Xenia", row="any code")
    assert (row["S1"], row["S2"], row["all"]) == (20, 5, 25)
    (row,) = rows_of(table, coders="Yuri", row="characters")
    assert (row["S1"], row["S2"], row["all"]) == (0, 20, 20)
    assert table.settings["totals"].startswith("of columns no sums")
    assert matrix_table(found, made.tree, Measure.CODINGS).settings["totals"] == "the sums of their cells"
    assert table.settings["codes_never_used"] == "2"


def test_a_parent_that_is_rolled_up_counts_each_coding_and_each_character_once(material):
    made = material([*ROWS, ("s1", 0, 3, "a", "x")])
    found = cross(made, Counting(coders="x", roll_up=True), by_source(made), title="", all_title="All")
    (row,) = rows_of(long_table(found, made.tree), code="a", column="S1")
    assert (row["codings"], row["segments"], row["characters"], row["share"]) == (4, 1, 20, 1.0)
    assert (row["presence"], row["sources"], row["base_sources"]) == (1, 1, 1)


def test_a_consensus_counts_the_stretches_that_coders_agree_on(material):
    made = material(ROWS)
    found = cross(made, Counting(coders="consensus:2"), by_source(made), title="", all_title="All")
    (row,) = rows_of(long_table(found, made.tree), code="e", column="S2")
    assert (row["codings"], row["characters"]) == (1, 5)


def test_a_scope_leaves_out_columns_that_are_not_in_it(material):
    made = material(ROWS)
    how = Counting(sources=frozenset(["s2"]))
    found = cross(made, how, by_source(made), title="", all_title="All")
    assert [group.title for group in found.groups] == ["S2"]


def test_sources_of_one_name_stay_apart(material):
    made = material(ROWS)
    twice = [Group(one.id, "same", one.places) for one in by_source(made)]
    table = matrix_table(cross(made, Counting(), twice, title="", all_title="All"), made.tree, Measure.CODINGS)
    assert [column.id for column in table.columns][3:6] == ["same (s1)", "same (s2)", "same (s3)"]


def test_what_cannot_be_counted_is_said(material):
    made = material(ROWS)
    with pytest.raises(BadInput, match="no columns"):
        cross(made, Counting(), [], title="", all_title="")
    with pytest.raises(BadInput, match="Nothing is coded here"):
        cross(material([]), Counting(), by_source(made), title="", all_title="")
    with pytest.raises(BadInput, match="consensus of 3 needs"):
        cross(made, Counting(coders="consensus:3"), by_source(made), title="", all_title="")
    with pytest.raises(BadInput, match="column for each coder"):
        by_coder(made, Counting(coders=MERGED))


def test_a_source_that_a_coder_has_finished_counts_as_looked_at(material):
    made = replace(material(ROWS), done={"x": frozenset(["s3"])})
    found = cross(made, Counting(), by_source(made), title="", all_title="All")
    table = matrix_table(found, made.tree, Measure.COVERAGE)
    (row,) = rows_of(table, coders="Xenia", code="a > b")
    assert (row["S3"], row["all"]) == (0, 12)
    (row,) = rows_of(table, coders="Xenia", row="characters")
    assert (row["S3"], row["all"]) == (20, 60)
    (row,) = rows_of(table, coders="Yuri", row="characters")
    assert row["S3"] == 0
