"""What a person chooses about the table: one value, which says how to count and which codes to show."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from coder_app.analysis.columns import Codings
from coder_app.analysis.how import EACH, MERGED, Counting, Mode, Unit
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn
from coder_app.queries.scope import EVERYTHING, Scope


class Colour(StrEnum):
    """What the colour of a cell stands for."""

    COUNT = "count"
    JACCARD = "jaccard"


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one table. `coders` is "each", "merged" or a coder's id.

    `sources` and `codes` narrow the scope to these ids, None takes all; `top` takes the most used codes
    instead, as many as it says. `scope` narrows the scope by sets, cases and values of variables.
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

    def counting(self, codings: Codings, tree: CodeTree) -> Counting:
        """Return how to count `codings`; the most used codes are looked up in them."""
        codes = self.codes if self.top is None else self._most_used(codings, tree)
        return Counting(self.mode, self.unit, self.coders, self.roll_up, self.sources, codes)

    def _most_used(self, codings: Codings, tree: CodeTree) -> frozenset[str]:
        chosen = codings if self.sources is None else codings.where(codings.within(self.sources))
        if self.coders not in {EACH, MERGED}:
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
    }


def unit_words() -> dict[Unit, str]:
    """Return what each unit is called."""
    return {Unit.PARAGRAPH: tr("paragraph"), Unit.SENTENCE: tr("sentence"), Unit.DOCUMENT: tr("document")}


def coder_words() -> dict[str, str]:
    """Return what the policies that name no coder are called."""
    return {EACH: tr("each separately"), MERGED: tr("merged")}


def roll_up_words() -> dict[bool, str]:
    """Return what counting with and without sub-codes is called."""
    return {False: tr("own only"), True: tr("rolled up")}


def colour_words() -> dict[Colour, str]:
    """Return what the cells may be coloured by."""
    return {Colour.COUNT: tr("count"), Colour.JACCARD: tr("Jaccard")}


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
