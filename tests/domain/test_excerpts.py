"""Two wordings of a text, told by the places where they differ."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.excerpts import LONGEST, excerpts

TEXT = " ".join(f"word{n}" for n in range(400))


def test_one_word_is_told_with_whole_words_around_it() -> None:
    [(one, other)], left = excerpts(TEXT, TEXT.replace("word200", "Wort200"), around=20)
    assert left == 0
    assert one == "… word198 word199 word200 word201 word202 …"
    assert other == "… word198 word199 Wort200 word201 word202 …"


def test_places_close_together_are_one_and_others_apart() -> None:
    text = TEXT.replace("word100", "A").replace("word103", "B").replace("word300", "C")
    assert [other.count(" ") for _, other in excerpts(TEXT, text, around=20)[0]] == [9, 6]


def test_words_left_out_or_put_in_are_seen_at_their_place() -> None:
    [(one, other)], _ = excerpts("The old man came.", "The man came.")
    assert (one, other) == ("The old man came.", "The man came.")


def test_of_a_long_stretch_the_middle_is_left_out() -> None:
    [(one, other)], _ = excerpts("a " * 5_000, "b " * 5_000)
    assert len(one) < LONGEST + 10
    assert " […] " in other


def test_of_very_many_places_the_first_are_told_and_the_rest_is_counted() -> None:
    found, left = excerpts(TEXT, TEXT.replace("word", "Wort").replace("Wort1", "word1"), around=0, most=2)
    assert len(found) == 2
    assert left > 0


@given(st.text("ab \n", max_size=80), st.text("ab \n", max_size=80))
def test_something_is_told_just_where_something_differs(one: str, other: str) -> None:
    found, left = excerpts(one, other, around=5)
    assert bool(found) == (one != other)
    assert left == 0
