"""Agreement on all codes of a unit at once: each coder's codes are one set, and sets may be near one another."""

from collections import defaultdict

import numpy as np

from coder_app.analysis.agreement.alpha import SetDistance, set_alpha
from coder_app.analysis.agreement.decisions import given_units
from coder_app.analysis.agreement.scope import Scope, Unit
from coder_app.analysis.agreement.tables import settings_of
from coder_app.analysis.counting import Pool
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, first_half, second_half, tell_nobody
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr


def sets_table(scope: Scope, *, on_progress: OnProgress = tell_nobody) -> Table:
    """Return Krippendorff's alpha of the coders' sets of codes, by Jaccard's distance and by MASI.

    A unit without a code bears the empty set. Columns: coefficient, unit, units, different_sets, value, undefined.
    Raises BadInput for characters, of which each would be a set of its own.
    """
    if scope.how.unit is Unit.CHARACTER:
        raise BadInput(tr("Sets of codes need units with room for several, such as paragraphs; choose another unit."))
    units = _sets(scope)
    different = len({one for unit in units for one in unit})
    rows: list[tuple[Cell, ...]] = []
    for distance, part in zip(SetDistance, (first_half(on_progress), second_half(on_progress)), strict=True):
        value = set_alpha(units, distance, on_progress=part)
        reason = tr("undefined (no variation)") if value is None else None
        rows.append((f"set_alpha_{distance}", scope.how.unit.value, len(units), different, value, reason))
    columns = (
        Column("coefficient", tr("Coefficient")),
        Column("unit", tr("Unit")),
        Column("units", tr("Units"), Kind.COUNT),
        Column("different_sets", tr("Different sets"), Kind.COUNT),
        Column("value", tr("Value"), Kind.NUMBER),
        Column("undefined", tr("Why undefined")),
    )
    settings = settings_of(scope, None) | {"interval": tr("none")}
    return Table(tr("Agreement on sets of codes"), columns, tuple(rows), settings)


def _sets(scope: Scope) -> list[list[frozenset[str]]]:
    """Return by unit the sets of codes of those who coded its source."""
    codings = scope.codings
    found = given_units(Pool(codings.coder, codings.source, codings.start, codings.stop, codings.code), scope)
    codes: defaultdict[tuple[int, int], dict[int, set[str]]] = defaultdict(dict)
    columns = (found.source, found.place, found.block, found.code)
    rows: list[tuple[int, ...]] = list(zip(*(column.tolist() for column in columns), strict=True))
    for source, unit, coder, code in rows:
        codes[source, unit].setdefault(coder, set()).add(scope.codes[code])
    coders = [np.flatnonzero(present).tolist() for present in scope.present]
    units = [
        [frozenset(given.get(coder, ())) for coder in coders[source]] for (source, _), given in sorted(codes.items())
    ]
    coded = np.bincount(np.array([source for source, _ in codes], dtype=np.int64), minlength=len(scope.sources))
    for source, rest in enumerate((scope.sizes - coded).tolist()):
        units += [[frozenset[str]()] * len(coders[source])] * rest
    return units
