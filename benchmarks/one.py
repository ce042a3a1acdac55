"""Runs one measurement once, in a process that does nothing else, and prints what it took as JSON.

python benchmarks/one.py MEASUREMENT SIZE FOLDER [--profile]

With --profile it also says to which functions the processor time went; what they take is more under the profiler.
"""

import cProfile
import importlib
import json
import pstats
import resource
import sys
import tempfile
import time
from pathlib import Path

from clock import PROFILER
from material import material
from measurements import BY_NAME


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory that this process (or its children) held, in MiB."""
    if who == resource.RUSAGE_SELF and Path("/proc/self/status").exists():
        # `ru_maxrss` would count the process that started this one.
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024
    # Linux counts in KiB, macOS in bytes.
    return resource.getrusage(who).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main(name: str, size: str, folder: Path) -> None:
    """Measure in a folder that vanishes, on copies of the projects."""
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=folder) as scratch:
        measurement = BY_NAME[name]
        module = importlib.import_module(measurement.module)
        found = getattr(module, name)(material(folder, size), Path(scratch))
        held = peak(resource.RUSAGE_CHILDREN) if measurement.in_child else peak()
        sys.stdout.write(json.dumps({"found": found, "peak": held}) + "\n")


if __name__ == "__main__":
    if "--profile" in sys.argv[4:]:
        # Processor time: other programs and the disk do not blur it.
        PROFILER.append(cProfile.Profile(time.process_time))
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    for profiler in PROFILER:
        told = pstats.Stats(profiler, stream=sys.stderr).strip_dirs()
        told.sort_stats("tottime").print_stats(25)
        told.sort_stats("cumulative").print_stats(60)
