"""A code × … table as counts, in blocks of one coder each or of several taken as one, with its totals apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.columns import Codings, Flags, Numbers
from coder_app.analysis.counting import Pool
from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.pools import blocks, pooled, scoped
from coder_app.analysis.tables.crossing import Counted, Lines, base, crossed, lines
from coder_app.analysis.tables.material import Group, Material, Measure, everything
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CrossBlock:
    """The counts of one coder, or of several taken as one (`coder_id` is None).

    `codes` are those that are used, in tree order: the rows of `body`. `any_code` has one row, of all stretches
    with any code; `whole` one column, of all that is in any column; `corner` both. `sources` and `characters`
    say what each column (and, last, all of them) is out of: its sources in which the block coded anything or that
    it has finished, and their characters. Where that is nothing, a cell is undefined.
    """

    coders: str
    coder_id: str | None
    codes: tuple[str, ...]
    body: Counted
    any_code: Counted
    whole: Counted
    corner: Counted
    sources: Numbers
    characters: Numbers

    def values(self, measure: Measure) -> Values:
        """Return the cells, one row per code; not a number where nobody coded what the column holds."""
        return _values(self.body, measure, self.sources[:-1], self.characters[:-1])

    def column_totals(self, measure: Measure) -> Values:
        """Return for each column what `any_code` comes to."""
        return _values(self.any_code, measure, self.sources[:-1], self.characters[:-1])[0]

    def row_totals(self, measure: Measure) -> Values:
        """Return for each code what it comes to in all columns taken as one, each stretch once."""
        return _values(self.whole, measure, self.sources[-1:], self.characters[-1:])[:, 0]

    def total(self, measure: Measure) -> float:
        """Return what any code comes to in all columns."""
        return float(_values(self.corner, measure, self.sources[-1:], self.characters[-1:])[0, 0])


@dataclass(frozen=True, slots=True, eq=False)
class Cross:
    """A counted table: what its columns are called, how it was counted, and its blocks by the coders' names."""

    title: str
    all_title: str
    how: Counting
    groups: tuple[Group, ...]
    blocks: tuple[CrossBlock, ...]


def _values(counted: Counted, measure: Measure, sources: Numbers, characters: Numbers) -> Values:
    match measure:
        case Measure.CODINGS:
            found = counted.codings.astype(np.float64)
        case Measure.SEGMENTS:
            found = counted.segments.astype(np.float64)
        case Measure.COVERAGE:
            found = counted.coverage.astype(np.float64)
        case Measure.SHARE:
            found = counted.coverage / np.maximum(characters, 1)
        case Measure.PRESENCE:
            found = (counted.sources > 0).astype(np.float64)
        case Measure.SOURCES:
            found = counted.sources.astype(np.float64)
    return np.where(sources > 0, found, np.nan)


def cross(material: Material, how: Counting, groups: Sequence[Group], *, title: str, all_title: str) -> Cross:
    """Count codes by columns. Raises BadInput where there is nothing to count, or the policy cannot be met."""
    if not groups:
        raise BadInput(tr("There is nothing to lay the codes out by; the table has no columns."))
    chosen = scoped(material.codings, material.tree, how)
    require_codings(chosen)
    inside = _in_scope(groups, how)
    reach = int(chosen.stop.max(initial=0))
    # Sources that nobody coded have no number among the codings, but one who has finished them says: not there.
    numbers = dict(chosen.ids.sources)
    for source_id in material.sources:
        numbers.setdefault(source_id, len(numbers))
    body = lines(inside, numbers, reach=reach)
    every = lines([_union(inside, all_title)], numbers, reach=reach)
    found = pooled(chosen, material.tree, how)
    coders = [list(chosen.ids.coders)[int(number)] for number in np.unique(chosen.coder)]
    made: list[CrossBlock] = []
    for label, coder_id, number in blocks(how, coders, chosen.ids, material.coders):
        pools = found.pool.at(found.pool.block == number), found.own.at(found.own.block == number)
        coded = np.zeros(len(numbers), dtype=np.bool_)
        coded[found.source[found.block == number]] = True
        coded[[numbers[one] for one in material.finished(coders if coder_id is None else [coder_id])]] = True
        made.append(_block(material, (label, coder_id), pools, (body, every), (chosen, coded)))
    return Cross(title, all_title, how, tuple(inside), tuple(made))


