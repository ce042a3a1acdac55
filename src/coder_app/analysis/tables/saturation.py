"""When new sources stop bringing new codes: saturation after Guest, Namey and Chen 2020, with its curve.

The first sources (base size) give the codes to compare with. Then every run of some sources in a row (run length),
begun one source later each time, is asked how many codes are new in it: their number divided by that of the base
is the new information. Saturation is reached before the first run with no more new information than the threshold,
and written as sources + run, such as 6+2.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coder_app.analysis.counting import Pool
from coder_app.analysis.how import Counting
from coder_app.analysis.pools import blocks, pooled, scoped
from coder_app.analysis.tables.cross import require_codings
from coder_app.analysis.tables.cross_table import how_words
from coder_app.analysis.tables.material import Material
from coder_app.domain.errors import BadInput
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr, trn


class Order(StrEnum):
    """In which order the sources come in."""

    SOURCES = "sources"
    IMPORT = "import"
    SHUFFLED = "shuffled"


@dataclass(frozen=True, slots=True)
class Saturating:
    """The three choices of the method, and the order of the sources."""

    base: int = 4
    run: int = 2
    threshold: float = 0.05
    order: Order = Order.SOURCES
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Curve:
    """New codes by source in their order; `ratios` are those of the runs, the first from source base + 1 on.

    `reached` is the number of sources before the run that met the threshold, None where none did.
    """

    coders: str
    sources: tuple[str, ...]
    new: tuple[int, ...]
    in_base: int
    runs: tuple[int, ...]
    ratios: tuple[float | None, ...]
    reached: int | None


def saturated(new: Sequence[int], how: Saturating) -> tuple[int, list[int], list[float | None], int | None]:
    """Return the codes of the base, the new ones in each run, their ratios, and after how many sources it was reached.

    A ratio is undefined where the base has no codes.
    """
    in_base = sum(new[: how.base])
    runs = [sum(new[begin : begin + how.run]) for begin in range(how.base, len(new) - how.run + 1)]
    ratios = [run / in_base if in_base else None for run in runs]
    fits = (n for n, ratio in enumerate(ratios) if ratio is not None and ratio <= how.threshold)
    first = next(fits, None)
    return in_base, runs, ratios, None if first is None else how.base + first


def curves(material: Material, how: Counting, saturating: Saturating, imported: Sequence[str] = ()) -> list[Curve]:
    """Return the curve of each block over the sources that it coded or finished; `imported` are all ids by import.

    A block with fewer sources than base and run need is left out. Raises BadInput for sizes below 1, a threshold
    outside 0 to 1, and where no block has enough sources.
    """
    return _judged(material, how, saturating, imported)[0]


def _judged(
    material: Material, how: Counting, saturating: Saturating, imported: Sequence[str]
) -> tuple[list[Curve], dict[str, str]]:
    """Return the curves, and by the names of the blocks that are too short for one the sentence that says so."""
    _check(saturating)
    chosen = scoped(material.codings, material.tree, how)
    require_codings(chosen)
    pools = pooled(chosen, material.tree, how)
    names = list(chosen.ids.sources)
    coders = [list(chosen.ids.coders)[int(number)] for number in np.unique(chosen.coder)]
    order = _ordered(list(material.sources), saturating, imported)
    found: list[Curve] = []
    short: dict[str, str] = {}
    for label, coder_id, number in blocks(how, coders, chosen.ids, material.coders):
        numbers: list[int] = pools.source[pools.block == number].tolist()
        coded = {names[one] for one in numbers} | material.finished(coders if coder_id is None else [coder_id])
        sources = [one for one in order if one in coded]
        if len(sources) < saturating.base + saturating.run:
            short[label] = _too_few(len(sources), label, saturating)
            continue
        new = _new(pools.pool.at(pools.pool.block == number), sources, names)
        found.append(Curve(label, tuple(sources), tuple(new), *_rest(saturated(new, saturating))))
    if not found:
        raise BadInput(next(iter(short.values())))
    return found, short


def _rest(
    found: tuple[int, list[int], list[float | None], int | None],
) -> tuple[int, tuple[int, ...], tuple[float | None, ...], int | None]:
    return found[0], tuple(found[1]), tuple(found[2]), found[3]


def _check(how: Saturating) -> None:
    if how.base < 1 or how.run < 1:
        raise BadInput(tr("Base size and run length must be 1 source or more."))
    if not 0 <= how.threshold < 1:
        raise BadInput(tr("The threshold of new information must lie between 0 and 1, such as 0.05."))


def _too_few(n: int, coders: str, how: Saturating) -> str:
    return trn(
        "One source is coded ({coders}); base and run need {needed}. Code more, or choose smaller ones.",
        "{n} sources are coded ({coders}); base and run need {needed}. Code more, or choose smaller ones.",
        n,
        coders=coders,
        needed=how.base + how.run,
    )


def _ordered(sources: list[str], how: Saturating, imported: Sequence[str]) -> list[str]:
    if how.order is Order.IMPORT:
        place = {one: number for number, one in enumerate(imported)}
        return sorted(sources, key=lambda one: place.get(one, len(place)))
    if how.order is Order.SHUFFLED:
        random.Random(how.seed).shuffle(sources)  # noqa: S311 (no secret: the same seed gives the same order)
    return sources


def _new(pool: Pool, sources: Sequence[str], names: Sequence[str]) -> list[int]:
    codes: dict[str, set[int]] = {}
    pairs: set[tuple[int, int]] = set(zip(pool.source.tolist(), pool.code.tolist(), strict=True))
    for source, code in pairs:
        codes.setdefault(names[source], set()).add(code)
    seen: set[int] = set()
    new: list[int] = []
    for source in sources:
        fresh = codes.get(source, set()) - seen
        seen |= fresh
        new.append(len(fresh))
    return new


def sentence(curve: Curve, how: Saturating) -> str:
    """Say in words whether saturation was reached, and where."""
    percent = f"{100 * how.threshold:g}"
    if not curve.in_base:
        return tr("The first {base} sources have none of these codes, so nothing can be said.", base=how.base)
    if curve.reached is None:
        last = curve.ratios[-1]
        return tr(
            "No saturation reached: in {n} sources no run of {run} brought {percent} % new information or less; "
            "the last one brought {last} %.",
            n=len(curve.sources),
            run=how.run,
            percent=percent,
            last=f"{100 * (last or 0):.1f}",
        )
    return tr(
        "Saturation reached at {sources}+{run}: base {base}, threshold {percent} % new information.",
        sources=curve.reached,
        run=how.run,
        base=how.base,
        percent=percent,
    )


def saturation_table(material: Material, how: Counting, saturating: Saturating, imported: Sequence[str] = ()) -> Table:
    """Return a row per block and source in order.

    Columns: coders, position, source, new (codes), cumulative, run (such as "5–6", for the run that ends here),
    new_in_run, ratio (to the codes of the base), reached (such as "6+2" in the row of the run that met the
    threshold), source_id. The sentence of each block stands in the settings.
    """
    found, short = _judged(material, how, saturating, imported)
    rows = [row for curve in found for row in _rows(curve, material, saturating)]
    said = how_words(how, {**material.coders}) | {
        "base_size": str(saturating.base),
        "run_length": str(saturating.run),
        "threshold": f"{saturating.threshold:g}",
        "order": saturating.order.value,
        "version": "Guest, Namey & Chen 2020",
        "sources_left_out": str(len(material.sources) - max(len(curve.sources) for curve in found)),
    }
    if saturating.order is Order.SHUFFLED:
        said["seed"] = str(saturating.seed)
    if len(found) == 1 and not short:
        said["result"] = sentence(found[0], saturating)
    else:
        said |= {f"result ({curve.coders})": sentence(curve, saturating) for curve in found}
        said |= {f"result ({coders})": words for coders, words in short.items()}
    return Table(tr("Saturation"), _columns(), tuple(rows), said)


def _rows(curve: Curve, material: Material, how: Saturating) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for place, (source, new) in enumerate(zip(curve.sources, curve.new, strict=True)):
        total += new
        run = place + 1 - how.base - how.run
        in_run: tuple[Cell, ...] = (None, None, None, None)
        if run >= 0:
            first = how.base + run + 1
            words = f"{first}–{place + 1}" if how.run > 1 else str(first)
            reached = f"{curve.reached}+{how.run}" if curve.reached == how.base + run else None
            in_run = (words, curve.runs[run], curve.ratios[run], reached)
        name = material.sources[source].name
        rows.append((curve.coders, place + 1, name, new, total, *in_run, source))
    return rows


def _columns() -> tuple[Column, ...]:
    return (
        Column("coders", tr("Coders")),
        Column("position", tr("Position"), Kind.COUNT),
        Column("source", tr("Source")),
        Column("new", tr("New codes"), Kind.COUNT),
        Column("cumulative", tr("Codes so far"), Kind.COUNT),
        Column("run", tr("Run")),
        Column("new_in_run", tr("New in the run"), Kind.COUNT),
        Column("ratio", tr("New information"), Kind.NUMBER),
        Column("reached", tr("Reached")),
        Column("source_id", tr("Id of the source")),
    )
