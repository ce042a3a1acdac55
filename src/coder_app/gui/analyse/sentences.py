"""What the table says in words: of a cell, of the chosen pair, of the whole."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coder_app.analysis.block import Block
from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.domain.number_words import decimal
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.options import Colour, colour_words, relation_words
from coder_app.i18n import tr, trn

_SMALLEST_SHOWN = 0.005


def short_names(codes: Iterable[str], tree: CodeTree) -> dict[str, str]:
    """Return the names of the codes; of those that share a name the whole path."""
    names = {code_id: tree[code_id].name for code_id in codes}
    shown = Counter(names.values())
    return {code_id: tree.path(code_id) if shown[name] > 1 else name for code_id, name in names.items()}


def coefficient(value: float | None) -> str:
    """Return a coefficient with two digits and without the zero in front; what is undefined is said so."""
    if value is None:
        return tr("undefined")
    if 0 < value < _SMALLEST_SHOWN:
        return tr("below .01")
    return decimal(value, 2)


def short_number(value: float) -> str:
    """Return a coefficient as short as a cell needs it: “.07”, “-.20”, “1”, “12.3”."""
    with_one_digit = 9.95
    shown = decimal(value, 1 if abs(value) >= with_one_digit else 2)
    return shown.removesuffix(".00") if abs(value) >= 1 else shown


def jaccard_of(block: Block, code_a: str, code_b: str) -> float | None:
    """Return the Jaccard coefficient that stands beside a cell: of its own count, or else of the units."""
    if block.mode in {Mode.CHARACTERS, Mode.UNITS}:
        return block.jaccard(code_a, code_b)
    return block.unit_jaccard(code_a, code_b)


def coders_words(block: Block) -> str:
    """Return whose codings a block counts."""
    if block.coder_id is not None:
        return block.coders
    agreed = Counting(coders=block.coders).at_least
    return tr("All coders merged") if agreed is None else tr("What at least {n} coders agree on", n=agreed)


def units_of(unit: Unit, n: int) -> str:
    """Return a number of units."""
    match unit:
        case Unit.PARAGRAPH:
            return trn("{n:,} paragraph", "{n:,} paragraphs", n)
        case Unit.SENTENCE:
            return trn("{n:,} sentence", "{n:,} sentences", n)
        case Unit.TURN:
            return trn("{n:,} speaker’s turn", "{n:,} speakers’ turns", n)
        case Unit.WINDOW:
            return trn("{n:,} fixed window", "{n:,} fixed windows", n)
        case Unit.DOCUMENT:
            return trn("{n:,} document", "{n:,} documents", n)
        case Unit.CASE:
            return trn("{n:,} case", "{n:,} cases", n)


def own_count(how: Counting, n: int) -> str:
    """Return a code's own number with what it counts."""
    match how.mode:
        case Mode.SEGMENTS:
            return trn("{n:,} stretch", "{n:,} stretches", n)
        case Mode.PAIRS | Mode.RELATION | Mode.PROXIMITY:
            return trn("{n:,} coding", "{n:,} codings", n)
        case Mode.CHARACTERS:
            return trn("{n:,} character", "{n:,} characters", n)
        case Mode.UNITS | Mode.WINDOWS:
            return units_of(how.unit, n)


def shared_count(how: Counting, n: int) -> str:
    """Return the number of a pair with what it counts."""
    if how.is_directed:
        pairs = trn("{n:,} pair of codings", "{n:,} pairs of codings", n)
        if how.mode is Mode.RELATION:
            return tr("{pairs} ({relation})", pairs=pairs, relation=relation_words()[how.relation])
        return tr("{pairs}, one after the other within {distance}", pairs=pairs, distance=how.distance)
    said = {
        Mode.SEGMENTS: trn("{n:,} co-coded stretch", "{n:,} co-coded stretches", n),
        Mode.PAIRS: trn("{n:,} pair of overlapping codings", "{n:,} pairs of overlapping codings", n),
        Mode.CHARACTERS: trn("{n:,} shared character", "{n:,} shared characters", n),
        Mode.UNITS: tr("{units} with both", units=units_of(how.unit, n)),
        Mode.WINDOWS: trn("{n:,} line that brings both together", "{n:,} lines that bring both together", n),
    }
    return said[how.mode]


def cell_words(block: Block, how: Counting, names: tuple[str, str], pair: tuple[str, str]) -> str:
    """Return a cell in words, as a tooltip and a screen reader say it."""
    if pair[0] == pair[1]:
        return tr("{name}, its own count: {count}", name=names[0], count=own_count(how, block.n(pair[0])))
    both = block.n_ab(*pair)
    if both is None:
        return tr("{a} and {b}: not counted, one is above the other in the codebook", a=names[0], b=names[1])
    said = tr("{a} → {b}: {count}") if how.is_directed else tr("{a} and {b}: {count}")
    return said.format(a=names[0], b=names[1], count=shared_count(how, both))


