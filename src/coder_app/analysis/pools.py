"""Whose codings are counted together: the coder policy, the roll-up of sub-codes and the scope."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from coder_app.analysis.counting import Entry, Pool
from coder_app.analysis.how import EACH, MERGED, Counting
from coder_app.analysis.spans import CodedSpan, agreed
from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn


@dataclass(frozen=True, slots=True)
class Pooled:
    """The entries of one block, by numbers in tree order. `own` is the pool before the roll-up.

    `sources` are those in which the block's coders coded anything, whatever codes are in scope.
    """

    label: str
    coder_id: str | None
    pool: Pool
    own: Pool
    sources: frozenset[str]


def pooled(spans: Iterable[CodedSpan], tree: CodeTree, how: Counting, names: Mapping[str, str]) -> list[Pooled]:
    """Return the pools of all blocks, those of single coders sorted by name (then id).

    Raises BadInput for a span without characters or with an unknown code, and for a consensus of more
    people than coded.
    """
    numbers = {code.id: number for number, code in enumerate(tree.walk())}
    by_coder = _by_coder(spans, numbers, how)
    # Two coders may bear one name; a table must not take them for one.
    labels = {coder: names.get(coder, coder) for coder in by_coder}
    labels = {
        coder: f"{label} ({coder})" if list(labels.values()).count(label) > 1 else label
        for coder, label in labels.items()
    }
    at_least = how.at_least
    groups: list[tuple[str, str | None, dict[str, Pool]]]
    if how.coders == MERGED or at_least is not None:
        groups = [(how.coders, None, by_coder)] if by_coder else []
    else:
        groups = [(labels[coder], coder, {coder: pool}) for coder, pool in by_coder.items()]
    if at_least is not None and 0 < len(by_coder) < at_least:
        raise BadInput(_too_few(at_least, len(by_coder)))
    lineages = [(number, *(numbers[up] for up in tree.ancestors(code))) for code, number in numbers.items()]
    wanted = None if how.codes is None else {numbers[code] for code in how.codes if code in numbers}
    found: list[Pooled] = []
    for label, coder, pools in sorted(groups, key=lambda group: (group[0], group[1] or "")):
        sources = frozenset(source for pool in pools.values() for source in pool)
        own = _scoped(_pool(pools, at_least), wanted)
        pool = _scoped(_pool(_rolled_up(pools, lineages), at_least), wanted) if how.roll_up else own
        found.append(Pooled(label, coder, pool, own, sources))
    return found


def _too_few(at_least: int, coders: int) -> str:
    return trn(
        "A consensus of {at_least} needs as many coders, but one person coded these sources.",
        "A consensus of {at_least} needs as many coders, but {n} people coded these sources.",
        coders,
        at_least=at_least,
    )


def _by_coder(spans: Iterable[CodedSpan], numbers: Mapping[str, int], how: Counting) -> dict[str, Pool]:
    one = None if how.coders in {EACH, MERGED} or how.at_least is not None else how.coders
    found: dict[str, Pool] = {}
    for source, start, stop, code, coder in spans:
        if (one is not None and coder != one) or (how.sources is not None and source not in how.sources):
            continue
        if start >= stop:
            raise BadInput(tr("A coding covers no characters ({start} to {stop}).", start=start, stop=stop))
        if code not in numbers:
            raise BadInput(tr("A coding uses the code “{code}”, which is not in the codebook.", code=code))
        found.setdefault(coder, {}).setdefault(source, []).append((start, stop, numbers[code]))
    return found


def _pool(pools: Mapping[str, Pool], at_least: int | None) -> Pool:
    gathered: dict[str, list[list[Entry]]] = {}
    for pool in pools.values():
        for source, entries in pool.items():
            gathered.setdefault(source, []).append(entries)
    if at_least is not None:
        return {source: _consensus(lists, at_least) for source, lists in gathered.items()}
    return {source: sorted(chain.from_iterable(lists)) for source, lists in gathered.items()}


def _rolled_up(pools: Mapping[str, Pool], lineages: list[tuple[int, ...]]) -> dict[str, Pool]:
    """Let each coding count under its code and each of the ancestors, whose numbers `lineages` gives per code."""
    return {
        coder: {
            source: [(start, stop, number) for start, stop, code in entries for number in lineages[code]]
            for source, entries in pool.items()
        }
        for coder, pool in pools.items()
    }


def _consensus(lists: list[list[Entry]], at_least: int) -> list[Entry]:
    by_code: defaultdict[int, list[list[Span]]] = defaultdict(list)
    for entries in lists:
        own: defaultdict[int, list[Span]] = defaultdict(list)
        for start, stop, code in entries:
            own[code].append((start, stop))
        for code, stretches in own.items():
            by_code[code].append(stretches)
    return sorted((start, stop, code) for code, coders in by_code.items() for start, stop in agreed(coders, at_least))


def _scoped(pool: Pool, wanted: set[int] | None) -> Pool:
    if wanted is None:
        return pool
    return {source: [entry for entry in entries if entry[2] in wanted] for source, entries in pool.items()}
