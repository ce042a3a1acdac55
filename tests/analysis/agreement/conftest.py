"""A small coded material: two documents, three coders, codes that nobody used among them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coder_app.analysis.agreement.scope import Comparing, Scope, Texts, Unit, scope
from coder_app.analysis.columns import numbered
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

CODES = ("Fear", "Work", "Never")
ROWS = [
    ("d1", 0, 10, "Fear", "ann"),
    ("d1", 5, 12, "Fear", "ann"),
    ("d1", 0, 10, "Fear", "bob"),
    ("d1", 35, 45, "Work", "ann"),
    ("d1", 36, 46, "Work", "bob"),
    ("d2", 0, 20, "Fear", "bob"),
    ("d2", 2, 20, "Fear", "cyd"),
    ("d3", 0, 9, "Work", "cyd"),
]
TEXTS = Texts(
    {"d1": 60, "d2": 40, "d3": 30},
    {"d1": "one.txt", "d2": "two.txt", "d3": "three.txt"},
    {"d1": [(0, 30), (31, 60)], "d2": [(0, 20), (21, 40)], "d3": [(0, 30)]},
)


@pytest.fixture
def scoped() -> Callable[..., Scope]:
    """Give what makes a scope of rows, with any choices of `Comparing`."""

    def of(rows=None, codebook=CODES, texts=TEXTS, **choices) -> Scope:
        tree = CodeTree(Code(code, None, code, "", f"{place:03}") for place, code in enumerate(codebook))
        how = replace(Comparing(unit=Unit.PARAGRAPH, resamples=0), **choices)
        names = {"ann": "Ann", "bob": "Bob", "cyd": "Cyd"}
        return scope(numbered(ROWS if rows is None else rows, tree), tree, how, texts=texts, names=names)

    return of
