"""How often each code of the codebook is used: codings, segments, sources, cases, coders, characters, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.pools import pooled, scoped
from coder_app.analysis.tables.cross import Cross, CrossBlock, cross
from coder_app.analysis.tables.cross_table import how_words
from coder_app.analysis.tables.material import Group, Material, Measure, everything
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr

Dates = Mapping[tuple[str, str], tuple[str, str]]
"""When a code was first and last applied by a coder: by code id and coder id, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is counted besides the spans of a block."""

    material: Material
    how: Counting
    dates: Dates
    people: frozenset[str]
    """Those who have dates."""
    cases: Mapping[str | None, CrossBlock]
    coders: Mapping[tuple[str | None, str], int]


def frequencies_table(material: Material, how: Counting, cases: Sequence[Group], dates: Dates) -> Table:
    """Return a row per block and code in scope, in tree order, those never used with zeros.

    Columns: coders, code, codings, segments, sources, cases, people,
    characters, share_of_text (of the sources that the block coded), share_of_codings, first_used, last_used, code_id.
    """
    result = cross(material, how, [everything(material)], title="", all_title="")
    by_case = _by_case(material, how, cases)
    asked = _Asked(material, how, dates, frozenset(one for _, one in dates), by_case, _people(material, how))
    wanted = [code.id for code in material.tree.walk() if how.codes is None or code.id in how.codes]
    rows = [row for block in result.blocks for row in _rows(block, wanted, asked)]
    said = how_words(how, {block.coder_id: block.coders for block in result.blocks})
    said["share_of_text"] = tr("characters of the sources that were coded, out of all their characters")
    said["share_of_codings"] = tr("of all codings of the block, each once; under roll-up parts add up to more than 1")
    return Table(tr("Code frequencies"), _columns(), tuple(rows), said)


def _by_case(material: Material, how: Counting, cases: Sequence[Group]) -> dict[str | None, CrossBlock]:
    if not cases:
        return {}
    found: Cross = cross(material, how, cases, title="", all_title="")
    return {block.coder_id: block for block in found.blocks}


def _people(material: Material, how: Counting) -> dict[tuple[str | None, str], int]:
    """Return how many coders gave each code, for the block of each coder and for that of several."""
    apart = replace(how, coders=EACH if how.coders == MERGED or how.at_least is not None else how.coders)
    pool = pooled(scoped(material.codings, material.tree, apart), material.tree, apart).pool
    names, coders = list(material.codings.ids.codes), list(material.codings.ids.coders)
    found: dict[tuple[str | None, str], int] = {}
    pairs: set[tuple[int, int]] = set(zip(pool.code.tolist(), pool.block.tolist(), strict=True))
    for code, coder in pairs:
        found[coders[coder], names[code]] = 1
        found[None, names[code]] = found.get((None, names[code]), 0) + 1
    return found


def _rows(block: CrossBlock, wanted: Sequence[str], asked: _Asked) -> list[tuple[Cell, ...]]:
    place = {code: row for row, code in enumerate(block.codes)}
    codings, segments, sources, characters = (
        block.row_totals(measure).tolist()
        for measure in (Measure.CODINGS, Measure.SEGMENTS, Measure.SOURCES, Measure.COVERAGE)
    )
    every = block.total(Measure.CODINGS)
    length = int(block.characters[-1])
    rows: list[tuple[Cell, ...]] = []
    for code in wanted:
        path, row = asked.material.tree.path(code), place.get(code)
        cases = _cases(asked.cases.get(block.coder_id), code)
        if row is None:
            rows.append((block.coders, path, 0, 0, 0, cases, 0, 0, 0.0, 0.0, None, None, code))
            continue
        first, last = _used(block.coder_id, code, asked)
        rows.append(
            (
                block.coders,
                path,
                int(codings[row]),
                int(segments[row]),
                int(sources[row]),
                cases,
                asked.coders.get((block.coder_id, code), 0),
                int(characters[row]),
                characters[row] / length if length else None,
                codings[row] / every if every else None,
                first,
                last,
                code,
            )
        )
    return rows


def _cases(block: CrossBlock | None, code: str) -> int | None:
    if block is None:
        return None
    return int((block.body.codings[block.codes.index(code)] > 0).sum()) if code in block.codes else 0


def _used(coder_id: str | None, code: str, asked: _Asked) -> tuple[str | None, str | None]:
    family = {code, *(one.id for one in asked.material.tree.walk(code))} if asked.how.roll_up else {code}
    people = asked.people if coder_id is None else [coder_id]
    found = [asked.dates[pair] for pair in product(family, people) if pair in asked.dates]
    return min((first for first, _ in found), default=None), max((last for _, last in found), default=None)


def _columns() -> tuple[Column, ...]:
    return (
        Column("coders", tr("Coders")),
        Column("code", tr("Code")),
        Column("codings", tr("Codings"), Kind.COUNT),
        Column("segments", tr("Segments"), Kind.COUNT),
        Column("sources", tr("Sources"), Kind.COUNT),
        Column("cases", tr("Cases"), Kind.COUNT),
        Column("people", tr("Coders with the code"), Kind.COUNT),
        Column("characters", tr("Characters"), Kind.COUNT),
        Column("share_of_text", tr("Share of text"), Kind.NUMBER),
        Column("share_of_codings", tr("Share of codings"), Kind.NUMBER),
        Column("first_used", tr("First used")),
        Column("last_used", tr("Last used")),
        Column("code_id", tr("Id of the code")),
    )