@dataclass(frozen=True, slots=True)
class Reading:
    """The chosen cell in words: what was counted, the coefficient, and what the coefficient rests on."""

    counted: str
    coefficient: str = ""
    basis: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """What was computed besides, name and value."""


def reading(
    block: Block, how: Counting, tree: CodeTree, pair: tuple[str, str], details: tuple[tuple[str, str], ...] = ()
) -> Reading:
    """Return the chosen cell in plain words; `details` are what was computed of it besides."""
    code_a, code_b = pair
    names = short_names(dict.fromkeys(pair), tree)
    coders = coders_words(block)
    if code_a == code_b:
        said = tr(
            "{coders}: {name} alone has {count}. The diagonal is a code’s own count, no co-occurrence.",
            coders=coders,
            name=names[code_a],
            count=own_count(how, block.n(code_a)),
        )
        return Reading(said)
    both = block.n_ab(code_a, code_b)
    if both is None:
        said = tr(
            "{a} and {b} are not counted together: one stands above the other in the codebook, and with sub-codes "
            "rolled up they would meet everywhere.",
            a=names[code_a],
            b=names[code_b],
        )
        return Reading(said, tr("Jaccard {value}", value=coefficient(None)))
    sentence = (
        tr("{coders}: {a} has {n_a}, {b} has {n_b}; from {a} to {b} there are {n_ab}{scope}.")
        if how.is_directed
        else tr("{coders}: {a} has {n_a}, {b} has {n_b}; together they have {n_ab}{scope}.")
    )
    said = sentence.format(
        coders=coders,
        a=names[code_a],
        n_a=own_count(how, block.n(code_a)),
        b=names[code_b],
        n_b=own_count(how, block.n(code_b)),
        n_ab=shared_count(how, both),
        scope="" if block.counts.total is None else tr(" of {units}", units=units_of(how.unit, block.counts.total)),
    )
    value = tr("Jaccard {value}", value=coefficient(jaccard_of(block, code_a, code_b)))
    return Reading(said, value, _basis(block, how, names, pair), details)


def _basis(block: Block, how: Counting, names: dict[str, str], pair: tuple[str, str]) -> str:
    if how.mode is Mode.CHARACTERS:
        return tr("of the characters that either code covers")
    if how.mode is Mode.UNITS or block.by_unit is None:
        return ""
    # What the Jaccard coefficient rests on where the cell counts something else.
    return tr(
        "{a} is in {n_a}, {b} in {n_b}, both in {both} of {total}.",
        a=names[pair[0]],
        n_a=f"{block.by_unit.n.get(pair[0], 0):,}",
        b=names[pair[1]],
        n_b=f"{block.by_unit.n.get(pair[1], 0):,}",
        both=f"{block.unit_ab(*pair) or 0:,}",
        total=units_of(how.unit, block.by_unit.total or 0),
    )


def note(block: Block, how: Counting, colour: Colour, highest: float) -> str:
    """Return the line under the table: what is counted, for whom, what the diagonal and the colours are."""
    counted = {
        Mode.SEGMENTS: tr("Co-coded stretches per pair"),
        Mode.PAIRS: tr("Pairs of overlapping codings"),
        Mode.CHARACTERS: tr("Characters with both codes"),
        Mode.UNITS: {
            Unit.PARAGRAPH: tr("Paragraphs with both codes"),
            Unit.SENTENCE: tr("Sentences with both codes"),
            Unit.TURN: tr("Speakers’ turns with both codes"),
            Unit.WINDOW: tr("Windows of {window} with both codes", window=how.window),
            Unit.DOCUMENT: tr("Documents with both codes"),
            Unit.CASE: tr("Cases with both codes"),
        }[how.unit],
        Mode.RELATION: tr(
            "Pairs of codings, row → column: the row’s {relation}", relation=relation_words()[how.relation]
        ),
        Mode.PROXIMITY: tr(
            "Pairs of codings, row → column: the column’s begins within {distance} behind the row’s",
            distance=how.distance,
        ),
        Mode.WINDOWS: tr("Lines that bring both codes together in a window of {n}", n=how.stanza),
    }[how.mode]
    parts = [tr("{counted}, {coders}", counted=counted, coders=coders_words(block))]
    parts.append(tr("diagonal: a code’s own count, outside the colours"))
    if highest:
        named = f"{colour_words()[colour]} {coefficient(highest)}"
        strongest = f"{highest:,.0f}" if colour is Colour.COUNT else named
        parts.append(tr("strongest colour: {value}", value=strongest))
    if how.roll_up:
        parts.append(tr("sub-codes counted with their parents"))
    return " · ".join(parts)


def hidden_words(names: list[str]) -> list[str]:
    """Return what to say of coders who are counted though their codings are hidden in the texts."""
    if not names:
        return []
    listed = ", ".join(names)
    return [
        trn(
            "{names} is counted though hidden in the texts",
            "{names} are counted though hidden in the texts",
            len(names),
            names=listed,
        )
    ]
