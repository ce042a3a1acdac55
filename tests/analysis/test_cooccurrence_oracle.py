"""The sweep against a plain recount of every character and every pair, in every mode, policy and roll-up."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.analysis.columns import numbered
from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.passages import passages
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

PARENTS = {"a": None, "b": "a", "c": "a", "d": "b", "e": None}
TREE = CodeTree(Code(code, parent, code, "", code) for code, parent in PARENTS.items())
UNITS = {"s1": [(0, 4), (5, 9), (9, 13), (15, 18)], "s2": [(0, 2), (2, 18)]}
SPAN = st.builds(
    lambda source, start, length, code, coder: CodedSpan(source, start, start + length, code, coder),
    st.sampled_from(sorted(UNITS)),
    st.integers(0, 12),
    st.integers(1, 6),
    st.sampled_from(sorted(PARENTS)),
    st.sampled_from(["x", "y", "z"]),
)
SPANS = st.lists(SPAN, max_size=14)
SYMMETRIC = [Mode.SEGMENTS, Mode.PAIRS, Mode.CHARACTERS, Mode.UNITS]
MODES = [(mode, Unit.PARAGRAPH) for mode in SYMMETRIC] + [(Mode.UNITS, Unit.DOCUMENT)]
POLICIES = ["each", MERGED, "y", "consensus:1", "consensus:2"]


def under(code: str, *, roll_up: bool) -> set[str]:
    family = {code}
    while roll_up and (more := {child for child, parent in PARENTS.items() if parent in family} - family):
        family |= more
    return family


def overlap(a, b) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def joined(spans):
    """Join any two overlapping spans until none are left."""
    spans = list(spans)
    for a, b in combinations(spans, 2):
        if overlap(a, b):
            spans.remove(a)
            spans.remove(b)
            return joined([*spans, (min(a[0], b[0]), max(a[1], b[1]))])
    return spans


def by_consensus(spans, at_least: int):
    """Grow stretches character by character; a border is crossed only by enough coders' joined spans."""
    own = [joined((s.start, s.stop) for s in spans if s.coder_id == coder) for coder in {s.coder_id for s in spans}]
    found = []
    for position in range(20):
        if sum(any(a <= position < b for a, b in stretches) for stretches in own) < at_least:
            continue
        crossing = sum(any(a < position < b for a, b in stretches) for stretches in own)
        if found and found[-1][1] == position and crossing >= at_least:
            found[-1] = (found[-1][0], position + 1)
        else:
            found.append((position, position + 1))
    return found


class Recount:
    """One block, recounted from the definitions."""

    def __init__(self, spans, how: Counting):
        self.spans, self.how = spans, how
        self.sources = {span.source_id for span in spans}

    def codings(self, code: str, source: str):
        family = under(code, roll_up=self.how.roll_up)
        chosen = [span for span in self.spans if span.code_id in family and span.source_id == source]
        if self.how.at_least:
            return by_consensus(chosen, self.how.at_least)
        return [(span.start, span.stop) for span in chosen]

    def both(self, code: str, other: str, mode: Mode, unit: Unit) -> int:
        total = 0
        for source in self.sources:
            a, b = self.codings(code, source), self.codings(other, source)
            if mode is Mode.SEGMENTS:
                a, b = joined(a), joined(b)
            if mode in {Mode.SEGMENTS, Mode.PAIRS}:
                total += sum(overlap(one, two) > 0 for one in a for two in b)
            elif mode is Mode.CHARACTERS:
                total += len(self.covered(a) & self.covered(b))
            else:
                units = UNITS[source] if unit is Unit.PARAGRAPH else [(0, 99)]
                total += sum(any(overlap(u, s) for s in a) and any(overlap(u, s) for s in b) for u in units)
        return total

    def own(self, code: str, mode: Mode, unit: Unit) -> int:
        if mode is Mode.PAIRS:
            return sum(len(self.codings(code, source)) for source in self.sources)
        if mode is Mode.SEGMENTS:
            return sum(len(joined(self.codings(code, source))) for source in self.sources)
        return self.both(code, code, mode, unit)

    def units(self, unit: Unit) -> int:
        return sum(len(UNITS[source]) if unit is Unit.PARAGRAPH else 1 for source in self.sources)

    @staticmethod
    def covered(spans) -> set[int]:
        return {position for start, stop in spans for position in range(start, stop)}


def recounts(spans, how: Counting) -> dict[str, Recount]:
    coders = {span.coder_id for span in spans}
    if how.coders == MERGED or how.at_least:
        return {how.coders: Recount(spans, how)} if len(coders) >= (how.at_least or 1) else {}
    wanted = coders if how.coders == "each" else coders & {how.coders}
    return {coder: Recount([span for span in spans if span.coder_id == coder], how) for coder in wanted}


@pytest.mark.parametrize("coders", POLICIES)
@pytest.mark.parametrize(("mode", "unit"), MODES)
@given(spans=SPANS, roll_up=st.booleans(), random=st.randoms())
@settings(max_examples=15, deadline=None)
def test_the_table_equals_a_recount_and_the_passages_add_up_to_it(mode, unit, coders, spans, roll_up, random):
    how = Counting(mode, unit, coders, roll_up)
    wanted = recounts(spans, how)
    if how.at_least and len({span.coder_id for span in spans}) < how.at_least:
        return
    shuffled = random.sample(spans, len(spans))
    blocks = cooccurrence(shuffled, TREE, how, units=UNITS).blocks
    assert blocks == cooccurrence(spans, TREE, how, units=UNITS).blocks
    assert {block.coders for block in blocks} == set(wanted)
    for block in blocks:
        recount = wanted[block.coders]
        assert block.counts.total == (recount.units(unit) if mode is Mode.UNITS else None)
        assert block.by_unit.total == recount.units(unit)
        for code in PARENTS:
            used = recount.own(code, Mode.PAIRS, unit) > 0
            assert (code in block.codes) == used
            assert block.n(code) == recount.own(code, mode, unit)
            assert block.own.get(code, 0) == Recount(recount.spans, Counting(coders=coders)).own(code, mode, unit)
        for a, b in combinations(sorted(PARENTS), 2):
            _compare_pair(block, recount, how, a, b)
            places = [
                p for p in passages(numbered(spans, TREE), TREE, how, (a, b), units=UNITS) if p.coders == block.coders
            ]
            size = sum(p.stop - p.start for p in places) if mode is Mode.CHARACTERS else len(places)
            assert size == (block.n_ab(a, b) or 0)


def _compare_pair(block, recount: Recount, how: Counting, a: str, b: str):
    nested = how.roll_up and (b in under(a, roll_up=True) or a in under(b, roll_up=True))
    if nested and {a, b} <= set(block.codes):
        assert block.n_ab(a, b) is None
        return
    if nested:
        return
    assert block.n_ab(a, b) == block.n_ab(b, a) == recount.both(a, b, how.mode, how.unit)
    assert block.unit_ab(a, b) == recount.both(a, b, Mode.UNITS, how.unit)
    jaccard = block.jaccard(a, b)
    assert jaccard is None or 0 <= jaccard <= 1
    assert (jaccard is None) == (how.mode in {Mode.SEGMENTS, Mode.PAIRS} or not block.n(a) + block.n(b))
