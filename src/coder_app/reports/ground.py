"""Reads from a project what co-occurrences are counted on: codings in a scope, units, cases, marks and lengths."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from coder_app.analysis.columns import Codings
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.spans import touched
from coder_app.analysis.tally import Ground
from coder_app.analysis.units import Cases, Cut, splitter
from coder_app.domain.distance import Measure, marks
from coder_app.domain.text import Span
from coder_app.i18n import tr
from coder_app.queries.cases import Places, cases_of_sources
from coder_app.queries.scope import Scope, places_in
from coder_app.queries.sources import sources, texts
from coder_app.store.project import Project


def scoped(project: Project, how: Counting, scope: Scope | None) -> tuple[Counting, Places | None]:
    """Return how to count a part of a project, and which parts of its sources these are; None is everything.

    Raises BadInput as `places_in` does.
    """
    places = places_in(project, scope) if scope else None
    if places is None or scope is None:
        return how, None
    among = frozenset(places) if how.sources is None else how.sources & frozenset(places)
    return replace(how, sources=among, scope=scope_words(scope)), places


def scope_words(scope: Scope) -> str:
    """Return a scope as a table and a methods paragraph say it."""
    parts = (
        (tr("sources"), scope.sources),
        (tr("sets"), scope.sets),
        (tr("cases"), scope.cases),
        (tr("where"), [str(one) for one in scope.conditions]),
    )
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in parts if values)


def in_parts(codings: Codings, places: Places | None) -> Codings:
    """Return the codings that share a character with these parts of sources; they stay whole."""
    parts = {} if places is None else {one: spans for one, spans in places.items() if spans is not None}
    chosen = np.ones(len(codings), dtype=np.bool_)
    for one, spans in parts.items():
        there = codings.source == codings.ids.sources.get(one, -1)
        starts, stops = (np.array([span[end] for span in spans], dtype=np.int64) for end in (0, 1))
        meets = np.searchsorted(stops, codings.start, side="right") < np.searchsorted(starts, codings.stop)
        chosen &= ~there | meets
    return codings if chosen.all() else codings.where(chosen)


def ground(project: Project, how: Counting, places: Places | None = None) -> Ground:
    """Return what must be known of the texts to count so; of a source that is in the scope in part only that part."""
    lengths = {one.id: one.characters for one in sources(project)}
    members = cases_of_sources(project)
    if how.unit is Unit.CASE:
        return Ground(cases_of(members, lengths), _marks(project, how), lengths)
    split = splitter(how.unit, how.window)
    cut: Cut | None = None
    if split is not None:
        cut = {source: _within(split(text), places, source) for source, text in texts(project).items()}
    return Ground(cut, _marks(project, how), lengths, case_of(members))


def _within(units: list[Span], places: Places | None, source: str) -> Sequence[Span]:
    spans = None if places is None else places.get(source)
    return units if spans is None else [units[at] for at in sorted(touched(spans, units))]


def case_of(members: Mapping[str, Places]) -> dict[str, str]:
    """Return the case of each source that belongs to one as a whole and to no other."""
    found: dict[str, list[str | None]] = {}
    for case, places in members.items():
        for source, spans in places.items():
            found.setdefault(source, []).append(case if spans is None else None)
    return {source: one for source, (one, *others) in found.items() if one is not None and not others}


def cases_of(members: Mapping[str, Places], lengths: Mapping[str, int]) -> Cases:
    """Return which stretches belong to which case, by source."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for case, places in members.items():
        for source, spans in places.items():
            for start, stop in ((0, lengths.get(source, 0)),) if spans is None else spans:
                found.setdefault(source, []).append((start, stop, case))
    return Cases(found)


def _marks(project: Project, how: Counting) -> dict[str, list[int]] | None:
    if how.mode is not Mode.PROXIMITY or how.distance.measure is Measure.CHARACTERS:
        return None
    return {source: marks(text, how.distance.measure) for source, text in texts(project).items()}
