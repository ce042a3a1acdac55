"""A table of attributes as a file has it, and what taking it in would do: the plan is shown before anything is done."""

from dataclasses import dataclass
from typing import NamedTuple

NAME_COLUMNS = {
    "source": ("source", "document", "file", "document name", "source name", "name", "title", "id"),
    "case": ("case", "participant", "respondent", "person", "case name", "name", "id"),
}
"""What the column may be called that says which source or case a row is about; else it is the first."""

SOURCES_COLUMN = "sources"
"""The column of a table of cases that names the sources of each, separated by semicolons."""


class AttributeRow(NamedTuple):
    """A row: where it stands in the file (counted from 1), its cells as they are there."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """The rows of a file under its column titles; rows have as many cells as there are columns."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[AttributeRow, ...]


class PlannedValue(NamedTuple):
    """A value that would be set; the ids are empty where the variable or the case would be made first."""

    variable: str
    variable_id: str
    name: str
    on_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AttributePlan:
    """What taking in a table of attributes would do; `on` is "source" or "case"."""

    file: str
    on: str
    new_variables: tuple[tuple[str, str], ...] = ()
    """Names and types."""
    new_cases: tuple[str, ...] = ()
    values: tuple[PlannedValue, ...] = ()
    members: tuple[tuple[str, str, str], ...] = ()
    """Cases, by name and id, and the ids of sources that would belong to them."""
    same: int = 0
    """How many values are there already."""
    problems: tuple[str, ...] = ()
    """What cannot be taken in, a sentence with its line each; the rest can."""
