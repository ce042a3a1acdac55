"""Where a segment stands in a newer version of the text in which it was measured.

A pure function of old text, new text and range (see alignment.py): merging copies of a project rests on it.
A place is certain only where the same words stand there and it is clear that they are the same ones; words
that occur several times are told apart by what surrounds them, and where that does not decide, a person does.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from coder_app.domain.alignment import Block, Gap, align, block_at, same_before, same_from, sentences_of
from coder_app.domain.imported import Block as TextBlock
from coder_app.domain.text import Span, paragraph_at

FIRM = 32
"""So many characters in one piece, the words themselves included, are no chance."""

# A changed place may be as broad as this for its words to be told by how often they occur in it.
_NEAR = 400
_WORD = 3
# A moved sentence shorter than this could be another one that reads the same.
_TELLING = 12
_WHITE = " \t\n\u00a0"
# Sentences of a segment that are looked for elsewhere.
_TRIED = 8
_FAR = 1000
# A letter corrected leaves two parts; where much was changed the ranges in the small ones are placed one by one.
_PARTS = 8


class Placed(NamedTuple):
    """[start, stop) in the new text; not `certain`: a person has to look, and the range is the best guess."""

    start: int
    stop: int
    certain: bool


def place(old: str, new: str, ranges: Iterable[Span]) -> list[Placed]:
    """Return where ranges of `old` stand in `new`, in code points; each is placed by itself.

    What is certain reads in `new` as it did in `old`. A guess is never empty and inside `new`, unless `new` is
    empty.
    """
    if old == new:
        return [Placed(start, stop, certain=True) for start, stop in ranges]
    texts = _texts(old, new)
    return [texts.placed(start, stop) for start, stop in ranges]


class Part(NamedTuple):
    """Every range within [start, stop) of the old text stands `by` further on in the new one, for certain."""

    start: int
    stop: int
    by: int


def sure_parts(old: str, new: str) -> list[Part]:
    """Return the largest parts of `old` of which no range has to be placed by itself; `place` says the same of each."""
    if old == new:
        return [Part(0, len(old), 0)]
    texts = _texts(old, new)
    largest = nlargest(_PARTS, range(len(texts.blocks)), key=lambda number: texts.blocks[number].size)
    parts = (Part(*texts.core(number)) for number in largest)
    return [part for part in parts if part.start < part.stop]


def place_blocks(old: str, new: str, blocks: Iterable[TextBlock]) -> tuple[TextBlock, ...]:
    """Return headings, pages and paragraphs as they stand in the new text; what was whole lines is so again.

    Those of which little is left are gone.
    """
    texts = _texts(old, new)
    found: list[TextBlock] = []
    for block in blocks:
        start, stop = texts.around(block.start, block.stop)
        if 3 * texts.left_of(block.start, block.stop) < block.stop - block.start or start >= stop:
            continue
        if block.start == 0 or old[block.start - 1] == "\n":
            start = paragraph_at(new, start)[0]
        if old[block.stop : block.stop + 1] in ("", "\n"):
            stop = stop if new[stop - 1] == "\n" else paragraph_at(new, stop)[1]
        found.append(TextBlock(start, stop, block.kind, block.level))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of the changed parts of a text: by their words those that occur once, and all by their place."""

    once: dict[str, int]
    spans: list[Span]


class _Slid(NamedTuple):
    """What was taken out in one place: its size, and the first and last place where it may have stood."""

    size: int
    first: int
    last: int


