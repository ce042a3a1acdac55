"""The map: exact where the plane is enough, with its stress where it is not."""

import numpy as np
import pytest

from coder_app.analysis.layouts.scaling import mds_map, scaled, stress


def apart(places):
    return np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))


ALL = 1 - np.eye(4)


def test_distances_of_a_plane_are_found_again_without_stress():
    square = apart(np.array([[0, 0], [3, 0], [3, 1], [0, 1]]))
    places, poor = scaled(square, ALL)
    assert poor == pytest.approx(0, abs=1e-6)
    assert apart(places) == pytest.approx(square, abs=1e-5)


def test_four_codes_equally_far_from_each_other_have_the_stress_of_a_square():
    """In the plane the best is a square of side s: stress-1² = (4(s-1)² + 2(s√2-1)²) / (4s² + 4s²), s = (4+2√2)/8."""
    side = (4 + 2 * 2**0.5) / 8
    best = ((4 * (side - 1) ** 2 + 2 * (side * 2**0.5 - 1) ** 2) / (8 * side**2)) ** 0.5
    places, poor = scaled(1 - np.eye(4), ALL)
    assert poor == pytest.approx(best, abs=1e-4)
    assert poor == pytest.approx(stress(places, 1 - np.eye(4), ALL))


def test_a_pair_that_does_not_count_may_stand_anywhere():
    line = np.array([[0, 1, 9], [1, 0, 1], [9, 1, 0]], dtype=float)
    counted = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=float)
    assert scaled(line, counted)[1] == pytest.approx(0, abs=1e-6)


def test_a_map_says_its_stress_and_warns_where_it_is_poor(given):
    good = mds_map(given("ab", "ab", "a", "bc", "c"))
    assert "stress-1 = .0" in " ".join(good.shown.caption)
    assert good.shown.warnings == ()
    poor = mds_map(given(*"abcdefgh"))
    assert "above .2" in poor.shown.warnings[0]
    assert float(poor.shown.table.settings["stress_1"]) > 0.2


def test_the_same_table_gives_the_same_map(given):
    one, two = (mds_map(given("ab", "abc", "cd", "de", "ae")) for _ in range(2))
    assert one.places == two.places
