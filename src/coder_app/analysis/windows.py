"""Codes in a moving window of lines, as Epistemic Network Analysis counts them.

Line t counts two codes when both occur in the window that ends with it and at least one of them in line t
itself: what the window holds together, without what it held together before that line came. Windows never reach
into another conversation (here: document). A line is a paragraph, sentence or speaker's turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.cells import Cells, tallied, total
from coder_app.analysis.columns import Numbers
from coder_app.analysis.counting import packed, pairs_of


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Which codes are in which lines, one row each: block, conversation, the line's number there, code, how often."""

    block: Numbers
    conversation: Numbers
    line: Numbers
    code: Numbers
    often: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Two codes that meet in the window of a line, one row each; `product` is of how often they occur."""

    block: Numbers
    conversation: Numbers
    line: Numbers
    code: Numbers
    other: Numbers
    product: Numbers


def meetings(lines: Lines, back: int, sizes: Numbers, *, forward: int = 0) -> Iterator[Meetings]:
    """Yield, some at a time, which codes meet in the window of `back` lines that ends with each line, itself included.

    `sizes` are the lines of each conversation; `forward` lines behind the line belong to its window, too.
    """
    # Each row enters the windows of the lines around it.
    begin = np.maximum(0, lines.line - forward)
    end = np.minimum(sizes[lines.conversation], lines.line + back)
    rows, at_line = (np.concatenate(part) for part in zip((begin[:0], begin[:0]), *pairs_of(begin, end), strict=True))
    key = packed(lines.block[rows], lines.conversation[rows], at_line, lines.code[rows])
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    whole = np.bincount(group, lines.often[rows]).astype(np.int64)
    before = np.bincount(group, np.where(lines.line[rows] == at_line, 0, lines.often[rows])).astype(np.int64)
    rows, at_line = rows[first], at_line[first]
    block, conversation, code = lines.block[rows], lines.conversation[rows], lines.code[rows]
    window = packed(block, conversation, at_line)
    for one, two in pairs_of(np.arange(1, len(rows) + 1), np.searchsorted(window, window, side="right")):
        # What the window holds together, without what it held together before its line came.
        product = whole[one] * whole[two] - before[one] * before[two]
        new = product > 0
        some, other = one[new], two[new]
        yield Meetings(block[some], conversation[some], at_line[some], code[some], code[other], product[new])


def window_counts(lines: Lines, back: int, sizes: Numbers) -> Cells:
    """Return, for two codes, in how many lines they meet, each line counting once."""
    return total([tallied(met.block, met.code, met.other) for met in meetings(lines, back, sizes)])
