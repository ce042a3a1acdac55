"""Distances are read as people write them, and mean what the page on statistics says."""

import pytest

from coder_app.domain.distance import Distance, Measure, checked, distance, reach
from coder_app.domain.errors import BadInput

TEXT = "One two. Three four.\n\nFive, six.\nSeven."


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("1 paragraph", Distance(1, Measure.PARAGRAPHS)),
        ("0 characters", Distance(0, Measure.CHARACTERS)),
        (" 20words ", Distance(20, Measure.WORDS)),
        ("2 Sentences", Distance(2, Measure.SENTENCES)),
    ],
)
def test_a_distance_is_read_and_written(said, wanted):
    assert distance(said) == wanted
    assert distance(str(wanted)) == wanted


@pytest.mark.parametrize("said", ["", "near", "1", "paragraph", "1.5 words", "3 miles", "1 paragraph more"])
def test_what_is_no_distance_gets_a_sentence(said):
    with pytest.raises(BadInput, match="is no distance"):
        distance(said)


def test_a_negative_distance_gets_a_sentence():
    with pytest.raises(BadInput, match="cannot be negative"):
        distance("-1 words")
    with pytest.raises(BadInput, match="cannot be negative"):
        checked(Distance(-5, Measure.CHARACTERS))


@pytest.mark.parametrize(
    ("said", "stop", "last"),
    [
        ("0 characters", 3, 3),
        ("5 characters", 3, 8),
        ("0 words", 3, TEXT.index("two")),
        ("1 words", 3, TEXT.index("Three")),
        ("99 words", 3, len(TEXT)),
        ("0 sentences", 3, TEXT.index("Three") - 1),
        ("1 sentence", 3, TEXT.index("Five") - 1),
        ("0 paragraphs", 3, TEXT.index("Five") - 1),
        ("1 paragraph", 3, TEXT.index("Seven") - 1),
        ("2 paragraphs", 3, len(TEXT)),
        ("0 paragraphs", len(TEXT), len(TEXT)),
    ],
)
def test_reach_is_the_last_place_at_which_a_near_passage_may_start(said, stop, last):
    assert reach(TEXT, distance(said))(stop) == last
