"""How often which words are used."""

import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.text import Span, split_words, stretches, words
from coder_app.i18n import tr

_SOFT_HYPHEN = "\u00ad"
_PER = 1_000
_COUNTED_AT_ONCE = 10_000
_LOOKED_AT_ONCE = 4_000
_FEW = 20


class Words(NamedTuple):
    """A word, how often it stands in the texts, and in how many of them."""

    word: str
    times: int
    sources: int


@dataclass(frozen=True, slots=True)
class Counting:
    """Which words are counted as one, and which are left out: those of `stop`, shorter, rarer, bare numbers."""

    match_case: bool = False
    stop: frozenset[str] = frozenset()
    min_length: int = 1
    min_count: int = 1
    numbers: bool = False

    def takes(self, row: Words) -> bool:
        """Say whether a word is among those that are shown."""
        word = row.word
        return (
            row.times >= self.min_count
            and len(word) >= self.min_length
            and (self.numbers or not word.isdecimal())
            and word not in self.stop
            and not (self.match_case and normal(word) in self.stop)
        )


def normal(text: str) -> str:
    """Return `text` as its words are compared: lower case, composed letters, one apostrophe, no soft hyphens."""
    return text.lower() if text.isascii() else cased(text.lower())


def cased(text: str) -> str:
    """Return `text` as `normal` does, but with its capitals."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.replace(_SOFT_HYPHEN, "").replace("’", "'"))


class Tally:
    """How often each written form stands in each text; which forms make one word is asked afterwards.

    Texts have keys of the caller's choosing. It takes 8 bytes for each form of each text.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: dict[str, _Counted] = {}
        self._words: dict[bool, list[str]] = {False: [], True: []}

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def add(self, key: str, pieces: Iterable[str], on_progress: Callable[[int], None] | None = None) -> None:
        """Count a text that comes in pieces. `on_progress` is told the characters done since, and may raise."""
        counter: Counter[str] = Counter()
        for piece in pieces:
            # In stretches: nothing else can run while a long text is taken apart.
            for start, stop in stretches(piece, _COUNTED_AT_ONCE):
                counter.update(split_words(piece[start:stop]))
                if on_progress:
                    on_progress(stop - start)
        numbers = self._numbers
        rows = sorted((numbers.setdefault(form, len(numbers)), count) for form, count in counter.items())
        self._texts[key] = _Counted(array("I", (row[0] for row in rows)), array("I", (row[1] for row in rows)))

    def keep(self, keys: Iterable[str]) -> None:
        """Forget all other texts."""
        kept = set(keys)
        self._texts = {key: counted for key, counted in self._texts.items() if key in kept}

    def running(self, keys: Iterable[str]) -> int:
        """Return how many words these texts have, one after another."""
        return sum(sum(self._texts[key].counts) for key in keys)

    def words(self, *, match_case: bool = False) -> Sequence[str]:
        """Return the word for each form, by its number."""
        fold, known = cased if match_case else normal, self._words[match_case]
        known += map(fold, islice(self._numbers, len(known), None))
        return known

    def totals(self, keys: Iterable[str], *, match_case: bool = False) -> list[Words]:
        """Return the words of these texts, the most frequent first, equals by the alphabet."""
        places: dict[str, int] = {}
        of_form = [places.setdefault(word, len(places)) for word in self.words(match_case=match_case)]
        times, spread, seen_in = [0] * len(places), [0] * len(places), [-1] * len(places)
        for number, key in enumerate(keys):
            counted = self._texts[key]
            for form, count in zip(counted.forms, counted.counts, strict=True):
                place = of_form[form]
                times[place] += count
                if seen_in[place] != number:
                    seen_in[place] = number
                    spread[place] += 1
        found = (Words(*row) for row in zip(places, times, spread, strict=True) if row[1])
        return sorted(found, key=lambda row: (-row.times, row.word))

    def forms(self, wanted: Iterable[str], *, match_case: bool = False) -> frozenset[str]:
        """Return how these words are written in the texts."""
        chosen = set(wanted)
        words_ = self.words(match_case=match_case)
        return frozenset(form for form, word in zip(self._numbers, words_, strict=True) if word in chosen)

    def having(self, forms: Iterable[str], keys: Iterable[str]) -> list[str]:
        """Return those of the texts that have one of the forms, in their order."""
        numbers = [self._numbers[form] for form in forms if form in self._numbers]
        return [key for key in keys if self._texts[key].has(numbers)]

    def count_in(self, key: str, *, match_case: bool = False) -> Counter[str]:
        """Return how often each word stands in a text."""
        word_of = self.words(match_case=match_case)
        counted = self._texts[key]
        found: Counter[str] = Counter()
        for form, count in zip(counted.forms, counted.counts, strict=True):
            found[word_of[form]] += count
        return found


@dataclass(frozen=True, slots=True)
class _Counted:
    """The numbers of the forms of one text in ascending order, and how often it has each."""

    forms: "array[int]"
    counts: "array[int]"

    def has(self, numbers: Iterable[int]) -> bool:
        last = len(self.forms)
        return any((at := bisect_left(self.forms, n)) < last and self.forms[at] == n for n in numbers)


def tally(texts: Iterable[tuple[str, str]]) -> Tally:
    """Return the count of (key, text) pairs."""
    made = Tally()
    for key, text in texts:
        made.add(key, (text,))
    return made


def occurrences(text: str, forms: frozenset[str]) -> Iterator[Span]:
    """Yield where words written in one of `forms` stand in `text`, and now and then an empty span.

    The empty ones let the caller see that it goes on, in a text without hits as well.
    """
    look_first = forms if len(forms) <= _FEW else ()
    for start, stop in stretches(text, _LOOKED_AT_ONCE):
        stretch = text[start:stop]
        if not look_first or any(form in stretch for form in look_first):
            yield from (span for span in words(text, start, stop) if text[span[0] : span[1]] in forms)
        yield stop, stop


def words_table(rows: Iterable[Words], running: int, settings: dict[str, str] | None = None) -> Table:
    """Return how often each word is used, in how many sources, and how often in a thousand running words."""
    cells = tuple((word, count, sources, per_thousand(count, running)) for word, count, sources in rows)
    columns = (
        Column("word", tr("Word")),
        Column("count", tr("Count"), Kind.COUNT),
        Column("sources", tr("Sources"), Kind.COUNT),
        Column("per_thousand", tr("Per 1,000 words"), Kind.NUMBER),
    )
    return Table(tr("Word frequencies"), columns, cells, settings or {})


def per_thousand(count: int, running: int) -> float | None:
    """Return how often a word comes in a thousand running words; None where there are none."""
    return count * _PER / running if running else None


def words_by_source_table(
    rows: Iterable[Words],
    found: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
    settings: dict[str, str] | None = None,
) -> Table:
    """Return one row per word and source that has it; `found` counts words, `names` are the sources', both by id."""
    cells: list[tuple[Cell, ...]] = [
        (word, names[source_id], counts[word], source_id)
        for word, _, _ in rows
        for source_id, counts in found.items()
        if word in counts
    ]
    columns = (
        Column("word", tr("Word")),
        Column("source", tr("Source")),
        Column("count", tr("Count"), Kind.COUNT),
        Column("source_id", tr("Source id")),
    )
    return Table(tr("Word frequencies by source"), columns, tuple(cells), settings or {})
