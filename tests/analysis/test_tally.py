"""A table that follows the codings is the table that a fresh count gives, whatever has changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.columns import numbered
from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.spans import CodedSpan
from coder_app.analysis.tally import tally
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

PARENTS = {"a": None, "b": "a", "c": "a", "d": "b", "e": None}
UNITS = {"s1": [(0, 4), (5, 9), (9, 20)], "s2": [(0, 2), (2, 20)], "s3": [(0, 20)]}
OTHER_UNITS = {"s1": [(0, 20)], "s2": [(0, 7), (8, 20)], "s3": []}
MODES = [(mode, Unit.PARAGRAPH) for mode in Mode] + [(Mode.UNITS, Unit.DOCUMENT)]
MARKS = {source: [start for start, _ in units] for source, units in UNITS.items()}
POLICIES = ["each", MERGED, "y", "consensus:2"]


def tree_of(codes) -> CodeTree:
    return CodeTree(Code(code, PARENTS[code], code, "", code) for code in sorted(codes))


def spans_in(source: str):
    return st.lists(
        st.builds(
            lambda start, length, code, coder: CodedSpan(source, start, start + length, code, coder),
            st.integers(0, 12),
            st.integers(1, 6),
            st.sampled_from(sorted(PARENTS)),
            st.sampled_from(["x", "y", "z"]),
        ),
        max_size=7,
    )


PROJECT = st.fixed_dictionaries({source: spans_in(source) for source in UNITS})
EDIT = st.sampled_from(sorted(UNITS)).flatmap(lambda source: st.tuples(st.just(source), spans_in(source)))


def told(result):
    """All numbers of a table, in an order that does not depend on how codes are numbered inside."""
    return [
        (
            block.coders,
            block.coder_id,
            block.codes,
            block.redundant,
            {code: (block.n(code), block.own.get(code, 0)) for code in block.codes},
            block.counts.total,
            block.by_unit and (block.by_unit.n, block.by_unit.total),
            {
                (code, other): (block.n_ab(code, other), block.unit_ab(code, other), block.unit_jaccard(code, other))
                for code in block.codes
                for other in block.codes
                if code != other
            },
        )
        for block in result.blocks
    ]


def table_of(make, *arguments, **options):
    """The numbers of a table, or the sentence that refuses it."""
    try:
        return told(make(*arguments, **options))
    except BadInput as error:
        return str(error)


@pytest.mark.parametrize("coders", POLICIES)
@pytest.mark.parametrize(("mode", "unit"), MODES)
@given(before=PROJECT, edits=st.lists(EDIT, max_size=4), roll_up=st.booleans(), narrow=st.booleans())
@settings(max_examples=12, deadline=None)
def test_following_gives_what_a_fresh_count_gives(mode, unit, coders, before, edits, roll_up, narrow):
    scope = {"sources": frozenset({"s1", "s3"}), "codes": frozenset("abe")} if narrow else {}
    how = Counting(mode, unit, coders, roll_up, **scope)
    tree = tree_of(PARENTS)
    live = tally(
        numbered((span for spans in before.values() for span in spans), tree), tree, how, units=UNITS, marks=MARKS
    )
    now, units = dict(before), dict(UNITS)
    for source, spans in edits:
        now[source] = spans
        units = units | {source: OTHER_UNITS[source]}
        fresh = [span for spans in now.values() for span in spans]
        live = live.followed({source}, numbered(fresh, tree, live.codings.ids), tree, units=units, marks=MARKS)
        wanted = table_of(cooccurrence, fresh, tree, how, units=units, marks=MARKS)
        assert table_of(live.table, {}) == wanted


def test_a_code_may_come_and_another_go_while_a_table_is_followed():
    first, later = tree_of("abd"), tree_of("abe")
    live = tally(numbered([CodedSpan("s1", 0, 5, "d", "x"), CodedSpan("s2", 0, 5, "a", "x")], first), first, Counting())
    now = [CodedSpan("s1", 0, 5, "e", "x"), CodedSpan("s1", 2, 7, "b", "x")]
    live = live.followed({"s1"}, numbered(now, later, live.codings.ids), later)
    (block,) = live.table({}).blocks
    assert block.codes == ("a", "b", "e")
    assert block.n_ab("e", "b") == 1
    assert block.n("d") == 0


def test_a_table_that_has_been_followed_stays_as_it_was():
    tree = tree_of(PARENTS)
    live = tally(numbered([CodedSpan("s1", 0, 5, "a", "x"), CodedSpan("s1", 2, 5, "e", "x")], tree), tree, Counting())
    empty = live.followed({"s1"}, numbered([], tree, live.codings.ids), tree)
    assert empty.table({}).blocks == ()
    assert live.table({}).blocks[0].n_ab("a", "e") == 1
