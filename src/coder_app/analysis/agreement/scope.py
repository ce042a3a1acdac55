"""What is compared: the unit, the coders, the codes, and the sources that two of the coders coded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from coder_app.analysis.columns import Codings, Flags, Numbers
from coder_app.analysis.counting import Grid
from coder_app.domain.errors import BadInput
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn

_PAIR = 2
# What each coder said of a unit is one bit of a number.
_MOST_CODERS = 40


class Unit(StrEnum):
    """What coders decide about: each code is there or not in every unit."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    TURN = "turn"
    DOCUMENT = "document"
    CASE = "case"
    CHARACTER = "character"


WHOLES = frozenset({Unit.DOCUMENT, Unit.CASE})
"""Units that are not cut; where cases are the units, the sources are the cases, their texts laid end to end."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """What to compare and how. None takes all coders, all codes that may be applied, all sources.

    `coders` are ids, in the order in which tables name them. `done` are, by coder, the sources that the coder
    finished, those without a coding included; without it, one coding makes a source coded. `stage` says
    which coding this is, such as "independent" or "after negotiation", and is printed with every table.
    """

    unit: Unit = Unit.PARAGRAPH
    coders: tuple[str, ...] | None = None
    codes: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    done: Mapping[str, frozenset[str]] | None = None
    stage: str = ""
    resamples: int = 10_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Texts:
    """What must be known of the sources, by id: their length in code points, their names, and their units in order."""

    lengths: Mapping[str, int]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    grid: Grid | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The codings of the coders who are compared, in the sources that at least two of them coded.

    `codings` bear the coder's place in `coders`, the source's in `sources` and the code's in `codes`. `present`
    says by source and coder who coded it. `sizes` are the units of each source, `lengths` its characters.
    `left_out` are the sources of the wanted ones that fewer than two of the coders coded, or that have no unit.
    """

    how: Comparing
    coders: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    code_names: tuple[str, ...]
    sources: tuple[str, ...]
    source_names: tuple[str, ...]
    codings: Codings
    present: Flags
    sizes: Numbers
    lengths: Numbers
    grid: Grid | None
    left_out: int


def scope(
    codings: Codings,
    tree: CodeTree,
    how: Comparing,
    *,
    texts: Texts,
    names: Mapping[str, str] | None = None,
) -> Scope:
    """Return what is compared. `texts` tells of the sources, with their units of the kind asked for.

    `names` are those of the coders by id; `codings` were numbered with this tree. A source that fewer than two of
    the coders coded does not enter; a coder who did not code one of the others is missing there, and did not
    leave out its codes.
    Raises BadInput, with a sentence about what is missing, where there is nothing to compare.
    """
    lengths, grid = texts.lengths, texts.grid
    chosen = codings if how.sources is None else codings.where(codings.within(how.sources))
    _check(chosen, tree, how, grid)
    labels = names or {}
    coders = _coders(chosen, how, labels)
    shown = tuple(labels.get(coder, coder) for coder in coders)
    codes = tuple(code.id for code in tree.walk() if _is_wanted(code.id, how.codes, is_codable=code.is_codable))
    every = _sources(chosen, how)
    present = _present(chosen, every, coders, how)
    shared = present.sum(axis=1) >= _PAIR
    if not shared.any():
        _refuse_no_common_source(present, shown)
    sizes = np.array([_size(every[n], how.unit, lengths, grid) if shared[n] else 0 for n in range(len(every))])
    # By id, so that a seed draws the same documents whatever the order in which the codings were read.
    usable: list[int] = np.flatnonzero(shared & (sizes > 0)).tolist()
    usable.sort(key=every.__getitem__)
    kept = np.array(usable, dtype=np.int64)
    if not len(kept):
        raise BadInput(tr("The sources that two coders coded have no {unit}; choose another unit.", unit=how.unit))
    inside = _renumbered(chosen, coders, codes, _places(usable, len(every)))
    if not len(inside):
        raise BadInput(tr("None of these codes was used by these coders in the sources that two of them coded."))
    sources = tuple(every[number] for number in usable)
    return Scope(
        how=how,
        coders=coders,
        names=shown,
        codes=codes,
        code_names=tuple(tree.path(code) for code in codes),
        sources=sources,
        source_names=tuple(texts.names.get(source, source) for source in sources),
        codings=inside,
        present=present[kept],
        sizes=sizes[kept].astype(np.int64),
        lengths=np.array([lengths[source] for source in sources], dtype=np.int64),
        grid=grid,
        left_out=len(texts.lengths if how.sources is None else how.sources) - len(kept),
    )


