import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.turns import turns


def spoken(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.start : turn.stop]) for turn in turns(text)]


@pytest.mark.parametrize(
    ("first", "second", "speakers"),
    [
        ("I: So?", "B: Well.", ["I", "B"]),
        ("Anna Petrova: So?", "Dr. Müller: Well.", ["Anna Petrova", "Dr. Müller"]),
        ("ИНТЕРВЬЮЕР: Ну?", "Респондент 2: Да.", ["ИНТЕРВЬЮЕР", "Респондент 2"]),
        ("[00:01:23] Speaker 1: So?", "(00:41) Speaker 2: Well.", ["Speaker 1", "Speaker 2"]),
        ("Anna (00:12): So?", "Bek [00:15]: Well.", ["Anna", "Bek"]),
        ("Anna  0:12\nSo?", "Bek  1:02:15\nWell.", ["Anna", "Bek"]),
        ("[00:12] So?", "[00:15] Well.", ["", ""]),
        ("00:00:12 So?", "#00:00:15-2# Well.", ["", ""]),
        ("访谈者： 好吗？", "受访者： 好。", ["访谈者", "受访者"]),
        ("Anna:\nSo?", "Bek:\nWell.", ["Anna", "Bek"]),
    ],
)
def test_a_label_at_the_start_of_a_line_starts_a_turn(first, second, speakers):
    assert spoken(f"{first}\nand more.\n\n{second}\n") == list(
        zip(speakers, [f"{first}\nand more.", second], strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just prose.\nAnd more.",
        "Note: one label is none.",
        "the answer: no\nthe question: yes",
        "It was as follows, they say: no\nHe said something long to me there: no",
        "10:30 we met\n11:30 we left",
        "http://a.b\nhttps://c.d",
        "Ratio 3:1\nRatio 4:1",
    ],
)
def test_prose_has_no_turns(text):
    assert turns(text) == []


def test_what_comes_first_is_a_turn_of_nobody():
    assert spoken("Bishkek, 2019\n\nI: So?\nB: Well.") == [("", "Bishkek, 2019"), ("I", "I: So?"), ("B", "B: Well.")]


@given(st.lists(st.sampled_from(["I:", "B:", " ", "\n", "Anna", "0:12", "[00:12]", "text"])).map("".join))
def test_turns_lie_in_order_and_hold_all_that_is_said(text):
    found = turns(text)
    assert all(turn.start < turn.stop for turn in found)
    assert all(one.stop <= other.start for one, other in pairwise(found))
    if found:
        outside = text[: found[0].start] + "".join(text[one.stop : other.start] for one, other in pairwise(found))
        assert not (outside + text[found[-1].stop :]).strip()


def test_a_long_odd_text_is_read_quickly():
    started = time.monotonic()
    turns(" " * 200_000 + "A" * 200_000 + "\n" + "A \t" * 100_000 + "\n" + "[00:12 " * 50_000)
    assert time.monotonic() - started < 5
