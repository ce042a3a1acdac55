import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.queries.search import SearchOptions, find_in, search


def found(small, query, **options):
    return [(hit.source, hit.text) for hit in search(small.project, query, SearchOptions(**options))]


def test_hits_come_in_the_order_of_sources_and_places_with_context(small):
    hits = list(search(small.project, "trusted", context=4))
    assert [(hit.source, hit.start, hit.stop, hit.before, hit.text, hit.after) for hit in hits] == [
        ("One.txt", 3, 10, "We ", "trusted", " the"),
        ("One.txt", 46, 53, "ody\t", "trusted", " THE"),
    ]


def test_case_does_not_matter(small):
    assert found(small, "them") == [("One.txt", "them"), ("One.txt", "THEM")]
    assert found(small, "CLAN") == [("Two.txt", "Clan"), ("One.txt", "clan")]


def test_whole_words_leave_out_longer_ones_unless_told_otherwise(small):
    assert [text for _, text in found(small, "clan")] == ["Clan", "clan"]
    assert [text for _, text in found(small, "clan", whole_words=False)] == ["Clan", "clan", "clan", "clan"]


def test_any_white_space_between_words_fits(small):
    assert found(small, "nobody trusted") == [("One.txt", "Nobody\ttrusted")]
    assert found(small, "  naïve \n and ") == [("Two.txt", "naïve and")]
    assert found(small, "came. nobody") == [("One.txt", "came.\nNobody")]


def test_an_accent_is_part_of_the_word(small):
    assert found(small, "açyk SÖZ") == [("Two.txt", "Açyk söz")]
    assert found(small, "naive") == []
    assert found(small, "na") == [], "a combining accent goes on with the word"


@pytest.mark.parametrize(
    ("text", "word", "hits"),
    [
        ("हिन्दी भाषा", "हिन्द", 0),
        ("हिन्दी भाषा", "हिन्दी", 1),
        ("中国人权问题", "人权", 1),
        ("ภาษาไทยดี", "ไทย", 1),
        ("права человека", "прав", 0),
        ("one_two", "one", 0),
        ("ba a a", "a a", 1),
        ("x2 2x", "2", 0),
    ],
)
def test_words_are_whole_in_every_script(text, word, hits):
    assert len(find_in(text, word, whole_words=True)) == hits


def test_signs_are_searched_as_they_are(small):
    assert [text for _, text in found(small, ".")] == ["."] * 5
    assert found(small, "🙂") == [("One.txt", "🙂")]
    assert found(small, "them.") == [("One.txt", "them.")]
    for pattern in ("(", "[a-z]+", ".*", "\\b", "^"):
        assert found(small, pattern) == []


@pytest.mark.parametrize("word", ["Café", "résumé", "ещё", "이웃", "Ångström", "\u212bngström", "x\u0302y"])
@pytest.mark.parametrize("query_form", ["NFC", "NFD"])
@pytest.mark.parametrize("text_form", ["NFC", "NFD"])
def test_an_accented_letter_is_the_same_in_one_piece_or_in_two(word, query_form, text_form):
    written = unicodedata.normalize(text_form, word)
    query = unicodedata.normalize(query_form, word)
    assert find_in(f"a {written} b", query) == [(2, 2 + len(written))]
    assert find_in(f"a {written.upper()} b {written}s", query, whole_words=True) == [(2, 2 + len(written.upper()))]
    assert find_in(f"a {word} b", word) == [(2, 2 + len(word))]


@pytest.mark.parametrize("query", ["", "   ", "\n\t"])
def test_an_empty_query_finds_nothing(query, small):
    assert found(small, query) == []
    assert find_in("abc", query) == []


@given(st.text("ab é\n", max_size=30), st.text("abé", min_size=1, max_size=3))
def test_what_find_in_returns_is_the_query_at_that_place(text, query):
    places = find_in(text, query)
    assert all(text[start:stop].casefold() == query.casefold() for start, stop in places)
    assert bool(places) == (query in text)
