"""What two versions of a text have in common, however they differ, and fast however long they are."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.alignment import Block, align, same_before, same_from

TEXTS = st.text(st.sampled_from("ab. \n🙂\u0301"), max_size=40)


def check(old: str, new: str) -> list[Block]:
    blocks = align(old, new)
    at = (0, 0)
    for block in blocks:
        assert block.size > 0
        assert block.old >= at[0]
        assert block.new >= at[1]
        assert old[block.old : block.old + block.size] == new[block.new : block.new + block.size]
        at = block.old + block.size, block.new + block.size
    assert at[0] <= len(old)
    assert at[1] <= len(new)
    return blocks


@given(TEXTS, TEXTS)
def test_blocks_are_the_same_in_both_and_stand_in_order(old: str, new: str):
    assert check(old, new) == align(old, new)


@given(TEXTS)
def test_a_text_has_all_in_common_with_itself(text: str):
    assert align(text, text) == ([Block(0, 0, len(text))] if text else [])


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_put_in_or_taken_out_in_one_place_leaves_the_rest(before: str, between: str, after: str):
    for old, new in ((before + after, before + between + after), (before + between + after, before + after)):
        assert sum(block.size for block in check(old, new)) == len(before + after)


@given(TEXTS, TEXTS)
def test_equal_ends_are_measured_to_the_character(one: str, two: str):
    least = min(len(one), len(two))
    start = same_from(one, 0, two, 0, least)
    assert one[:start] == two[:start]
    assert start == least or one[start] != two[start]
    end = same_before(one, len(one), two, len(two), least)
    assert end == least or one[len(one) - 1 - end] != two[len(two) - 1 - end]
    assert one[len(one) - end :] == two[len(two) - end :]


def test_edits_in_many_places_leave_all_other_words():
    old = "\n".join(f"Line {n} says that number {n * 7} came after it." for n in range(2000))
    new = old.replace("number 77 ", "nubmer 77 ").replace("Line 900 says", "Line 900, said").replace("Line 5 ", "")
    assert sum(block.size for block in check(old, new)) >= len(new) - 8


def test_words_without_spaces_between_them_are_told_apart():
    old, new = "我昨天去了市场买东西。", "我今天去过市场买了东西。"
    assert [old[block.old : block.old + block.size] for block in check(old, new)] == ["我", "天去", "市场买", "东西。"]


def test_letters_that_two_words_share_by_chance_are_no_common_ground():
    assert check("He was abducted.", "He was quietly so.") == [Block(0, 0, 7), Block(15, 17, 1)]


def test_texts_that_have_nothing_in_common_or_repeat_without_end_take_no_quadratic_time():
    chance = random.Random(4)  # noqa: S311 - no secret, the same texts each time
    words = [f"w{n}" for n in range(3000)]
    one, two = (" ".join(chance.choice(words) for _ in range(60_000)) for _ in range(2))
    start = time.perf_counter()
    align(one, two)
    align("ab" * 150_000, "b" + "ba" * 120_000 + "c" + "a" * 9_000)
    align(one, one[::-1])
    assert time.perf_counter() - start < 8