def _is_wanted(code: str, wanted: frozenset[str] | None, *, is_codable: bool) -> bool:
    return is_codable if wanted is None else code in wanted


def _check(codings: Codings, tree: CodeTree, how: Comparing, grid: Grid | None) -> None:
    if how.unit not in {Unit.CHARACTER, *WHOLES} and grid is None:
        raise BadInput(tr("To compare by {unit}, the texts are needed.", unit=how.unit))
    empty = np.flatnonzero(codings.start >= codings.stop)
    if len(empty):
        start, stop = int(codings.start[empty[0]]), int(codings.stop[empty[0]])
        raise BadInput(tr("A coding covers no characters ({start} to {stop}).", start=start, stop=stop))
    for code in sorted(how.codes or ()):
        if code not in tree:
            raise BadInput(tr("There is no code “{name}” in the codebook; check its spelling, or add it.", name=code))


def _coders(codings: Codings, how: Comparing, names: Mapping[str, str]) -> tuple[str, ...]:
    numbers = codings.ids.coders
    active = [coder for coder, number in numbers.items() if (codings.coder == number).any()]
    active += [coder for coder in how.done or {} if coder not in active]
    if how.coders is None:
        coders = tuple(sorted(active, key=lambda coder: (names.get(coder, coder), coder)))
    else:
        coders = tuple(dict.fromkeys(how.coders))
        for coder in coders:
            if coder not in active:
                raise BadInput(tr("{name} coded none of these sources.", name=names.get(coder, coder)))
    if not coders:
        raise BadInput(tr("Nobody coded these sources; agreement needs two coders of the same ones."))
    if len(coders) < _PAIR:
        who = names.get(coders[0], coders[0])
        raise BadInput(tr("Agreement needs two coders of the same sources; here there is only {who}.", who=who))
    if len(coders) > _MOST_CODERS:
        raise BadInput(trn("{n} coder is too many.", "{n} coders are too many; choose 40 at most.", len(coders)))
    return coders


def _sources(codings: Codings, how: Comparing) -> list[str]:
    """Return the ids of the sources by number, and behind them those that somebody finished without any coding."""
    finished = frozenset[str]().union(*(how.done or {}).values())
    return [*codings.ids.sources, *sorted(finished - codings.ids.sources.keys())]


def _present(codings: Codings, every: Sequence[str], coders: Sequence[str], how: Comparing) -> Flags:
    """Say by source and coder who coded it."""
    present = np.zeros((len(every), len(coders)), dtype=np.bool_)
    for place, coder in enumerate(coders):
        if how.done is None:
            present[codings.source[codings.by(coder)], place] = True
        else:
            done = how.done.get(coder, frozenset[str]())
            wanted = done if how.sources is None else done & how.sources
            present[:, place] = [source in wanted for source in every]
    return present


def _refuse_no_common_source(present: Flags, names: Sequence[str]) -> None:
    told = ", ".join(f"{name}: {int(number)}" for name, number in zip(names, present.sum(axis=0), strict=True))
    raise BadInput(
        tr("No source was coded by two of these coders ({told}); agreement needs sources that both coded.", told=told)
    )


def _size(source: str, unit: Unit, lengths: Mapping[str, int], grid: Grid | None) -> int:
    if unit is Unit.CHARACTER:
        return lengths[source]
    if unit in WHOLES or grid is None:
        return 1
    return len(grid[source])


def _renumbered(codings: Codings, coders: Sequence[str], codes: Sequence[str], sources: Numbers) -> Codings:
    """Return the codings of these coders, codes and sources, each numbered by its place; `sources` are these places."""
    ids = codings.ids
    coder = _places([ids.coders.get(one, -1) for one in coders], len(ids.coders))[codings.coder]
    code = _places([ids.codes[one] for one in codes], len(ids.codes))[codings.code]
    source = sources[codings.source]
    rows = np.flatnonzero((coder >= 0) & (code >= 0) & (source >= 0))
    return Codings(ids, source[rows], codings.start[rows], codings.stop[rows], code[rows], coder[rows])


def _places(numbers: Sequence[int], size: int) -> Numbers:
    places = np.full(size, -1, dtype=np.int64)
    for place, number in enumerate(numbers):
        if number >= 0:
            places[number] = place
    return places
