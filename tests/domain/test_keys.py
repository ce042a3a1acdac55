"""One key has one spelling, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.domain.keys import clean_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("h", "H"),
        ("shift+ctrl+h", "Ctrl+Shift+H"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        (",", ","),
        ("Ctrl+,", "Ctrl+,"),
        ("f5", "F5"),
        ("g, t", "G, T"),
        ("Alt+PgUp", "Alt+PgUp"),
        ("é", "É"),
    ],
)
def test_a_key_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert clean_key(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "Hyper+H", "Ctrl+", "two words", "a, b, c", ", ", "a\nb"])
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="is no key"):
        clean_key(typed)


@given(st.text(max_size=12))
def test_a_spelling_that_is_kept_stays_as_it_is(typed: str) -> None:
    try:
        kept = clean_key(typed)
    except BadInput:
        return
    assert clean_key(kept) == kept
