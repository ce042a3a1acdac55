"""An annotation set as it travels: one row per coding, to be read by people and by other programs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """A coding with all that a reader without the project needs; the fields are the columns, in this order.

    `source` is the file name, `code` the path of the code, `created_at` ISO 8601 in UTC.
    `start` and `stop` count code points of the source's text, `stop` is the first one after the passage.
    """

    coding_id: str
    source_id: str
    source: str
    start: int
    stop: int
    text: str
    code_id: str
    code: str
    coder: str
    memo: str
    created_at: str


@dataclass(frozen=True, slots=True)
class ImportedCoding:
    """A coding as a file names it: source and code by id or name, not yet looked up in any project.

    `line` is where it stands in the file, counted from 1.
    """

    line: int
    source: str
    start: int
    stop: int
    code: str
    coder: str
    memo: str = ""
