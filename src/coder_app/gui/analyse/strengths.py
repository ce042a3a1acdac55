"""What the colour of each cell stands for, as a square of numbers in the order of the table's codes."""

from collections import deque

import numpy as np

from coder_app.analysis.association import COEFFICIENTS, share
from coder_app.analysis.block import Block
from coder_app.analysis.how import Mode
from coder_app.analysis.hypergeometric import Reals
from coder_app.analysis.listed import Listed, listed
from coder_app.gui.analyse.options import Colour

_LAST: deque[tuple[Block, Colour, Reals]] = deque(maxlen=1)


def strengths(block: Block, colour: Colour) -> Reals:
    """Return the number behind each cell, read from its row to its column; nan where it is none or undefined.

    Those of the last block are kept: a worker that has counted a large table asks for them before the window does.
    """
    for known, by, numbers in tuple(_LAST):
        if known is block and by is colour:
            return numbers
    many = len(block.codes)
    found = np.full((many, many), np.nan)
    pairs = listed(block, directed=True)
    values = np.where(pairs.nested, np.nan, _values(pairs, colour))
    found[pairs.first, pairs.second] = values
    _LAST.append((block, colour, found))
    return found


def _values(pairs: Listed, colour: Colour) -> Reals:
    block = pairs.block
    if colour is Colour.COUNT:
        return pairs.together(block.counts).astype(np.float64)
    if colour is Colour.JACCARD and block.mode is Mode.CHARACTERS:
        first, second = pairs.own(block.counts)
        both = pairs.together(block.counts)
        return share(both.astype(np.float64), (first + second - both).astype(np.float64))
    table = pairs.fourfold()
    return np.full(len(pairs), np.nan) if table is None else COEFFICIENTS[colour.value](table)
