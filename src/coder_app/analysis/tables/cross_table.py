"""A code × … table as the one Table: a matrix of one measure for reading, or a row per cell with all measures."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from coder_app.analysis.how import Counting
from coder_app.analysis.tables.cross import Cross, CrossBlock, Values
from coder_app.analysis.tables.material import Measure
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr

_WHOLE = {Measure.CODINGS, Measure.SEGMENTS, Measure.COVERAGE, Measure.PRESENCE, Measure.SOURCES}


def measure_words(measure: Measure) -> str:
    """Return what a cell says, for people."""
    return {
        Measure.CODINGS: tr("codings"),
        Measure.SEGMENTS: tr("segments (codings of a code merged where they overlap)"),
        Measure.COVERAGE: tr("characters covered by the code"),
        Measure.SHARE: tr("share of the text that the code covers"),
        Measure.PRESENCE: tr("whether the code is there (1) or not (0)"),
        Measure.SOURCES: tr("sources with the code"),
    }[measure]


def matrix_table(result: Cross, tree: CodeTree, measure: Measure) -> Table:
    """Return one measure: a row per code, a column per group; totals apart in rows and a column of their own.

    Columns: coders, row ("code", "any code", "sources", "characters"), code (path), one per group, all, code_id.
    Rows that are not "code" are no part of the body: "any code" counts each stretch once whatever its codes,
    "sources" and "characters" say what the column is out of. A cell is empty where nobody coded its sources.
    """
    kind = Kind.COUNT if measure in _WHOLE else Kind.NUMBER
    fixed = (Column("coders", tr("Coders")), Column("row", tr("Row")), Column("code", tr("Code")))
    last = (Column("all", result.all_title, kind), Column("code_id", tr("Id of the code")))
    taken = {column.id for column in (*fixed, *last)}
    columns = [Column(name, title, kind) for name, title in _headings(result, taken)]
    rows: list[tuple[Cell, ...]] = []
    for block in result.blocks:
        rows += _code_rows(block, tree, measure)
        rows += _total_rows(block, measure)
    return Table(result.title, (*fixed, *columns, *last), tuple(rows), settings(result, tree, measure))


def _headings(result: Cross, taken: set[str]) -> list[tuple[str, str]]:
    double = _doubled([group.title for group in result.groups]) | taken
    return [
        (f"{group.title} ({group.id})" if group.title in double else group.title, group.title)
        for group in result.groups
    ]


def _doubled(titles: Sequence[str]) -> set[str]:
    return {title for title, many in Counter(titles).items() if many > 1}


def _code_rows(block: CrossBlock, tree: CodeTree, measure: Measure) -> list[tuple[Cell, ...]]:
    values, totals = block.values(measure), block.row_totals(measure)
    return [
        (block.coders, "code", tree.path(code), *cells(values[row], measure), cell(totals[row], measure), code)
        for row, code in enumerate(block.codes)
    ]


def _total_rows(block: CrossBlock, measure: Measure) -> list[tuple[Cell, ...]]:
    of_any = [*cells(block.column_totals(measure), measure), cell(block.total(measure), measure)]
    return [
        (block.coders, "any code", None, *of_any, None),
        (block.coders, "sources", None, *block.sources.tolist(), None),
        (block.coders, "characters", None, *block.characters.tolist(), None),
    ]


def cell(value: float, measure: Measure) -> Cell:
    """Return one value as a cell; not a number is empty."""
    if np.isnan(value):
        return None
    return int(value) if measure in _WHOLE else float(value)


def cells(values: Values, measure: Measure) -> list[Cell]:
    """Return a row of values as cells."""
    undefined = np.isnan(values)
    found: list[Cell] = (np.where(undefined, 0, values).astype(np.int64) if measure in _WHOLE else values).tolist()
    for place in np.flatnonzero(undefined).tolist():
        found[place] = None
    return found


def long_table(result: Cross, tree: CodeTree) -> Table:
    """Return a row per code and column with all measures, and what they are out of.

    Columns: coders, code, column, codings, segments, characters, share, presence, sources (with the code),
    base_sources, base_characters, code_id, column_id. Measures are empty where nobody coded the column's sources.
    """
    counts = (
        ("codings", tr("Codings")),
        ("segments", tr("Segments")),
        ("characters", tr("Characters covered")),
        ("share", tr("Share of text")),
        ("presence", tr("Present")),
        ("sources", tr("Sources with the code")),
    )
    columns = (
        Column("coders", tr("Coders")),
        Column("code", tr("Code")),
        Column("column", tr("Column")),
        *(Column(name, title, Kind.NUMBER if name == "share" else Kind.COUNT) for name, title in counts),
        Column("base_sources", tr("Coded sources of the column"), Kind.COUNT),
        Column("base_characters", tr("Their characters"), Kind.COUNT),
        Column("code_id", tr("Id of the code")),
        Column("column_id", tr("Id of the column")),
    )
    rows: list[tuple[Cell, ...]] = []
    for block in result.blocks:
        values = [(measure, block.values(measure)) for measure in Measure]
        bases = list(zip(block.sources.tolist(), block.characters.tolist(), strict=True))
        for row, code in enumerate(block.codes):
            by_measure = zip(*(cells(some[row], measure) for measure, some in values), strict=True)
            rows += [
                (block.coders, tree.path(code), group.title, *said, *of, code, group.id)
                for group, said, of in zip(result.groups, by_measure, bases[:-1], strict=True)
            ]
    return Table(result.title, columns, tuple(rows), settings(result, tree, None))


def settings(result: Cross, tree: CodeTree, measure: Measure | None) -> dict[str, str]:
    """Return how the table was counted."""
    how = how_words(result.how, {block.coder_id: block.coders for block in result.blocks})
    said = {"measure": measure.value, "cell": measure_words(measure)} if measure is not None else {"measure": "all"}
    said |= how
    said["empty_cell"] = tr("nobody coded what the column holds, so nothing can be said")
    if measure is not None:
        said["totals"] = totals_words(result, measure)
    unused = len(tree) - len({code for block in result.blocks for code in block.codes})
    if unused:
        said["codes_never_used"] = str(unused)
    return said


def how_words(how: Counting, names: dict[str | None, str]) -> dict[str, str]:
    """Return coder policy, roll-up and scope as settings of a table."""
    said = {"coders": names.get(how.coders, how.coders), "roll_up": "yes" if how.roll_up else "no"}
    if how.sources is not None:
        said["sources_in_scope"] = str(len(how.sources))
    if how.codes is not None:
        said["codes_in_scope"] = str(len(how.codes))
    return said


def totals_words(result: Cross, measure: Measure) -> str:
    """Return whether the totals are the sums of their cells, and why not where they are not."""
    if measure in {Measure.SHARE, Measure.PRESENCE}:
        return tr("no sums: any code, or all columns, taken as one")
    across, down = True, True
    for block in result.blocks:
        body = np.nan_to_num(block.values(measure))
        across = across and bool(np.array_equal(body.sum(axis=1), np.nan_to_num(block.row_totals(measure))))
        down = down and bool(np.array_equal(body.sum(axis=0), np.nan_to_num(block.column_totals(measure))))
    if across and down:
        return tr("the sums of their cells")
    if down:
        return tr("of rows no sums: what several columns share counts once; of columns the sums of their cells")
    if across:
        return tr("of columns no sums: what several codes share counts once; of rows the sums of their cells")
    return tr("no sums: what several codes or columns share counts once")
