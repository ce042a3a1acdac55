"""Coefficients, tests and intervals of every pair of a counted table, block by block."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from coder_app.analysis import turning
from coder_app.analysis.agreement.intervals import FEWEST
from coder_app.analysis.association import COEFFICIENTS, ZERO_TOGETHER, Compatible, Fourfold, compatible, share
from coder_app.analysis.block import Block, Cooccurrence
from coder_app.analysis.by_document import UnitCounts, unit_counts
from coder_app.analysis.columns import Flags, Numbers
from coder_app.analysis.how import WHOLES, Mode, Unit
from coder_app.analysis.hypergeometric import Reals
from coder_app.analysis.inference import CHARACTERS, COMPATIBLE, OF_UNITS, Against, Inference
from coder_app.analysis.listed import Listed, listed
from coder_app.analysis.permutation import Strata, adjusted, shuffled
from coder_app.analysis.resampling import Interval, Sampled, intervals
from coder_app.analysis.tally import Tally, tally
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr, trn

_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """What a test gives for each pair; nan where it was not tested. `number` pairs were (m), `drawn` not exactly."""

    expected: Reals
    p: Reals
    q: Reals
    number: int
    drawn: int


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """All that was computed of one block, one number per pair of `pairs`; nan is undefined.

    `table` are the units of each pair, None where no units were counted. `overlapping` are pairs of codings that
    share a character, given in the mode `proximity`. `documents` is how many were drawn from.
    """

    pairs: Listed
    table: Fourfold | None
    values: Mapping[str, Reals]
    compatible: Compatible | None
    overlapping: Numbers | None
    tested: Tested | None
    intervals: Mapping[str, Interval]
    documents: int

    def place(self, code_a: str, code_b: str) -> int | None:
        """Return the number of a pair, in either order unless the table has a direction; None where there is none."""
        codes = self.pairs.block.codes
        if code_a not in codes or code_b not in codes or code_a == code_b:
            return None
        one, other = codes.index(code_a), codes.index(code_b)
        found = np.flatnonzero((self.pairs.first == one) & (self.pairs.second == other))
        if not len(found):
            found = np.flatnonzero((self.pairs.first == other) & (self.pairs.second == one))
        return int(found[0]) if len(found) else None


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A counted table with all that was computed of it, by the blocks of `result`."""

    result: Cooccurrence
    inference: Inference
    blocks: tuple[Measures, ...]


def measured(
    counted: Tally, result: Cooccurrence, testing: Inference, *, on_progress: OnProgress = tell_nobody
) -> Measured:
    """Compute what `testing` asks for of a table. Told about by thousandths done; what it raises goes through.

    Raises BadInput for choices that make no sense, and where a test or an interval needs units that nobody gave.
    """
    testing.check()
    _check_units(result, testing)
    found: list[Measures] = []
    for number, block in enumerate(result.blocks):
        told = _Portion(on_progress, number, len(result.blocks))
        found.append(_of_block(counted, result, block, testing, told))
    _check_anything_computed(found, testing)
    return Measured(result, testing, tuple(found))


def _check_anything_computed(found: list[Measures], testing: Inference) -> None:
    most = max((one.documents for one in found), default=0)
    if found and testing.intervals and most < FEWEST:
        raise BadInput(
            trn(
                "An interval needs at least three documents or cases; here is one.",
                "An interval needs at least three documents or cases; here are {n}.",
                most,
            )
        )
    if any(one.tested is not None for one in found) and not any(one.tested and one.tested.number for one in found):
        raise BadInput(
            tr(
                "Nothing can be tested: no two codes are both in at least {units} units and {documents} documents. "
                "Lower these numbers, or code more.",
                units=testing.fewest_units,
                documents=testing.fewest_documents,
            )
        )


