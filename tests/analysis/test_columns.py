"""Codings as columns of numbers say what the rows say."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.analysis.columns import columned, joined, numbered
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.coded import CodedColumns, Digits
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

TREE = CodeTree(Code(code, None, code, "", code) for code in "abc")
SPAN = st.builds(
    CodedSpan,
    st.sampled_from(["s1", "s2", "s3"]),
    st.integers(0, 9),
    st.integers(10, 20),
    st.sampled_from("abx"),
    st.sampled_from(["u", "v"]),
)
SPANS = st.lists(SPAN, max_size=10)


@given(SPANS, SPANS)
def test_rows_come_back_as_they_were_also_when_they_were_read_in_two_parts(first, second):
    one = numbered(first, TREE)
    both = joined([one, numbered(second, TREE, one.ids)])
    assert one.rows() == first
    assert both.rows() == first + second
    assert len(both) == len(first + second)


@given(st.lists(SPANS, max_size=4), SPANS, st.permutations(range(-1, 6)), st.sampled_from([1, 1_000, 1 << 40]))
def test_columns_of_the_file_are_numbered_as_their_rows_are(portions, before, order, apart):
    """The file numbers its ids as it likes, with gaps."""
    names = [["s1", "s2", "s3", "s4"], ["a", "b", "c", "x"], ["u", "v", "w"]]
    sources, codes, coders = ({apart * order[at]: one for at, one in enumerate(some)} for some in names)
    of = {one: row for rows in (sources, codes, coders) for row, one in rows.items()}
    digits = [
        Digits(*(",".join(str(of.get(one, one)) for one in column) for column in zip(*spans, strict=True)))
        for spans in portions
        if spans
    ]
    known = numbered(before, TREE).ids
    found = columned(CodedColumns(sources, codes, coders, digits), TREE, known)
    expected = numbered([span for spans in portions for span in spans], TREE, known)
    assert found.rows() == expected.rows()
    assert found.ids == expected.ids
    assert known == numbered(before, TREE).ids


@given(SPANS, st.sets(st.sampled_from(["s1", "s2", "s9"])), st.sets(st.sampled_from("ax?")))
def test_rows_are_chosen_by_source_code_and_coder(spans, sources, codes):
    codings = numbered(spans, TREE)
    assert codings.where(codings.within(sources)).rows() == [span for span in spans if span.source_id in sources]
    assert codings.where(codings.under(codes)).rows() == [span for span in spans if span.code_id in codes]
    assert codings.where(codings.by("u")).rows() == [span for span in spans if span.coder_id == "u"]
    assert not codings.by("nobody").any()


@given(SPANS)
def test_uses_are_counted_for_the_codes_that_have_any(spans):
    assert numbered(spans, TREE).uses() == {
        code: n for code in "abcx" if (n := sum(span.code_id == code for span in spans))
    }


def test_numbers_given_out_stay_when_others_are_added():
    first = numbered([], TREE).ids
    later = numbered([CodedSpan("s", 0, 1, "new", "u")], TREE, first).ids
    assert first.codes == {"a": 0, "b": 1, "c": 2}
    assert later.codes == {"a": 0, "b": 1, "c": 2, "new": 3}
