import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.queries.search_match import finder
from coder_app.queries.search_query import All, Either, Near, Phrase, QueryProblem, Without, has_operators, parse


def words(*several: str) -> tuple[Phrase, ...]:
    return tuple(Phrase((word,)) for word in several)


A, B, C = words("a", "b", "c")


@pytest.mark.parametrize(
    "query", ["trust", "(b)", "them. Then", "5 * 3", "***", "Either and or not", "near(a b)", "a,b"]
)
def test_a_query_without_operators_is_taken_as_it_stands(query):
    several = tuple(query.split())
    assert parse(query) == Phrase(several, across=len(several) > 1)


@pytest.mark.parametrize("query", ["AND", "NOT", " OR ", "AND OR NOT"])
def test_operators_alone_are_words(query):
    assert isinstance(parse(query), Phrase)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ('"a b"', Phrase(("a", "b"))),
        ("a*", Phrase(("a",), starts=True)),
        ('"a b"*', Phrase(("a", "b"), starts=True)),
        ("a AND b", All((A, B))),
        ('a b "c"', All((A, B, C))),
        ("a OR b c*", Either((A, All((B, Phrase(("c",), starts=True)))))),
        ("a OR b AND c", Either((A, All((B, C))))),
        ("(a OR b) AND c", All((Either((A, B)), C))),
        ("a NOT b", Without(A, B)),
        ("a AND NOT b", Without(A, B)),
        ("a NOT b NOT c d", Without(All((A, Phrase(("d",)))), Either((B, C)))),
        ("NEAR(a b)", Near((A, B), 10)),
        ("NEAR( a b, 3 )", Near((A, B), 3)),
        ('NEAR("a b" c ,0)', Near((Phrase(("a", "b")), C), 0)),
        ("NEAR(a, b, 2)", Near((Phrase(("a,",)), B), 2)),
    ],
)
def test_operators_are_read_with_not_before_and_before_or(query, meant):
    assert parse(query) == meant


def test_operators_can_be_turned_off():
    assert parse('"a" OR b', operators=False) == Phrase(('"a"', "OR", "b"), across=True)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ('trust "state', 6),
        ("a OR", 4),
        ("OR a", 0),
        ("a AND OR b", 6),
        ("NOT a", 0),
        ("a AND (NOT b)", 7),
        ("(a OR b", 0),
        ("a OR b)", 6),
        ('a ""', 2),
        ("a AND ()", 7),
        ("NEAR(a)", 0),
        ("NEAR(a (b OR c))", 7),
        ("NEAR(a b", 0),
        ("(" * 41 + "a" + ")" * 41 + " OR b", 40),
    ],
)
def test_an_error_points_at_the_place(query, place):
    with pytest.raises(QueryProblem, match=f"character {place + 1}:") as caught:
        parse(query)
    assert caught.value.place == place


@given(st.lists(st.sampled_from(["a", "AND", "OR", "NOT", "NEAR(", "(", ")", '"', "b*", ", 3)", ","])).map(" ".join))
def test_any_query_is_read_or_refused_in_words(query):
    refused = ""
    try:
        parse(query)
    except BadInput as problem:
        refused = str(problem)
    assert not refused or refused.endswith(".")


def hits(query: str, text: str, **options: bool) -> list[str]:
    how = {"match_case": False, "match_accents": True, "whole_words": True} | options
    wanted = parse(query)
    assert wanted is not None
    return [text[start:stop] for start, stop in finder(wanted, **how)(text, 0, len(text))]


TEXT = "The state trusts nobody; people trust the old State of things."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("trust AND state", ["state", "trust", "State"]),
        ("trust NOT state", []),
        ("people NOT clan", ["people"]),
        ("clan OR people", ["people"]),
        ("trust*", ["trusts", "trust"]),
        ('"the state"', ["The state"]),
        ('"the st"*', ["The state"]),
        ("NEAR(trust state, 2)", ["trust the old State"]),
        ("NEAR(trust state, 1)", []),
        ("NEAR(state state, 10)", ["state trusts nobody; people trust the old State"]),
        ("NEAR(trust state nobody)", ["state trusts nobody; people trust"]),
        ("(state OR clan) AND (people NOT clan)", ["state", "people", "State"]),
    ],
)
def test_an_expression_gives_the_words_that_fulfil_it(query, found):
    assert hits(query, TEXT) == found


def test_case_counts_where_it_is_to():
    assert hits("State", TEXT, match_case=True) == ["State"]
    assert hits("trust NOT state", "Trust the State", match_case=False) == []
    assert hits("Trust NOT state", "Trust the State", match_case=True) == ["Trust"]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("naive", "naïve, nai\u0308ve, NAIVE", ["naïve", "nai\u0308ve", "NAIVE"]),
        ("naïve", "naive", ["naive"]),
        ("strasse", "Straße", ["Straße"]),
        ("s", "ß", []),
        ("nai*", "naïvete\u0301 et", ["naïvete\u0301"]),
        ("محمد", "قال مُحَمَّد", ["مُحَمَّد"]),
        ("ещё", "Еще раз", ["Еще"]),
        ("\u0301", "e\u0301", []),
    ],
)
def test_accents_are_passed_over_where_they_are_to(query, text, found):
    assert hits(query, text, match_accents=False) == found


def test_accents_are_passed_over_while_case_counts():
    assert hits("Ete", "été Été ÉTÉ", match_accents=False, match_case=True) == ["Été"]


@pytest.mark.parametrize("query", ['"a b"', "a AND b", "NOT a", "trust*", "NEAR(a b)"])
def test_a_query_says_whether_it_has_operators(query):
    assert has_operators(query)
    assert not has_operators(query.lower().replace('"', "").replace("*", ""))
