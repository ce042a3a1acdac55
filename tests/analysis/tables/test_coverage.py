"""Coverage, uncoded and contradicting passages against a recount of every character."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.how import MERGED, Counting
from coder_app.analysis.tables.contradictions import contradictions, contradictions_table, pair, siblings
from coder_app.analysis.tables.coverage import coverage, coverage_table, uncoded, uncoded_table
from coder_app.analysis.tables.material import within
from coder_app.domain.errors import BadInput

TEXT = "One two three four."
SOURCES = ("s1", "s2")
ROW = st.builds(
    lambda source, start, length, code, coder: (source, start, min(19, start + length), code, coder),
    st.sampled_from(SOURCES),
    st.integers(0, 17),
    st.integers(1, 7),
    st.sampled_from("abcde"),
    st.sampled_from("xy"),
)
ROWS = st.lists(ROW, max_size=10)
ALL = Counting(coders=MERGED)


def make(material, rows):
    return material(rows, SOURCES, 19)


def over(rows, source, place):
    return {row[3] for row in rows if row[0] == source and row[1] <= place < row[2]}


def records(table):
    names = [column.id for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


@settings(max_examples=120, deadline=None)
@given(ROWS)
def test_every_character_has_as_many_codes_as_a_recount_says(material, rows):
    (found,) = coverage(make(material, rows), ALL)
    for line, source in zip(records(coverage_table(make(material, rows), ALL)), SOURCES, strict=True):
        depths = [len(over(rows, source, place)) for place in range(19)]
        strip = [0] * 19
        for start, stop, depth in found.strip(source):
            strip[start:stop] = [depth] * (stop - start)
        assert strip == depths
        assert line["characters"] == 19
        assert line["coded"] == sum(depth > 0 for depth in depths)
        assert (line["once"], line["twice"]) == (depths.count(1), depths.count(2))
        assert line["more"] == sum(depth > 2 for depth in depths)
        assert (line["most"], line["codes"]) == (
            max(depths),
            len(set().union(*(over(rows, source, n) for n in range(19)))),
        )
        bare = [n for n in range(19) if not depths[n]]
        runs = [[n for _, n in run] for _, run in groupby(enumerate(bare), lambda one: one[1] - one[0])]
        trimmed = [TEXT[run[0] : run[-1] + 1].strip() for run in runs]
        assert [TEXT[a:b] for a, b in uncoded(found, source, TEXT, [(0, 19)])] == [one for one in trimmed if one]


@settings(max_examples=80, deadline=None)
@given(ROWS, st.lists(st.integers(0, 19), max_size=6, unique=True))
def test_parts_of_a_source_are_recounted_character_by_character(material, rows, borders):
    borders = sorted(borders)[: len(borders) // 2 * 2]
    parts = tuple(zip(borders[::2], borders[1::2], strict=True))
    made = within(make(material, rows), {"s1": parts})
    inside = [place for start, stop in parts for place in range(start, stop)]
    depths = [len(over(made.codings.rows(), "s1", place)) for place in inside]
    for line in records(coverage_table(made, ALL)):
        assert (line["source"], line["characters"]) == ("S1", len(inside))
        assert [line[name] for name in ("coded", "once", "twice", "more")] == [
            sum(wanted(depth) for depth in depths)
            for wanted in (lambda n: n > 0, lambda n: n == 1, lambda n: n == 2, lambda n: n > 2)
        ]


def test_uncoded_passages_need_a_word_and_some_length(material):
    rows = [("s1", 0, 3, "a", "x"), ("s1", 8, 18, "a", "x")]
    found = records(uncoded_table(make(material, rows), ALL, lambda _: TEXT))
    assert [(row["source"], row["start"], row["stop"], row["words"]) for row in found] == [
        ("S1", 4, 7, 1),
        ("S2", 0, 19, 4),
    ]
    assert [row["source"] for row in records(uncoded_table(make(material, rows), ALL, lambda _: TEXT, least=4))] == [
        "S2"
    ]


def test_a_project_without_codings_is_one_uncoded_passage_per_source(material):
    assert len(records(uncoded_table(make(material, []), ALL, lambda _: TEXT))) == 2


def test_only_the_parts_in_scope_are_looked_at(material):
    made = within(make(material, [("s1", 0, 6, "a", "x"), ("s2", 0, 9, "a", "x")]), {"s1": ((4, 7), (8, 13))})
    (row,) = records(coverage_table(made, ALL))
    assert (row["characters"], row["coded"], row["share"]) == (8, 2, 0.25)
    (found,) = coverage(made, ALL)
    assert list(uncoded(found, "s1", TEXT, made.parts_of("s1"))) == [(6, 7), (8, 13)]


@settings(max_examples=120, deadline=None)
@given(ROWS)
def test_contradictions_are_where_two_branches_share_characters(material, rows):
    made = make(material, rows)
    found = contradictions(made, Counting(), [siblings(made.tree, "a")])
    branch = {"b": 1, "d": 1, "c": 2}
    for source in SOURCES:
        for place in range(19):
            here = {(row[3], row[4]) for row in rows if row[0] == source and row[1] <= place < row[2]}
            clash = {
                frozenset([one, two])
                for one in here
                for two in here
                if branch.get(one[0], 0) and branch.get(two[0], 0) and branch[one[0]] != branch[two[0]]
            }
            said = {
                frozenset([(one.code_a, one.coder_a), (one.code_b, one.coder_b)])
                for one in found
                if one.source_id == source and one.start <= place < one.stop
            }
            assert said == clash
    assert len(set(found)) == len(found)


def test_a_contradiction_says_who_and_what(material):
    rows = [("s1", 0, 10, "b", "x"), ("s1", 4, 13, "e", "x"), ("s1", 8, 19, "e", "y")]
    made = make(material, rows)
    table = contradictions_table(made, Counting(), [pair(made.tree, "b", "e")], lambda _: TEXT)
    first, second = records(table)
    assert (first["kind"], first["text"], first["code_a"], first["code_b"]) == ("one coder", "two th", "a > b", "e")
    assert (second["kind"], second["text"], second["coder_b"]) == ("two coders", "th", "Yuri")
    assert (table.settings["one_coder"], table.settings["two_coders"]) == ("1", "1")


def test_what_excludes_nothing_is_refused(material):
    made = make(material, [("s1", 0, 1, "a", "x")])
    with pytest.raises(BadInput, match="Name codes that exclude"):
        contradictions(made, Counting(), [])
    with pytest.raises(BadInput, match="fewer than two"):
        siblings(made.tree, "b")
    with pytest.raises(BadInput, match="stands above the other"):
        pair(made.tree, "a", "d")
    with pytest.raises(BadInput, match="consensus"):
        contradictions(made, Counting(coders="consensus:2"), [siblings(made.tree, "a")])
