"""Runs of rows, unfolded: how each row is paired with all rows of a run in one go."""

import numpy as np

from coder_app.analysis.columns import Numbers


def unfolded(begin: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """Return each place with all of begin..end-1 that belong to it, as two columns."""
    many = np.maximum(end - begin, 0)
    rows = np.repeat(np.arange(len(many)), many)
    return rows, np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)
