"""Coders compared on fixed units: every coefficient for every code, pooled and macro, with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass

from coder_app.analysis.agreement.decisions import Decisions, decisions
from coder_app.analysis.agreement.intervals import Draws, Estimate, Material, draws, estimates
from coder_app.analysis.agreement.linearised import standard_errors
from coder_app.analysis.agreement.measures import Measure, functions, measures
from coder_app.analysis.agreement.ratings import Sums
from coder_app.analysis.agreement.scope import Scope, Unit
from coder_app.domain.progress import OnProgress, tell_nobody


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What the coders decided and how far they agree.

    `sums` are those of each code, and last those of all codes pooled. `estimates` hold a value per code, then
    pooled, then macro. `errors` are by code and coefficient, over units; none for characters, which are not
    independent of their neighbours.
    """

    scope: Scope
    decisions: Decisions
    sums: Sums
    measures: tuple[Measure, ...]
    estimates: Mapping[str, Estimate]
    errors: tuple[Mapping[str, float], ...]
    drawn: Draws | None

    @property
    def used(self) -> list[bool]:
        """Say of each code whether anybody used it."""
        return [bool(value > 0) for value in self.sums.values[:-1, 1]]


def compare(scope: Scope, *, on_progress: OnProgress = tell_nobody) -> Compared:
    """Return how far the coders agree on each code and overall; with resamples this takes seconds."""
    found = decisions(scope)
    coders, codes, sources = len(scope.coders), len(scope.codes), len(scope.sources)
    drawn = draws(sources, scope.how.resamples, scope.how.seed)
    width = found.sums(range(1)).array.shape[-1]
    material = Material(lambda some: found.sums(some).array, codes, sources, width, functions(coders))
    known, whole = estimates(material, drawn, on_progress=on_progress)
    independent = scope.how.unit is not Unit.CHARACTER
    return Compared(
        scope=scope,
        decisions=found,
        sums=Sums(whole, 2, coders),
        measures=measures(coders),
        estimates=known,
        errors=tuple(standard_errors(found.ratings(code)) if independent else {} for code in range(codes)),
        drawn=drawn,
    )
