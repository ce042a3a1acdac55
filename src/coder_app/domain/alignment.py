"""Which characters of a text are still there in a newer version of it, and where.

The result is a pure function of the two texts, for ever and on every machine: merging copies of a project
rests on it. So nothing here asks a clock, the order of a hash, or Unicode tables that grow with each Python;
where work has to be bounded it is counted in steps.

The texts are matched line by line, then sentence by sentence, then word by word, by what occurs once in both
(patience), and what is left in small gaps character by character (Myers 1986).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple


class Block(NamedTuple):
    """`size` code points that are the same from `old` on in the old text and from `new` on in the new one."""

    old: int
    new: int
    size: int


class Gap(NamedTuple):
    """What lies between two blocks: [old, old_stop) went, [new, new_stop) came."""

    old: int
    old_stop: int
    new: int
    new_stop: int


# Written out, because what counts as a letter to `\w` changes with the version of Python.
_SEPARATORS = "\\x00-/:-@\\[-`{-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u3020\uff00-\uff0f\uff1a-\uff20"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_LINE = re.compile("[^\n]*\n|[^\n]+")
_SENTENCE = re.compile("[^.!?…。！？\n]*+(?:[.!?…。！？]+[\"'”’»)\\]]* *|\n)|[^.!?…。！？\n]+")
_WORD = re.compile(f"[^{_SEPARATORS}{_UNSPACED}]+|[{_SEPARATORS}{_UNSPACED}]")
_NO_ANCHOR = re.compile(f"[{_SEPARATORS}]")

# Between two anchors the search for anchors begins again, so often at most.
_DEPTH = 10
# Steps that all gaps together may take character by character; a step is about 0.2 µs.
_STEPS = 2_000_000
_STEPS_IN_ONE = 400_000


def same_from(a: str, i: int, b: str, j: int, most: int) -> int:
    """Return how many characters, `most` at most, are the same from `a[i]` and from `b[j]` on."""
    size, step = 0, 32
    while size < most:
        step = min(step, most - size)
        if a[i + size : i + size + step] != b[j + size : j + size + step]:
            break
        size += step
        step = min(2 * step, 1 << 20)
    high = min(size + step - 1, most)
    while size < high:
        middle = (size + high + 1) // 2
        if a[i + size : i + middle] == b[j + size : j + middle]:
            size = middle
        else:
            high = middle - 1
    return size


def same_before(a: str, i: int, b: str, j: int, most: int) -> int:
    """Return how many characters, `most` at most, are the same before `a[i]` and before `b[j]`."""
    size, step = 0, 32
    while size < most:
        step = min(step, most - size)
        if a[i - size - step : i - size] != b[j - size - step : j - size]:
            break
        size += step
        step = min(2 * step, 1 << 20)
    high = min(size + step - 1, most)
    while size < high:
        middle = (size + high + 1) // 2
        if a[i - middle : i - size] == b[j - middle : j - size]:
            size = middle
        else:
            high = middle - 1
    return size


def align(old: str, new: str) -> list[Block]:
    """Return the blocks that two texts have in common, in the order in which they stand in both.

    What is put in or taken out in one place leaves all the rest aligned. The time grows with the length of
    the texts and never with its square, however different they are.
    """
    least = min(len(old), len(new))
    prefix = same_from(old, 0, new, 0, least)
    suffix = same_before(old, len(old), new, len(new), least)
    if prefix + suffix >= least:
        rest = least - prefix
        return _joined([Block(0, 0, prefix), Block(len(old) - rest, len(new) - rest, rest)])
    # Whole lines from here on: the first is cut where it starts, the last where it ends.
    start = old.rfind("\n", 0, prefix) + 1
    tail = len(old) - (old.find("\n", len(old) - suffix) + 1 or len(old))
    blocks = [Block(0, 0, start), Block(len(old) - tail, len(new) - tail, tail)]
    gaps = [Gap(start, len(old) - tail, start, len(new) - tail)]
    for tokens in (_LINE, _SENTENCE, _WORD):
        left: list[Gap] = []
        for gap in gaps:
            found = _one_edit(old, new, gap)
            if found is None:
                found = _by_tokens(old, new, gap, tokens)
                left += gaps_in(found, gap)
            blocks += found
        gaps = left
    steps = min(_STEPS_IN_ONE, _STEPS // max(1, len(gaps)))
    for gap in gaps:
        blocks += _one_edit(old, new, gap) or _by_characters(old, new, gap, steps)
    return _joined(blocks)


def gaps_in(blocks: Iterable[Block], within: Gap) -> Iterator[Gap]:
    """Yield what blocks, which stand in order, leave of a gap."""
    old, new = within.old, within.new
    for block in (*blocks, Block(within.old_stop, within.new_stop, 0)):
        if block.old > old or block.new > new:
            yield Gap(old, block.old, new, block.new)
        old, new = block.old + block.size, block.new + block.size


def _joined(blocks: Iterable[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in sorted(block for block in blocks if block.size):
        last = joined[-1] if joined else Block(-1, -2, 0)
        if (last.old + last.size, last.new + last.size) == (block.old, block.new):
            joined[-1] = Block(last.old, last.new, last.size + block.size)
        else:
            joined.append(block)
    return joined


def _trimmed(old: str, new: str, gap: Gap) -> tuple[int, int]:
    """Return how many characters the two sides of a gap have in common at its start and, behind that, at its end."""
    least = min(gap.old_stop - gap.old, gap.new_stop - gap.new)
    start = same_from(old, gap.old, new, gap.new, least)
    return start, same_before(old, gap.old_stop, new, gap.new_stop, least - start)


def _one_edit(old: str, new: str, gap: Gap) -> list[Block] | None:
    """Return the blocks of a gap in which something was only put in or only taken out, in one place."""
    start, end = _trimmed(old, new, gap)
    if start + end < min(gap.old_stop - gap.old, gap.new_stop - gap.new):
        return None
    return [Block(gap.old, gap.new, start), Block(gap.old_stop - end, gap.new_stop - end, end)]


def _by_tokens(old: str, new: str, gap: Gap, pattern: re.Pattern[str]) -> list[Block]:
    """Return the blocks of a gap that are whole lines, sentences or words, in order."""
    a = pattern.findall(old, gap.old, gap.old_stop)
    b = pattern.findall(new, gap.new, gap.new_stop)
    a_at = list(accumulate(map(len, a), initial=gap.old))
    b_at = list(accumulate(map(len, b), initial=gap.new))
    return sorted(Block(a_at[i], b_at[j], a_at[i + size] - a_at[i]) for i, j, size in _same_tokens(a, b))


def _same_tokens(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (place in a, place in b, number) of runs of equal tokens, none crossing another, in no order."""
    waiting = [(0, len(a), 0, len(b), _DEPTH)]
    while waiting:
        a_start, a_stop, b_start, b_stop, depth = waiting.pop()
        first_a, first_b = a_start, b_start
        while a_start < a_stop and b_start < b_stop and a[a_start] == b[b_start]:
            a_start, b_start = a_start + 1, b_start + 1
        yield first_a, first_b, a_start - first_a
        last_a = a_stop
        while a_start < a_stop and b_start < b_stop and a[a_stop - 1] == b[b_stop - 1]:
            a_stop, b_stop = a_stop - 1, b_stop - 1
        yield a_stop, b_stop, last_a - a_stop
        if a_start == a_stop or b_start == b_stop or not depth:
            continue
        anchors = _anchors(a, a_start, a_stop, b, b_start, b_stop)
        if anchors:
            ends = [(a_start - 1, b_start - 1), *anchors, (a_stop, b_stop)]
            waiting += [(i + 1, k, j + 1, m, depth - 1) for (i, j), (k, m) in pairwise(ends)]
            yield from ((i, j, 1) for i, j in anchors)


