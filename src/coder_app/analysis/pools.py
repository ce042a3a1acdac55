"""Whose codings are counted together: the coder policy, the roll-up of sub-codes and the scope."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.columns import Codings, Flags, Ids, Numbers
from coder_app.analysis.counting import Pool, merged, packed
from coder_app.analysis.directed import Marks
from coder_app.analysis.how import EACH, MERGED, WHOLES, Counting, Mode, Unit
from coder_app.analysis.units import Cases, Cut, Grid
from coder_app.domain.distance import Measure
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import is_consensus
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """The entries to be counted. `own` is the pool before the roll-up.

    `block` and `source` say, once for each, in which sources the coders of each block coded anything,
    whatever codes are in scope.
    """

    pool: Pool
    own: Pool
    block: Numbers
    source: Numbers


def scoped(codings: Codings, tree: CodeTree, how: Counting) -> Codings:
    """Return the codings by the coders and in the sources that are wanted.

    Raises BadInput for one without characters or with a code that is not in the tree.
    """
    chosen = np.ones(len(codings), dtype=np.bool_)
    if how.coders != EACH and not _is_one_block(how):
        chosen &= codings.by(how.coders)
    elif how.coders != EACH:
        # Beside those who agreed on it, the consensus would count everything once more.
        for coder_id in filter(is_consensus, codings.ids.coders):
            chosen &= ~codings.by(coder_id)
    if how.sources is not None:
        chosen &= codings.within(how.sources)
    found = codings if chosen.all() else codings.where(chosen)
    _check(found, tree)
    return found


def _check(codings: Codings, tree: CodeTree) -> None:
    empty = np.flatnonzero(codings.start >= codings.stop)
    if len(empty):
        start, stop = int(codings.start[empty[0]]), int(codings.stop[empty[0]])
        raise BadInput(tr("A coding covers no characters ({start} to {stop}).", start=start, stop=stop))
    unknown = [code for code in codings.ids.codes if code not in tree]
    if unknown and (unknown_rows := codings.under(unknown)).any():
        code = codings.where(unknown_rows).rows()[0].code_id
        raise BadInput(tr("A coding uses the code “{code}”, which is not in the codebook.", code=code))


def check_units(how: Counting, cut: Cut | None, marks: Marks | None) -> None:
    """Raise BadInput where the choices cannot be counted, or what they need of the texts is not given."""
    how.check()
    if how.mode is Mode.PROXIMITY and how.distance.measure is not Measure.CHARACTERS and marks is None:
        raise BadInput(tr("To measure in {measure}, the texts are needed.", measure=how.distance.measure))
    if how.unit is Unit.CASE and not isinstance(cut, Cases):
        raise BadInput(tr("To count by case, it must be known which sources belong to which case."))
    if isinstance(cut, Cases) and not any(cut.places.values()):
        raise BadInput(tr("The project has no cases with sources; make some, or choose another unit."))
    needs_units = how.mode in {Mode.UNITS, Mode.WINDOWS} and how.unit not in WHOLES
    if needs_units and cut is None:
        raise BadInput(tr("To count by {unit}, the texts are needed.", unit=how.unit))
    if cut is not None and not isinstance(cut, Cases) and how.unit is Unit.TURN:
        _check_turns(cut)


def _check_turns(grid: Grid) -> None:
    if grid and not any(grid.values()):
        raise BadInput(
            tr("None of the texts has speakers’ turns (lines that begin like “Anna:”); choose another unit.")
        )


def blocks(
    how: Counting, coders: Collection[str], ids: Ids, names: Mapping[str, str]
) -> list[tuple[str, str | None, int]]:
    """Return label, coder id and number of each block, sorted by label (then id); `coders` coded what is in scope.

    Raises BadInput for a consensus of more people than coded.
    """
    at_least = how.at_least
    if at_least is not None and 0 < len(coders) < at_least:
        raise BadInput(
            trn(
                "A consensus of {at_least} needs as many coders, but one person coded these sources.",
                "A consensus of {at_least} needs as many coders, but {n} people coded these sources.",
                len(coders),
                at_least=at_least,
            )
        )
    if _is_one_block(how):
        return [(how.coders, None, 0)] if coders else []
    # Two coders may bear one name; a table must not take them for one.
    labels = [names.get(coder, coder) for coder in coders]
    return sorted(
        (f"{label} ({coder})" if labels.count(label) > 1 else label, coder, ids.coders[coder])
        for label, coder in zip(labels, coders, strict=True)
    )


def _is_one_block(how: Counting) -> bool:
    return how.coders == MERGED or how.at_least is not None


def pooled(codings: Codings, tree: CodeTree, how: Counting) -> Pooled:
    """Return the pools of all blocks. A block has its coder's number; where several are taken as one, it is 0."""
    block = np.zeros_like(codings.coder) if _is_one_block(how) else codings.coder
    wanted = None if how.codes is None else _flags(how.codes, codings.ids)
    every = Pool(block, codings.source, codings.start, codings.stop, codings.code)
    own = _scope(_agreed(every, codings.coder, how.at_least), wanted)
    pool = own
    if how.roll_up:
        rows, code = _rolled_up(codings.code, codings.ids, tree)
        whole = every.at(rows)
        rolled = Pool(whole.block, whole.source, whole.start, whole.stop, code)
        pool = _scope(_agreed(rolled, codings.coder[rows], how.at_least), wanted)
    _, first = np.unique(packed(block, codings.source), return_index=True)
    return Pooled(pool, own, block[first], codings.source[first])


