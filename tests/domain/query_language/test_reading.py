import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.reading import DEEPEST, parse
from coder_app.domain.query_language.tree import (
    FAR,
    All,
    Below,
    Coded,
    Distance,
    Either,
    Every,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Saved,
    Unit,
    Where,
    Without,
)
from coder_app.domain.query_language.writing import write

TRUST, FEAR, ANGER = Coded("Trust"), Coded("Fear"), Coded("Anger")
PARAGRAPH = Distance(1, Unit.PARAGRAPHS)


def test_the_query_of_the_manual_is_read_as_it_is_meant() -> None:
    found = parse("Trust NEAR(1 paragraph) (Fear OR Anger) AND NOT coder:A")

    near = Placed(TRUST, Lies.NEAR, Either((FEAR, ANGER)), PARAGRAPH)
    assert found == All((near, Without(Where("coder", "A"))))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Trust OR Fear AND Anger", Either((TRUST, All((FEAR, ANGER))))),
        ("Trust XOR Fear OR Anger", Either((OnlyOne((TRUST, FEAR)), ANGER))),
        ("Trust AND Fear XOR Anger", OnlyOne((All((TRUST, FEAR)), ANGER))),
        ("Trust AND Fear AND Anger", All((TRUST, FEAR, ANGER))),
        ("(Trust AND Fear) AND Anger", All((All((TRUST, FEAR)), ANGER))),
        ("NOT Trust WITHIN Fear", Without(Placed(TRUST, Lies.WITHIN, FEAR))),
        ("NOT NOT Trust", Without(Without(TRUST))),
        ("Trust WITHIN NOT Fear", Placed(TRUST, Lies.WITHIN, Without(FEAR))),
        ("Trust WITHIN Fear NEAR Anger", Placed(Placed(TRUST, Lies.WITHIN, FEAR), Lies.NEAR, ANGER)),
        ("Trust FOLLOWS(0 words) Fear", Placed(TRUST, Lies.FOLLOWS, FEAR, Distance(0, Unit.WORDS))),
        ("Trust NEAR (1984 OR Fear)", Placed(TRUST, Lies.NEAR, Either((Coded("1984"), FEAR)))),
        ("Loss of trust AND Fear", All((Coded("Loss of trust"), FEAR))),
        ("Trust and fear", Coded("Trust and fear")),
        ("State >Trust+", Coded("State > Trust", Below.WITH)),
        ('"A AND B"/*', Coded("A AND B", Below.ONLY)),
        ("“Trust” OR „Fear“", Either((TRUST, FEAR))),
        (r'"say \"yes\" \\"', Coded('say "yes" \\')),
        ("* AND coder:Ann Smith", All((Every(), Where("coder", "Ann Smith")))),
        ("source:Int*", Where("source", "Int*")),
        ("SOURCE:a:b", Where("source", "a:b")),
        ('variable:"Age group">=30', Where("variable", "30", ">=", "Age group")),
        ("variable:Region!=North", Where("variable", "North", "!=", "Region")),
        ("variable:Region ~ nor", Where("variable", "nor", "~", "Region")),
        ("variable:Region", Where("variable", "", "", "Region")),
        ("made:2026-01", Where("made", "2026-01")),
        ("made:>=2026-01-01", Where("made", "2026-01-01", ">=")),
        ('query:"My query"', Saved("My query")),
        ("\n Trust\n\tAND\nFear ", All((TRUST, FEAR))),
    ],
)
def test_a_query_is_read_with_its_precedence(text: str, tree: Query) -> None:
    assert parse(text) == tree
    assert parse(write(tree)) == tree


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "^", "empty"),
        ("Trust AND", "         ^", "missing behind AND"),
        ("AND Trust", "^^^", "in front"),
        ("Trust OR OR Fear", "         ^^", "missing behind OR"),
        ("(Trust", "^", "never closed"),
        ("Trust)", "     ^", "closes nothing"),
        ("()", " ^", "in front"),
        ("Trust (Fear)", "      ^", "operator is missing"),
        ('"Trust', "^", "no partner"),
        ("Trust” OR", "     ^", "no partner"),
        ("Trust NEAR(-1 words) Fear", "          ^^^^^^^^^^", "whole number from 0"),
        ("Trust NEAR(1.5 words) Fear", "          ^^^^^^^^^^^", "whole number from 0"),
        ("Trust NEAR(99999999999 words) Fear", "          ^^^^^^^^^^^^^^^^^^^", "whole number"),
        ("Trust NEAR(1 wrod) Fear", "          ^^^^^^^^", "Did you mean “word”"),
        ("Trust NEAR(1) Fear", "          ^^^", "unit is missing"),
        ("Trust WITHIN(1 word) Fear", "            ^^^^^^^^", "takes no distance"),
        ("codr:A", "^^^^^", "Did you mean “coder:”"),
        ("coder:", "^^^^^^", "value is missing"),
        ("coder:<A", "      ^", "is not compared"),
        ("made:yesterday", "     ^^^^^^^^^", "2026-01-31"),
        ("made:>=2026-13-01", "       ^^^^^^^^^^", "2026-01-31"),
        ("made:2026-02-30", "     ^^^^^^^^^^", "2026-01-31"),
        ("Trust >", "       ^", "sub-code is missing"),
        ("Trust + +", "        ^", "operator is missing"),
        ('""', "^^", "no name"),
        ("Trust\nAND )", "    ^", "missing behind AND"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, place: str, words: str) -> None:
    with pytest.raises(QueryMistake) as caught:
        parse(text)

    assert words in caught.value.words
    assert str(caught.value).splitlines()[-1] == "  " + place


