"""The measurements as a table for people, beside what other programs take, and its places in the documentation."""

import statistics
from pathlib import Path
from typing import NamedTuple, TypeAlias

Measured: TypeAlias = dict[tuple[str, str], tuple[list[float], float]]
"""By measurement and size of the corpus: the seconds of each run, in order, and the peak memory in MiB."""

BEGIN, END = "<!-- speed -->", "<!-- /speed -->"
COMMAND = "`python benchmarks/run.py --write`"


class Line(NamedTuple):
    """A row: what is measured, our goal on M, and what QualCoder 4.0 (beta) and Taguette 1.5.2 take on M."""

    name: str
    what: str
    goal: str = ""
    qualcoder: str = ""
    taguette: str = ""
    short: bool = True
    """Whether it is in the README too."""


LINES = (
    Line("start", "Start to a usable window, no project", "< 1 s, 200 MiB", "10.5 s, 1,166 MiB", "2.2 s"),
    Line("start_open", "Start to a usable window, project open", "", "10.4 s", "1.05 s"),
    Line("open", "Open the project file itself", short=False),
    Line("show_source", "Show a 5,000-word source with its codings", "< 100 ms", "0.59 s", "0.30 s"),
    Line("apply_code", "Apply a code and repaint, beside the disk's sync", "< 30 ms", "40 ms", "22 ms"),
    Line("apply_code_edit", "… of it the edit with its journal", short=False),
    Line("apply_code_views", "… of it all views brought up to date and painted", short=False),
    Line("apply_code_disk", "… and beside it the disk's sync", short=False),
    Line("cooccurrence_segments", "Co-occurrence from the stored rows, segments", "< 0.3 s", "20.6 s", "–"),
    Line("cooccurrence_pairs", "… pairs", "< 0.3 s", short=False),
    Line("cooccurrence_characters", "… characters", "< 0.3 s", short=False),
    Line("cooccurrence_units", "… paragraphs", "< 0.3 s", short=False),
    Line("import_texts", "Import all text files", "< 1 s", "0.69 s", "25.1 s"),
    Line("import_texts_cli", "… from the command line, start included", "", short=False),
    Line("import_codings", "Import all codings from a .csv file"),
    Line("undo_import", "Undo that import"),
    Line("export_csv", "Export the annotation set as .csv", "", "1.27 s, 212 s to show it first", "8.5 s"),
    Line("export_xlsx", "… as .xlsx", "", "6.5 s", "12.8 s"),
    Line("verify", "Verify the project against its journal", short=False),
)


def markdown(found: Measured, *, short: bool = False) -> str:
    """Return the table; `short` leaves out the parts, the goals and the spread."""
    sizes = list(dict.fromkeys(size for _, size in found))
    head = ["", *(["Coder App"] if short else sizes)]
    head += ["Peak memory"] if short else [f"Peak memory, {sizes[-1]}", "Goal, M"]
    head += ["QualCoder 4.0 beta", "Taguette 1.5.2"]
    rows = [head, ["---", *["---:"] * (len(head) - 1)]]
    for line in LINES:
        if not any((line.name, size) in found for size in sizes) or (short and not line.short):
            continue
        cells = [_cell(found.get((line.name, size)), short=short) for size in (sizes[-1:] if short else sizes)]
        memory = found.get((line.name, sizes[-1]))
        cells.append(f"{memory[1]:.0f} MiB" if memory else "")
        rows.append([line.what, *cells, *([] if short else [line.goal]), line.qualcoder, line.taguette])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def _cell(measured: tuple[list[float], float] | None, *, short: bool) -> str:
    if measured is None:
        return ""
    seconds, _ = measured
    middle = _time(statistics.median(seconds))
    return middle if short else f"{middle} [{_time(seconds[0])}–{_time(seconds[-1])}]"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.{1 if seconds < 0.01 else 0}f} ms"


def write(found: Measured, machine: str, root: Path) -> list[Path]:
    """Put the tables between their marks in docs/performance.md and README.md; return the files written."""
    written: list[Path] = []
    for path, text in (
        (root / "docs" / "performance.md", f"{machine}\n\n{markdown(found)}"),
        (root / "README.md", f"{markdown(found, short=True)}\n{_below_the_short_table()}\n"),
    ):
        if path.is_file() and between(path, text):
            written.append(path)
    return written


def between(path: Path, text: str) -> bool:
    """Put `text` between the marks of the file at `path`; say whether it has such marks."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return False
    path.write_text(f"{before}{begin}\n{text}{end}{after}", encoding="utf-8", newline="\n")
    return True


def _below_the_short_table() -> str:
    return (
        "Medians on two processors, with 200 texts of 5,000 words, 300 codes and 50,000 codings; the other programs on "
        "a machine of the same kind, of Taguette its server alone; applying a code without the sync of our disk. "
        f"{COMMAND} measures anew; how, and what takes the time: "
        "[docs/performance.md](docs/performance.md)."
    )
