"""Runs one measurement once, in a process that does nothing else, and prints what it took as JSON.

python benchmarks/one.py MEASUREMENT MATERIAL
"""

import importlib
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path

HEADLESS = "headless"
WINDOW = "window"
# Which module holds a measurement; each is imported alone, so that no memory is another's.
PLACES = {
    "start": WINDOW,
    "start_open": WINDOW,
    "show_source": WINDOW,
    "apply_code": WINDOW,
    "open": HEADLESS,
    "cooccurrence": HEADLESS,
    "import_texts": HEADLESS,
    "import_texts_cli": HEADLESS,
    "import_codings": HEADLESS,
    "undo_import": HEADLESS,
    "export_csv": HEADLESS,
    "export_xlsx": HEADLESS,
    "verify": HEADLESS,
}


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory that this process (or its children) held, in MiB."""
    if who == resource.RUSAGE_SELF and Path("/proc/self/status").exists():
        # `ru_maxrss` would count the process that started this one.
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024
    # Linux counts in KiB, macOS in bytes.
    return resource.getrusage(who).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main(name: str, material: Path) -> None:
    """Measure in a folder that vanishes, on copies of the projects."""
    with tempfile.TemporaryDirectory(prefix="coder-app-bench-") as folder:
        scratch = Path(folder)
        for project in material.glob("*.coder"):
            shutil.copyfile(project, scratch / project.name)
        module = importlib.import_module(PLACES[name])
        seconds = getattr(module, name)(material, scratch)
        children = name.endswith("_cli")
        held = peak(resource.RUSAGE_CHILDREN) if children else peak()
        sys.stdout.write(json.dumps({"seconds": seconds, "peak": held}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
