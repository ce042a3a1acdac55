"""The passages behind a cell of a table of codes: of one code in one column, or of one code after another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from coder_app.analysis.counting import Pool, merged
from coder_app.analysis.how import Counting
from coder_app.analysis.passages import Passage
from coder_app.analysis.pools import pooled, scoped
from coder_app.analysis.tables.material import Material, Place
from coder_app.domain.text import Span


def code_passages(
    material: Material, how: Counting, code: str, places: Sequence[Place] | None = None, *, apart: bool = False
) -> list[Passage]:
    """Return where a code stands in these places (None: anywhere), in the order of the sources.

    Its codings are merged where they overlap, unless they are wanted `apart`: then there is one for each coding.
    There are as many as the cell says.
    """
    pool = _pool(material, how, [code])
    pool = pool if apart else merged(pool)
    names = list(material.codings.ids.sources)
    inside = None if places is None else _by_source(places)
    found: list[Passage] = []
    columns: list[tuple[int, int, int]] = list(
        zip(pool.source.tolist(), pool.start.tolist(), pool.stop.tolist(), strict=True)
    )
    for source, start, stop in columns:
        name = names[source]
        if inside is None or any(max(start, a) < min(stop, b) for a, b in inside.get(name, ())):
            found.append(_passage(how, name, (start, stop), (start, stop)))
    return _in_order(found, material)


def following(material: Material, how: Counting, pair: tuple[str, str], lag: int) -> list[Passage]:
    """Return the segments of the first code of a pair that the second follows at this lag, each with that."""
    pool = merged(_pool(material, how, None))
    names, codes = list(material.codings.ids.sources), material.codings.ids.codes
    by_source: dict[int, dict[int, list[tuple[int, int]]]] = {}
    rows: list[tuple[int, int, int, int]] = list(
        zip(pool.source.tolist(), pool.start.tolist(), pool.stop.tolist(), pool.code.tolist(), strict=True)
    )
    for source, start, stop, code in rows:
        by_source.setdefault(source, {}).setdefault(start, []).append((code, stop))
    first, second = codes[pair[0]], codes[pair[1]]
    found: list[Passage] = []
    for source, events in by_source.items():
        starts = sorted(events)
        for before, after in zip(starts, starts[lag:], strict=False):
            ones = [stop for code, stop in events[before] if code == first]
            twos = [stop for code, stop in events[after] if code == second]
            found += [_passage(how, names[source], (before, one), (after, two)) for one in ones for two in twos]
    return _in_order(found, material)


def first_uses(material: Material, how: Counting, before: Iterable[str], source_id: str) -> list[Passage]:
    """Return, of each code that a source has and those `before` it have not, the first segment there."""
    pool = merged(_pool(material, how, None))
    sources = material.codings.ids.sources
    known = {sources[one] for one in before if one in sources}
    seen = set(pool.code[np.isin(pool.source, list(known))].tolist())
    here = pool.at(pool.source == sources.get(source_id, -1))
    first: dict[int, Span] = {}
    rows: list[tuple[int, int, int]] = sorted(
        zip(here.start.tolist(), here.stop.tolist(), here.code.tolist(), strict=True)
    )
    for start, stop, code in rows:
        if code not in seen:
            first.setdefault(code, (start, stop))
    return [_passage(how, source_id, span, span) for span in sorted(first.values())]


def _pool(material: Material, how: Counting, codes: Sequence[str] | None) -> Pool:
    """Return the entries of these codes, or of all that are in scope."""
    wanted = how if codes is None else replace(how, codes=frozenset(codes))
    codings = material.codings
    if codes is not None:
        family = {one.id for code in codes for one in material.tree.walk(code)} if how.roll_up else set[str]()
        codings = codings.where(codings.under(family.union(codes)))
    return pooled(scoped(codings, material.tree, wanted), material.tree, wanted).pool


def _by_source(places: Sequence[Place]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for source_id, start, stop in places:
        found.setdefault(source_id, []).append((start, stop))
    return found


def _passage(how: Counting, source_id: str, first: Span, second: Span) -> Passage:
    return Passage(how.coders, None, source_id, *first, first, second)


def _in_order(found: list[Passage], material: Material) -> list[Passage]:
    order = {source_id: place for place, source_id in enumerate(material.sources)}
    return sorted(
        (one for one in found if one.source_id in order), key=lambda one: (order[one.source_id], one.start, one.stop)
    )
