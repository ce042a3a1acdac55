"""A report to be read: headings, paragraphs and tables in their order, whatever file they are written to."""

from dataclasses import dataclass
from typing import TypeAlias

from coder_app.domain.table import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a `prompt` is for the author to replace."""

    text: str
    prompt: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a source, and what is said about it."""

    text: str
    about: str


Part: TypeAlias = Heading | Words | Quote | Table


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `table` is the one that stands for all of it where only a table can be written."""

    title: str
    parts: tuple[Part, ...]
    table: Table
