"""Finds words in one text or in all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coder_app.store.project import Project


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


def pattern(query: str, *, whole_words: bool = True) -> re.Pattern[str] | None:
    """Return what finds `query`, ignoring case and the kind of white space; None for an empty query."""
    words = query.split()
    if not words:
        return None
    body = r"\s+".join(re.escape(word) for word in words)
    if whole_words:
        first = r"\b" if re.match(r"\w", words[0]) else ""
        last = r"\b" if re.search(r"\w$", words[-1]) else ""
        body = first + body + last
    return re.compile(body, re.IGNORECASE)


def find_in(text: str, query: str, *, whole_words: bool = False) -> list[tuple[int, int]]:
    """Return the places of `query` in `text`."""
    wanted = pattern(query, whole_words=whole_words)
    return [match.span() for match in wanted.finditer(text)] if wanted else []


def search(project: Project, query: str, *, whole_words: bool = True, context: int = 60) -> Iterator[Hit]:
    """Yield the hits of `query` in all sources, in the order of sources and places."""
    wanted = pattern(query, whole_words=whole_words)
    if wanted is None:
        return
    for source_id, name, text in project.each(
        "SELECT source.id, name, text FROM source JOIN text_body ON hash = text_hash"
        " ORDER BY folder, order_key, source.id"
    ):
        for match in wanted.finditer(text):
            start, stop = match.span()
            yield Hit(
                source_id,
                name,
                start,
                stop,
                match[0],
                text[max(0, start - context) : start],
                text[stop : stop + context],
            )