@dataclass(slots=True)
class _Texts:
    """Two versions of a text with what they have in common: in order, and from either end."""

    old: str
    new: str
    blocks: list[Block]
    prefix: int
    suffix: int
    _firm: list[Block] = field(default_factory=list[Block])
    _slides: dict[int, _Slid] = field(default_factory=dict[int, _Slid])
    _cores: dict[int, tuple[int, int, int]] = field(default_factory=dict[int, tuple[int, int, int]])
    _sentences: tuple[_Sentences, _Sentences] | None = None

    def __post_init__(self) -> None:
        self._firm = [block for block in self.blocks if block.size >= FIRM]

    def placed(self, start: int, stop: int) -> Placed:
        """Return where [start, stop) stands."""
        number = block_at(self.blocks, start)
        low, high, by = self.core(number) if number >= 0 else (0, 0, 0)
        if low <= start < stop <= high:
            return Placed(start + by, stop + by, certain=True)
        if not 0 <= start < stop <= len(self.old):
            return self._guess(max(0, start), max(0, stop))
        by = self._moved_by(start, stop)
        sure = by
        if by is None or not self._is_sure(start, stop, by):
            sure = self._nearby(start, stop, by)
        if sure is None:
            sure = self._moved_elsewhere(start, stop)
        if sure is not None:
            return Placed(start + sure, stop + sure, certain=True)
        return self._guess(start, stop) if by is None else Placed(start + by, stop + by, certain=False)

    def core(self, number: int) -> tuple[int, int, int]:
        """Return the part of a block in which everything is sure at once, and by how much the block is moved."""
        if number not in self._cores:
            block, before, after = self.blocks[number], self._slid(number), self._slid(number + 1)
            low = max(block.old, before.last + before.size) if before.size else block.old
            high = min(block.old + block.size, after.first) if after.size else block.old + block.size
            self._cores[number] = (low, high if block.size >= FIRM else low, block.new - block.old)
        return self._cores[number]

    def _reads_the_same(self, start: int, stop: int, by: int) -> bool:
        return start + by >= 0 and self.new.startswith(self.old[start:stop], start + by)

    def _moved_by(self, start: int, stop: int) -> int | None:
        """Return by how much the range is moved if it is where one of the blocks on it or beside it says."""
        first, last = block_at(self.blocks, start), block_at(self.blocks, stop - 1)
        if first >= 0 and stop <= self.blocks[first].old + self.blocks[first].size:
            return self.blocks[first].new - self.blocks[first].old
        if stop <= self.prefix:
            return 0
        if start >= len(self.old) - self.suffix:
            return len(self.new) - len(self.old)
        numbers = dict.fromkeys((first, first + 1, last, last + 1))
        blocks = [self.blocks[number] for number in numbers if 0 <= number < len(self.blocks)]
        moves = dict.fromkeys(block.new - block.old for block in blocks)
        return next((by for by in moves if self._reads_the_same(start, stop, by)), None)

    def _is_sure(self, start: int, stop: int, by: int) -> bool:
        """Say whether the words at a place are those that were marked, and no others that read the same."""
        if self._may_have_gone(start, stop):
            return False
        if by == 0 and stop <= self.prefix:
            return True
        if by == len(self.new) - len(self.old) and start >= len(self.old) - self.suffix:
            return True
        behind = min(len(self.old) - stop, len(self.new) - stop - by, FIRM)
        around = same_before(self.old, start, self.new, start + by, min(start, start + by, FIRM))
        around += same_from(self.old, stop, self.new, stop + by, behind)
        return stop - start + around >= FIRM

    def _nearby(self, start: int, stop: int, by: int | None) -> int | None:
        """Return by how much the range is moved if its words occur as often in a small changed place as before.

        Where they occur several times, what stands around them decides, which is what `by` says.
        """
        number = bisect_right(self._firm, start, key=_old) - 1
        before = self._firm[number] if number >= 0 else Block(0, 0, 0)
        after = self._firm[number + 1] if number + 1 < len(self._firm) else Block(len(self.old), len(self.new), 0)
        old, new = min(before.old + before.size, start), before.new + before.size
        old_stop, new_stop = max(after.old, stop), after.new
        if by is not None:
            new, new_stop = min(new, start + by), max(new_stop, stop + by)
        if old_stop - old - (stop - start) > _NEAR or new_stop - new - (stop - start) > _NEAR:
            return None
        words = self.old[start:stop]
        in_old = _places(self.old, words, old, old_stop)
        in_new = _places(self.new, words, new, new_stop)
        if len(in_old) != len(in_new):
            return None
        if by is None:
            return in_new[0] - start if len(in_new) == 1 and stop - start >= _WORD else None
        return by if in_old.index(start) == in_new.index(start + by) else None

    def _may_have_gone(self, start: int, stop: int) -> bool:
        """Say whether the range may be what was taken out, where equal words stand side by side."""
        first, last = block_at(self.blocks, start), block_at(self.blocks, stop - 1)
        numbers = {max(0, first), first + 1, max(0, last), last + 1}
        return any(_takes(self._slid(number), start, stop) for number in numbers)

    def _slid(self, number: int) -> _Slid:
        """Return what was taken out in front of a block.

        "no no no" to "no no": each of the three may have been the one.
        """
        if number not in self._slides:
            self._slides[number] = self._slide(number)
        return self._slides[number]

    def _slide(self, number: int) -> _Slid:
        before = self.blocks[number - 1] if number > 0 else Block(0, 0, 0)
        after = self.blocks[number] if number < len(self.blocks) else Block(len(self.old), len(self.new), 0)
        gap = Gap(before.old + before.size, after.old, before.new + before.size, after.new)
        size = gap.old_stop - gap.old
        if gap.new != gap.new_stop or not size:
            return _Slid(0, 0, 0)
        left = same_before(self.old, gap.old, self.old, gap.old_stop, before.size)
        right = same_from(self.old, gap.old, self.old, gap.old_stop, after.size)
        return _Slid(size, gap.old - left, gap.old + right)

    def _moved_elsewhere(self, start: int, stop: int) -> int | None:
        """Return by how much the range is moved if a sentence of it was found again, once, in another place."""
        if self._sentences is None:
            self._sentences = self._changed_sentences()
        old, new = self._sentences
        first = max(0, bisect_right(old.spans, (start, len(self.old))) - 1)
        for begin, end in old.spans[first : first + _TRIED]:
            words = self.old[begin:end]
            if begin < stop and start < end and words in old.once and words in new.once:
                by = new.once[words] - begin
                if self._reads_the_same(start, stop, by):
                    return by
        return None

    def _changed_sentences(self) -> tuple[_Sentences, _Sentences]:
        ends = [Block(0, 0, 0), *self.blocks, Block(len(self.old), len(self.new), 0)]
        old = [(one.old + one.size, two.old) for one, two in pairwise(ends)]
        new = [(one.new + one.size, two.new) for one, two in pairwise(ends)]
        return _sentences(self.old, old), _sentences(self.new, new)

    def left_of(self, start: int, stop: int) -> int:
        """Return how many characters of a range are still there."""
        first, last = max(0, block_at(self.blocks, start)), block_at(self.blocks, stop - 1)
        parts = self.blocks[first : last + 1]
        return sum(max(0, min(part.old + part.size, stop) - max(part.old, start)) for part in parts)

    def around(self, start: int, stop: int) -> Span:
        """Return what is left of a range with all that came between, an empty one where nothing is left."""
        first = max(0, block_at(self.blocks, start))
        if first < len(self.blocks) and self.blocks[first].old + self.blocks[first].size <= start:
            first += 1
        last = block_at(self.blocks, stop - 1)
        if last < first:
            return 0, 0
        head, tail = self.blocks[first], self.blocks[last]
        begin = max(start - head.old, 0) + head.new
        end = min(stop - tail.old, tail.size) + tail.new
        # What replaced the first or last words of the range, and nothing beside it, belongs to it.
        if head.old > start and (first == 0 or self.blocks[first - 1].old + self.blocks[first - 1].size == start):
            begin = self.blocks[first - 1].new + self.blocks[first - 1].size if first else 0
        if tail.old + tail.size < stop:
            after = self.blocks[last + 1] if last + 1 < len(self.blocks) else Block(len(self.old), len(self.new), 0)
            end = after.new if after.old == stop else end
        return begin, end

    def _guess(self, start: int, stop: int) -> Placed:
        begin, end = self.around(start, stop)
        if end <= begin:
            begin, end = self._replaced(start, stop)
        begin = max(0, min(begin, len(self.new) - 1))
        return Placed(begin, max(min(end, len(self.new)), min(begin + 1, len(self.new))), certain=False)

    def _replaced(self, start: int, stop: int) -> Span:
        """Return what stands where a range stood of which nothing is left: its share of what came instead."""
        number = block_at(self.blocks, start)
        before = self.blocks[number] if number >= 0 else Block(0, 0, 0)
        after = self.blocks[number + 1] if number + 1 < len(self.blocks) else Block(len(self.old), len(self.new), 0)
        old, new = before.old + before.size, before.new + before.size
        went, came = max(1, after.old - old), after.new - new
        share = [new + min(max(place - old, 0), went) * came // went for place in (start, stop)]
        return share[0], share[1]


@lru_cache(maxsize=2)
def _texts(old: str, new: str) -> _Texts:
    # Kept, because a correction is shown before it is made and then written: the same two texts each time.
    least = min(len(old), len(new))
    ends = same_from(old, 0, new, 0, least), same_before(old, len(old), new, len(new), least)
    return _Texts(old, new, align(old, new), *ends)


def _old(block: Block) -> int:
    return block.old


def _takes(slid: _Slid, start: int, stop: int) -> bool:
    return slid.size > 0 and max(stop - slid.size, slid.first) <= min(start, slid.last)


def _places(text: str, words: str, start: int, stop: int) -> list[int]:
    """Return where `words` occur within [start, stop), also where they overlap."""
    found: list[int] = []
    place_ = text.find(words, start, stop)
    while place_ >= 0:
        found.append(place_)
        place_ = text.find(words, place_ + 1, stop)
    return found


def _sentences(text: str, gaps: Iterable[Span]) -> _Sentences:
    once: dict[str, int] = {}
    spans: list[Span] = []
    for start, stop in _whole_lines(text, gaps):
        for begin, end in sentences_of(text, start, stop):
            words = text[begin:end].strip(_WHITE)
            first = text.find(words, begin)
            spans.append((first, first + len(words)))
            once[words] = -1 if words in once or len(words) < _TELLING else first
    return _Sentences({words: begin for words, begin in once.items() if begin >= 0}, spans)


def _whole_lines(text: str, gaps: Iterable[Span]) -> Iterator[Span]:
    """Yield gaps that are not empty, widened to their lines (of a long line to what is near) and joined."""
    start, stop = -1, -1
    for begin, end in gaps:
        if begin == end:
            continue
        low, high = max(0, begin - _FAR), min(len(text), end + _FAR)
        first = max(text.rfind("\n", low, begin) + 1, low)
        line_end = text.find("\n", end, high)
        last = high if line_end < 0 else line_end
        if first > stop:
            yield max(0, start), max(0, stop)
            start = first
        stop = max(stop, last)
    yield max(0, start), max(0, stop)
