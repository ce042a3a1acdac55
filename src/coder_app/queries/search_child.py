"""The process that looks for a regular expression, so that one that never ends can be ended from outside.

It is started by search_regex.py with nothing but the standard library. Frames are a length and bytes;
the first is the pattern, each further one a text, which is answered by a status byte and spans.
"""

import contextlib
import json
import re
import signal
import sys
from array import array
from typing import BinaryIO

MEMORY = 2 * 1024**3
SPANS, TOO_BIG = b"+", b"!"
_HEAD = 8


def flags(*, match_case: bool) -> re.RegexFlag:
    """Return how patterns are meant: ^ and $ are the ends of a paragraph."""
    return re.MULTILINE | (re.NOFLAG if match_case else re.IGNORECASE)


def write_frame(pipe: BinaryIO, data: bytes) -> None:
    """Send one frame."""
    pipe.write(len(data).to_bytes(_HEAD, "big"))
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes | None:
    """Return the next frame; None where the other side is gone."""
    head = pipe.read(_HEAD)
    size = int.from_bytes(head, "big")
    data = pipe.read(size) if len(head) == _HEAD else b""
    return data if len(head) == _HEAD and len(data) == size else None


def serve() -> None:
    """Answer until nobody asks any more: the process's whole life."""
    _limit()
    request = read_frame(sys.stdin.buffer)
    if request is None:
        return
    pattern, ignore_case = json.loads(request)
    compiled = re.compile(pattern, flags(match_case=not ignore_case))
    while (text := read_frame(sys.stdin.buffer)) is not None:
        write_frame(sys.stdout.buffer, _answer(compiled, text.decode()))


def _answer(compiled: re.Pattern[str], text: str) -> bytes:
    try:
        spans = array("I")
        for match in compiled.finditer(text):
            if match.end() > match.start():
                spans.extend(match.span())
        return SPANS + spans.tobytes()
    except (RecursionError, MemoryError):
        return TOO_BIG


def _limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # Ctrl+C is for the parent, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
