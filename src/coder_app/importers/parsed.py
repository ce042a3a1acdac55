"""What every format's reader hands back, and the writer that keeps text and block positions in step."""

from dataclasses import dataclass

from coder_app.domain.imported import Block
from coder_app.domain.text import canonical


@dataclass(frozen=True, slots=True)
class Parsed:
    """The readable part of a file: canonical text, its blocks, and what a person should know.

    `importer_version` changes whenever the same bytes would be read as another text.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()
    encoding: str = ""
    encoding_sure: bool = True
    importer_version: str = "1"


class TextWriter:
    """Puts a text together piece by piece; each piece is made canonical before it is measured."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    def add(self, text: str, kind: str = "", level: int = 0, *, before: str = "\n") -> None:
        """Append `before` (not at the very start) and `text`; no `kind` or nothing visible makes no block."""
        if self._parts or before != "\n":
            self._put(before)
        start = self._length
        self._put(canonical(text))
        if kind and not text.isspace() and self._length > start:
            self.blocks.append(Block(start, self._length, kind, level))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def text(self) -> str:
        """Return all that was written."""
        return "".join(self._parts)
