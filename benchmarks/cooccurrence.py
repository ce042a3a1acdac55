"""Times the co-occurrence counts on the synthetic corpus, from rows in memory to the finished blocks.

python benchmarks/cooccurrence.py --corpus PATH/TO/corpus.py [--size S M] [--runs 5]
"""

import argparse
import importlib.util
import resource
import statistics
import sys
import time
from functools import partial
from pathlib import Path

from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import MERGED, Counting, Mode, Unit
from coder_app.analysis.spans import CodedSpan
from coder_app.domain.model import Code
from coder_app.domain.text import paragraphs
from coder_app.domain.tree import CodeTree

CASES = [
    Counting(Mode.SEGMENTS),
    Counting(Mode.SEGMENTS, coders=MERGED),
    Counting(Mode.PAIRS, coders=MERGED),
    Counting(Mode.PAIRS, coders=MERGED, roll_up=True),
    Counting(Mode.CHARACTERS, coders=MERGED),
    Counting(Mode.UNITS, coders=MERGED),
    Counting(Mode.UNITS, Unit.DOCUMENT, coders=MERGED),
    Counting(Mode.SEGMENTS, coders="consensus:2"),
]


def load(path: Path):
    """Import the corpus generator from its file."""
    spec = importlib.util.spec_from_file_location("corpus", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def material(corpus, size: str):
    """Return the codings, the codebook (25 codes to a category) and the paragraphs of one corpus."""
    spans, units = [], {}
    for document, codings in corpus.iter_documents(size):
        source = str(document["id"])
        units[source] = paragraphs(document["text"])
        spans += [CodedSpan(source, c["start"], c["end"], str(c["code"]), c["coder"]) for c in codings]
    codes = [
        Code(str(code["id"]), code["category"], code["name"], "", str(code["id"]))
        for code in corpus.codes(corpus.SIZES[size])
    ]
    categories = sorted({code.parent_id for code in codes})
    return spans, CodeTree([*(Code(name, None, name, "", name) for name in categories), *codes]), units


def measure(function, runs: int) -> list[float]:
    """Return the seconds that each run took."""
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        function()
        taken.append(time.perf_counter() - begin)
    return taken


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--corpus", type=Path, required=True, help="corpus.py, which makes the texts and codings")
    parser.add_argument("--size", nargs="+", default=["S", "M"], choices=["S", "M", "L", "H"])
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    if not asked.corpus.is_file():
        print(f"Skipped: there is no corpus generator at {asked.corpus}; give its place with --corpus.")
        return 0
    corpus = load(asked.corpus)
    for size in asked.size:
        spans, tree, units = material(corpus, size)
        print(f"{size}: {len(spans):,} codings, {len(tree):,} codes, {len(units):,} documents; n={asked.runs}")
        for how in CASES:
            given = units if how.mode is Mode.UNITS else None
            taken = measure(partial(cooccurrence, spans, tree, how, units=given), asked.runs)
            what = f"{how.mode}{f' by {how.unit}' if given else ''}, {how.coders}{', rolled up' if how.roll_up else ''}"
            low, middle, high = (1000 * seconds for seconds in (min(taken), statistics.median(taken), max(taken)))
            print(f"  {what:38} {middle:8.1f} ms [{low:.1f}-{high:.1f}]")
    # Linux counts in KiB, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(f"peak memory, corpus included: {peak:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