def require_codings(chosen: Codings) -> None:
    """Raise BadInput where no coding is left to count."""
    if not len(chosen):
        raise BadInput(tr("Nothing is coded here: the chosen sources have no codings by the chosen coders."))


def _in_scope(groups: Sequence[Group], how: Counting) -> list[Group]:
    if how.sources is None:
        return list(groups)
    wanted = how.sources
    cut = [replace(group, places=[place for place in group.places if place.source_id in wanted]) for group in groups]
    return [group for group, before in zip(cut, groups, strict=True) if group.places or not before.places]


def _union(groups: Sequence[Group], title: str) -> Group:
    return Group("", title, [place for group in groups for place in group.places])


def _block(
    material: Material,
    coder: tuple[str, str | None],
    pools: tuple[Pool, Pool],
    layouts: tuple[Lines, Lines],
    scope: tuple[Codings, Flags],
) -> CrossBlock:
    chosen, coded = scope
    pool, own = pools
    anything = replace(own, code=np.zeros_like(own.code))
    counts = [crossed(pool, layout, len(chosen.ids.codes)) for layout in layouts]
    used = set(np.unique(pool.code).tolist())
    codes = [code.id for code in material.tree.walk() if chosen.ids.codes[code.id] in used]
    numbers = [chosen.ids.codes[code] for code in codes]
    bases = [base(layout, coded) for layout in layouts]
    return CrossBlock(
        *coder,
        codes=tuple(codes),
        body=counts[0].of(numbers),
        any_code=crossed(anything, layouts[0], 1),
        whole=counts[1].of(numbers),
        corner=crossed(anything, layouts[1], 1),
        sources=np.concatenate([sources for sources, _ in bases]),
        characters=np.concatenate([characters for _, characters in bases]),
    )


def by_coder(material: Material, how: Counting) -> Cross:
    """Count codes by coders, a column each; all coders together are the totals, each stretch once.

    Raises BadInput for a policy that takes several coders as one.
    """
    if how.coders == MERGED or how.at_least is not None:
        raise BadInput(tr("This table has a column for each coder, so it cannot take several coders as one."))
    groups = [everything(material)]
    apart = cross(material, how, groups, title="", all_title="")
    as_one = how.coders if how.coders != EACH else MERGED
    together = cross(material, replace(how, coders=as_one), groups, title="", all_title="").blocks[0]
    columns = tuple(Group(block.coder_id or "", block.coders, ()) for block in apart.blocks)
    place = {code: row for row, code in enumerate(together.codes)}
    every = CrossBlock(
        coders=tr("each"),
        coder_id=None,
        codes=together.codes,
        body=_side_by_side([_spread(block, place) for block in apart.blocks]),
        any_code=_side_by_side([block.any_code for block in apart.blocks]),
        whole=together.whole,
        corner=together.corner,
        sources=np.array([*(int(block.sources[0]) for block in apart.blocks), int(together.sources[0])]),
        characters=np.array([*(int(block.characters[0]) for block in apart.blocks), int(together.characters[0])]),
    )
    return Cross(tr("Codes by coders"), tr("All coders"), how, columns, (every,))


def _spread(block: CrossBlock, place: dict[str, int]) -> Counted:
    """Return the counts of one coder in rows for all codes."""
    rows = np.array([place[code] for code in block.codes], dtype=np.int64)

    def wide(some: NDArray[np.int64]) -> NDArray[np.int64]:
        found = np.zeros((len(place), some.shape[1]), dtype=np.int64)
        found[rows] = some
        return found

    body = block.body
    return Counted(wide(body.codings), wide(body.segments), wide(body.coverage), wide(body.sources))


def _side_by_side(parts: Sequence[Counted]) -> Counted:
    return Counted(
        np.hstack([one.codings for one in parts]),
        np.hstack([one.segments for one in parts]),
        np.hstack([one.coverage for one in parts]),
        np.hstack([one.sources for one in parts]),
    )
