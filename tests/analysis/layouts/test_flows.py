"""Streams: raw counts, each pair once, or from chosen rows to chosen columns."""

import pytest

from coder_app.analysis.layouts.flows import sankey
from coder_app.analysis.layouts.material import Choices
from coder_app.domain.errors import BadInput


def test_each_pair_is_a_stream_once_the_widest_first(given):
    picture = sankey(given("ab", "ab", "bc", "d"), Choices())
    assert [(link.a, link.b, link.count) for link in picture.flows] == [(0, 1, 2), (1, 2, 1)]
    assert picture.shown.table.rows == (("A", "B", 2), ("B", "C", 1))


def test_rows_and_columns_may_be_chosen(given):
    picture = sankey(given("ab", "bc", "bc"), Choices(rows=frozenset("b"), columns=frozenset("ac")))
    assert picture.shown.table.rows == (("B", "C", 2), ("B", "A", 1))


def test_thin_streams_that_are_left_out_are_counted(given):
    picture = sankey(given("ab", "ab", "bc"), Choices(threshold=2))
    assert "1 thinner stream" in " ".join(picture.shown.caption)


def test_codes_that_never_meet_are_refused(given):
    with pytest.raises(BadInput, match="occur together"):
        sankey(given("a", "b"), Choices())
