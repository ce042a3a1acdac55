"""The passages behind a chosen cell of a table of codes."""

from dataclasses import dataclass, replace

from coder_app.analysis.passages import Passage
from coder_app.analysis.tables.cell_passages import code_passages, first_uses, following
from coder_app.analysis.tables.material import Measure
from coder_app.domain.table import Cell
from coder_app.gui.analyse.counting import Found
from coder_app.reports.table_options import CROSSES, TableKind
from coder_app.reports.tables import Made

_Record = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Opened:
    """What the passages are called, the passages with the codings on them, and the codes that may be changed there."""

    title: str
    found: Found
    codes: frozenset[str] = frozenset()


def found_for(made: Made, block: str, record: _Record, column: str) -> Opened | None:
    """Return the passages behind a row, or behind a cell of a code × … table; None where it has none."""
    kind = made.gathered.options.kind
    if kind in CROSSES or kind is TableKind.FREQUENCIES:
        return _of_code(made, block, record, column)
    if kind is TableKind.SEQUENCE:
        return _of_pair(made, block, record)
    if kind is TableKind.SATURATION:
        return _of_source(made, block, record)
    return _of_place(made, record) if "start" in record else None


def _coder(made: Made, block: str) -> str:
    """Return the coder whose block it is, or the policy where several were taken as one."""
    coders = made.gathered.material.coders
    how = made.gathered.how.coders
    if how != "each":
        return how
    names = list(coders.values())
    known = {f"{name} ({one})" if names.count(name) > 1 else name: one for one, name in coders.items()}
    return known.get(block, how)


def _of_code(made: Made, block: str, record: _Record, column: str) -> Opened | None:
    gathered = made.gathered
    code = str(record["code_id"])
    how = replace(gathered.how, coders=_coder(made, block), codes=None)
    title = gathered.material.tree[code].name
    places = None
    if made.cross is not None:
        ids = [one.id for one in made.table.columns][3:-2]
        group = made.cross.groups[ids.index(column)] if column in ids else None
        if gathered.options.kind is TableKind.CODERS:
            how = replace(how, coders=group.id if group is not None else _together(made))
        elif group is not None:
            places = group.places
        else:
            places = [place for one in made.cross.groups for place in one.places]
        title = f"{title} × {group.title}" if group is not None else title
    apart = made.cross is None or gathered.options.measure == Measure.CODINGS.value
    passages = code_passages(gathered.material, how, code, places, apart=apart)
    below = (one.id for one in gathered.material.tree.walk(code)) if how.roll_up else ()
    family = frozenset([code, *below])
    return Opened(title, _found(made, passages, family), family)


def _together(made: Made) -> str:
    how = made.gathered.how.coders
    return "merged" if how == "each" else how


def _of_pair(made: Made, block: str, record: _Record) -> Opened:
    gathered = made.gathered
    how = replace(gathered.how, coders=_coder(made, block))
    pair = str(record["code_id"]), str(record["next_id"])
    found = following(gathered.material, how, pair, gathered.options.lag)
    tree = gathered.material.tree
    return Opened(f"{tree[pair[0]].name} → {tree[pair[1]].name}", _found(made, found), frozenset(pair))


def _of_source(made: Made, block: str, record: _Record) -> Opened:
    gathered = made.gathered
    how = replace(gathered.how, coders=_coder(made, block))
    rows = [dict(zip([one.id for one in made.table.columns], row, strict=True)) for row in made.table.rows]
    place = record["position"]
    before = [
        str(row["source_id"]) for row in rows if row["coders"] == record["coders"] and _below(row["position"], place)
    ]
    found = first_uses(gathered.material, how, before, str(record["source_id"]))
    return Opened(str(record["source"]), _found(made, found))


def _below(one: Cell, other: Cell) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one < other


def _of_place(made: Made, record: _Record) -> Opened:
    start, stop = record["start"], record["stop"]
    span = (start, stop) if isinstance(start, int) and isinstance(stop, int) else (0, 0)
    passage = Passage("", None, str(record["source_id"]), *span, span, span)
    codes = frozenset(str(record[name]) for name in ("code_a_id", "code_b_id") if name in record)
    return Opened(str(record["source"]), _found(made, [passage]), codes)


def _found(made: Made, passages: list[Passage], codes: frozenset[str] | None = None) -> Found:
    codings = made.gathered.material.codings
    return Found(passages, codings if codes is None else codings.where(codings.under(codes)))
