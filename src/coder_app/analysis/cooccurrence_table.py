"""A co-occurrence as a table: one row per pair of codes for programs, or a matrix for the eye."""

from collections.abc import Sequence

import numpy as np

from coder_app.analysis.block import Block, Cooccurrence, Counts, Pairs
from coder_app.analysis.cells import NONE
from coder_app.analysis.how import EACH, MERGED, Mode, Unit
from coder_app.analysis.listed import listed
from coder_app.analysis.measured import Measured, Measures
from coder_app.analysis.pair_columns import Filled, measure_columns, pair_columns, testing_settings, units_besides
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr


def pairs_table(result: Cooccurrence, tree: CodeTree, computed: Measured | None = None) -> Table:
    """Return each pair of codes used in a block, in tree order, without the diagonal; with `computed` what it holds.

    A pair stands there once, or in both directions where the mode has a direction: from code_a to code_b.
    Columns: coders, code_a, code_b (paths), n_a, n_b, n_ab (in what the mode counts), n_units (N, only in
    the mode `units`), jaccard (only in the modes `characters` and `units`: elsewhere it could exceed 1),
    redundant_a, redundant_b (codings that overlap another one of the same code), code_a_id, code_b_id;
    under roll-up own_a, own_b (n without sub-codes); in the other modes, where units were given, unit, unit_n_a,
    unit_n_b, unit_n_ab, unit_n, unit_jaccard. Empty n_ab: one is the other's ancestor.
    """
    paths = {code: tree.path(code) for block in result.blocks for code in block.codes}
    columns: list[Column] = []
    rows: list[tuple[Cell, ...]] = []
    for number, block in enumerate(result.blocks):
        measures = None if computed is None else computed.blocks[number]
        pairs = measures.pairs if measures is not None else listed(block, directed=result.how.is_directed)
        parts = pair_columns(pairs, result, paths)
        if measures is not None and computed is not None:
            parts += measure_columns(measures, result.how, computed.inference)
        columns = [column for column, _ in parts]
        rows += zip(*(cells for _, cells in parts), strict=True)
    if not result.blocks:
        columns = [column for column, _ in _no_columns(result, computed)]
    settings = _settings(result, tree) | ({} if computed is None else testing_settings(computed))
    return Table(tr("Code co-occurrence"), tuple(columns), tuple(rows), settings)


def _no_columns(result: Cooccurrence, computed: Measured | None) -> list[Filled]:
    """Return the columns of a table without rows."""
    nothing = Counts({}, Pairs(NONE, {}), 0)
    block = Block("", None, (), result.how.mode, nothing, {}, {}, frozenset(), nothing if result.by_unit else None)
    pairs = listed(block)
    found = pair_columns(pairs, result, {})
    if computed is not None:
        empty = Measures(pairs, pairs.fourfold(), {}, None, None, None, {}, 0)
        found += measure_columns(empty, result.how, computed.inference)
    return found


def matrix_table(result: Cooccurrence, tree: CodeTree) -> Table:
    """Return the full matrix of each block, one block below the other; read it from the row to the column.

    Columns: coders, code (path), then one per code used in any block, headed as its row. The diagonal holds
    the code's own n, which is no co-occurrence: leave it out of sums and colours. A cell is empty where
    one code is the other's ancestor (roll-up), or where the block does not use the column's code.
    """
    used = {code for block in result.blocks for code in block.codes}
    codes = [code.id for code in tree.walk() if code.id in used]
    fixed = (Column("coders", tr("Coders")), Column("code", tr("Code")))
    headings = _headings(codes, tree, {column.id for column in fixed})
    columns = [Column(name, name, Kind.COUNT) for name in headings.values()]
    rows = tuple(
        (block.coders, headings[code], *cells)
        for block in result.blocks
        for code, cells in zip(block.codes, _matrix_cells(block, codes), strict=True)
    )
    settings = _settings(result, tree) | {"diagonal": tr("the code's own n, no co-occurrence")}
    return Table(tr("Code co-occurrence"), (*fixed, *columns), rows, settings)


def _matrix_cells(block: Block, codes: Sequence[str]) -> list[list[Cell]]:
    """Return the rows of a block under the columns of all codes."""
    place = {code: number for number, code in enumerate(codes)}
    columns = np.array([place[code] for code in block.codes], dtype=np.int64)
    cells: np.ndarray[tuple[int, int], np.dtype[np.object_]] = np.full((len(block.codes), len(codes)), None)
    pairs = listed(block, directed=True)
    open_ = ~pairs.nested
    # As whole numbers of Python: those of numpy are none for the exporters.
    both = np.array(pairs.together(block.counts).tolist(), dtype=np.object_)
    cells[pairs.first[open_], columns[pairs.second[open_]]] = both[open_]
    for row, code in enumerate(block.codes):
        cells[row, columns[row]] = block.n(code)
    return cells.tolist()


def _headings(codes: list[str], tree: CodeTree, taken: set[str]) -> dict[str, str]:
    """Return the paths of the codes; one that several codes or a fixed column bear gets its id added."""
    paths = [tree.path(code) for code in codes]
    double = {path for path in paths if paths.count(path) > 1} | taken
    return {code: f"{path} ({code})" if path in double else path for code, path in zip(codes, paths, strict=True)}


def _settings(result: Cooccurrence, tree: CodeTree) -> dict[str, str]:
    how = result.how
    one = how.coders not in {EACH, MERGED} and how.at_least is None
    settings = {"mode": how.mode.value}
    if how.mode is Mode.RELATION:
        settings["relation"] = how.relation.value
    if how.mode is Mode.PROXIMITY:
        settings["distance"] = str(how.distance)
    if how.mode is Mode.WINDOWS:
        settings["lines_in_a_window"] = str(how.stanza)
    if how.mode is Mode.UNITS or units_besides(result):
        settings["unit"] = f"window of {how.window}" if how.unit is Unit.WINDOW else how.unit.value
    if how.is_directed:
        settings["direction"] = tr("from A to B; in a matrix from the row to the column")
    if how.scope:
        settings["scope"] = how.scope
    settings["coders"] = result.blocks[0].coders if one and result.blocks else how.coders
    settings["roll_up"] = "yes" if how.roll_up else "no"
    settings["sources"] = "all" if how.sources is None else ", ".join(sorted(how.sources))
    settings["codes"] = "all" if how.codes is None else ", ".join(_paths(how.codes, tree))
    return settings


def _paths(codes: frozenset[str], tree: CodeTree) -> list[str]:
    return [tree.path(code.id) for code in tree.walk() if code.id in codes]
