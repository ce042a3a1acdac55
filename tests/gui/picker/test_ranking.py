"""Which codes fit what was typed, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.gui.picker.ranking import fit, plain, ranked

TREE = CodeTree(
    [
        Code("1", None, "Work", "#000000", "a"),
        Code("2", "1", "Paid work", "#000000", "a"),
        Code("3", "1", "Working poor", "#000000", "b"),
        Code("4", None, "Élites", "#000000", "b"),
        Code("5", None, "Topics", "#000000", "c", is_codable=False),
    ]
)


def test_a_whole_name_comes_before_its_start_before_a_word_inside() -> None:
    assert ranked(TREE, "work", {}, {}) == ["1", "3", "2"]


def test_initials_and_pieces_of_the_path_fit() -> None:
    assert ranked(TREE, "wp", {}, {}) == ["3"]
    assert ranked(TREE, "wo poor", {}, {}) == ["3"]


def test_accents_and_case_do_not_matter() -> None:
    assert ranked(TREE, "elit", {}, {}) == ["4"]
    assert plain("ÉLITES") == plain("elites")


def test_what_was_used_last_comes_first_then_what_is_used_most() -> None:
    assert ranked(TREE, "", {"4": 2, "3": 1}, {"1": 50}) == ["4", "3", "1", "2"]
    assert ranked(TREE, "o", {}, {"2": 9})[0] == "2"


def test_codes_that_only_group_others_are_left_out_unless_wanted() -> None:
    assert "5" not in ranked(TREE, "", {}, {})
    assert ranked(TREE, "topic", {}, {}, groups=True) == ["5"]


@pytest.mark.parametrize("typed", ["zzz", "work zzz"])
def test_what_does_not_fit_is_left_out(typed: str) -> None:
    assert ranked(TREE, typed, {}, {}) == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_name_always_fits_itself_and_nothing_typed_can_break_it(typed: str, name: str) -> None:
    assert fit(name, name, name) == 0
    assert fit(typed, name, name) in {None, 0, 1, 2, 3, 4, 5}
