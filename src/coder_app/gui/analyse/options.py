"""What a person chooses about the table: one value, which says how to count and which codes to show."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from coder_app.analysis.columns import Codings
from coder_app.analysis.how import EACH, HUNDRED_WORDS, MERGED, NEXT_PARAGRAPH, Counting, Mode, Unit
from coder_app.analysis.inference import Against, Inference
from coder_app.analysis.spans import Relation
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn
from coder_app.queries.scope import EVERYTHING, Scope

_NOTHING_BESIDES = Inference()
_CONSENSUS = "consensus:"


class Colour(StrEnum):
    """What the colour of a cell stands for."""

    COUNT = "count"
    JACCARD = "jaccard"
    DICE = "dice"
    OCHIAI = "ochiai"
    OVERLAP = "overlap"
    P_B_GIVEN_A = "p_b_given_a"
    LIFT = "lift"
    NPMI = "npmi"
    PHI = "phi"


class Shows(StrEnum):
    """Which number stands in a cell."""

    COUNT = "count"
    COEFFICIENT = "coefficient"


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one table. `coders` is "each", "merged", "consensus:2" or a coder's id.

    `sources` and `codes` narrow the scope to these ids, None takes all; `top` takes the most used codes
    instead, as many as it says. `scope` narrows the scope by sets, cases and values of variables.
    `shows` is the number in the cells; `inference` is computed by a worker when a person asks for it.
    """

    mode: Mode = Mode.SEGMENTS
    unit: Unit = Unit.PARAGRAPH
    coders: str = EACH
    roll_up: bool = False
    colour: Colour = Colour.JACCARD
    sources: frozenset[str] | None = None
    codes: frozenset[str] | None = None
    top: int | None = None
    scope: Scope = EVERYTHING
    relation: Relation = Relation.WITHIN
    distance: Distance = NEXT_PARAGRAPH
    window: Distance = HUNDRED_WORDS
    stanza: int = 4
    shows: Shows = Shows.COUNT
    inference: Inference = _NOTHING_BESIDES

    def counting(self, codings: Codings, tree: CodeTree) -> Counting:
        """Return how to count `codings`; the most used codes are looked up in them."""
        codes = self.codes if self.top is None else self._most_used(codings, tree)
        return Counting(
            self.mode,
            self.unit,
            self.coders,
            self.roll_up,
            self.sources,
            codes,
            relation=self.relation,
            distance=self.distance,
            window=self.window,
            stanza=self.stanza,
        )

    def _most_used(self, codings: Codings, tree: CodeTree) -> frozenset[str]:
        chosen = codings if self.sources is None else codings.where(codings.within(self.sources))
        if self.coders not in {EACH, MERGED} and not self.coders.startswith(_CONSENSUS):
            chosen = chosen.where(chosen.by(self.coders))
        own = chosen.uses()
        uses = Counter(own)
        for code_id, count in own.items() if self.roll_up else ():
            uses.update(dict.fromkeys(tree.ancestors(code_id), count))
        # Among codes used equally often, those first in the codebook are taken.
        in_order = sorted((code.id for code in tree.walk() if uses[code.id]), key=lambda code_id: -uses[code_id])
        return frozenset(in_order[: self.top])


def mode_words() -> dict[Mode, str]:
    """Return what each way of counting is called."""
    return {
        Mode.SEGMENTS: tr("co-coded stretches"),
        Mode.PAIRS: tr("pairs of codings"),
        Mode.CHARACTERS: tr("shared characters"),
        Mode.UNITS: tr("units with both"),
        Mode.RELATION: tr("how codings lie"),
        Mode.PROXIMITY: tr("one near after the other"),
        Mode.WINDOWS: tr("moving windows of lines"),
    }


def relation_words() -> dict[Relation, str]:
    """Return how the coding of the row lies to that of the column."""
    return {
        Relation.EQUAL: tr("same borders"),
        Relation.WITHIN: tr("lies within"),
        Relation.ENCLOSES: tr("encloses"),
        Relation.OVERLAPS: tr("overlaps its start"),
        Relation.OVERLAPPED_BY: tr("overlaps its end"),
        Relation.MEETS: tr("ends where it begins"),
        Relation.MET_BY: tr("begins where it ends"),
        Relation.BEFORE: tr("ends before it"),
        Relation.AFTER: tr("begins after it"),
    }