def _check_units(result: Cooccurrence, testing: Inference) -> None:
    on_units = testing.test is Against.PERMUTATION or testing.intervals
    if on_units and not result.by_unit:
        raise BadInput(tr("To test and to resample, the units of the texts are needed."))
    if testing.test is Against.CIRCULAR and result.how.mode in {Mode.RELATION, Mode.WINDOWS}:
        raise BadInput(
            tr("Turning one code round tests shared characters and nearness; choose permutation for this table.")
        )


@dataclass(frozen=True, slots=True)
class _Portion:
    """Tells how far one block of several is, each of which is tested and then resampled."""

    tell: OnProgress
    block: int
    blocks: int

    def step(self, number: int, of: int) -> OnProgress:
        def said(done: int, all_: int) -> None:
            within = (number + (done / all_ if all_ else 0)) / of
            self.tell(round(1000 * (self.block + within) / self.blocks), 1000)

        return said


def _of_block(counted: Tally, result: Cooccurrence, block: Block, testing: Inference, told: _Portion) -> Measures:
    pairs = listed(block, directed=result.how.is_directed)
    table = pairs.fourfold()
    steps = (testing.test is not Against.NONE) + len(testing.intervals)
    by_document = unit_counts(counted, block, coded_only=testing.coded_only) if _needs_documents(testing) else None
    if by_document is not None and table is not None:
        total = np.where(pairs.nested, 0.0, float(by_document.units.sum()))
        table = replace(table, total=total)
    tested = None
    if testing.test is not Against.NONE:
        tested = _tested(counted, pairs, by_document, testing, told.step(0, steps))
    drawn: dict[str, Interval] = {}
    if testing.intervals and by_document is not None:
        by_document = _drawn_from(counted, by_document, testing)
        sampled = by_document.sampled(pairs)
        for name in testing.intervals:
            step = told.step(steps - len(testing.intervals) + len(drawn), steps)
            drawn[name] = _interval(sampled, name, testing, pairs, step)
    also = _Also(counted, block, pairs)
    return Measures(
        pairs=pairs,
        table=table,
        values=_values(table, pairs, testing, also),
        compatible=also.compatible() if COMPATIBLE in testing.coefficients else None,
        overlapping=also.together(Mode.PAIRS) if result.how.mode is Mode.PROXIMITY else None,
        tested=tested,
        intervals=drawn,
        documents=0 if by_document is None else len(by_document.documents),
    )


def _drawn_from(counted: Tally, by_document: UnitCounts, testing: Inference) -> UnitCounts:
    """Return the counts of what is drawn: documents, or cases."""
    if not testing.over_cases or counted.how.unit is Unit.CASE:
        return by_document
    return by_document.by_case(counted.ground.case_of or {})


def _needs_documents(testing: Inference) -> bool:
    return testing.is_long or testing.coded_only


