"""What commands write: data to stdout as UTF-8, whatever the locale says, and notes for people to stderr."""

import io
import json
import os
import sys
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TextIO

from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr

_SHORTENED = 60
# Seconds: what is over sooner needs no progress, and nobody reads faster.
_SHOWN_AFTER = 0.3
_SHOWN_EVERY = 0.1


def use_utf8() -> None:
    """Make stdout and stderr write UTF-8 and plain newlines; what no UTF-8 can hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(line: str) -> None:
    """Write one line to stdout."""
    sys.stdout.write(plain(line) + "\n")


def note(line: str) -> None:
    """Write one line to stderr, so that what is written to stdout stays data."""
    sys.stderr.write(plain(line) + "\n")


@contextmanager
def progress(label: str, *, always: bool = False) -> Generator[OnProgress]:
    """Give what says on stderr how far long work is: in one line, gone at the end, and only where a person looks on.

    `always` says it into a file, too: a line for each tenth of the work.
    """
    if not sys.stderr.isatty():
        yield _Tenths(plain(label)) if always else tell_nobody
        return
    line = _Line(plain(label))
    try:
        yield line
    finally:
        line.clear()


class _Tenths:
    """Lines for those who read them later."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._said = -1

    def __call__(self, done: int, of: int) -> None:
        tenth = 10 * done // of if of else 0
        if tenth != self._said:
            self._said = tenth
            note(f"{self._label}  {tr('{percent} %', percent=10 * tenth)}")


class _Line:
    """A line on the terminal that is written over again and again."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._next = time.monotonic() + _SHOWN_AFTER
        self._shown = ""

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _SHOWN_EVERY
        share = tr("{percent} %", percent=100 * done // of) if of else "…"
        self._write(f"{self._label}  {share}")

    def _write(self, words: str) -> None:
        sys.stderr.write("\r" + words.ljust(len(self._shown)))
        sys.stderr.flush()
        self._shown = words

    def clear(self) -> None:
        if self._shown:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()


def exactly(text: str) -> None:
    """Write `text` to stdout byte for byte, with nothing added."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def as_json(value: object) -> None:
    """Write one JSON document to stdout."""
    exactly(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def nothing(line: str = "") -> None:
    """Say for people that there is nothing to list; what is written to stdout stays empty."""
    note(line or tr("There is nothing to list."))


def table(rows: Iterable[Sequence[str | int]]) -> None:
    """Write rows in aligned columns, numbers to the right; that there are none is said on stderr."""
    shown = list(rows)
    if not shown:
        nothing()
    cells = [[plain(str(cell)) for cell in row] for row in shown]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, values in zip(cells, shown, strict=True):
        aligned = [
            cell.rjust(width) if isinstance(value, int) else cell.ljust(width)
            for cell, value, width in zip(row, values, widths, strict=True)
        ]
        say("  ".join(aligned).rstrip())


def shortened(text: str) -> str:
    """Return the start of `text` on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORTENED else line[: _SHORTENED - 1] + "…"


def plain(text: str) -> str:
    """Return `text` on one line and without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def drop(stream: TextIO) -> None:
    """Let what is still to be written vanish: whoever read the other end of the pipe has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
