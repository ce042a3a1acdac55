"""The measurements as tables for people, beside goals and other programs, and their places in the documentation."""

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from measurements import GROUPS, LIMITS, Goal, Line

BEGIN, END = "<!-- speed -->", "<!-- /speed -->"
COMMAND = "`python benchmarks/run.py --write`"
SIZES = "SMLH"
_PICTURE = (
    "![A chart on logarithmic scales: what is done at each key, and what one opens or asks, costs nearly the same on "
    "S, M and L; what goes over the whole project grows with the number of codings.](images/cost.svg)\n\n"
    "Dotted lines lead from a point to its goal, which is met where they go up.\n"
)


class Figure(NamedTuple):
    """What each run took, from the lowest, and the most memory that a run held (MiB, the median of the runs)."""

    taken: list[float]
    peak: float

    @property
    def median(self) -> float:
        return statistics.median(self.taken)


Measured = dict[tuple[str, str], Figure]
"""By line and size."""


def saved(found: Measured) -> str:
    """Return the measurements as JSON, to be added to by a later run."""
    return json.dumps([[*key, *figure] for key, figure in sorted(found.items())], indent=1)


def loaded(text: str) -> Measured:
    """Return what `saved` wrote."""
    return {(name, size): Figure(taken, peak) for name, size, taken, peak in json.loads(text)}


def _lines() -> Iterator[Line]:
    for lines in GROUPS.values():
        yield from lines


def goals_table(found: Measured) -> str:
    """Return a row for each goal for which there is a figure."""
    rows = [["", "Size", "Goal", "Median", "Lowest", "Highest", "Runs", "Peak memory", "Met"]]
    for line in _lines():
        for size, goal in line.goals.items():
            figure = found.get((line.name, size))
            if figure is None:
                continue
            spread = (
                [amount(line, figure.taken[0]), amount(line, figure.taken[-1])] if len(figure.taken) > 1 else ["", ""]
            )
            cells = [_full_name(line), size, _goal(line, goal), amount(line, figure.median), *spread]
            rows.append([*cells, str(len(figure.taken)), _memory(figure.peak), _met(goal, figure)])
    return _table(rows, right_from=2)


def sizes_table(found: Measured) -> str:
    """Return all figures, one column for each size, with the spread of the runs."""
    sizes = [size for size in SIZES if any(size == one for _, one in found)]
    rows = [["", *sizes, "Peak memory", "QualCoder 4.0 beta, M", "Taguette 1.5.2, M"]]
    for title, lines in GROUPS.items():
        there = [line for line in lines if any((line.name, size) in found for size in sizes)]
        if there:
            rows.append([f"**{title}**", *[""] * (len(rows[0]) - 1)])
        for line in there:
            figures = {size: found.get((line.name, size)) for size in sizes}
            cells = [_with_spread(line, figure) for figure in figures.values()]
            peaks = [f"{figure.peak:,.0f}" if figure else "–" for figure in figures.values()]
            rows.append([line.what, *cells, " / ".join(peaks) + " MiB", *line.peers])
    return _table(rows, right_from=1)


def limits_table(found: Measured) -> str:
    """Return how far the app is from what the machine allows."""
    rows = [["", "Size", "Median", "The machine's limit", "How often that", "The limit is that of"]]
    lines = {line.name: line for line in _lines()}
    for limit in LIMITS:
        figure, line = found.get((limit.name, limit.size)), lines[limit.name]
        if figure is not None:
            cells = [limit.size, amount(line, figure.median), amount(line, limit.seconds)]
            rows.append([_full_name(line), *cells, f"{figure.median / limit.seconds:.2g} ×", limit.how])
    return _table(rows, right_from=2, left_again=5)


def short_table(found: Measured) -> str:
    """Return what stands in the README."""
    rows = [["", "Size", "Coder App", "Peak memory", "QualCoder 4.0 beta, M", "Taguette 1.5.2, M"]]
    for line in _lines():
        figure = found.get((line.name, line.in_readme))
        if figure is not None:
            cells = [line.in_readme, amount(line, figure.median), _memory(figure.peak)]
            rows.append([_full_name(line), *cells, *line.peers])
    return _table(rows, right_from=2)


def _full_name(line: Line) -> str:
    """Return what is measured, for a row that stands alone: “…” goes on from the line above."""
    if not line.what.startswith("…"):
        return line.what
    before = ""
    for one in _lines():
        before = before if one.what.startswith("…") else one.what
        if one is line:
            break
    return f"{before.split(',')[0]}: {line.what.removeprefix('… ')}"


def _table(rows: list[list[str]], *, right_from: int, left_again: int = 99) -> str:
    ruler = ["---:" if right_from <= place < left_again else "---" for place in range(len(rows[0]))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], ruler, *rows[1:]]) + "\n"


def _goal(line: Line, goal: Goal) -> str:
    return amount(line, goal.most, round_figure=True) + (f", {goal.memory:g} MiB" if goal.memory else "")


def _met(goal: Goal, figure: Figure) -> str:
    missed = ["time"] if figure.median > goal.most else []
    if goal.memory and figure.peak > goal.memory:
        missed.append("memory")
    return f"**no** ({', '.join(missed)})" if goal.memory and missed else "**no**" if missed else "yes"


def _memory(peak: float) -> str:
    return f"{peak:,.0f} MiB"


def _with_spread(line: Line, figure: Figure | None) -> str:
    if figure is None:
        return ""
    if len(figure.taken) == 1:
        return amount(line, figure.median)
    return f"{amount(line, figure.median)} [{amount(line, figure.taken[0])}–{amount(line, figure.taken[-1])}]"


def amount(line: Line, value: float, *, round_figure: bool = False) -> str:
    """Return a figure with its unit, at about three digits."""
    if line.counts == "times":
        return f"{value:.3g} ×"
    if round_figure:
        return f"{value:g} s" if value >= 0.1 else f"{1000 * value:g} ms"
    if value >= 1:
        return f"{value:.{1 if value >= 10 else 2}f} s"
    return f"{1000 * value:.{1 if value < 0.01 else 0}f} ms"


def write(found: Measured, machine: str, root: Path) -> list[Path]:
    """Put the tables between their marks in docs/performance.md and README.md; return the files written."""
    written: list[Path] = []
    picture = [_PICTURE] if (root / "docs" / "images" / "cost.svg").is_file() else []
    tables = (goals_table(found), "All figures:\n", sizes_table(found), "Against the limits:\n", limits_table(found))
    for path, text in (
        (root / "docs" / "performance.md", "\n".join([machine, "", *picture, *tables])),
        (root / "README.md", f"{short_table(found)}\n{_below_the_short_table()}\n"),
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
        "Medians on two processors. S is 10 texts of 5,000 words with 2,000 codings, M 200 with 50,000 and 300 codes, "
        "L 2,000 with a million and 1,000 codes, H one text of a million words with 50,000. The other programs were "
        "measured on M on a machine of the same kind, of Taguette its server alone; applying a code without the sync "
        f"of our disk. {COMMAND} measures anew; how, what takes the time and how it grows: "
        "[docs/performance.md](docs/performance.md)."
    )