def _values(table: Fourfold | None, pairs: Listed, testing: Inference, also: "_Also") -> dict[str, Reals]:
    found: dict[str, Reals] = {}
    for name in dict.fromkeys(("jaccard", *testing.coefficients)):
        if name == CHARACTERS:
            found[name] = also.shared_of_covered()
        elif name in OF_UNITS and table is not None:
            found[name] = COEFFICIENTS[name](table)
    return {name: np.where(pairs.nested, np.nan, values) for name, values in found.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _Also:
    """What another mode counts for the pairs of a block."""

    counted: Tally
    block: Block
    pairs: Listed

    def _in(self, mode: Mode) -> Listed:
        how = replace(self.counted.how, mode=mode)
        if self.block.mode is mode:
            return self.pairs
        known = self.counted
        if self.block.coder_id is not None:
            how = replace(how, coders=self.block.coder_id)
        # Units are not looked at: neither mode needs them.
        other = tally(known.codings, known.tree, how, units=known.ground.cut).table({})
        (block,) = other.blocks
        return replace(self.pairs, block=block)

    def together(self, mode: Mode) -> Numbers:
        there = self._in(mode)
        return there.together(there.block.counts)

    def shared_of_covered(self) -> Reals:
        there = self._in(Mode.CHARACTERS)
        first, second = there.own(there.block.counts)
        both = there.together(there.block.counts)
        return share(both.astype(np.float64), (first + second - both).astype(np.float64))

    def compatible(self) -> Compatible:
        there = self._in(Mode.PAIRS)
        return compatible(there.together(there.block.counts), *there.own(there.block.counts))


def _screened(pairs: Listed, by_document: UnitCounts, testing: Inference) -> Flags:
    """Say which pairs are tested: by how often each code is used alone, never by how often both are."""
    often = by_document.by_code.sum(axis=0) >= testing.fewest_units
    spread = (by_document.by_code > 0).sum(axis=0) >= testing.fewest_documents
    enough = often & spread
    return enough[pairs.first] & enough[pairs.second] & ~pairs.nested


def _tested(
    counted: Tally, pairs: Listed, by_document: UnitCounts | None, testing: Inference, on_progress: OnProgress
) -> Tested:
    if by_document is None:
        raise BadInput(tr("To test and to resample, the units of the texts are needed."))
    wanted = _screened(pairs, by_document, testing)
    if testing.test is Against.CIRCULAR:
        return _adjusted(*turning.turned_pairs(counted, pairs, wanted, testing.seed, on_progress))
    # Shuffling knows no direction: each pair is tested once and both directions bear its p.
    if counted.how.is_directed:
        wanted &= pairs.once()
    sampled = by_document.sampled(pairs)
    expected, p = np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    drawn = 0
    chosen = np.flatnonzero(wanted)
    whole, together = counted.how.unit in WHOLES, sampled.whole().both.astype(np.int64)
    for begin in range(0, len(chosen), _AT_ONCE):
        some = chosen[begin : begin + _AT_ONCE]
        on_progress(begin, len(chosen))
        found = shuffled(
            _strata(sampled, some, whole=whole),
            together[some],
            seed=testing.seed,
            names=some,
            on_progress=lambda _done, _of, begin=begin: on_progress(begin, len(chosen)),
        )
        expected[some], p[some] = found.expected, found.two_sided
        drawn += int(found.drawn.sum())
    result = _adjusted(expected, p, drawn)
    return _mirrored(result, pairs) if counted.how.is_directed else result


def _adjusted(expected: Reals, p: Reals, drawn: int) -> Tested:
    return Tested(expected, p, adjusted(p), int((~np.isnan(p)).sum()), drawn)


def _strata(sampled: Sampled, some: Numbers, *, whole: bool) -> Strata:
    """Return the documents that hold both codes of each pair, or all units as one where no document has several."""
    first, second = sampled.first[some], sampled.second[some]
    if whole:
        sums = sampled.codes.sum(axis=0)
        pair = np.arange(len(some))
        return Strata(pair, np.full(len(some), sampled.units.sum()), sums[first], sums[second])
    one, two = sampled.codes.T[first], sampled.codes.T[second]
    pair, document = np.nonzero((one > 0) & (two > 0))
    return Strata(pair, sampled.units[document], one[pair, document], two[pair, document])


def _mirrored(tested: Tested, pairs: Listed) -> Tested:
    many = len(pairs.block.codes)
    square = np.full((3, many, many), np.nan)
    square[:, pairs.first, pairs.second] = (tested.expected, tested.p, tested.q)
    both = np.where(np.isnan(square), square.transpose(0, 2, 1), square)[:, pairs.first, pairs.second]
    return replace(tested, expected=both[0], p=both[1], q=both[2])


def _interval(sampled: Sampled, name: str, testing: Inference, pairs: Listed, on_progress: OnProgress) -> Interval:
    found = intervals(
        sampled,
        COEFFICIENTS[name],
        testing.resamples,
        testing.seed,
        zero=ZERO_TOGETHER.get(name),
        on_progress=on_progress,
    )
    for column in (found.low, found.high, *found.left_out):
        column[pairs.nested] = np.nan
    return found
