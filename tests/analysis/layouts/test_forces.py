"""The network: which links are drawn, and places that depend on nothing but links and seed."""

import numpy as np
import pytest

from coder_app.analysis.layouts.forces import default_threshold, network
from coder_app.analysis.layouts.material import COUNT, Choices


def test_links_carry_jaccard_and_count(given):
    picture = network(given("ab", "ab", "ac", "c"), Choices(threshold=0.2))
    found = {(link.a, link.b): (link.weight, link.count) for link in picture.links}
    assert found == {(0, 1): (pytest.approx(2 / 3), 2), (0, 2): (0.25, 1)}
    assert picture.shown.table.settings["threshold"] == ".200"
    assert "2 links of 2" in " ".join(picture.shown.caption)


def test_the_threshold_leaves_out_what_is_weaker(given):
    assert len(network(given("ab", "ab", "ac", "c"), Choices(threshold=0.5)).links) == 1
    counted = network(given("ab", "ab", "ac", "c"), Choices(weight=COUNT, threshold=2))
    assert [link.count for link in counted.links] == [2]


def test_without_a_threshold_only_so_many_links_are_drawn_as_can_be_followed():
    weights = np.triu(np.arange(1, 401).reshape(20, 20) / 400.0, 1)
    least = default_threshold(weights)
    assert (weights >= least).sum() == 50
    assert default_threshold(np.triu(np.ones((20, 20)), 1)) == 1


def test_nested_pairs_have_no_link(given):
    picture = network(given("ac", "bc", parents={"a": "p"}, roll_up=True), Choices())
    names = picture.shown.names
    ties = {frozenset((names[link.a], names[link.b])) for link in picture.links}
    assert frozenset(("P", "P > A")) not in ties
    assert frozenset(("P", "C")) in ties


def test_the_seed_decides_the_places(given):
    table = given("ab", "abc", "cd", "de", "ae", "f")
    assert network(table, Choices()).places == network(table, Choices()).places
    assert network(table, Choices(seed=2)).places != network(table, Choices(seed=1)).places


def test_tied_codes_stand_closer_than_others(given):
    places = np.array(network(given("ab", "ab", "cd", "cd"), Choices()).places)
    gap = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    assert max(gap[0, 1], gap[2, 3]) < min(gap[0, 2], gap[0, 3], gap[1, 2], gap[1, 3])


def test_codes_without_a_link_stand_below_the_others(given):
    picture = network(given("ab", "ab", "bc", "bc", "d", "e"), Choices())
    places = picture.places
    assert max(places[3][1], places[4][1]) < min(y for _, y in places[:3])
    assert places[3][1] == places[4][1]
    assert places[3][0] != places[4][0]
    assert "without such a link" in " ".join(picture.shown.caption)


def test_a_crowd_of_codes_without_a_link_is_counted_and_not_drawn(given):
    picture = network(given("AB", "BC", *"abcdefghijklmnopqrstuvwxyz"), Choices())
    assert picture.shown.names == ("A", "B", "C")
    assert [(link.a, link.b) for link in picture.links] == [(0, 1), (1, 2)]
    assert "26 codes without such a link are not drawn" in " ".join(picture.shown.caption)
