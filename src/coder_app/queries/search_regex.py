"""Looks for a regular expression under a time limit that no expression can exceed.

Python's `re` cannot be interrupted and keeps every other thread waiting while it matches. The `regex`
package can, but not while it compiles, where nested repeats swallow the memory of the machine. So `re`
works in a process of its own, which is ended when the time is up.
"""

import os
import re
import subprocess
import sys
import threading
import time
import warnings
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from queue import Empty, SimpleQueue
from typing import IO, BinaryIO, Self, TypeAlias, TypeVar, cast

from coder_app.domain.errors import AppError, BadInput, Cancelled
from coder_app.domain.text import Span
from coder_app.i18n import tr
from coder_app.queries.search_child import SPANS, first_frame, read_frame, write_frame
from coder_app.queries.search_query import QueryProblem

SECONDS = 60.0
"""How long one search may work on its pattern, all texts together."""

SECONDS_PER_TEXT = 5.0
"""How long it may work on one text: a million words take one second with any sound pattern."""

LONGEST = 10_000
"""How many characters a pattern may have."""

# How often somebody looks whether the time is up.
_TICK = 0.05

_START = "import sys; sys.path[:] = sys.argv[1:]; from coder_app.queries.search_child import serve; serve()"


_MOST_PROCESSES = 4
# So many characters are searched while another process starts.
_WORTH_A_PROCESS = 1_000_000

T = TypeVar("T")


class PatternTooSlow(BadInput):
    """The time was up before all texts were searched, or the pattern asked for too much memory."""


def check_pattern(pattern: str) -> None:
    """Raise QueryProblem where `pattern` is no regular expression of Python, BadInput where it is too long."""
    if len(pattern) > LONGEST:
        raise BadInput(tr("The pattern is longer than {n} characters; shorten it.", n=LONGEST))
    try:
        with warnings.catch_warnings():
            # What a later Python may read differently is no matter of the person who searches.
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(pattern)
    except re.error as error:
        raise QueryProblem(error.pos or 0, f"{error.msg}.") from error
    except (RecursionError, OverflowError) as error:
        raise BadInput(tr("The pattern is too deep or repeats too often; make it simpler.")) from error


class PatternFinder:
    """A checked pattern at work in a process of its own. Use it in a `with`, or the process stays.

    `seconds` is the time that all texts may take together; one alone has `SECONDS_PER_TEXT`. Once `is_stopped`
    says yes, the process is ended within a moment.
    """

    def __init__(
        self,
        pattern: str,
        *,
        match_case: bool = False,
        seconds: float = SECONDS,
        is_stopped: Callable[[], bool] | None = None,
    ) -> None:
        self._left = seconds
        self._is_stopped = is_stopped or (lambda: False)
        self._deadline: float | None = None
        self._is_late = False
        self._closed = threading.Event()
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter with our own code
            [sys.executable, "-I", "-S", "-c", _START, *(path for path in sys.path if path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            write_frame(cast("BinaryIO", self._process.stdin), first_frame(pattern, match_case=match_case))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def end(self) -> None:
        """End the process, whatever it is doing, so that a thread that waits for it goes on; `close` has to follow."""
        self._process.kill()

    def close(self) -> None:
        """End the process, whatever it is doing; twice does no harm."""
        self._closed.set()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                cast("IO[bytes]", pipe).close()
            except OSError:
                # What could not be sent to an ended process is of no interest any more.
                continue

    def find(self, text: str, name: str) -> list[Span]:
        """Return the places of the pattern in `text`, empty ones left out; `name` is for the message.

        Raises PatternTooSlow, or Cancelled where it was stopped; after that nothing more can be asked.
        """
        answer = array("I")
        answer.frombytes(self._ask(text.encode(), name))
        return list(zip(answer[::2], answer[1::2], strict=True))

    def _ask(self, request: bytes, where: str) -> bytes:
        started = time.monotonic()
        self._deadline = started + min(self._left, SECONDS_PER_TEXT)
        try:
            write_frame(cast("BinaryIO", self._process.stdin), request)
            answer = read_frame(cast("BinaryIO", self._process.stdout))
        except OSError:
            answer = None
        self._deadline = None
        self._left -= time.monotonic() - started
        if answer is not None and answer[:1] == SPANS:
            return answer[1:]
        if self._is_stopped():
            raise Cancelled
        if self._is_late:
            raise PatternTooSlow(
                tr(
                    "The pattern took too long at {where} and was stopped; make it simpler, for instance without"
                    " a repeat inside a repeat.",
                    where=where,
                )
            )
        raise PatternTooSlow(tr("The pattern needs too much memory at {where}; make it simpler.", where=where))

    def _watch(self) -> None:
        while not self._closed.wait(_TICK):
            deadline = self._deadline
            late = deadline is not None and time.monotonic() > deadline
            if late or self._is_stopped():
                self._is_late = late
                self._process.kill()
                return


def processes_for(characters: int) -> int:
    """Return how many processes are worth starting for texts of so many characters together."""
    return min(1 + characters // _WORTH_A_PROCESS, _MOST_PROCESSES, os.cpu_count() or 1)


def find_in_all(
    texts: Iterable[tuple[T, str, str]], start: Callable[[], PatternFinder], processes: int
) -> Iterator[tuple[T, str, list[Span]]]:
    """Yield each (thing, text, name) as (thing, text, places), in order, by so many processes side by side.

    `start` starts one of them. Some texts are taken in advance. Raises as `PatternFinder.find`, after the texts
    before have been yielded.
    """
    with ExitStack() as stack:
        finders = [stack.enter_context(start()) for _ in range(processes)]
        if len(finders) == 1:
            for thing, text, name in texts:
                yield thing, text, finders[0].find(text, name)
        else:
            yield from _side_by_side(texts, finders)


_Answer: TypeAlias = "SimpleQueue[list[Span] | AppError | None]"
_Requests: TypeAlias = "SimpleQueue[tuple[str, str, _Answer] | None]"


def _side_by_side(
    texts: Iterable[tuple[T, str, str]], finders: Sequence[PatternFinder]
) -> Iterator[tuple[T, str, list[Span]]]:
    requests: _Requests = SimpleQueue()
    # A thread for each process reads its answers at once, so that no time runs while nobody takes them.
    threads = [threading.Thread(target=_serve, args=(finder, requests), daemon=True) for finder in finders]
    asked: deque[tuple[T, str, _Answer]] = deque()
    for thread in threads:
        thread.start()
    try:
        for thing, text, name in texts:
            asked.append((thing, text, SimpleQueue()))
            requests.put((text, name, asked[-1][2]))
            if len(asked) > 2 * len(finders):
                yield _answered(*asked.popleft())
        for one in asked:
            yield _answered(*one)
    finally:
        _stop(finders, threads, requests)


def _stop(finders: Sequence[PatternFinder], threads: Sequence[threading.Thread], requests: _Requests) -> None:
    with suppress(Empty):
        while True:
            requests.get_nowait()
    for finder in finders:
        requests.put(None)
        finder.end()
    for thread in threads:
        thread.join()


def _serve(finder: PatternFinder, requests: _Requests) -> None:
    while (request := requests.get()) is not None:
        text, name, answer = request
        found: list[Span] | AppError | None = None
        try:
            found = finder.find(text, name)
        except AppError as error:
            found = error
        finally:
            answer.put(found)


def _answered(thing: T, text: str, answer: _Answer) -> tuple[T, str, list[Span]]:
    found = answer.get()
    if found is None:
        raise RuntimeError("the thread that asks a process has ended")
    if isinstance(found, AppError):
        raise found
    return thing, text, found
