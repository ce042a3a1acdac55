"""What an importer found in a file, before anything is written to a project."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with its role: paragraph, heading (level 1-6), page, cell, note."""

    start: int
    stop: int
    kind: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class ImportedText:
    """A file as text. `text` is canonical; `original` are the file's own bytes, kept for good.

    `encoding` is "" for formats that need none. `warnings` are sentences for the person.
    `encoding_sure` is False where the encoding was guessed and should be shown for correction.
    """

    name: str
    kind: str
    text: str
    original: bytes
    importer: str
    importer_version: str
    encoding: str = ""
    encoding_sure: bool = True
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()


def blocks_to_json(blocks: tuple[Block, ...]) -> bytes:
    """Return a block map as it is kept in a project; equal maps give equal bytes."""
    rows = [[block.start, block.stop, block.kind, block.level] for block in blocks]
    return json.dumps(rows, separators=(",", ":")).encode()


def blocks_from_json(data: bytes) -> tuple[Block, ...]:
    """Return the block map that `blocks_to_json` wrote."""
    return tuple(Block(*row) for row in json.loads(data))
