"""The chosen cell in numbers: counts of units, coefficients, and what was tested and resampled."""

import numpy as np

from coder_app.analysis.association import COEFFICIENTS
from coder_app.analysis.block import Block
from coder_app.analysis.listed import Listed
from coder_app.analysis.measured import Measures
from coder_app.analysis.pair_columns import coefficient_titles
from coder_app.domain.number_words import probability
from coder_app.gui.analyse.counting import Answer
from coder_app.gui.analyse.sentences import coefficient
from coder_app.i18n import tr

Details = tuple[tuple[str, str], ...]

_SHOWN = ("jaccard", "dice", "ochiai", "overlap", "p_b_given_a", "p_a_given_b", "lift", "npmi", "phi")


def tested_details(table: Answer, block: Block, pair: tuple[str, str]) -> Details:
    """Return what was tested and resampled of two codes; nothing where that was not asked for."""
    measures = _measures(table, block)
    place = None if measures is None else measures.place(*pair)
    if measures is None or place is None or measures.pairs.nested[place]:
        return ()
    titles = coefficient_titles()
    found = [
        (
            tr("{name}, 95 %", name=titles[name]),
            tr("{low} to {high}", low=_said(interval.low[place]), high=_said(interval.high[place]))
            if interval.resamples
            else tr("too few documents"),
        )
        for name, interval in measures.intervals.items()
    ]
    tested = measures.tested
    if tested is not None and np.isnan(tested.p[place]):
        found.append((tr("p"), tr("not tested, too rare")))
    elif tested is not None:
        found += [
            (tr("By chance"), f"{tested.expected[place]:,.1f}"),
            (tr("p"), probability(float(tested.p[place]))),
            (tr("q (m = {n:,})", n=tested.number), probability(float(tested.q[place]))),
        ]
    return tuple(found)


def details(table: Answer, block: Block, pair: tuple[str, str]) -> Details:
    """Return the units of two codes, their coefficients, and what was tested and resampled."""
    if block.by_unit is None or pair[0] == pair[1] or block.n_ab(*pair) is None:
        return ()
    place = {code: number for number, code in enumerate(block.codes)}
    alone = Listed(
        block, np.array([place[pair[0]]]), np.array([place[pair[1]]]), np.zeros(1, dtype=np.bool_)
    ).fourfold()
    if alone is None:
        return ()
    n = [f"{int(one[0]):,}" for one in (alone.first, alone.second, alone.both, alone.total)]
    titles = coefficient_titles()
    counts = (tr("n₁, n₂, both, N"), tr("{first}, {second}, {both}, {total}", first=n[0], second=n[1], both=n[2],
                                       total=n[3]))  # fmt: skip
    values = [(titles[name], _said(COEFFICIENTS[name](alone)[0])) for name in _SHOWN]
    return (counts, *values, *tested_details(table, block, pair))


def _said(value: float) -> str:
    return coefficient(None if np.isnan(value) else float(value))


def _measures(table: Answer, block: Block) -> Measures | None:
    if table.computed is None:
        return None
    return next((one for one in table.computed.blocks if one.pairs.block.coder_id == block.coder_id), None)


def computed_words(table: Answer) -> str:
    """Return what was tested and resampled, as a line under the button says it; "" where nothing was."""
    computed = table.computed
    if computed is None:
        return ""
    numbers = [one.tested.number for one in computed.blocks if one.tested is not None]
    resamples = [one.resamples for each in computed.blocks for one in list(each.intervals.values())[:1]]
    said: list[str] = []
    if numbers:
        said.append(tr("{n} pairs tested", n=" + ".join(f"{number:,}" for number in numbers)))
    if resamples:
        said.append(tr("{n} resamples", n=" + ".join(f"{number:,}" for number in resamples)))
    return tr("{done}; seed {seed}. Choose a cell to read them.", done=", ".join(said), seed=computed.inference.seed)