def _anchors(
    a: Sequence[str], a_start: int, a_stop: int, b: Sequence[str], b_start: int, b_stop: int
) -> list[tuple[int, int]]:
    """Return the longest rising chain of places of tokens that occur once in both stretches."""
    in_a, in_b = _once(a, a_start, a_stop), _once(b, b_start, b_stop)
    pairs = [(i, in_b[token]) for token, i in in_a.items() if token in in_b and not _NO_ANCHOR.fullmatch(token)]
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [number]
    chain: list[tuple[int, int]] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _once(tokens: Sequence[str], start: int, stop: int) -> dict[str, int]:
    """Return the tokens that occur once in a stretch, in their order, with their places."""
    places: dict[str, int] = {}
    for place in range(start, stop):
        token = tokens[place]
        places[token] = -1 if token in places else place
    return {token: place for token, place in places.items() if place >= 0}


def _by_characters(old: str, new: str, gap: Gap, steps: int) -> list[Block]:
    start, end = _trimmed(old, new, gap)
    a, b = old[gap.old + start : gap.old_stop - end], new[gap.new + start : gap.new_stop - end]
    inner = _shortest_edit(a, b, steps)
    # What has little in common shares some letters by chance; these would only mislead.
    if 10 * sum(block.size for block in inner) < 7 * min(len(a), len(b)):
        inner = []
    return [
        Block(gap.old, gap.new, start),
        *(Block(gap.old + start + i, gap.new + start + j, size) for i, j, size in inner),
        Block(gap.old_stop - end, gap.new_stop - end, end),
    ]


def _shortest_edit(a: str, b: str, steps: int) -> list[Block]:
    """Return what a shortest edit from `a` to `b` keeps; nothing where it is not found within `steps`."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(len(a) + len(b) + 1):
        trace.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
            i = begin = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            while i < len(a) and i - diagonal < len(b) and a[i] == b[i - diagonal]:
                i += 1
            furthest[diagonal] = i
            steps -= 1 + i - begin
            if i >= len(a) and i - diagonal >= len(b):
                return _kept(trace, len(a), len(b))
        if steps < 2 * edits:
            return []
    return []


def _kept(trace: list[dict[int, int]], i: int, j: int) -> list[Block]:
    """Lead an edit back from its end and return its runs of kept characters."""
    kept: list[Block] = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, diagonal = trace[edits], i - j
        down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
        came_from = diagonal + 1 if down else diagonal - 1
        begin = furthest[came_from] + (0 if down else 1) if edits else 0
        kept.append(Block(begin, begin - diagonal, i - begin))
        i, j = (begin, begin - diagonal - 1) if down else (begin - 1, begin - diagonal)
    return kept[::-1]


def sentences_of(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of a stretch, cut by stops and line ends alone."""
    return (match.span() for match in _SENTENCE.finditer(text, start, stop))


def block_at(blocks: Sequence[Block], place: int) -> int:
    """Return the number of the last block that starts at or before `place` in the old text; -1 where none does."""
    return bisect_right(blocks, place, key=lambda block: block.old) - 1