def _flags(code_ids: frozenset[str], ids: Ids) -> Flags:
    wanted = np.zeros(len(ids.codes), dtype=np.bool_)
    wanted[[ids.codes[code] for code in code_ids if code in ids.codes]] = True
    return wanted


def _scope(pool: Pool, wanted: Flags | None) -> Pool:
    return pool if wanted is None else pool.at(wanted[pool.code])


def _rolled_up(code: Numbers, ids: Ids, tree: CodeTree) -> tuple[Numbers, Numbers]:
    """Return each row for its code and again for each ancestor of that: the rows, and the codes they count under."""
    lineages = _lineages(ids.codes, tree)
    lengths = np.array([len(lineage) for lineage in lineages], dtype=np.int64)
    line = np.array([number for lineage in lineages for number in lineage], dtype=np.int64)
    begin = np.cumsum(lengths) - lengths
    many = lengths[code]
    rows = np.repeat(np.arange(len(code)), many)
    step = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
    return rows, line[begin[code[rows]] + step]


def _lineages(numbers: Mapping[str, int], tree: CodeTree) -> list[list[int]]:
    return [
        [number, *(numbers[up] for up in tree.ancestors(code))] if code in tree else [number]
        for code, number in numbers.items()
    ]


def _agreed(pool: Pool, coder: Numbers, at_least: int | None) -> Pool:
    """Keep the stretches that so many coders gave a code, each coder's own spans merged first; None keeps all.

    Ends come before starts, so that touching stretches stay apart, as they do in `merged`.
    """
    if at_least is None:
        return pool
    own = merged(Pool(coder, pool.source, pool.start, pool.stop, pool.code))
    key = packed(own.source, own.code)
    key = np.concatenate((key, key))
    opens = np.repeat(np.array([1, 0]), len(own.code))
    order = np.argsort(packed(key, np.concatenate((own.start, own.stop)), opens))
    depth = np.cumsum(2 * opens[order] - 1)
    begin = order[(opens[order] == 1) & (depth == at_least)]
    end = order[(opens[order] == 0) & (depth == at_least - 1)] - len(own.code)
    found = own.at(begin)
    return Pool(np.zeros_like(found.source), found.source, found.start, own.stop[end], found.code)
