"""Columns of values as few bytes: JSON compressed by zlib, each repeated value written once.

The form is `{"name": [value, ...]}`, and `{"name": {"of": [value, ...], "is": [place in "of", ...]}}` for a
column in which values repeat. Any tool that knows zlib and JSON can read it.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from coder_app.i18n import tr

Cell: TypeAlias = str | int | None
Columns: TypeAlias = dict[str, list[Cell]]

# Level 1 is a third faster on ids, which nothing makes much smaller; on the rest there is nothing left to gain.
_LEVEL = 1
# A forged file could otherwise fill the memory with a few bytes that unpack without end.
_LARGEST = 1 << 30


def pack(columns: Mapping[str, Sequence[Cell]]) -> bytes:
    """Return columns of equal length as bytes."""
    # Column by column: nothing else runs in the process while one call writes 50,000 rows.
    told = ",".join(f"{_json(name)}:{_json(_told(values))}" for name, values in columns.items())
    return zlib.compress(f"{{{told}}}".encode(), _LEVEL)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _told(values: Sequence[Cell]) -> object:
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    if 2 * len(places) > len(values):
        return list(values)
    return {"of": list(places), "is": [places[value] for value in values]}


def unpack(data: bytes) -> Columns:
    """Return the columns that `pack` made these bytes from. Raises ValueError where it did not."""
    try:
        told: object = json.loads(_opened(data))
        if isinstance(told, dict):
            return {name: _values(column) for name, column in cast("dict[str, object]", told).items()}
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ValueError(tr("a batch of rows cannot be unpacked")) from error
    raise ValueError(tr("a batch of rows cannot be unpacked"))


def holds(data: bytes, value: str) -> bool:
    """Say whether columns packed into `data` hold this text as a value (or a column has it as its name).

    It is looked for in the JSON as it stands, where a value within another text has its quotation marks escaped.
    Raises ValueError where the bytes are none of ours.
    """
    return json.dumps(value, ensure_ascii=False).encode() in _opened(data)


def _opened(data: bytes) -> bytes:
    opened = zlib.decompressobj()
    try:
        told = opened.decompress(data, _LARGEST)
    except zlib.error as error:
        raise ValueError(tr("a batch of rows cannot be unpacked")) from error
    if not opened.eof:
        raise ValueError(tr("a batch of rows cannot be unpacked"))
    return told


def _values(column: object) -> list[Cell]:
    if isinstance(column, dict):
        coded = cast("dict[str, list[int]]", column)
        of = cast("list[Cell]", coded["of"])
        return [of[place] for place in coded["is"]]
    if not isinstance(column, list):
        raise TypeError(column)
    return cast("list[Cell]", column)
