"""Finds words in one text or in all of them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from coder_app.store.project import Project

# Thai to Khmer, kana and ideographs: scripts that put no space between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand, with some context on either side."""

    source_id: str
    source: str
    start: int
    stop: int
    text: str
    before: str
    after: str


def _pattern(query: str) -> re.Pattern[str] | None:
    """Return what finds `query`, ignoring case and the kind of white space; None for an empty query."""
    words = query.split()
    return re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE) if words else None


def _is_letter(character: str) -> bool:
    # An accent or vowel sign belongs to its word, although `\w` does not know it.
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def _is_whole(text: str, start: int, stop: int) -> bool:
    """Say whether neither end lies inside a word; scripts without spaces have no such ends."""
    return not any(
        0 < at < len(text)
        and _is_letter(text[at - 1])
        and _is_letter(text[at])
        and not _UNSPACED.match(text, at - 1)
        and not _UNSPACED.match(text, at)
        for at in (start, stop)
    )


def find_in(text: str, query: str, *, whole_words: bool = False) -> list[tuple[int, int]]:
    """Return the places of `query` in `text`, ignoring case and the kind of white space; they never overlap."""
    wanted = _pattern(query)
    found: list[tuple[int, int]] = []
    match = wanted.search(text) if wanted else None
    while wanted and match:
        start, stop = match.span()
        is_hit = not whole_words or _is_whole(text, start, stop)
        if is_hit:
            found.append((start, stop))
        match = wanted.search(text, stop if is_hit else start + 1)
    return found


def search(project: Project, query: str, *, whole_words: bool = True, context: int = 60) -> Iterator[Hit]:
    """Yield the hits of `query` in all sources, in the order of sources and places."""
    for source_id, name, text in project.each(
        "SELECT source.id, name, text FROM source JOIN text_body ON hash = text_hash"
        " ORDER BY folder, order_key, source.id"
    ):
        for start, stop in find_in(text, query, whole_words=whole_words):
            before, after = text[max(0, start - context) : start], text[stop : stop + context]
            yield Hit(source_id, name, start, stop, text[start:stop], before, after)
