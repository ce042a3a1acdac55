"""Recomputes worked examples of the literature from their input alone, so that anybody can check our numbers."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import BaseModel, NonNegativeInt, ValidationError, model_validator

from coder_app.analysis import cooccurrence_examples
from coder_app.analysis.agreement import examples, span_examples
from coder_app.analysis.association import compatible
from coder_app.analysis.spans import characters, meetings, merged, relation, shared, touched
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.text import Span
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr

Json: TypeAlias = dict[str, Any]
Statistic: TypeAlias = Callable[[Json, Json], object]


class _Item(BaseModel):
    # Whatever stands there: an odd item gets its own error, and the others are still computed.
    statistic: Any = None
    params: Any = None


class _Example(BaseModel):
    id: str
    input: Json = {}
    expected: list[_Item]


class _Document(BaseModel):
    id: str
    paragraphs: list[tuple[NonNegativeInt, NonNegativeInt]] = []


class _Node(BaseModel):
    id: str
    parent: str | None = None


class _Coding(BaseModel):
    doc: str
    start: NonNegativeInt
    end: NonNegativeInt
    code: str
    coder: str


class _Project(BaseModel):
    docs: list[_Document]
    codes: list[_Node]
    codings: list[_Coding]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        docs = {doc.id for doc in self.docs}
        codes = {code.id for code in self.codes}
        for number, coding in enumerate(self.codings, start=1):
            if coding.end <= coding.start or coding.doc not in docs or coding.code not in codes:
                raise ValueError(tr("coding {number} has no characters, or its doc or code is unknown", number=number))
        return self


class _Input(BaseModel):
    project: _Project


class _Pair(BaseModel):
    A: str
    B: str
    policy: Literal["same", "any", "pooled"]
    roll_up: bool = False


class _Near(_Pair):
    max_gap_chars: NonNegativeInt


@dataclass(frozen=True, slots=True)
class _Place:
    """The codings of A and B in one document, by one coder or by all, each with its number in the input."""

    paragraphs: list[Span]
    a: list[tuple[int, Span]]
    b: list[tuple[int, Span]]

    def pairs(self) -> Iterator[tuple[Span, Span]]:
        """Yield each coding of A with each other coding of B."""
        return ((a, b) for number, a in self.a for other, b in self.b if number != other)


def compute(example: Json) -> list[Json]:
    """Return {id, statistic, params, computed} for each item of a worked example, in its order.

    Only `input` and each item's `statistic` and `params` are read, never what the item expects; undefined
    is None. An item that cannot be computed has `error`, a sentence, in place of `computed`.
    Raises BadInput where the example as a whole has another shape.
    """
    try:
        known = _Example.model_validate(example)
    except ValidationError as error:
        raise BadInput(tr("This is no worked example ({reason}).", reason=_first(error))) from error
    return [_computed(known, item) for item in known.expected]


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"{place}: {first['msg']}"


def _computed(example: _Example, item: _Item) -> Json:
    head: Json = {"id": example.id, "statistic": item.statistic, "params": item.params}
    function = STATISTICS.get(str(item.statistic))
    if function is None:
        return head | {"error": tr("There is no statistic “{name}” here.", name=item.statistic)}
    try:
        return head | {"computed": function(example.input, item.params)}
    except ValidationError as error:
        return head | {"error": _first(error)}
    except BadInput as error:
        return head | {"error": str(error)}


def span_cooccurrence(given: Json, params: Json) -> Json:
    """Return every count of two codes: relations, pairs, segments, characters, paragraphs, documents, c.

    Policy "same" adds up the coders' own counts; "any" and "pooled" take all coders as one. `relations`
    reads from A to B and leaves out what does not occur.
    """
    pair = _Pair.model_validate(params)
    totals: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for place in _places(given, pair):
        relations.update(relation(a, b).value for a, b in place.pairs())
        totals.update(_counts(place))
    names = ("pairs", *(f"{noun}_{code}" for noun in ("codings", "segments") for code in "AB"), "intersection_segments")
    nouns = [f"chars_{which}" for which in ("A", "B", "both", "either")]
    nouns += [f"{noun}_{which}" for noun in ("paragraphs", "docs") for which in ("A", "B", "both")]
    either = totals["chars_either"]
    return {
        "relations": dict(relations),
        **{name: totals[name] for name in (*names, *nouns)},
        "char_jaccard": totals["chars_both"] / either if either else None,
        **_c_coefficient(totals["pairs"], totals["codings_A"], totals["codings_B"]),
    }


def _c_coefficient(pairs: int, codings_a: int, codings_b: int) -> Json:
    found = compatible(*(np.array([number], dtype=np.int64) for number in (pairs, codings_a, codings_b)))
    value = float(found.c[0])
    return {
        "c_atlas": None if np.isnan(value) else value,
        "c_out_of_range": bool(found.out_of_range[0]),
        "ratio_flag": bool(found.lopsided[0]),
    }


def _counts(place: _Place) -> dict[str, int]:
    first, second = (merged(span for _, span in side) for side in (place.a, place.b))
    met = [shared(first[a], second[b]) for a, b in meetings(first, second)]
    in_a, in_b = touched(first, place.paragraphs), touched(second, place.paragraphs)
    return {
        "pairs": sum(max(a[0], b[0]) < min(a[1], b[1]) for a, b in place.pairs()),
        "codings_A": len(place.a),
        "codings_B": len(place.b),
        "segments_A": len(first),
        "segments_B": len(second),
        "intersection_segments": len(met),
        "chars_A": characters(first),
        "chars_B": characters(second),
        "chars_both": characters(met),
        "chars_either": characters(first) + characters(second) - characters(met),
        "paragraphs_A": len(in_a),
        "paragraphs_B": len(in_b),
        "paragraphs_both": len(in_a & in_b),
        "docs_A": int(bool(first)),
        "docs_B": int(bool(second)),
        "docs_both": int(bool(first and second)),
    }


def proximity_pairs(given: Json, params: Json) -> Json:
    """Return how many pairs of codings lie at most `max_gap_chars` apart, by direction, and how many overlap."""
    near = _Near.model_validate(params)
    found: Counter[str] = Counter()
    for place in _places(given, near):
        for a, b in place.pairs():
            gap = max(a[0], b[0]) - min(a[1], b[1])
            if gap < 0:
                found["overlap"] += 1
            elif gap <= near.max_gap_chars:
                found["A_before_B" if a[1] <= b[0] else "A_after_B"] += 1
    return {name: found[name] for name in ("A_before_B", "A_after_B", "overlap")}


def _places(given: Json, pair: _Pair) -> list[_Place]:
    project = _Input.model_validate(given).project
    tree = CodeTree(Code(code.id, code.parent, code.id, "", "") for code in project.codes)
    side_a, side_b = (_counted(tree, code, roll_up=pair.roll_up) for code in (pair.A, pair.B))
    paragraphs = {doc.id: sorted(doc.paragraphs) for doc in project.docs}
    places: dict[tuple[str, str], _Place] = {}
    for number, coding in enumerate(project.codings):
        coder = coding.coder if pair.policy == "same" else ""
        place = places.setdefault((coding.doc, coder), _Place(paragraphs[coding.doc], [], []))
        if coding.code in side_a:
            place.a.append((number, (coding.start, coding.end)))
        if coding.code in side_b:
            place.b.append((number, (coding.start, coding.end)))
    return list(places.values())


def _counted(tree: CodeTree, code: str, *, roll_up: bool) -> set[str]:
    if code not in tree:
        raise BadInput(tr("There is no code “{name}” in the input.", name=code))
    return {code, *(below.id for below in tree.walk(code))} if roll_up else {code}


STATISTICS: dict[str, Statistic] = {
    **examples.STATISTICS,
    **span_examples.STATISTICS,
    **cooccurrence_examples.STATISTICS,
    "span_cooccurrence": span_cooccurrence,
    "proximity_pairs": proximity_pairs,
}
"""Each statistic that an item may name; the functions take the example's input and the item's params."""
