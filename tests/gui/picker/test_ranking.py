"""Which codes fit what was typed, in which order, and how quickly that is known."""

from random import Random
from statistics import median
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.gui.picker.ranking import entries_of, entry_of, fit, plain, ranked
from coder_app.gui.picker.typos import allowed, letters, slips

CODES = entries_of(
    CodeTree(
        [
            Code("1", None, "Work", "#000000", "a"),
            Code("2", "1", "Paid work", "#000000", "a"),
            Code("3", "1", "Working poor", "#000000", "b"),
            Code("4", None, "Élites", "#000000", "b"),
            Code("5", None, "Topics", "#000000", "c", is_codable=False),
        ]
    )
)


def test_a_whole_name_comes_before_its_start_before_a_word_inside() -> None:
    assert ranked(CODES, "work", {}, {}) == ["1", "3", "2"]


def test_initials_and_pieces_of_the_path_fit() -> None:
    assert ranked(CODES, "wp", {}, {}) == ["3"]
    assert ranked(CODES, "wo poor", {}, {}) == ["3"]


def test_accents_and_case_do_not_matter() -> None:
    assert ranked(CODES, "elit", {}, {}) == ["4"]
    assert plain("ÉLITES") == plain("elites")


def test_what_was_used_last_comes_first_then_what_is_used_most() -> None:
    assert ranked(CODES, "", {"4": 2, "3": 1}, {"1": 50}) == ["4", "3", "1", "2"]
    assert ranked(CODES, "o", {}, {"2": 9})[0] == "2"


def test_codes_that_only_group_others_are_left_out_unless_wanted() -> None:
    assert "5" not in ranked(CODES, "", {}, {})
    assert ranked(CODES, "topic", {}, {}, groups=True) == ["5"]


@pytest.mark.parametrize("typed", ["zzz", "work zzz"])
def test_what_does_not_fit_is_left_out(typed: str) -> None:
    assert ranked(CODES, typed, {}, {}) == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_name_always_fits_itself_and_nothing_typed_can_break_it(typed: str, name: str) -> None:
    assert fit(name, name, name) == 0
    assert fit(typed, name, name) in {None, 0, 1, 2, 3, 4, 5, 6}


def names(*given: str) -> list:
    return [entry_of(name, name, name) for name in given]


def test_a_start_comes_before_starts_of_words_before_initials_before_inside_before_slips() -> None:
    given = names("Hurt", "The humour", "Human-rights concern", "A schur here", "Hurdle race car", "Haur")
    assert ranked(given, "hur", {}, {}) == ["Hurt", "Hurdle race car", "A schur here"]
    assert ranked(given, "hrc", {}, {}) == ["Human-rights concern", "Hurdle race car"]
    assert ranked(given, "hum", {}, {}) == ["Human-rights concern", "The humour"]
    assert ranked(given, "con hum", {}, {}) == ["Human-rights concern"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trsut", "Trust"),
        ("turst in", "Trust in institutions"),
        ("instutions", "Trust in institutions"),
        ("hunan rigths", "Human-rights concern"),
        ("acountabilty", "Accountability"),
        ("konsern", None),
        ("trap", None),
        ("tru5t", "Trust"),
    ],
)
def test_slips_of_the_finger_are_forgiven_in_longer_words_and_no_others(typed: str, meant: str | None) -> None:
    given = names("Trust", "Trust in institutions", "Human-rights concern", "Accountability")
    assert (ranked(given, typed, {}, {}) or [None])[0] == meant


def test_what_fits_as_it_is_typed_comes_before_what_fits_with_a_slip() -> None:
    assert ranked(names("Form", "From here"), "from", {"Form": 9}, {"Form": 99}) == ["From here", "Form"]


words = st.text("abcdeé\u0301 ", max_size=9)


@given(words, st.integers(0, 8), st.sampled_from(["drop", "double", "swap", "other"]))
def test_one_slip_is_counted_as_one(word: str, place: int, kind: str) -> None:
    start, rest = word[:place], word[place:]
    slipped = {
        "drop": start + rest[1:],
        "double": start + rest[:1] * 2 + rest[1:],
        "swap": start + rest[1:2] + rest[:1] + rest[2:],
        "other": start + ("x" if rest else "") + rest[1:],
    }[kind]
    found = slips(slipped, word, 2)
    assert found is not None
    assert found <= 1


@given(words, words)
def test_words_have_at_least_as_many_slips_as_strange_letters(typed: str, word: str) -> None:
    found = slips(typed, word, 20)
    assert found is not None
    assert (letters(typed) & ~letters(word)).bit_count() <= found <= max(len(typed), 1)
    assert slips(typed, word, 1) == (found if found <= 1 else None)
    assert allowed(typed) <= 2


def test_a_thousand_codes_are_ranked_between_two_letters() -> None:
    random = Random(7)  # noqa: S311 - words to search, no secret
    heap = ["".join(random.choice("abcdefghiklmnoprstuvw") for _ in range(random.randint(3, 12))) for _ in range(1500)]
    many = names(*(" ".join(random.choices(heap, k=random.randint(1, 4))) for _ in range(1000)))
    for typed in ("t", "trsu", "human rigths", "neigbourhood polise", many[5].name + "x"):
        times = []
        for _ in range(5):
            started = perf_counter()
            ranked(many, typed, {}, {})
            times.append(perf_counter() - started)
        assert median(times) < 0.05  # some 8 ms; the goal is 16
