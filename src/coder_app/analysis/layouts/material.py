"""What all pictures start from: the counts and Jaccard coefficients of one block, as square matrices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coder_app.analysis.block import Block
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.domain.errors import BadInput
from coder_app.domain.pictures import PictureKind, Shown
from coder_app.domain.table import Table
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr

Floats: TypeAlias = NDArray[np.float64]

JACCARD = "jaccard"
COUNT = "count"
LEAST_CODES = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose about pictures. `weight` is "jaccard" or "count".

    `threshold` is the least weight of a link that is drawn, None leaves it to the picture; `seed` starts the
    network; `rows` and `columns` are the code ids of a Sankey diagram's two sides, None for all.
    """

    weight: str = JACCARD
    threshold: float | None = None
    seed: int = 1
    rows: frozenset[str] | None = None
    columns: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """One block as matrices in the order of `codes`. `open` says which pairs count: neither diagonal nor nested."""

    block: Block
    how: Counting
    codes: tuple[str, ...]
    names: tuple[str, ...]
    n: tuple[int, ...]
    counts: Floats
    jaccard: Floats
    open: NDArray[np.bool_]

    def weights(self, choices: Choices) -> Floats:
        """Return what ties two codes: Jaccard or count, 0 where the pair does not count."""
        return np.where(self.open, self.jaccard if choices.weight == JACCARD else self.both, 0.0)

    @property
    def both(self) -> Floats:
        """What two codes have together, whatever the direction."""
        return self.counts + self.counts.T if self.how.is_directed else self.counts

    def distances(self) -> Floats:
        """Return 1 - Jaccard; 0 on the diagonal, 1 where a pair does not count."""
        found = np.where(self.open, 1 - self.jaccard, 1.0)
        np.fill_diagonal(found, 0.0)
        return found


def material(block: Block, how: Counting, tree: CodeTree) -> Material:
    """Return a block as matrices. Raises BadInput where it has fewer than two codes."""
    codes = block.codes
    if len(codes) < LEAST_CODES:
        raise BadInput(
            tr("There is nothing to draw: a picture needs two codes that are used; widen the scope or code more.")
        )
    block.unfold()
    size = len(codes)
    counts, jaccard = np.zeros((size, size)), np.zeros((size, size))
    allowed = ~np.eye(size, dtype=np.bool_)
    for row, code in enumerate(codes):
        for column in range(row):
            both, back = block.n_ab(code, codes[column]), block.n_ab(codes[column], code)
            if both is None or back is None:
                allowed[row, column] = allowed[column, row] = False
                continue
            counts[row, column], counts[column, row] = both, back
            jaccard[row, column] = jaccard[column, row] = jaccard_of(block, code, codes[column]) or 0.0
    names = tuple(tree.path(code) for code in codes)
    return Material(block, how, codes, names, tuple(map(block.n, codes)), counts, jaccard, allowed)


def jaccard_of(block: Block, code_a: str, code_b: str) -> float | None:
    """Return the Jaccard coefficient of a pair: of the units, or of the characters where these are counted."""
    return block.jaccard(code_a, code_b) if block.by_unit is None else block.unit_jaccard(code_a, code_b)


def counted_words(how: Counting) -> str:
    """Return what one count is."""
    counted: dict[Mode, str] = {
        Mode.SEGMENTS: tr("co-coded stretches (segments merged where they overlap)"),
        Mode.PAIRS: tr("pairs of overlapping codings"),
        Mode.CHARACTERS: tr("characters covered by both codes"),
        Mode.UNITS: tr("units that hold both codes"),
        Mode.RELATION: tr("pairs of which the row’s passage is “{relation}” the column’s", relation=how.relation.value),
        Mode.PROXIMITY: tr(
            "pairs of which the row’s passage comes before the column’s, within {gap}", gap=how.distance
        ),
        Mode.WINDOWS: tr("moving windows of {n} lines that hold both codes", n=how.stanza),
    }
    return counted[how.mode]


def unit_words(how: Counting) -> str:
    """Return what the unit is called."""
    units: dict[Unit, str] = {
        Unit.PARAGRAPH: tr("paragraphs"),
        Unit.SENTENCE: tr("sentences"),
        Unit.TURN: tr("speaker turns"),
        Unit.WINDOW: tr("stretches of {window}", window=how.window),
        Unit.DOCUMENT: tr("documents"),
        Unit.CASE: tr("cases"),
    }
    return units[how.unit]


def jaccard_words(given: Material) -> str:
    """Return what the Jaccard coefficient is of."""
    if given.block.by_unit is None and given.how.mode is Mode.CHARACTERS:
        return tr("Jaccard of the characters")
    counts = given.block.by_unit or given.block.counts
    if counts.total is None:
        return tr("Jaccard of the {units}", units=unit_words(given.how))
    return tr("Jaccard of the {units} (N = {n})", units=unit_words(given.how), n=f"{counts.total:,}")


def weight_words(given: Material, choices: Choices) -> str:
    """Return what the weight of a link is."""
    return jaccard_words(given) if choices.weight == JACCARD else counted_words(given.how)


def shown(
    kind: PictureKind,
    given: Material,
    title: str,
    table: Table,
    caption: Sequence[str],
    *,
    warnings: Sequence[str] = (),
    order: Sequence[int] | None = None,
) -> Shown:
    """Return what every picture has, its codes in the given order."""
    places = range(len(given.codes)) if order is None else order
    said = [tr("Count: {what}.", what=counted_words(given.how)), *caption]
    if given.how.roll_up:
        said.append(tr("Sub-codes count with their parents; a code and one above it are not paired."))
    said.append(tr("Co-occurrence depends on how passages were cut."))
    return Shown(
        kind,
        title,
        coders_words(given.block),
        tuple(given.codes[place] for place in places),
        tuple(given.names[place] for place in places),
        tuple(given.n[place] for place in places),
        tuple(said),
        table,
        tuple(warnings),
    )


def coders_words(block: Block) -> str:
    """Return whose codings a block counts."""
    return tr("All coders together") if block.coder_id is None and block.coders == MERGED else block.coders


def settings_of(given: Material, **more: str) -> dict[str, str]:
    """Return the settings of a picture's table."""
    how = given.how
    base = {
        "mode": how.mode.value,
        "unit": how.unit.value,
        "coders": given.block.coders,
        "roll_up": "yes" if how.roll_up else "no",
    }
    return base | more
