import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.domain.values import TYPES, fitting_type, is_readable, plainly, read_value, type_name, written


@pytest.mark.parametrize(
    ("type_", "text", "value", "spelt"),
    [
        ("text", " two words ", "two words", "two words"),
        ("boolean", "WAHR", True, "true"),
        ("boolean", "no", False, "false"),
        ("integer", " 042", 42, "42"),
        ("integer", "-7", -7, "-7"),
        ("decimal", "3,50", Decimal("3.5"), "3.5"),
        ("decimal", "-0.00", Decimal(0), "0"),
        ("decimal", "1e3", Decimal(1000), "1000"),
        ("decimal", "0." + 40 * "3", Decimal("0." + 40 * "3"), "0." + 40 * "3"),
        ("date", "2026-3-1", date(2026, 3, 1), "2026-03-01"),
        ("date", "1.3.2026", date(2026, 3, 1), "2026-03-01"),
        ("date", "2026-03-01 00:00:00", date(2026, 3, 1), "2026-03-01"),
        ("datetime", "2026-03-01 09:30", datetime(2026, 3, 1, 9, 30), "2026-03-01T09:30:00"),  # noqa: DTZ001 (a time as people wrote it down)
        ("datetime", "2026-03-01T09:30:00+02:00", datetime(2026, 3, 1, 7, 30), "2026-03-01T07:30:00"),  # noqa: DTZ001 (a time as people wrote it down)
        ("datetime", "2026-03-01", datetime(2026, 3, 1), "2026-03-01T00:00:00"),  # noqa: DTZ001 (a time as people wrote it down)
    ],
)
def test_a_value_is_read_as_its_type_says_and_kept_in_one_spelling(type_, text, value, spelt):
    assert read_value(type_, text) == value
    assert written(type_, text) == spelt


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("boolean", "perhaps"),
        ("integer", "about 40"),
        ("integer", "1_000"),
        ("integer", "3.0"),
        ("decimal", "1.2.3"),
        ("decimal", "nan"),
        ("decimal", "1e999999"),
        ("date", "2026-02-30"),
        ("date", "3/1/2026"),
        ("date", "2026-03-01 10:00"),
        ("datetime", "at noon"),
        ("datetime", "0001-01-01T00:00:00+23:00"),
    ],
)
def test_what_is_no_value_of_the_type_is_refused_with_its_words(type_, text):
    assert not is_readable(type_, text)
    assert plainly(type_, text) == text
    with pytest.raises(BadInput, match=f"“{re.escape(text)}” is n"):
        read_value(type_, text)


@given(st.sampled_from(TYPES), st.text(max_size=12) | st.from_regex(r"[0-9.,:T+\- ]{0,20}", fullmatch=True))
@settings(max_examples=300)
def test_any_text_is_a_value_or_refused_and_its_spelling_means_the_same(type_, text):
    assert type_name(type_)
    if is_readable(type_, text):
        assert read_value(type_, written(type_, text)) == read_value(type_, text)
        assert written(type_, written(type_, text)) == written(type_, text)


def test_the_narrowest_type_that_reads_all_values_fits():
    assert fitting_type(["1", "0"]) == "integer"
    assert fitting_type(["1", "2.5"]) == "decimal"
    assert fitting_type(["yes", "FALSE"]) == "boolean"
    assert fitting_type(["N", "N"]) == "text"
    assert fitting_type(["2026-01-01", "1.2.2026"]) == "date"
    assert fitting_type(["2026-01-01", "2026-01-01 10:00"]) == "datetime"
    assert fitting_type(["1", "x"]) == "text"
    assert fitting_type([]) == "text"
