"""Ids that are unique without asking anybody and sort by the time they were made."""

import hashlib
import json
import os
import threading
import time

_last = {"millisecond": 0, "counter": 0}
_one_at_a_time = threading.Lock()

CONSENSUS = "ffffffff-"
"""How the id of the coder begins who is what people have agreed on; no clock of version 7 comes there."""


def new_id() -> str:
    """Return a UUID of version 7 (RFC 9562) as text; later calls in one process sort later.

    The 12 bits after the time are a counter, so ids of the same millisecond keep their order.
    """
    with _one_at_a_time:
        millisecond = max(time.time_ns() // 1_000_000, _last["millisecond"])
        counter = _last["counter"] + 1 if millisecond == _last["millisecond"] else 0
        if counter > 0xFFF:  # noqa: PLR2004 (12 bits)
            millisecond, counter = millisecond + 1, 0
        _last.update(millisecond=millisecond, counter=counter)
    number = millisecond << 80 | 7 << 76 | counter << 64 | 2 << 62 | int.from_bytes(os.urandom(8)) >> 2
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def derived_id(*parts: str) -> str:
    """Return the id (a UUID of version 8) that follows from these words: two copies make one and the same row."""
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:]}"


def is_consensus(coder_id: str) -> bool:
    """Say whether a coder's id is that of the consensus, which nobody codes and which is no coder more."""
    return coder_id.startswith(CONSENSUS)
