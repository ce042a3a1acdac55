"""A co-occurrence as a table: one row per pair of codes for programs, or a matrix for the eye."""

from collections.abc import Iterable
from itertools import combinations

from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.how import EACH, MERGED, Counting, Mode
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr


def pairs_table(result: Cooccurrence, tree: CodeTree) -> Table:
    """Return each unordered pair of codes used in a block once, in tree order, without the diagonal.

    Columns: coders, code_a, code_b (paths), n_a, n_b, n_ab (in what the mode counts), n_units (N, only in
    the mode `units`), jaccard (only in the modes `characters` and `units`: elsewhere it could exceed 1),
    redundant_a, redundant_b (codings that overlap another one of the same code), code_a_id, code_b_id;
    under roll-up own_a, own_b (n without sub-codes); in the modes `segments` and `pairs`, where units were
    given, unit, unit_n_a, unit_n_b, unit_n_ab, unit_n, unit_jaccard. Empty n_ab: one is the other's ancestor.
    """
    how = result.how
    besides = _units_besides(result)
    columns = [*_pair_columns(), *(_own_columns() if how.roll_up else ()), *(_unit_columns() if besides else ())]
    rows: list[tuple[Cell, ...]] = []
    for block in result.blocks:
        block.unfold()
        for code_a, code_b in combinations(block.codes, 2):
            row = _pair_cells(block, code_a, code_b, tree)
            if how.roll_up:
                row += (block.own.get(code_a, 0), block.own.get(code_b, 0))
            if besides:
                row += _unit_cells(block, code_a, code_b, how)
            rows.append(row)
    return Table(tr("Code co-occurrence"), tuple(columns), tuple(rows), _settings(result, tree))


def matrix_table(result: Cooccurrence, tree: CodeTree) -> Table:
    """Return the full symmetric matrix of each block, one block below the other.

    Columns: coders, code (path), then one per code used in any block, headed as its row. The diagonal holds
    the code's own n, which is no co-occurrence: leave it out of sums and colours. A cell is empty where
    one code is the other's ancestor (roll-up), or where the block does not use the column's code.
    """
    for block in result.blocks:
        block.unfold()
    used = {code for block in result.blocks for code in block.codes}
    codes = [code.id for code in tree.walk() if code.id in used]
    fixed = (Column("coders", tr("Coders")), Column("code", tr("Code")))
    headings = _headings(codes, tree, {column.id for column in fixed})
    columns = [Column(name, name, Kind.COUNT) for name in headings.values()]
    rows = tuple(
        (block.coders, headings[code], *_matrix_cells(block, code, codes))
        for block in result.blocks
        for code in block.codes
    )
    settings = _settings(result, tree) | {"diagonal": tr("the code's own n, no co-occurrence")}
    return Table(tr("Code co-occurrence"), (*fixed, *columns), rows, settings)


def _matrix_cells(block: Block, code: str, codes: Iterable[str]) -> list[Cell]:
    used = frozenset(block.codes)
    return [
        None if other not in used else block.n(code) if other == code else block.n_ab(code, other) for other in codes
    ]


def _headings(codes: list[str], tree: CodeTree, taken: set[str]) -> dict[str, str]:
    """Return the paths of the codes; one that several codes or a fixed column bear gets its id added."""
    paths = [tree.path(code) for code in codes]
    double = {path for path in paths if paths.count(path) > 1} | taken
    return {code: f"{path} ({code})" if path in double else path for code, path in zip(codes, paths, strict=True)}


def _pair_columns() -> tuple[Column, ...]:
    return (
        Column("coders", tr("Coders")),
        Column("code_a", tr("Code A")),
        Column("code_b", tr("Code B")),
        Column("n_a", tr("n of A"), Kind.COUNT),
        Column("n_b", tr("n of B"), Kind.COUNT),
        Column("n_ab", tr("Together"), Kind.COUNT),
        Column("n_units", tr("Units in scope (N)"), Kind.COUNT),
        Column("jaccard", tr("Jaccard"), Kind.NUMBER),
        Column("redundant_a", tr("Redundant codings of A"), Kind.COUNT),
        Column("redundant_b", tr("Redundant codings of B"), Kind.COUNT),
        Column("code_a_id", tr("Id of A")),
        Column("code_b_id", tr("Id of B")),
    )


def _pair_cells(block: Block, code_a: str, code_b: str, tree: CodeTree) -> tuple[Cell, ...]:
    return (
        block.coders,
        tree.path(code_a),
        tree.path(code_b),
        block.n(code_a),
        block.n(code_b),
        block.n_ab(code_a, code_b),
        block.counts.total,
        block.jaccard(code_a, code_b),
        block.redundant.get(code_a, 0),
        block.redundant.get(code_b, 0),
        code_a,
        code_b,
    )


def _own_columns() -> tuple[Column, ...]:
    return (
        Column("own_a", tr("n of A without sub-codes"), Kind.COUNT),
        Column("own_b", tr("n of B without sub-codes"), Kind.COUNT),
    )


def _unit_columns() -> tuple[Column, ...]:
    return (
        Column("unit", tr("Unit")),
        Column("unit_n_a", tr("Units with A"), Kind.COUNT),
        Column("unit_n_b", tr("Units with B"), Kind.COUNT),
        Column("unit_n_ab", tr("Units with both"), Kind.COUNT),
        Column("unit_n", tr("Units in scope"), Kind.COUNT),
        Column("unit_jaccard", tr("Jaccard of the units"), Kind.NUMBER),
    )


def _unit_cells(block: Block, code_a: str, code_b: str, how: Counting) -> tuple[Cell, ...]:
    if block.by_unit is None:
        return (None,) * 6
    return (
        how.unit.value,
        block.by_unit.n.get(code_a, 0),
        block.by_unit.n.get(code_b, 0),
        block.unit_ab(code_a, code_b),
        block.by_unit.total,
        block.unit_jaccard(code_a, code_b),
    )


def _units_besides(result: Cooccurrence) -> bool:
    return result.by_unit and result.how.mode in {Mode.SEGMENTS, Mode.PAIRS}


def _settings(result: Cooccurrence, tree: CodeTree) -> dict[str, str]:
    how = result.how
    one = how.coders not in {EACH, MERGED} and how.at_least is None
    settings = {"mode": how.mode.value}
    if how.mode is Mode.UNITS or _units_besides(result):
        settings["unit"] = how.unit.value
    settings["coders"] = result.blocks[0].coders if one and result.blocks else how.coders
    settings["roll_up"] = "yes" if how.roll_up else "no"
    settings["sources"] = "all" if how.sources is None else ", ".join(sorted(how.sources))
    settings["codes"] = "all" if how.codes is None else ", ".join(_paths(how.codes, tree))
    return settings


def _paths(codes: frozenset[str], tree: CodeTree) -> list[str]:
    return [tree.path(code.id) for code in tree.walk() if code.id in codes]
