"""Numbers for people: one way everywhere, without the zero in front of the point."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.number_words import decimal, figure, probability

SOURCE = Path(__file__).parents[2] / "src" / "coder_app"


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.3171, ".317"), (-0.25, "-.250"), (1.0, "1.000"), (0, "0"), (0.0, "0"), (12.3456, "12.346"), (0.9999, "1.000")],
)
def test_a_decimal_has_no_zero_in_front(value, said):
    assert decimal(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.3171, ".317"), (3.171, "3.17"), (31.71, "31.7"), (317.1, "317"), (3171.0, "3,171"), (0.0, "0"), (1.0, "1")],
)
def test_a_figure_has_three_digits_that_count(value, said):
    assert figure(value) == said


@pytest.mark.parametrize(("value", "said"), [(0.0004, "< .001"), (0.001, ".001"), (0.05, ".050"), (1.0, "1.000")])
def test_a_probability_is_never_said_to_be_nothing(value, said):
    assert probability(value) == said


@given(st.floats(-1_000_000, 1_000_000), st.integers(1, 4))
def test_what_is_read_is_what_it_was_rounded_to(value, digits):
    assert float(decimal(value, digits).replace(",", "")) == pytest.approx(round(value, digits))


def test_nobody_else_writes_coefficients_for_people():
    """Settings of pictures and files for machines have more digits; rates of words are no coefficients."""
    own = re.compile(r":\.[23]f\}|:,?\.3g\}|removeprefix\(.0.\)")
    elsewhere = {
        path.relative_to(SOURCE).as_posix()
        for part in ("gui", "exporters", "analysis", "reports", "cli")
        for path in (SOURCE / part).rglob("*.py")
        if own.search(path.read_text(encoding="utf-8"))
    }
    assert elsewhere <= {"gui/words/words_model.py"}