def test_groups_in_one_another_have_an_end() -> None:
    assert parse("(" * (DEEPEST - 1) + "Trust" + ")" * (DEEPEST - 1)) == TRUST
    for text in ("(" * 5000 + "Trust" + ")" * 5000, "NOT " * 5000 + "Trust", "Trust WITHIN " + "NOT " * 5000 + "Fear"):
        with pytest.raises(QueryMistake, match="stand in one another"):
            parse(text)


NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(lambda name: bool(name.strip())),
    st.sampled_from(["Trust", "Loss of trust", "A > B", "AND", "not NEAR", "+", "a/*", "*", "a:b", 'say "no"', "\\"]),
).map(lambda name: " > ".join(one.strip() for one in name.split(">") if one.strip()) or "x")
LEAVES = st.one_of(
    st.builds(Every),
    st.builds(Coded, NAMES, st.sampled_from(Below)),
    st.builds(Saved, NAMES),
    st.builds(Where, st.sampled_from(["coder", "source", "folder", "case", "set", "memo", "text"]), NAMES),
    st.builds(Where, st.just("variable"), NAMES, st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "~"]), NAMES),
    st.builds(Where, st.just("variable"), st.just(""), st.just(""), NAMES),
    st.builds(Where, st.just("made"), st.just("2026-01"), st.sampled_from(["=", "!=", "<", ">="])),
)
DISTANCES = st.one_of(st.none(), st.builds(Distance, st.integers(0, 99), st.sampled_from(Unit)))


def grown(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(All, some),
        st.builds(Either, some),
        st.builds(OnlyOne, some),
        st.builds(Without, inner),
        st.builds(Placed, inner, st.sampled_from(sorted(set(Lies) - FAR)), inner),
        st.builds(Placed, inner, st.sampled_from(sorted(FAR)), inner, DISTANCES),
    )


QUERIES: st.SearchStrategy[Query] = st.recursive(LEAVES, grown, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(QUERIES)
def test_what_is_written_reads_back_as_the_same(query: Query) -> None:
    assert parse(write(query)) == query


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["Trust", "AND", "NOT", "(", ")", "NEAR", "(1 word)", "+", ">", '"', "coder:", "*", "="]))
)
def test_any_words_are_a_query_or_a_mistake_with_a_place(words: list[str]) -> None:
    text = " ".join(words)
    try:
        query = parse(text)
    except QueryMistake as mistake:
        start, stop = mistake.at
        is_place = 0 <= start <= stop <= len(text)
    else:
        is_place = parse(write(query)) == query
    assert is_place
