"""A group of codes that exclude one another: the u-alpha family of the group, and gamma of any group."""

from collections.abc import Sequence

import numpy as np

from coder_app.analysis.agreement.continuum import Unit, continua, lengths
from coder_app.analysis.agreement.gamma import Costs, gamma
from coder_app.analysis.agreement.intervals import Estimate, Material, draws, estimates
from coder_app.analysis.agreement.scope import Scope
from coder_app.analysis.agreement.tables import cell, interval_cells, interval_columns, settings_of
from coder_app.analysis.agreement.unitizing import family, flat
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr

# Places of one text lie behind those of the one before, with as much room between as makes units strangers.
_ROOM = 3


def domain_table(scope: Scope, codes: Sequence[str], *, on_progress: OnProgress = tell_nobody) -> Table:
    """Return the u-alpha family of codes that exclude one another, a row per coefficient with its interval.

    Columns: coefficient (u_alpha, bar_u_alpha, cu_alpha, coverage, k_alpha), code (of k_alpha), value, undefined,
    then the interval. Raises BadInput, naming the place, where a coder gave two of the codes to one stretch.
    """
    places = _places(scope, codes)
    texts = continua(scope, places)
    sums = np.stack([flat(lengths(text, len(places))) for text in texts])[:, None, :]
    drawn = draws(len(texts), scope.how.resamples, scope.how.seed)
    material = Material(lambda _some: sums, 1, len(texts), sums.shape[-1], family(len(places)))
    found, _ = estimates(material, drawn, on_progress=on_progress)
    rows: list[tuple[Cell, ...]] = []
    for name, estimate in found.items():
        coefficient, _, value = name.partition(":")
        code = scope.code_names[places[int(value) - 1]] if value else None
        rows.append((coefficient, code, *_value_cells(estimate), *interval_cells(estimate, 0, drawn)))
    columns = (
        Column("coefficient", tr("Coefficient")),
        Column("code", tr("Code")),
        Column("value", tr("Value"), Kind.NUMBER),
        Column("undefined", tr("Why undefined")),
        *interval_columns(),
    )
    settings = settings_of(scope, drawn) | {"version": "Krippendorff, Mathet, Bouvry & Widlöcher 2016"}
    return Table(tr("Agreement within a domain"), columns, tuple(rows), settings)


def _value_cells(estimate: Estimate) -> tuple[Cell, ...]:
    value = cell(estimate.value[0])
    return value, tr("undefined (no variation)") if value is None else None


def gamma_table(
    scope: Scope, *, costs: Costs | None = None, precision: float = 0.02, on_progress: OnProgress = tell_nobody
) -> Table:
    """Return gamma of all codes in scope, gamma-cat, and gamma-k by code; slow, and it may be cancelled.

    Only sources that all coders coded enter, laid end to end. Columns: coefficient, code, value, undefined.
    Raises BadInput where no source was coded by all coders, or fewer than two marked anything.
    """
    weights = costs or Costs()
    coders, number = _end_to_end(scope)
    found = gamma(coders, weights, precision=precision, seed=scope.how.seed, on_progress=on_progress)
    values = {"gamma": found.gamma, "gamma_cat": found.gamma_cat}
    rows: list[tuple[Cell, ...]] = [(name, None, value, _why(value)) for name, value in values.items()]
    rows += [("gamma_k", scope.code_names[code], value, _why(value)) for code, value in found.gamma_k.items()]
    rows += [("observed_disorder", None, found.observed, None), ("expected_disorder", None, found.expected, None)]
    columns = (
        Column("coefficient", tr("Coefficient")),
        Column("code", tr("Code")),
        Column("value", tr("Value"), Kind.NUMBER),
        Column("undefined", tr("Why undefined")),
    )
    settings = settings_of(scope, None) | {
        "interval": tr("none; the expected disorder is known to {percent} %", percent=round(100 * found.precision, 2)),
        "sources": str(number),
        "costs": f"alpha {weights.alpha:g}, beta {weights.beta:g}, empty {weights.empty:g}",
        "samples": str(found.samples),
        "version": "Mathet, Widlöcher & Métivier 2015",
    }
    return Table(tr("Gamma"), columns, tuple(rows), settings)


def _why(value: float | None) -> str | None:
    return tr("undefined (no variation)") if value is None else None


def _places(scope: Scope, codes: Sequence[str]) -> list[int]:
    places = [scope.codes.index(code) for code in dict.fromkeys(codes) if code in scope.codes]
    if not places:
        raise BadInput(tr("A domain needs codes that may be applied; these have none."))
    return places


def _end_to_end(scope: Scope) -> tuple[list[list[Unit]], int]:
    """Return each coder's units of all sources that all coders coded, one source behind the other."""
    shared = np.flatnonzero(scope.present.all(axis=1))
    if not len(shared):
        raise BadInput(tr("No source was coded by all of these coders; name fewer coders with --coders."))
    codings = scope.codings
    room = _ROOM * int((codings.stop - codings.start).max(initial=0))
    begins = np.concatenate(([0], np.cumsum(scope.lengths[shared] + room)))
    offsets = dict(zip(shared.tolist(), begins.tolist(), strict=False))
    coders: list[list[Unit]] = [[] for _ in scope.coders]
    columns = (codings.coder, codings.source, codings.start, codings.stop, codings.code)
    rows: list[tuple[int, ...]] = sorted(zip(*(column.tolist() for column in columns), strict=True))
    for coder, source, start, stop, code in rows:
        if source in offsets:
            coders[coder].append(Unit(offsets[source] + start, offsets[source] + stop, code))
    return coders, len(shared)
