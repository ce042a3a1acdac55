"""Reads risky formats in a process of its own, so that a hostile file can crash, hang or swell only that.

The parent sends a request (a JSON frame, then the file's bytes); the child answers with one frame, a
status byte before JSON. Nothing that can run code, such as a pickle, ever comes back.
"""

import contextlib
import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, cast

from coder_app.domain.errors import Cancelled, ImportProblem
from coder_app.i18n import tr
from coder_app.importers.formats import parse
from coder_app.importers.parsed import Parsed

SECONDS_PER_FILE = 60.0
MEMORY = 2 * 1024**3
# How often a wait looks up to see whether it was cancelled.
_TICK = 0.05
# A child whose parent was killed while it hung is not to stay for ever.
_ORPHAN_SECONDS = 10 * 60
_LONGEST_ANSWER = 1024**3
_FRAME_HEAD = 8
_TEXT, _PROBLEM = b"+", b"-"
# The whole path comes from the parent: the same modules are found, and none in the current folder.
_START = "import sys; sys.path[:] = sys.argv[2:]; from coder_app.importers.child import serve; serve(int(sys.argv[1]))"


class Child:
    """One process that parses one file after another; it starts with the first. Use it in a `with`."""

    def __init__(
        self,
        cancelled: Callable[[], bool] | None = None,
        *,
        seconds: float = SECONDS_PER_FILE,
        memory: int = MEMORY,
    ) -> None:
        self._cancelled = cancelled
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._exchange: threading.Thread | None = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, importer: str, name: str, data: bytes, encoding: str | None) -> Parsed:
        """Return what `formats.parse` finds in `data`.

        Raises ImportProblem, also where the child crashes or takes too long, and Cancelled.
        """
        request = json.dumps([importer, name, encoding]).encode()
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        process = self._started()
        self._exchange = threading.Thread(target=_ask, args=(process, request, data, answers), daemon=True)
        self._exchange.start()
        answer = self._wait(name, answers)
        if answer[:1] == _PROBLEM:
            raise ImportProblem(answer[1:].decode("utf-8", "replace"))
        try:
            return _parsed(answer)
        except ValueError as error:
            self.close()
            raise ImportProblem(
                tr("“{name}” could not be read: it is damaged in a way that stopped its reader.", name=name),
            ) from error

    def close(self) -> None:
        """End the process, at once, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._exchange is not None:
            self._exchange.join()
        for pipe in (process.stdin, process.stdout):
            # What could not be sent to a dead process is of no interest any more.
            with contextlib.suppress(OSError):
                cast("IO[bytes]", pipe).close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            paths = [path for path in sys.path if path]
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter with our own code
                [sys.executable, "-I", "-c", _START, str(self._memory), *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process

    def _wait(self, name: str, answers: "queue.SimpleQueue[bytes]") -> bytes:
        give_up = time.monotonic() + self._seconds
        while True:
            try:
                return answers.get(timeout=_TICK)
            except queue.Empty:
                if self._cancelled is not None and self._cancelled():
                    self.close()
                    raise Cancelled(tr("The import was stopped; nothing was added.")) from None
                if time.monotonic() > give_up:
                    self.close()
                    raise ImportProblem(
                        tr("“{name}” was not read: it takes too long. It may be damaged.", name=name),
                    ) from None


def _ask(process: subprocess.Popen[bytes], request: bytes, data: bytes, answers: "queue.SimpleQueue[bytes]") -> None:
    """Send a request and put the answer into `answers`; an empty one where the process ends before it."""
    try:
        _write_frame(cast("IO[bytes]", process.stdin), request)
        _write_frame(cast("IO[bytes]", process.stdin), data)
        answers.put(_read_frame(cast("IO[bytes]", process.stdout)))
    except (OSError, ValueError):
        answers.put(b"")


def _parsed(answer: bytes) -> Parsed:
    """Return the answer as a value. Raises ValueError where it is not exactly one."""
    from pydantic import TypeAdapter

    if answer[:1] != _TEXT:
        raise ValueError
    return TypeAdapter(Parsed).validate_json(answer[1:], strict=True)


def _write_frame(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(_FRAME_HEAD))
    pipe.write(data)
    pipe.flush()


def _read_frame(pipe: IO[bytes]) -> bytes:
    """Return the next frame, empty at the end of the pipe. Raises ValueError for half a frame or too large a one."""
    head = pipe.read(_FRAME_HEAD)
    size = int.from_bytes(head)
    if size > _LONGEST_ANSWER:
        raise ValueError
    data = pipe.read(size)
    if len(data) < size:
        raise ValueError
    return data


def serve(memory: int) -> None:
    """Answer requests from standard input until it ends: the child's whole life."""
    _limit(memory)
    # Whatever a library prints must not mix with the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while request := _read_frame(sys.stdin.buffer):
        importer, name, encoding = json.loads(request)
        data = _read_frame(sys.stdin.buffer)
        # While it waits for a request, the end of the pipe tells it that its parent is gone.
        _end_by_itself_in(_ORPHAN_SECONDS)
        answer = _answer(importer, name, data, encoding)
        _end_by_itself_in(0)
        _write_frame(out, answer)


def _answer(importer: str, name: str, data: bytes, encoding: str | None) -> bytes:
    try:
        parsed = parse(importer, name, data, encoding)
        return _TEXT + json.dumps(dataclasses.asdict(parsed), ensure_ascii=False).encode()
    except ImportProblem as error:
        return _PROBLEM + str(error).encode("utf-8", "replace")
    except MemoryError:
        return _PROBLEM + tr("“{name}” was not read: it needs too much memory.", name=name).encode()


def _limit(memory: int) -> None:
    """Bound what this process may use, where the system can do so."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Ctrl+C is for the parent, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_by_itself_in(seconds: int) -> None:
    """Have the system end this process after `seconds`, where it can; 0 calls that off."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
