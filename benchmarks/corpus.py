"""Draws the synthetic corpus that everything is measured on: the same texts and codings each time, nothing fetched.

Texts are made-up words with the frequencies of real ones, in sentences and paragraphs. Codings stand on words,
phrases, sentences and paragraphs; a third of them on or beside an earlier one, so that they overlap, nest and
coincide as those of several coders do. A text depends on its size and number alone, not on the others.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

TEXTS, CODINGS = "docs", "codings.csv"
RARE, MIDDLE, COMMON, PHRASE = "xylocarp", "brail", "people", "of the"
PATTERN = r"\b(people|work)\b\W+(\w+\W+){0,3}\b(of|to)\b"


class Size(NamedTuple):
    """How much there is: texts, words in each, codes, and codings of all texts together."""

    texts: int
    words: int
    codes: int
    codings: int


SIZES = {
    "S": Size(10, 5_000, 50, 2_000),
    "M": Size(200, 5_000, 300, 50_000),
    "L": Size(2_000, 5_000, 1_000, 1_000_000),
    "H": Size(1, 1_000_000, 300, 50_000),
    # To try out whether the measurements run.
    "XS": Size(3, 500, 12, 60),
}

CODERS = ("ana", "bruno", "chen")
_CODER_SHARES = (50, 80, 100)
_CODES_TO_A_CATEGORY = 25
_RARE_EVERY = 50_000
_MEMO_EVERY = 50
_WORDS = 20_000
_FIRST = (
    "the of and to a in is it was that for on with as he they at by this we had not but from or have one you all were "
    "so said what about when there who more some people work time house money police school river market village"
)
_ACCENTED = ["café", "naïve", "über", "señora", "façade", "crèche"]
_BEGINS = [*"bcdfghklmnprstvw", "br", "ch", "gl", "pr", "sh", "st", "tr"]
_MIDDLES = [*"aeiou", "ai", "ea", "io", "ou"]
_ENDS = ["", "", "", *"lmnrst", "nd", "st"]

Span = tuple[int, int]


class Text(NamedTuple):
    """A text with where its words, sentences and paragraphs stand, in code points."""

    text: str
    words: list[Span]
    sentences: list[Span]
    paragraphs: list[Span]


def write(folder: Path, size: Size) -> None:
    """Write the texts as files and their codings as the table that the app reads."""
    (folder / TEXTS).mkdir(parents=True)
    vocabulary = Vocabulary()
    number = 0
    with (folder / CODINGS).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["source", "start", "stop", "code", "coder", "memo"])
        for place in range(size.texts):
            random = Random(f"{size}/{place}")  # noqa: S311 - words, no secret
            text = vocabulary.text(random, size.words)
            name = f"{place + 1:05}.txt"
            (folder / TEXTS / name).write_text(text.text, encoding="utf-8", newline="\n")
            wanted = size.codings // size.texts + (place < size.codings % size.texts)
            for start, stop, code, coder in codings(random, text, size.codes, wanted):
                number += 1
                memo = f"Note {number}" if number % _MEMO_EVERY == 0 else ""
                table.writerow([name, start, stop, code_path(code), CODERS[coder], memo])


def code_path(code: int) -> str:
    return f"category {code // _CODES_TO_A_CATEGORY + 1:02} > code {code + 1:04}"


class Vocabulary:
    """Made-up words, the most frequent first, and how often each comes (Zipf and Mandelbrot's law)."""

    def __init__(self) -> None:
        random = Random("vocabulary")  # noqa: S311 - words, no secret
        words = dict.fromkeys(_FIRST.split())
        words |= dict.fromkeys(_ACCENTED[:1])
        while len(words) < _WORDS:
            syllables = random.choices((1, 2, 3, 4), (3, 5, 3, 1))[0]
            word = "".join(random.choice(_BEGINS) + random.choice(_MIDDLES) for _ in range(syllables))
            words.setdefault(word + random.choice(_ENDS))
        self._words = list(words)
        for place, word in enumerate([*_ACCENTED, MIDDLE]):
            self._words[300 + 200 * place] = word
        self._shares = list(accumulate((rank + 3.7) ** -1.07 for rank in range(_WORDS)))

    def text(self, random: Random, number: int) -> Text:
        """Draw a text of so many words."""
        drawn = random.choices(self._words, cum_weights=self._shares, k=number)
        for _ in range(number // _RARE_EVERY + (random.random() < number % _RARE_EVERY / _RARE_EVERY)):
            drawn[random.randrange(number)] = RARE
        pieces: list[str] = []
        words: list[Span] = []
        sentences: list[Span] = []
        paragraphs: list[Span] = []
        place = done = 0
        while done < number:
            begin = place
            for _ in range(random.randint(3, 9)):
                sentence = drawn[done : done + random.randint(6, 28)]
                if not sentence:
                    break
                done += len(sentence)
                start = place
                for word in sentence:
                    words.append((place, place + len(word)))
                    place += len(word) + 1
                sentences.append((start, place))
                pieces.append(" ".join(sentence).capitalize() + random.choice("....?!") + " ")
                place += 1
            pieces[-1] = pieces[-1][:-1] + "\n\n"
            paragraphs.append((begin, place - 1))
            place += 1
        return Text("".join(pieces)[:-2], words, sentences, paragraphs)


def codings(random: Random, text: Text, codes: int, number: int) -> Iterator[tuple[int, int, int, int]]:
    """Draw codings that all differ: start, stop, the code's and the coder's number."""
    shares = list(accumulate((rank + 5) ** -0.8 for rank in range(codes)))
    starts = [start for start, _ in text.words]
    drawn: list[Span] = []
    seen: set[tuple[int, int, int, int]] = set()
    while len(seen) < number:
        chance = random.random()
        if drawn and chance < 0.1:
            start, stop = random.choice(drawn)
        else:
            beside = bisect_right(starts, random.choice(drawn)[0]) - 1 if drawn and chance < 0.35 else None
            word = random.randrange(len(starts)) if beside is None else beside + random.randint(-12, 12)
            start, stop = _stretch(random, text, min(max(word, 0), len(starts) - 1))
        code = bisect_right(shares, random.random() * shares[-1])
        coder = bisect_right(_CODER_SHARES, random.random() * 100)
        coding = start, stop, code, coder
        if coding not in seen:
            seen.add(coding)
            drawn.append((start, stop))
            yield coding


def _stretch(random: Random, text: Text, word: int) -> Span:
    """Return the word itself, a phrase from it on, its sentence with up to two more, or its paragraph."""
    start, stop = text.words[word]
    kind = random.random()
    if kind < 0.15:
        return start, stop
    if kind < 0.6:
        return start, text.words[min(word + random.randint(1, 9), len(text.words) - 1)][1]
    if kind < 0.9:
        first = bisect_right(text.sentences, (start, 1 << 60)) - 1
        last = min(first + random.choice((0, 0, 1, 2)), len(text.sentences) - 1)
        return text.sentences[first][0], text.sentences[last][1]
    return text.paragraphs[bisect_right(text.paragraphs, (start, 1 << 60)) - 1]
