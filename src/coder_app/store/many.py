"""How many rows are asked for, written and journaled at once."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

PACK_FROM = 500
"""From so many rows on a write is journaled as a batch: 20 bytes a row in the file instead of 700."""

AT_MOST = 50_000
"""So many rows are in memory at once and in one batch, whatever the size of the step."""

AMONG = "(SELECT value FROM json_each(?))"
"""What stands behind IN where the parameter is `id_list(ids)`."""

T = TypeVar("T")


def id_list(ids: Iterable[str]) -> str:
    """Return ids as the parameter of AMONG."""
    return json.dumps(list(ids))


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values in lists of at most AT_MOST."""
    iterator = iter(values)
    while chunk := list(islice(iterator, AT_MOST)):
        yield chunk