def distances() -> list[tuple[Distance, str]]:
    """Return the distances that are offered."""
    return [
        *((Distance(n, Measure.CHARACTERS), trn("{n} character", "{n} characters", n)) for n in (0, 50, 200)),
        *((Distance(n, Measure.WORDS), trn("{n} word", "{n} words", n)) for n in (5, 20, 50)),
        *((Distance(n, Measure.SENTENCES), trn("{n} sentence", "{n} sentences", n)) for n in (0, 1, 3)),
        *((Distance(n, Measure.PARAGRAPHS), trn("{n} paragraph", "{n} paragraphs", n)) for n in (0, 1, 2, 5)),
    ]


def fixed_windows() -> list[tuple[Distance, str]]:
    """Return the lengths of fixed windows that are offered."""
    return [
        *((Distance(n, Measure.WORDS), trn("{n} word", "{n} words", n)) for n in (50, 100, 200, 500)),
        *((Distance(n, Measure.CHARACTERS), trn("{n} character", "{n} characters", n)) for n in (500, 1000)),
    ]


def stanzas() -> list[tuple[int, str]]:
    """Return how many lines of a moving window are offered."""
    return [(n, trn("{n} line", "{n} lines", n)) for n in (1, 2, 3, 4, 5, 7, 10)]


def unit_words() -> dict[Unit, str]:
    """Return what each unit is called."""
    return {
        Unit.PARAGRAPH: tr("paragraph"),
        Unit.SENTENCE: tr("sentence"),
        Unit.TURN: tr("speaker’s turn"),
        Unit.WINDOW: tr("fixed window"),
        Unit.DOCUMENT: tr("document"),
        Unit.CASE: tr("case"),
    }


def coder_words(coders: int) -> dict[str, str]:
    """Return what the policies that name no coder are called, where there are so many coders."""
    agreed = {f"{_CONSENSUS}{n}": tr("at least {n} agree", n=n) for n in range(2, coders + 1)}
    return {EACH: tr("each separately"), MERGED: tr("merged"), **agreed}


def roll_up_words() -> dict[bool, str]:
    """Return what counting with and without sub-codes is called."""
    return {False: tr("own only"), True: tr("rolled up")}


def colour_words() -> dict[Colour, str]:
    """Return what the cells may be coloured by."""
    return {
        Colour.COUNT: tr("count"),
        Colour.JACCARD: tr("Jaccard"),
        Colour.DICE: tr("Dice"),
        Colour.OCHIAI: tr("Ochiai"),
        Colour.OVERLAP: tr("overlap"),
        Colour.P_B_GIVEN_A: tr("P(column|row)"),
        Colour.LIFT: tr("lift"),
        Colour.NPMI: tr("NPMI"),
        Colour.PHI: tr("phi"),
    }


def shows_words() -> dict[Shows, str]:
    """Return what may stand in the cells."""
    return {Shows.COUNT: tr("counts"), Shows.COEFFICIENT: tr("what the colour says")}


def test_words() -> dict[Against, str]:
    """Return what chance may be compared with."""
    return {
        Against.NONE: tr("none"),
        Against.PERMUTATION: tr("units shuffled"),
        Against.CIRCULAR: tr("codes turned round"),
    }


def over_words() -> dict[bool, str]:
    """Return what intervals may draw anew."""
    return {False: tr("documents"), True: tr("cases")}


def interval_words() -> dict[tuple[str, ...], str]:
    """Return which intervals are offered."""
    return {(): tr("none"), ("jaccard",): tr("Jaccard"), ("jaccard", "lift", "phi"): tr("Jaccard, lift, phi")}


def sources_words(options: Options, sources: int) -> str:
    """Return which sources are counted, of how many."""
    if options.sources is None:
        return trn("All sources ({n})", "All {n} sources", sources)
    return tr("{n} of {all} sources", n=len(options.sources), all=sources)


def codes_words(options: Options, used: int) -> str:
    """Return which codes are counted, of how many that are used."""
    if options.top is not None:
        return tr("{n} most used codes", n=options.top)
    if options.codes is not None:
        return tr("{n} chosen codes", n=len(options.codes))
    return trn("The one used code", "All {n} used codes", used)
