"""How often which words are used."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.text import split_words
from coder_app.i18n import tr

_SOFT_HYPHEN = "\u00ad"
_PER = 1_000_000


@dataclass(slots=True)
class WordCounts:
    """Word counts by source id, in the order of the sources; `running` counts all words, left out ones too."""

    by_source: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    running: int = 0

    def totals(self) -> list[tuple[str, int, int]]:
        """Return (word, count, number of sources that have it), the most frequent first, equals by the alphabet."""
        count: Counter[str] = Counter()
        spread: Counter[str] = Counter()
        for words in self.by_source.values():
            count.update(words)
            spread.update(words.keys())
        return [(word, n, spread[word]) for word, n in sorted(count.items(), key=lambda item: (-item[1], item[0]))]


def normal(text: str) -> str:
    """Return `text` as its words are compared: lower case, composed letters, one apostrophe, no soft hyphens."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text.lower().replace(_SOFT_HYPHEN, "").replace("’", "'"))


def count_words(
    texts: Iterable[tuple[str, str]], *, stop: frozenset[str] = frozenset(), min_length: int = 1
) -> WordCounts:
    """Count the words of (source id, text) pairs, without those of `stop`, shorter ones and bare numbers.

    Case does not matter. `texts` may be a generator, which can then tell how far things are, or raise Cancelled.
    """
    result = WordCounts()
    for source_id, text in texts:
        words = Counter(split_words(normal(text)))
        result.running += words.total()
        for word in [word for word in words if len(word) < min_length or word in stop or word.isdecimal()]:
            del words[word]
        result.by_source[source_id] = words
    return result


def words_table(counts: WordCounts, settings: dict[str, str] | None = None) -> Table:
    """Return how often each word is used, in how many sources, and how often in a million running words."""
    rows = [
        (word, count, sources, count * _PER / counts.running if counts.running else None)
        for word, count, sources in counts.totals()
    ]
    columns = (
        Column("word", tr("Word")),
        Column("count", tr("Count"), Kind.COUNT),
        Column("sources", tr("Sources"), Kind.COUNT),
        Column("per_million", tr("Per million words"), Kind.NUMBER),
    )
    return Table(tr("Word frequencies"), columns, tuple(rows), settings or {})


def words_by_source_table(counts: WordCounts, names: dict[str, str], settings: dict[str, str] | None = None) -> Table:
    """Return one row per word and source that has it, in the order of the words' total; `names` are the sources'."""
    rows: list[tuple[Cell, ...]] = [
        (word, names[source_id], words[word], source_id)
        for word, _, _ in counts.totals()
        for source_id, words in counts.by_source.items()
        if word in words
    ]
    columns = (
        Column("word", tr("Word")),
        Column("source", tr("Source")),
        Column("count", tr("Count"), Kind.COUNT),
        Column("source_id", tr("Source id")),
    )
    return Table(tr("Word frequencies by source"), columns, tuple(rows), settings or {})
