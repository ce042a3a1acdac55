"""Which cells of the tables of a co-occurrence have passages behind them."""

from typing import TypeAlias

from coder_app.domain.behind import Behind, CellKey
from coder_app.domain.table import Cell, Table

Links: TypeAlias = dict[tuple[int, int], CellKey]
"""By row and column of a table, both from 0."""

_NEEDED = ("coders", "code_a", "code_b", "code_a_id", "code_b_id", "n_ab")


def pair_links(pairs: Table, behind: Behind) -> Links:
    """Return the counts of a table of pairs that have passages; none for a table of anything else."""
    place = {column.id: number for number, column in enumerate(pairs.columns)}
    if not behind.cells or not place.keys() >= set(_NEEDED):
        return {}
    keys = {(number, place["n_ab"]): _key(row, place) for number, row in enumerate(pairs.rows)}
    return {at: key for at, key in keys.items() if key in behind.cells}


def matrix_links(pairs: Table, matrix: Table, behind: Behind) -> Links:
    """Return the cells of a matrix (columns coders, code, then one per code) that have passages.

    Cells of the lower half lead to the passages of the same pair in the upper one.
    """
    paths = paths_of(pairs)
    by_path = {(coders, paths[a], paths[b]): (coders, a, b) for coders, a, b in behind.cells}
    found: Links = {}
    for number, row in enumerate(matrix.rows):
        coders, code = str(row[0]), str(row[1])
        for column, heading in enumerate(matrix.columns[2:], start=2):
            key = by_path.get((coders, code, heading.id)) or by_path.get((coders, heading.id, code))
            if key is not None:
                found[number, column] = key
    return found


def paths_of(pairs: Table) -> dict[str, str]:
    """Return the paths of the codes of a table of pairs by their ids."""
    place = {column.id: number for number, column in enumerate(pairs.columns)}
    return {
        str(row[place[f"code_{side}_id"]]): str(row[place[f"code_{side}"]]) for row in pairs.rows for side in ("a", "b")
    }


def _key(row: tuple[Cell, ...], place: dict[str, int]) -> CellKey:
    return str(row[place["coders"]]), str(row[place["code_a_id"]]), str(row[place["code_b_id"]])
