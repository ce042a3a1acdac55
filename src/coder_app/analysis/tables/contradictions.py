"""Passages on which codes stand that exclude one another, whether one person gave both or two people differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.analysis.columns import Numbers
from coder_app.analysis.counting import Pool, merged, packed
from coder_app.analysis.how import Counting
from coder_app.analysis.pools import scoped
from coder_app.analysis.tables.coverage import TextOf, excerpt
from coder_app.analysis.tables.cross_table import how_words
from coder_app.analysis.tables.material import Material
from coder_app.domain.errors import BadInput
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr

ONE_CODER, TWO_CODERS = "one coder", "two coders"


@dataclass(frozen=True, slots=True)
class Domain:
    """Codes that exclude one another: each branch a set of codes (by id) of which none goes with another branch's."""

    name: str
    branches: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stretch with two codes that exclude one another; positions in code points."""

    source_id: str
    start: int
    stop: int
    code_a: str
    coder_a: str
    code_b: str
    coder_b: str
    domain: str

    @property
    def kind(self) -> str:
        """Whether one person gave both codes, or two people one each."""
        return ONE_CODER if self.coder_a == self.coder_b else TWO_CODERS


def siblings(tree: CodeTree, parent_id: str) -> Domain:
    """Return the children of a code, each with all below it, as codes that exclude one another.

    Raises BadInput where it has fewer than two.
    """
    children = tree.children(parent_id)
    name = tree.path(parent_id)
    if len(children) < 2:  # noqa: PLR2004 (one code excludes nothing)
        raise BadInput(tr("“{name}” has fewer than two sub-codes, so none of them excludes another.", name=name))
    return Domain(name, tuple(_family(tree, child.id) for child in children))


def pair(tree: CodeTree, code_a: str, code_b: str) -> Domain:
    """Return two codes, each with all below it, that exclude one another. Raises BadInput where one holds the other."""
    first, second = _family(tree, code_a), _family(tree, code_b)
    name = f"{tree.path(code_a)} × {tree.path(code_b)}"
    if first & second:
        raise BadInput(tr("“{name}”: one code stands above the other, so they cannot exclude each other.", name=name))
    return Domain(name, (first, second))


def _family(tree: CodeTree, code_id: str) -> frozenset[str]:
    return frozenset([code_id, *(code.id for code in tree.walk(code_id))])


def contradictions(material: Material, how: Counting, domains: Sequence[Domain]) -> list[Contradiction]:
    """Return where codings of two branches of a domain share characters, in the order of the sources and places.

    A code that one coder gave twice over is taken once. Raises BadInput where no domain is named, and for a
    consensus: people contradict each other, what they agree on does not.
    """
    if not domains:
        raise BadInput(tr("Name codes that exclude each other: a code whose sub-codes do, or two codes."))
    if how.at_least is not None:
        raise BadInput(tr("Contradictions stand between codings of people, so they cannot be asked of a consensus."))
    chosen = scoped(material.codings, material.tree, how)
    everything = Pool(chosen.coder, chosen.source, chosen.start, chosen.stop, chosen.code)
    pool = merged(everything)
    names = list(chosen.ids.sources), list(chosen.ids.codes), list(chosen.ids.coders)
    found = [one for domain in domains for one in _in_domain(pool, domain, names, chosen.ids.codes)]
    order = {source_id: place for place, source_id in enumerate(material.sources)}
    return sorted(
        (one for one in found if one.source_id in order),
        key=lambda one: (order[one.source_id], one.start, one.stop, one.code_a, one.code_b, one.coder_a, one.coder_b),
    )


def _in_domain(
    pool: Pool, domain: Domain, names: tuple[list[str], list[str], list[str]], numbers: Mapping[str, int]
) -> list[Contradiction]:
    sources, codes, coders = names
    branch = np.full(len(codes), -1, dtype=np.int64)
    for number, members in enumerate(domain.branches):
        branch[[numbers[code] for code in members if code in numbers]] = number
    pool = pool.at(branch[pool.code] >= 0)
    pool = pool.at(np.argsort(packed(pool.source, pool.start), kind="stable"))
    first, second = _meeting(pool)
    apart = branch[pool.code[first]] != branch[pool.code[second]]
    first, second = first[apart], second[apart]
    # The code of the branch that comes first in the codebook is A, whatever the order in which codings were read.
    turned = branch[pool.code[first]] > branch[pool.code[second]]
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    columns = (
        pool.source[first],
        np.maximum(pool.start[first], pool.start[second]),
        np.minimum(pool.stop[first], pool.stop[second]),
        pool.code[first],
        pool.block[first],
        pool.code[second],
        pool.block[second],
    )
    rows: list[tuple[int, ...]] = list(zip(*(column.tolist() for column in columns), strict=True))
    return [
        Contradiction(sources[a], start, stop, codes[b], coders[c], codes[d], coders[e], domain.name)
        for a, start, stop, b, c, d, e in rows
    ]


def _meeting(pool: Pool) -> tuple[Numbers, Numbers]:
    """Return the pairs of entries that share a character; they are in the order of sources and starts."""
    room = int(pool.stop.max(initial=0)) + 1
    start, stop = pool.source * room + pool.start, pool.source * room + pool.stop
    ends = np.searchsorted(start, stop)
    many = ends - np.arange(1, len(ends) + 1)
    first = np.repeat(np.arange(len(many)), many)
    return first, np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many) + first + 1


def contradictions_table(material: Material, how: Counting, domains: Sequence[Domain], text_of: TextOf) -> Table:
    """Return a row per contradiction.

    Columns: kind ("one coder", "two coders"), source, start, stop, characters, text (cut), code_a, coder_a, code_b,
    coder_b, domain, source_id, code_a_id, code_b_id.
    """
    found = contradictions(material, how, domains)
    tree, names = material.tree, material.coders
    rows: list[tuple[Cell, ...]] = []
    text, text_id = "", ""
    for one in found:
        if one.source_id != text_id:
            text, text_id = text_of(one.source_id), one.source_id
        place = (one.start, one.stop, one.stop - one.start, excerpt(text, one.start, one.stop))
        first = tree.path(one.code_a), names.get(one.coder_a, one.coder_a)
        second = tree.path(one.code_b), names.get(one.coder_b, one.coder_b)
        ids = (one.source_id, one.code_a, one.code_b)
        rows.append((one.kind, material.sources[one.source_id].name, *place, *first, *second, one.domain, *ids))
    said = how_words(how, {**names}) | {
        "domains": "; ".join(domain.name for domain in domains),
        "one_coder": str(sum(one.kind == ONE_CODER for one in found)),
        "two_coders": str(sum(one.kind == TWO_CODERS for one in found)),
    }
    return Table(tr("Contradicting passages"), _columns(), tuple(rows), said)


def _columns() -> tuple[Column, ...]:
    return (
        Column("kind", tr("Kind")),
        Column("source", tr("Source")),
        Column("start", tr("Start"), Kind.COUNT),
        Column("stop", tr("End"), Kind.COUNT),
        Column("characters", tr("Characters"), Kind.COUNT),
        Column("text", tr("Text")),
        Column("code_a", tr("Code A")),
        Column("coder_a", tr("Coder of A")),
        Column("code_b", tr("Code B")),
        Column("coder_b", tr("Coder of B")),
        Column("domain", tr("Exclude each other")),
        Column("source_id", tr("Id of the source")),
        Column("code_a_id", tr("Id of A")),
        Column("code_b_id", tr("Id of B")),
    )
