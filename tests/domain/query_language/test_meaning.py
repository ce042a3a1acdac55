import pytest

from coder_app.domain.model import Code
from coder_app.domain.query_language.meaning import Book, SavedQuery, as_named_today, meant, references
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.domain.query_language.tree import All, Bound, Query, walk
from coder_app.domain.tree import CodeTree

CODES = (
    Code("t", None, "Trust", "", "a"),
    Code("d", "t", "Distrust", "", "a"),
    Code("s", None, "State", "", "b"),
    Code("st", "s", "Trust", "", "a"),
    Code("sc", "s", "Clan", "", "b"),
    Code("tc", "t", "Clan", "", "b"),
    Code("x", None, "A > B", "", "c"),
    Code("l", None, "law", "", "d"),
    Code("u", None, "LAW", "", "e"),
)
NAMES = {
    "coder": [("1", "Ann"), ("2", "Anna"), ("3", "Ben*")],
    "source": [("one", "Interview 1"), ("two", "Interview 2"), ("again", "Notes"), ("other", "notes")],
    "folder": [("Field", "Field"), ("Field/2024", "Field/2024"), ("Fields", "Fields")],
}


def book(*saved: SavedQuery, codes: tuple[Code, ...] = CODES) -> Book:
    return Book(CodeTree(codes), NAMES, saved)


def ids(text: str, known: Book | None = None, refers: dict[str, str] | None = None) -> list[set[str]]:
    return [set(part.ids) for part in walk(meant(text, known or book(), refers)) if isinstance(part, Bound)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("trust", {"t"}),
        ("State > Trust", {"st"}),
        ("distrust", {"d"}),
        ("state>clan", {"sc"}),
        ("tc", {"tc"}),
        ('"A > B"', {"x"}),
        ("law", {"l"}),
        ("LAW", {"u"}),
        ("Trust+", {"t", "d", "tc"}),
        ("Trust/*", {"d", "tc"}),
        ("coder:ann", {"1"}),
        ("coder:Ann*", {"1", "2"}),
        ("coder:Ben*", {"3"}),
        ("source:interview*", {"one", "two"}),
        ("source:notes", {"other"}),
        ("folder:field", {"Field", "Field/2024"}),
    ],
)
def test_names_are_looked_up(text: str, codes: set[str]) -> None:
    assert ids(text) == [codes]


@pytest.mark.parametrize(
    ("text", "words", "carets"),
    [
        ("Trust AND Trsut", "no code “Trsut”. Did you mean “Trust”", "            ^^^^^"),
        ("Clan", "any of 2 codes: “Trust > Clan”, “State > Clan”", "  ^^^^"),
        ("Law", "any of 2 codes", "  ^^^"),
        ("Trust and clan", "Operators are written in capitals: AND", "  ^^^^^^^^^^^^^^"),
        ("* AND coder:Bill", "no coder “Bill”", "        ^^^^^^^^^^"),
        ("source:x*", "no source “x*”", "  ^^^^^^^^^"),
        ("source:NOTES", "any of 2", "  ^^^^^^^^^^^^"),
        ("variable:Age>3", "no variable “Age”", "  ^^^^^^^^^^^^^^"),
        ("query:Q", "no saved query “Q”", "  ^^^^^^^"),
        ("folder:Fiel", "no folder “Fiel”. Did you mean “Field”", "  ^^^^^^^^^^^"),
    ],
)
def test_names_that_are_unknown_or_mean_several_things_are_pointed_at(text: str, words: str, carets: str) -> None:
    with pytest.raises(QueryMistake) as caught:
        meant(text, book())
    assert words in caught.value.words
    assert caught.value.shown().splitlines()[1] == carets


def saved(query_id: str, name: str, text: str, **refers: str) -> SavedQuery:
    return SavedQuery(query_id, name, text, {key.replace("_", ":"): one for key, one in refers.items()})


def test_a_saved_query_stands_in_its_place() -> None:
    known = book(saved("q1", "First", "Trust AND Distrust"), saved("q2", "Second", "NOT query:first"))

    found = meant("query:Second OR Distrust", known)

    assert [set(part.ids) for part in walk(found) if isinstance(part, Bound)] == [{"t"}, {"d"}, {"d"}]
    assert any(isinstance(part, All) for part in walk(found))


def test_a_circle_of_queries_is_refused_however_long() -> None:
    known = book(*(saved(f"q{n}", f"Q{n}", f"Trust OR query:Q{(n + 1) % 3}") for n in range(3)))
    with pytest.raises(QueryMistake, match="refer to itself, by way of “Q0”, “Q1”, “Q2”"):
        meant("query:Q0", known)


def test_queries_that_refer_to_one_another_grow_no_further_than_can_be_worked_out() -> None:
    laughing = [saved(f"q{n}", f"Q{n}", f"query:Q{n - 1} OR query:Q{n - 1}" if n else "Trust") for n in range(30)]
    with pytest.raises(QueryMistake, match="Too many"):
        meant("query:Q29", book(*laughing))


def test_a_mistake_within_a_saved_query_names_it() -> None:
    with pytest.raises(QueryMistake, match="“First” cannot be used: There is no code “Gone”"):
        meant("Trust OR query:First", book(saved("q1", "First", "Gone")))


def test_what_names_meant_when_they_were_saved_holds_after_renaming() -> None:
    text = 'Trust+ AND coder:Ann OR "State > Clan"'
    refers = references(text, book())
    assert refers == {"code:Trust": "t", "coder:Ann": "1", "code:State > Clan": "sc"}

    renamed = (Code("t", None, "Faith", "", "a"), *CODES[1:], Code("new", None, "Trust", "", "z"))
    known = book(codes=renamed)

    assert ids(text, known, refers) == [{"t", "d", "tc"}, {"1"}, {"sc"}]
    assert as_named_today(text, known, refers) == "Faith+ AND coder:Ann OR State > Clan"
    assert as_named_today("Trust AND (", known, refers) == "Trust AND ("


def test_a_name_that_means_several_things_today_is_shown_as_a_path_or_an_id() -> None:
    twin = (*CODES, Code("d2", "s", "Distrust", "", "z"), Code("s2", None, "State", "", "z"))
    known = book(codes=twin)
    assert as_named_today("Distrust AND State", known, {"code:Distrust": "d", "code:State": "s2"}) == (
        "Trust > Distrust AND s2"
    )


def test_what_is_gone_is_looked_up_by_its_name_again() -> None:
    query: Query = meant("Trust", book(), {"code:Trust": "gone"})
    assert isinstance(query, Bound)
    assert query.ids == {"t"}
