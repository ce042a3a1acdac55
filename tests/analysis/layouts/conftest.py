"""Small tables whose pictures can be worked out by hand."""

from collections.abc import Callable

import pytest

from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.layouts.material import Material, material
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

UNIT = 10


@pytest.fixture
def given() -> Callable[..., Material]:
    """Make the material of units, each a string of one-letter codes; `parents` makes trees under roll-up."""

    def make(*units: str, parents: dict[str, str] | None = None, roll_up: bool = False) -> Material:
        parents = parents or {}
        letters = sorted({letter for unit in units for letter in unit} | set(parents.values()))
        tree = CodeTree([Code(one, parents.get(one), one.upper(), "#888888", "", "", "", one, True) for one in letters])
        rows = [("text", n * UNIT, n * UNIT + 5, letter, "ann") for n, unit in enumerate(units) for letter in unit]
        grid = {"text": [(n * UNIT, n * UNIT + UNIT) for n in range(len(units))]}
        how = Counting(Mode.UNITS, Unit.PARAGRAPH, MERGED, roll_up)
        result = cooccurrence(rows, tree, how, units=grid, names={"ann": "Ann"})
        return material(result.blocks[0], how, tree)

    return make
