"""A codebook as it travels between projects, colleagues and other programs."""

from dataclasses import dataclass, field

FORMAT = "coder-app-codebook"
"""What a .json codebook says that it is."""
VERSION = 1
"""The newest version of that format that this app reads, and the one it writes."""
DEEPEST = 200
"""The most levels of codes that travel; parsers of other programs give up not far beyond."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that shows how a code is meant: its words and the name of its source ("" if unknown)."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """A code outside any project. `id` is a UUID in lower case without braces; children keep their order.

    `colour` is "#rrggbb" in lower case, or "" where the file names none: the importer then assigns one.
    """

    id: str
    name: str
    colour: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    is_codable: bool = True
    examples: tuple[Example, ...] = ()
    children: "tuple[CodebookEntry, ...]" = ()


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named selection of codes across the tree, by their ids."""

    id: str
    name: str
    description: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A forest of codes with the sets that group them."""

    name: str
    roots: tuple[CodebookEntry, ...]
    sets: tuple[CodeSet, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the reader of the file had to leave out or bend, one sentence each."""
