"""The process that looks for a regular expression, so that one that never ends can be ended from outside.

It is started by search_regex.py with nothing but the standard library. Frames are a length and bytes;
the first is the pattern (`first_frame`), each further one a text, which is answered by a status byte and spans.
"""

import re
import signal
import sys
from array import array

# What it imports has to be loaded before it can begin, `typing` and `json` no less than `re`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

MEMORY = 2 * 1024**3
SPANS, TOO_BIG = b"+", b"!"
_EITHER_CASE, _THIS_CASE = b"i", b"="
_HEAD = 8


def flags(*, match_case: bool) -> re.RegexFlag:
    """Return how patterns are meant: ^ and $ are the ends of a paragraph."""
    return re.MULTILINE | (re.NOFLAG if match_case else re.IGNORECASE)


def first_frame(pattern: str, *, match_case: bool) -> bytes:
    """Return what to send before all texts."""
    # A pattern may name half a surrogate pair; no text holds one.
    return (_THIS_CASE if match_case else _EITHER_CASE) + pattern.encode("utf-8", "surrogatepass")


def write_frame(pipe: "BinaryIO", data: bytes) -> None:
    """Send one frame."""
    pipe.write(len(data).to_bytes(_HEAD, "big"))
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: "BinaryIO") -> bytes | None:
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
    pattern = request[1:].decode("utf-8", "surrogatepass")
    compiled = re.compile(pattern, flags(match_case=request[:1] == _THIS_CASE))
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
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):
        # Windows has no such limits; the time limit is there everywhere.
        pass
    # Ctrl+C is for the parent, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
