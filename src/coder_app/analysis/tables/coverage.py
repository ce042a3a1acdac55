"""How thickly each source is coded: the stretches with no code, with one, with two, and what is left uncoded."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.cells import distinct
from coder_app.analysis.columns import Numbers
from coder_app.analysis.counting import Pool, merged, packed
from coder_app.analysis.how import Counting
from coder_app.analysis.pools import blocks, pooled, scoped
from coder_app.analysis.tables.cross_table import how_words
from coder_app.analysis.tables.material import Material
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.text import Span, count_words
from coder_app.i18n import tr

_LONGEST_EXCERPT = 300
_MANY = 3

TextOf = Callable[[str], str]
"""Gives the text of a source by its id."""


@dataclass(frozen=True, slots=True, eq=False)
class Depths:
    """Coded stretches in order, by the number of the source, with how many different codes stand on each."""

    source: Numbers
    start: Numbers
    stop: Numbers
    depth: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """The depths of one coder, or of several taken as one; `sources` are those in scope, in order."""

    coders: str
    coder_id: str | None
    depths: Depths
    codes: Mapping[str, int]
    """How many different codes each source has, by its id."""
    first: Mapping[str, tuple[int, int]]
    """The rows of `depths` that belong to a source: from, to."""

    def strip(self, source_id: str) -> list[tuple[int, int, int]]:
        """Return start, stop and depth of the coded stretches of a source, in order."""
        begin, end = self.first.get(source_id, (0, 0))
        columns = (self.depths.start, self.depths.stop, self.depths.depth)
        return list(zip(*(column[begin:end].tolist() for column in columns), strict=True))


def coverage(material: Material, how: Counting) -> list[Coverage]:
    """Return how thickly the sources are coded, block by block; parents are not counted for their sub-codes.

    Where nobody coded anything, there is one block without stretches.
    """
    chosen = scoped(material.codings, material.tree, how)
    own = pooled(chosen, material.tree, how).own
    coders = [list(chosen.ids.coders)[int(number)] for number in np.unique(chosen.coder)]
    ids = list(chosen.ids.sources)
    found = [
        _coverage(label, coder_id, own.at(own.block == number), ids)
        for label, coder_id, number in blocks(how, coders, chosen.ids, material.coders)
    ]
    nothing = own.at(np.zeros(0, dtype=np.int64))
    return found or [_coverage(how.coders, None, nothing, ids)]


def _coverage(label: str, coder_id: str | None, pool: Pool, ids: Sequence[str]) -> Coverage:
    one = merged(pool)
    depths = _depths(one)
    bounds = np.searchsorted(depths.source, np.arange(len(ids) + 1)).tolist()
    pairs = distinct(packed(one.source, one.code))
    room = int(one.code.max(initial=0)) + 1
    codes = np.bincount(pairs // room, minlength=len(ids)) if len(pairs) else np.zeros(len(ids), dtype=np.int64)
    return Coverage(
        label,
        coder_id,
        depths,
        dict(zip(ids, codes.tolist(), strict=True)),
        {source: (bounds[n], bounds[n + 1]) for n, source in enumerate(ids)},
    )


def _depths(pool: Pool) -> Depths:
    """Cut the entries, of which those of one code are apart, at each border, and count those over each piece."""
    source = np.concatenate((pool.source, pool.source))
    place = np.concatenate((pool.start, pool.stop))
    step = np.repeat(np.array([1, -1], dtype=np.int64), len(pool.source))
    order = np.argsort(packed(source, place), kind="stable")
    source, place, depth = source[order], place[order], np.cumsum(step[order])
    # The last of several steps at one place knows what stands on the piece behind it.
    piece = np.flatnonzero((place[:-1] < place[1:]) & (source[:-1] == source[1:]) & (depth[:-1] > 0))
    source, start, stop, depth = source[piece], place[piece], place[piece + 1], depth[piece]
    begins = np.ones(len(source), dtype=np.bool_)
    begins[1:] = (source[1:] != source[:-1]) | (start[1:] != stop[:-1]) | (depth[1:] != depth[:-1])
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(source))[: len(first)] - 1
    return Depths(source[first], start[first], stop[last], depth[first])


def coverage_table(material: Material, how: Counting) -> Table:
    """Return a row per block and source in scope, also those that nobody coded.

    Columns: coders, source, characters, coded, share, uncoded, once, twice, more (characters on which one, two,
    three or more different codes stand), most (codes on one stretch), codes (different ones), source_id.
    """
    found = coverage(material, how)
    rows = [_row(block, source, material) for block in found for source in in_scope(material, how)]
    said = how_words(how, {block.coder_id: block.coders for block in found}) | {"roll_up": "no"}
    said["depth"] = tr("different codes on a character; a code counts once, however often it stands there")
    return Table(tr("Coverage"), _columns(), tuple(rows), said)


def in_scope(material: Material, how: Counting) -> list[str]:
    """Return the ids of the sources that are looked at, in order."""
    return [one for one in material.sources if how.sources is None or one in how.sources]


def _row(block: Coverage, source_id: str, material: Material) -> tuple[Cell, ...]:
    begin, end = block.first.get(source_id, (0, 0))
    start, stop, depth = (one[begin:end] for one in (block.depths.start, block.depths.stop, block.depths.depth))
    parts = material.parts_of(source_id)
    looked_at = _within(parts, stop) - _within(parts, start)
    by_depth = np.bincount(np.minimum(depth, _MANY), looked_at, minlength=_MANY + 1).astype(np.int64).tolist()
    most = int(depth.max(initial=0))
    characters, coded = sum(stop - start for start, stop in parts), sum(by_depth)
    document = material.sources[source_id]
    share = coded / characters if characters else None
    return (
        block.coders,
        document.name,
        characters,
        coded,
        share,
        characters - coded,
        *by_depth[1:],
        most,
        block.codes.get(source_id, 0),
        source_id,
    )


def _within(parts: Sequence[Span], places: Numbers) -> Numbers:
    """Return how many characters of the parts stand before each place."""
    start, stop = (np.array([part[end] for part in parts], dtype=np.int64) for end in (0, 1))
    # Before all parts there is one without characters.
    start, stop = np.append(0, start), np.append(0, stop)
    before = np.cumsum(stop - start) - (stop - start)
    at = np.searchsorted(start, places, side="right") - 1
    return before[at] + np.minimum(places, stop[at]) - start[at]


def _columns() -> tuple[Column, ...]:
    return (
        Column("coders", tr("Coders")),
        Column("source", tr("Source")),
        Column("characters", tr("Characters"), Kind.COUNT),
        Column("coded", tr("Coded characters"), Kind.COUNT),
        Column("share", tr("Share coded"), Kind.NUMBER),
        Column("uncoded", tr("Uncoded characters"), Kind.COUNT),
        Column("once", tr("With one code"), Kind.COUNT),
        Column("twice", tr("With two codes"), Kind.COUNT),
        Column("more", tr("With three or more"), Kind.COUNT),
        Column("most", tr("Most codes on a stretch"), Kind.COUNT),
        Column("codes", tr("Different codes"), Kind.COUNT),
        Column("source_id", tr("Id of the source")),
    )


def uncoded_table(material: Material, how: Counting, text_of: TextOf, *, least: int = 1) -> Table:
    """Return the passages that have no code, in the order of the texts: a list to work through.

    White space at their ends is left out, and so are passages without a word or with fewer than `least`
    characters. Columns: coders, source, start, stop, characters, words, text (cut), source_id.
    """
    found = coverage(material, how)
    rows: list[tuple[Cell, ...]] = []
    for source_id in in_scope(material, how):
        text = text_of(source_id)
        name = material.sources[source_id].name
        for block in found:
            for start, stop in uncoded(block, source_id, text, material.parts_of(source_id)):
                words = count_words(text[start:stop])
                if words and stop - start >= least:
                    said = excerpt(text, start, stop)
                    rows.append((block.coders, name, start, stop, stop - start, words, said, source_id))
    rows.sort(key=lambda row: str(row[0]))
    columns = (
        Column("coders", tr("Coders")),
        Column("source", tr("Source")),
        Column("start", tr("Start"), Kind.COUNT),
        Column("stop", tr("End"), Kind.COUNT),
        Column("characters", tr("Characters"), Kind.COUNT),
        Column("words", tr("Words"), Kind.COUNT),
        Column("text", tr("Text")),
        Column("source_id", tr("Id of the source")),
    )
    said = how_words(how, {block.coder_id: block.coders for block in found}) | {"roll_up": "no"}
    return Table(tr("Uncoded passages"), columns, tuple(rows), said | {"least_characters": str(least)})


def uncoded(block: Coverage, source_id: str, text: str, parts: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of a source without codes, without the white space at their ends."""
    coded = block.strip(source_id)
    for first, last in parts:
        place = first
        for start, stop, _ in coded[bisect_right(coded, first, key=lambda one: one[1]) :]:
            if start >= last:
                break
            yield from _trimmed(text, place, start)
            place = max(place, stop)
        yield from _trimmed(text, place, last)


def _trimmed(text: str, start: int, stop: int) -> Iterator[Span]:
    inside = text[start:stop]
    start += len(inside) - len(inside.lstrip())
    stop = start + len(inside.strip())
    if start < stop:
        yield start, stop


def excerpt(text: str, start: int, stop: int) -> str:
    """Return the words of a passage, cut where they are many."""
    if stop - start <= _LONGEST_EXCERPT:
        return text[start:stop]
    return text[start : start + _LONGEST_EXCERPT].rstrip() + "…"
