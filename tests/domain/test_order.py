"""There is always a place before, after and between, and keys stay short in everyday use."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.order import key_between, keys_after, last_key

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
keys = st.text(st.sampled_from(DIGITS), max_size=6).map(lambda start: start + "V") | st.text(
    st.sampled_from("01yz"), max_size=8
).map(lambda start: start + "1")


@given(keys, keys)
def test_a_key_between_two_lies_strictly_between(one, other):
    low, high = sorted((one, other))
    found = key_between(low, high)
    assert found > low
    assert low == high or found < high
    assert not found.endswith("0")


@given(st.none() | keys, st.none() | keys)
def test_an_open_end_always_has_room(before, after):
    assert before is None or key_between(before, None) > before
    assert after is None or key_between(None, after) < after


@given(keys, keys)
def test_reversed_neighbours_count_as_an_open_end(one, other):
    low, high = sorted((one, other))
    assert key_between(high, low) > high


@given(keys, st.integers(1, 4))
def test_a_foreign_key_that_ends_in_zeros_is_no_trap(before, zeros):
    assert key_between(before, before + "0" * zeros) > before


@given(st.none() | keys, st.integers(0, 300))
def test_keys_after_rise_and_follow_the_last(last, count):
    made = keys_after(last, count)
    assert len(made) == count
    assert made == sorted(set(made))
    assert all(last is None or key > last for key in made)
    assert len({len(key) for key in made}) <= 1


@given(st.integers(1, 5000))
def test_many_keys_leave_room_between_and_around_all_of_them(count):
    made = keys_after(None, count)
    edges = [None, *made, None]
    for before, after in list(itertools.pairwise(edges))[:: max(1, count // 50)]:
        found = key_between(before, after)
        assert before is None or before < found
        assert after is None or found < after


@given(st.lists(st.integers(0, 1_000), max_size=80))
def test_any_run_of_insertions_keeps_the_order(places):
    row = []
    for number in places:
        place = number % (len(row) + 1)
        before = row[place - 1] if place else None
        after = row[place] if place < len(row) else None
        row.insert(place, key_between(before, after))
    assert row == sorted(set(row))


def test_adding_one_after_another_keeps_keys_short():
    key = None
    for _ in range(1_000):
        key = key_between(key, None)
    assert len(key) < 25


def test_inserting_at_random_places_keeps_keys_short():
    chance = random.Random(7)  # noqa: S311 (a fixed sequence)
    row = []
    for _ in range(2_000):
        place = chance.randint(0, len(row))
        row.insert(place, key_between(row[place - 1] if place else None, row[place] if place < len(row) else None))
    assert row == sorted(row)
    assert max(len(key) for key in row) < 20


def test_always_inserting_at_the_same_border_costs_a_fifth_of_a_digit():
    first = second = key_between(None, None)
    for _ in range(500):
        first = key_between(None, first)
        second = key_between("1", second)
    assert len(first) < 110
    assert len(second) < 110


def test_the_last_key_is_the_greatest():
    assert last_key(["a", "c", "b"]) == "c"
    assert last_key([]) is None
