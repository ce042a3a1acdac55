"""The part of the project that a table counts, by sets, cases and values of variables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coder_app.analysis.columns import Codings
from coder_app.analysis.counting import Grid
from coder_app.analysis.how import Counting
from coder_app.analysis.spans import touched
from coder_app.queries.cases import Places
from coder_app.queries.scope import EVERYTHING, Scope, places_in
from coder_app.reports.ground import in_parts, scope_words
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Part:
    """A scope, and what of the sources is in it; None is everything."""

    scope: Scope = EVERYTHING
    places: Places | None = None

    def codings(self, codings: Codings) -> Codings:
        """Return the codings that share a character with the part."""
        if self.places is None:
            return codings
        return in_parts(codings.where(codings.within(self.places)), self.places)

    def grid(self, grid: Grid | None) -> Grid | None:
        """Return the units of which something is in the part; `grid` None is whole documents."""
        if grid is None or self.places is None:
            return grid
        partly: Mapping[str, list[tuple[int, int]]] = {
            source: [units[at] for at in sorted(touched(spans, units))]
            for source, units in grid.items()
            if (spans := self.places.get(source)) is not None
        }
        return {**grid, **partly}

    def how(self, how: Counting) -> Counting:
        """Return how to count the part alone, with words that say which it is."""
        if self.places is None:
            return how
        among = frozenset(self.places) if how.sources is None else how.sources & frozenset(self.places)
        return replace(how, sources=among, scope=scope_words(self.scope))


WHOLE = Part()


def part_of(project: Project, scope: Scope) -> Part:
    """Return the part that a scope means. Raises BadInput as `places_in` does."""
    return Part(scope, places_in(project, scope))
