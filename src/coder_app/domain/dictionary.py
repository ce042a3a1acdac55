"""A dictionary for autocoding: which words speak for which code."""

from dataclasses import dataclass

from coder_app.domain.extents import Extent


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One line of a dictionary: what `query` finds is coded with `code`, a path or an id.

    `line` counts from 1 in the file. `extent` is None where the line leaves it open.
    """

    line: int
    code: str
    query: str
    is_regex: bool = False
    extent: Extent | None = None
