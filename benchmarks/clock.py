"""The one clock of all measurements; where asked for, a profiler runs while it runs, and only then."""

import cProfile
import time
from collections.abc import Callable

PROFILER: list[cProfile.Profile] = []


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds `work` takes."""
    for profiler in PROFILER:
        profiler.enable()
    begin = time.perf_counter()
    work()
    taken = time.perf_counter() - begin
    for profiler in PROFILER:
        profiler.disable()
    return taken
