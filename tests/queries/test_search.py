import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.queries.search import SearchOptions, find_in, search
from coder_app.queries.search_match import FURTHER_FORMS, finder
from coder_app.queries.search_query import parse


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


def test_the_letters_beyond_ascii_that_are_forms_of_letters_of_ascii_are_all_known():
    beyond = "".join(map(chr, range(128, 0x110000)))
    forms = {form for code in range(128) for form in re.findall(re.escape(chr(code)), beyond, re.IGNORECASE)}
    assert forms == set(FURTHER_FORMS)


@given(
    st.text("aAsSkKiIe1?-_ \nıİſ\u212aéÉ’中🙂", max_size=25),
    st.text("asSkKi1?-_éſ", min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
    st.integers(0, 8),
)
def test_a_word_is_found_wherever_a_pattern_finds_it(text, word, match_case, whole_words, start):
    wanted = parse(word, operators=False)
    stop = max(start, len(text) - 2)
    find = finder(wanted, match_case=match_case, match_accents=True, whole_words=whole_words)
    pattern = re.compile(re.escape(word), re.NOFLAG if match_case else re.IGNORECASE)
    expected, at = [], start
    while match := pattern.search(text, at, stop):
        cut = any(0 < end < len(text) and joins(text[end - 1]) and joins(text[end]) for end in match.span())
        expected += [] if whole_words and cut else [match.span()]
        at = match.start() + 1 if whole_words and cut else match.end()
    assert find(text, start, stop) == expected


def joins(character):
    return (character == "_" or unicodedata.category(character)[0] in "LMN") and character != "中"
