import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.analysis.stop_words import LANGUAGES, stop_words
from coder_app.analysis.words import Counting, normal, occurrences, tally, words_by_source_table, words_table
from coder_app.domain.errors import BadInput
from coder_app.domain.text import count_words as number_of_words

TEXTS = [
    ("1", "Trust, trust and TRUST! The state’s 2 co-operation."),
    ("2", "No trust in the state's nai\u0308ve 2019 plan."),
]


KEYS = [key for key, _ in TEXTS]


def counted(**options):
    counting = Counting(**options)
    rows = tally(TEXTS).totals(KEYS, match_case=counting.match_case)
    return {row.word: row.times for row in rows if counting.takes(row)}


def test_words_are_counted_in_any_case_and_spelling():
    assert counted() == {
        "trust": 4, "state's": 2, "the": 2, "and": 1, "co-operation": 1, "in": 1, "naïve": 1, "no": 1, "plan": 1,
    }  # fmt: skip


def test_case_and_numbers_count_where_they_are_asked_for():
    found = counted(match_case=True, numbers=True)
    assert (found["Trust"], found["TRUST"], found["trust"]) == (1, 1, 2)
    assert (found["2"], found["2019"]) == (1, 1)


def test_the_most_frequent_come_first_with_the_sources_that_have_them():
    assert tally(TEXTS).totals(KEYS)[:3] == [("trust", 4, 2), ("state's", 2, 2), ("the", 2, 2)]


def test_short_rare_and_stop_words_are_left_out():
    stop = stop_words(["en"])
    assert list(counted(stop=stop, min_length=5)) == ["trust", "state's", "co-operation", "naïve"]
    assert list(counted(stop=stop, min_count=2)) == ["trust", "state's"]
    assert "The" not in counted(stop=stop, match_case=True)


def test_texts_are_forgotten_and_some_may_be_counted_alone():
    made = tally(TEXTS)
    assert made.totals(["2"])[0] == ("2019", 1, 1)
    assert made.running(["2"]) == 8
    made.keep(["2"])
    assert ("1" in made, "2" in made) == (False, True)


def test_a_text_that_two_sources_share_counts_twice():
    assert tally(TEXTS).totals(["1", "1"])[0] == ("trust", 6, 2)


def test_a_word_is_found_in_all_its_spellings_and_nowhere_else():
    made = tally(TEXTS)
    forms = made.forms(["state's", "naïve"])
    assert forms == {"state’s", "state's", "nai\u0308ve"}
    assert made.having(made.forms(["co-operation"]), KEYS) == ["1"]
    assert [text_at(1, span) for span in occurrences(TEXTS[1][1], forms) if span[0] < span[1]] == [
        "state's",
        "nai\u0308ve",
    ]
    assert not any(start < stop for start, stop in occurrences("a state'ship, coNaive", forms))


def text_at(number, span):
    return TEXTS[number][1][slice(*span)]


def test_the_table_says_how_often_in_a_thousand():
    made = tally([("1", "a b a c")])
    table = words_table(made.totals(["1"]), made.running(["1"]), {"Stop lists": "-"})
    assert [column.id for column in table.columns] == ["word", "count", "sources", "per_thousand"]
    assert table.rows == (("a", 2, 1, 500.0), ("b", 1, 1, 250.0), ("c", 1, 1, 250.0))
    assert table.settings == {"Stop lists": "-"}
    assert words_table([], 0).rows == ()


def test_the_table_by_source_has_a_row_for_each_source_that_has_a_word():
    made = tally([("1", "a b"), ("2", "a A")])
    found = {key: made.count_in(key) for key in ("1", "2")}
    table = words_by_source_table(made.totals(["1", "2"]), found, {"1": "One", "2": "Two"})
    assert table.rows == (("a", "One", 1, "1"), ("a", "Two", 2, "2"), ("b", "One", 1, "1"))


@given(st.lists(st.text("abAé' -7\n", max_size=30), max_size=4))
def test_totals_are_the_sums_of_the_texts_and_each_word_is_found_as_often_as_it_is_counted(texts):
    keyed = [(str(number), text) for number, text in enumerate(texts)]
    made = tally(keyed)
    rows = made.totals(dict(keyed))
    assert sum(row.times for row in rows) == made.running(dict(keyed)) == sum(map(number_of_words, texts))
    for row in rows:
        forms = made.forms([row.word])
        found = [sum(start < stop for start, stop in occurrences(text, forms)) for text in texts]
        assert (sum(found), sum(map(bool, found))) == (row.times, row.sources)
        assert made.having(forms, dict(keyed)) == [key for key, n in zip(dict(keyed), found, strict=True) if n]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stop_list_holds_words_as_they_are_counted(language):
    words = stop_words([language])
    assert 100 <= len(words) <= 300
    assert {word for word in words if normal(word) != word} == set()


def test_stop_lists_can_be_joined_and_unknown_ones_are_refused():
    assert stop_words(["en", "ru"]) == stop_words(["en"]) | stop_words(["ru"])
    assert stop_words([]) == frozenset()
    with pytest.raises(BadInput, match="xx"):
        stop_words(["xx"])
