"""Epistemic networks: unit vectors, axes and node positions, on the toy data of rENA and on values found by hand."""

import numpy as np
import pytest

from coder_app.analysis.layouts.ena import ena, space
from coder_app.domain.errors import BadInput

# rENA's toy data 2, window 3, binary: User1 to User3 by A & B, A & C, B & C (see the published tests of rENA).
TOY = np.array([[0, 1, 1], [2, 1, 2], [2, 2, 1]], dtype=float)
PAIRS = [(0, 1), (0, 2), (1, 2)]


def test_points_keep_the_distances_of_the_normalised_networks():
    found = space(TOY, PAIRS, 3)
    lines = TOY / np.sqrt((TOY**2).sum(axis=1, keepdims=True))
    for one in range(3):
        for other in range(3):
            # Three units span a plane, so nothing is lost.
            assert np.linalg.norm(found.units[one] - found.units[other]) == pytest.approx(
                np.linalg.norm(lines[one] - lines[other])
            )
    assert found.units.mean(axis=0) == pytest.approx([0, 0])
    assert sum(found.explained) == pytest.approx(1)
    assert found.mean == pytest.approx(lines.mean(axis=0))


def test_three_codes_are_placed_so_that_the_centres_are_the_points():
    """Three units and three codes leave no rest: each centre of a network is its unit's point."""
    found = space(TOY, PAIRS, 3)
    lines = TOY / np.sqrt((TOY**2).sum(axis=1, keepdims=True))
    for unit in range(3):
        weights = np.zeros(3)
        for (a, b), line in zip(PAIRS, lines[unit], strict=True):
            weights[[a, b]] += line / 2
        assert weights @ found.codes / weights.sum() == pytest.approx(found.units[unit])
    assert found.fit == (pytest.approx(1), pytest.approx(1))


def test_twice_as_long_a_document_stands_at_the_same_place():
    found = space(np.vstack([TOY, TOY[2] * 7]), PAIRS, 3)
    assert found.units[2] == pytest.approx(found.units[3])


def test_documents_that_are_all_alike_have_no_spread_and_no_fit():
    found = space(np.ones((4, 3)), PAIRS, 3)
    assert found.units == pytest.approx(np.zeros((4, 2)))
    assert found.explained == (0, 0)
    assert found.fit == (None, None)


def test_the_picture_names_documents_and_links(given):
    whole = given("ab", "ab", "bc", "ac", "d")
    documents = {"one": given("ab", "bc").block, "two": given("ab", "ac").block, "three": given("bc", "ac").block}
    picture = ena(whole, documents)
    assert picture.shown.names == ("A", "B", "C")
    assert [point.name for point in picture.points] == ["one", "two", "three"]
    assert len(picture.links) == 3
    assert [link.weight for link in picture.links] == pytest.approx([2 / 3 / 2**0.5] * 3)
    assert "Few documents" in picture.shown.warnings[0]


def test_two_documents_are_too_few(given):
    table = given("ab", "bc")
    with pytest.raises(BadInput, match="needs three"):
        ena(table, {"one": table.block, "two": table.block, "silent": given("a", "b").block})
