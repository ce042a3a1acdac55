"""The canonical text and its paragraphs, sentences and words."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.text import (
    canonical,
    count_words,
    paragraph_at,
    paragraphs,
    sentence_at,
    sentences,
    sha256,
    word_at,
    word_pieces,
)

# Everything Python can hold, lone surrogates included, and often the characters that matter here.
_ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\0\ufeff\u2028\u2029\ud83d\ude00\ufdd0 .!?\"'”)AIb9")),
    max_size=60,
)
_TEXT = _ANY_TEXT.map(canonical)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\r\n", "\n\n"),
        ("\ufeffBOM", "BOM"),
        ("\ufeff\ufefftwice", "twice"),
        ("in\ufeffside", "in\ufeffside"),
        ("a\0b", "a\ufffdb"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\ufdd0b\ufdd1c", "a\ufffdb\ufffdc"),
        ("a\ud83dz", "a\ufffdz"),
        ("a\ude00", "a\ufffd"),
        ("\ud83d", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("e\u0301 stays two, é stays one", "e\u0301 stays two, é stays one"),
        ("a\u00a0b\tc\u0085d\x0c", "a\u00a0b\tc\u0085d\x0c"),
        ("", ""),
    ],
)
def test_the_canonical_text_is_exactly_this(raw: str, expected: str) -> None:
    assert canonical(raw) == expected


@given(_ANY_TEXT)
def test_canonical_text_is_its_own_canonical_text(raw: str) -> None:
    text = canonical(raw)
    assert canonical(text) == text
    assert not set("\r\0\u2028\u2029\ufdd0\ufdd1") & set(text)
    assert not text.startswith("\ufeff")
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.text(st.characters(exclude_characters="\r\0\u2028\u2029\ufeff\ufdd0\ufdd1", exclude_categories=["Cs"])))
def test_ordinary_text_is_left_as_it_came(raw: str) -> None:
    assert canonical(raw) == raw


def test_the_hash_is_that_of_the_utf_8_bytes() -> None:
    assert sha256("é😀") == hashlib.sha256("é😀".encode()).hexdigest()


@given(_TEXT)
def test_paragraphs_are_the_lines_with_something_on_them(text: str) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    assert [text[start:stop] for start, stop in paragraphs(text)] == lines


def test_blank_lines_are_no_paragraphs() -> None:
    assert paragraphs("one\n \t\n\n two \n") == [(0, 3), (8, 13)]
    assert paragraphs("") == []


@given(_TEXT)
def test_sentences_are_in_order_trimmed_within_a_line_and_lose_nothing(text: str) -> None:
    spans = sentences(text)
    assert all(start < stop for start, stop in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    quotes = [text[start:stop] for start, stop in spans]
    assert all(quote == quote.strip() and "\n" not in quote for quote in quotes)
    assert "".join("".join(quotes).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Wait... What?! Yes.", ["Wait...", "What?!", "Yes."]),
        ("“Go.” He went.", ["“Go.”", "He went."]),
        ("She said (quietly.) Then left.", ["She said (quietly.)", "Then left."]),
        ("Dr. Rao met Mr. Lee. They talked.", ["Dr. Rao met Mr. Lee.", "They talked."]),
        ("А. С. Пушкин писал. Мы читали.", ["А. С. Пушкин писал.", "Мы читали."]),
        ("He came with me, so did I. We ate.", ["He came with me, so did I.", "We ate."]),
        ("See No. 5 there. He said no. No. Never.", ["See No. 5 there.", "He said no.", "No.", "Never."]),
        ("It cost 3.50 at e.g. the shop.", ["It cost 3.50 at e.g. the shop."]),
        ("我来了。你呢？好！", ["我来了。", "你呢？", "好！"]),
        ("كيف حالك؟ بخير.", ["كيف حالك؟", "بخير."]),
        ("वह गया। मैं रुका।", ["वह गया।", "मैं रुका।"]),
        ("no stop\nnext line", ["no stop", "next line"]),
        (" \n\t", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in sentences(text)] == expected


def test_a_long_run_of_dots_is_read_once() -> None:
    assert len(sentences("." * 300_000 + "x")) == 1


@given(_TEXT, st.data())
def test_what_is_at_a_position_is_one_of_the_spans_of_its_line(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    start, stop = paragraph_at(text, position)
    assert start <= position <= stop
    assert "\n" not in text[start:stop]
    sentence = sentence_at(text, position)
    assert sentence in sentences(text) or sentence == (position, position)
    word = word_at(text, position)
    assert start <= word[0] <= position <= word[1] <= stop


@given(st.text("ab .!?\n”)DrI5No。", max_size=120), st.data())
def test_in_a_long_paragraph_the_sentence_is_the_same_as_if_all_of_it_were_read(text, data):
    position = data.draw(st.integers(0, len(text)))
    assert sentence_at(text, position, reach=40) == sentence_at(text, position, reach=1_000)


@given(st.text("ab’-我ि .\n\t", max_size=60), st.data())
def test_a_word_is_found_without_reading_what_stands_before_it(text, data):
    position = data.draw(st.integers(0, len(text)))
    start, stop = paragraph_at(text, position)
    there = [span for span in word_pieces(text, start, stop) if span[0] <= position <= span[1]]
    assert word_at(text, position) == (there[-1] if there else (position, position))


def test_a_click_between_two_sentences_takes_the_one_before() -> None:
    text = "  One.  Two."
    assert sentence_at(text, 0) == (2, 6)
    assert sentence_at(text, 4) == (2, 6)
    assert sentence_at(text, 7) == (2, 6)
    assert sentence_at(text, 8) == (8, 12)
    assert sentence_at("a\n\nb", 2) == (2, 2)


def test_a_click_at_either_end_of_a_word_takes_the_word() -> None:
    assert word_at("(don't)", 1) == (1, 6)
    assert word_at("(don't)", 6) == (1, 6)
    assert word_at("a   b", 2) == (2, 2)
    assert word_at("", 0) == (0, 0)


def test_where_no_blank_parts_words_a_word_to_the_hands_is_a_letter() -> None:
    text = "我们信ABC、テキストの"
    assert [text[slice(*span)] for span in word_pieces(text, 0, len(text))] == [*"我们信", "ABC", *"テキストの"]
    assert word_at(text, 1) == (1, 2)
    assert word_at("ที่นี่", 3) == (3, 6)
    assert count_words("我们信ABC") == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one, two — three!", 3),
        ("don't well-known l’état", 3),
        ("cafe\u0301 caf\u00e9", 2),
        ("हिन्दी में लिखा", 3),
        ("می\u200cخواهم بروم", 2),
        ("مُحَمَّد", 1),
        ("co\u00adoperate", 1),
        ("3.5 kg", 3),
        ("- ’ …", 0),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, count: int) -> None:
    assert count_words(text) == count
