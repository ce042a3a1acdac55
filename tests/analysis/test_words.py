import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.analysis.stop_words import LANGUAGES, stop_words
from coder_app.analysis.words import count_words, normal, words_by_source_table, words_table
from coder_app.domain.errors import BadInput
from coder_app.domain.text import count_words as number_of_words

TEXTS = [
    ("1", "Trust, trust and TRUST! The state’s 2 co-operation."),
    ("2", "No trust in the state's nai\u0308ve 2019 plan."),
]


def counted(**options):
    return {word: count for word, count, _ in count_words(TEXTS, **options).totals()}


def test_words_are_counted_in_any_case_and_spelling():
    assert counted() == {
        "trust": 4, "state's": 2, "the": 2, "and": 1, "co-operation": 1, "in": 1, "naïve": 1, "no": 1, "plan": 1,
    }  # fmt: skip


def test_the_most_frequent_come_first_with_the_sources_that_have_them():
    assert count_words(TEXTS).totals()[:3] == [("trust", 4, 2), ("state's", 2, 2), ("the", 2, 2)]


def test_short_words_and_stop_words_are_left_out_but_count_as_running_words():
    counts = count_words(TEXTS, stop=stop_words(["en"]), min_length=5)
    assert [word for word, _, _ in counts.totals()] == ["trust", "state's", "co-operation", "naïve"]
    assert counts.running == sum(number_of_words(text) for _, text in TEXTS)


def test_the_table_says_how_often_in_a_million():
    table = words_table(count_words([("1", "a b a c")]), {"Stop lists": "-"})
    assert [column.id for column in table.columns] == ["word", "count", "sources", "per_million"]
    assert table.rows == (("a", 2, 1, 500_000.0), ("b", 1, 1, 250_000.0), ("c", 1, 1, 250_000.0))
    assert table.settings == {"Stop lists": "-"}
    assert words_table(count_words([])).rows == ()


def test_the_table_by_source_has_a_row_for_each_source_that_has_a_word():
    table = words_by_source_table(count_words([("1", "a b"), ("2", "a a")]), {"1": "One", "2": "Two"})
    assert table.rows == (("a", "One", 1, "1"), ("a", "Two", 2, "2"), ("b", "One", 1, "1"))


@given(st.lists(st.text("abé' -7\n", max_size=30), max_size=4))
def test_totals_are_the_sums_of_the_sources(texts):
    counts = count_words((str(number), text) for number, text in enumerate(texts))
    totals = counts.totals()
    assert sum(count for _, count, _ in totals) == sum(words.total() for words in counts.by_source.values())
    assert all(spread == sum(word in words for words in counts.by_source.values()) for word, _, spread in totals)


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
