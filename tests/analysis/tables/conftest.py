"""A small codebook, and materials that random codings make."""

import pytest

from coder_app.analysis.columns import numbered
from coder_app.analysis.tables.material import Document, Material
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree

PARENTS = {"a": None, "b": "a", "c": "a", "d": "b", "e": None}


@pytest.fixture(scope="session")
def tree():
    return CodeTree(Code(code, parent, code, "", code) for code, parent in PARENTS.items())


@pytest.fixture(scope="session")
def material(tree):
    """Make a material of rows (source, start, stop, code, coder) in sources of 20 characters."""

    def make(rows, sources=("s1", "s2", "s3"), characters=20):
        documents = {one: Document(one.upper(), characters) for one in sources}
        return Material(numbered(rows, tree), tree, {"x": "Xenia", "y": "Yuri", "z": "Zoe"}, documents)

    return make
