"""The worked examples on agreement about stretches of text: codings, continua and alignments."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, BaseModel, Field, NonNegativeInt, PositiveInt, TypeAdapter, model_validator

from coder_app.analysis.agreement import coefficients, gamma
from coder_app.analysis.agreement.alpha_u import AlphaU, alpha_u, together
from coder_app.analysis.agreement.continuum import Continuum, Unit, lengths
from coder_app.analysis.agreement.decisions import NO, YES, decisions
from coder_app.analysis.agreement.examples import Json, Statistic, number
from coder_app.analysis.agreement.matching import ANY, Matched, matches
from coder_app.analysis.agreement.ratings import Sums
from coder_app.analysis.agreement.scope import Comparing, Scope, Texts, scope
from coder_app.analysis.agreement.scope import Unit as FixedUnit
from coder_app.analysis.agreement.unitizing import family, flat
from coder_app.analysis.columns import Row, numbered
from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr

_POOLED, _ALL = "*pooled*", "*all*"


class _Document(BaseModel):
    id: str
    length: PositiveInt
    paragraphs: list[tuple[NonNegativeInt, NonNegativeInt]] = []


class _Coding(BaseModel):
    doc: str
    start: NonNegativeInt
    end: NonNegativeInt
    code: str
    coder: str


class _Project(BaseModel):
    coders: Annotated[list[str], Field(min_length=2, max_length=2)]
    codes: list[str]
    docs: list[_Document]
    codings: list[_Coding]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        docs, codes = {doc.id for doc in self.docs}, set(self.codes)
        for place, coding in enumerate(self.codings, start=1):
            if coding.end <= coding.start or coding.doc not in docs or coding.code not in codes:
                raise ValueError(tr("coding {number} has no characters, or its doc or code is unknown", number=place))
        return self


class _WithProject(BaseModel):
    project: _Project


class _ByUnit(BaseModel):
    unit: Literal["character", "paragraph"]


class _OfCode(_ByUnit):
    code: str


class _Match(BaseModel):
    code: str
    threshold: str


class _Observers(BaseModel):
    length: PositiveInt
    observers: dict[str, list[tuple[NonNegativeInt, NonNegativeInt, str]]]


class _Value(BaseModel):
    value: str


class _Absolute(BaseModel):
    continuum: tuple[NonNegativeInt, NonNegativeInt]
    observers: list[dict[str, list[tuple[NonNegativeInt, PositiveInt]]]]


class _Of(BaseModel):
    category: str


class _Annotators(BaseModel):
    annotators: Annotated[dict[str, list[tuple[int, int, str]]], Field(min_length=2)]


class _Costs(BaseModel):
    alpha: float = 1.0
    beta: float = 1.0
    delta_empty: float = Field(default=1.0, validation_alias=AliasChoices("delta_empty", "deltaEmpty"))
    precision: float = 0.02


def two_coder_table(given: Json, params: Json) -> Json:
    """Return the 2 x 2 table of two coders for a code, or for all pooled, with every coefficient on it."""
    asked = _OfCode.model_validate(params)
    project, found = _compared(given, asked.unit)
    if asked.code == _POOLED:
        array = found.array.sum(axis=0)
    elif asked.code in project.codes:
        array = found.array[project.codes.index(asked.code)]
    else:
        raise _no_code(asked.code)
    sums = Sums(array[None], 2, 2)
    table = sums.tables[0, 0]
    return {
        "table": [[int(table[one, other]) for other in (YES, NO)] for one in (YES, NO)],
        "percent_agreement": number(coefficients.percent(sums)),
        "cohen_kappa": number(coefficients.light(sums)),
        "scott_pi": number(coefficients.fleiss(sums)),
        "brennan_prediger": number(coefficients.brennan_prediger(sums)),
        "gwet_ac1": number(coefficients.ac1(sums)),
        "krippendorff_alpha": number(coefficients.alpha(sums)),
        "positive_agreement_dice": number(coefficients.specific(sums, YES)),
        "negative_agreement": number(coefficients.specific(sums, NO)),
    }


def macro_kappa(given: Json, params: Json) -> float | None:
    """Return the mean of Cohen's kappa over the codes for which it is defined."""
    _, found = _compared(given, _ByUnit.model_validate(params).unit)
    return number(coefficients.mean_of_defined(coefficients.light(found)))


def span_match(given: Json, params: Json) -> Json:
    """Return how many codings of two coders match one to one, with recall, precision and F1."""
    asked = _Match.model_validate(params)
    project, known = _scoped(given, "character")
    try:
        threshold = ANY if asked.threshold == "any" else float(asked.threshold)
    except ValueError as error:
        raise BadInput(tr("“{threshold}” is no threshold.", threshold=asked.threshold)) from error
    (found,) = matches(known, threshold).values()
    if asked.code == _ALL:
        sums = Matched(0, 0, 0)
        for one in found:
            sums = sums.plus(one)
    elif asked.code in project.codes:
        sums = found[project.codes.index(asked.code)]
    else:
        raise _no_code(asked.code)
    return {
        "N1": sums.first,
        "N2": sums.second,
        "matched": sums.matched,
        "recall": sums.recall,
        "precision": sums.precision,
        "span_f1": sums.f1,
    }


def _no_code(code: str) -> BadInput:
    return BadInput(tr("There is no code “{name}” in the input.", name=code))


def _scoped(given: Json, unit: str) -> tuple[_Project, Scope]:
    project = _WithProject.model_validate(given).project
    rows = [(one.doc, one.start, one.end, one.code, one.coder) for one in project.codings]
    texts = Texts(
        {doc.id: doc.length for doc in project.docs}, grid={doc.id: sorted(doc.paragraphs) for doc in project.docs}
    )
    return project, _scope_of(rows, project.codes, project.coders, texts, FixedUnit(unit))


def _scope_of(rows: Sequence[Row], codes: Sequence[str], coders: Sequence[str], texts: Texts, unit: FixedUnit) -> Scope:
    """Return a scope in which every coder finished every text."""
    tree = CodeTree(Code(code, None, code, "", f"{place:06}") for place, code in enumerate(codes))
    done = dict.fromkeys(coders, frozenset(texts.lengths))
    how = Comparing(unit, coders=tuple(coders), done=done, resamples=0)
    return scope(numbered(rows, tree), tree, how, texts=texts)


def _compared(given: Json, unit: str) -> tuple[_Project, Sums]:
    project, known = _scoped(given, unit)
    found = decisions(known).sums(range(len(project.codes)))
    return project, Sums(found.array.sum(axis=0), found.categories, found.coders)


def _family(given: Json) -> tuple[list[str], dict[str, float | None]]:
    read = _Observers.model_validate(given)
    values = sorted({value for units in read.observers.values() for _, _, value in units})
    units = {
        place: sorted((Unit(start, stop, values.index(value) + 1) for start, stop, value in row), key=lambda u: u.start)
        for place, row in enumerate(read.observers.values())
    }
    sums = flat(lengths(Continuum(read.length, units), len(values)))
    return values, {name: number(measure(sums)) for name, measure in family(len(values)).items()}


def k_alpha(given: Json, params: Json) -> float | None:
    """Return (k)u-alpha of one value."""
    value = _Value.model_validate(params).value
    values, found = _family(given)
    if value not in values:
        raise _no_code(value)
    return found[f"k_alpha:{values.index(value) + 1}"]


def _alpha_u(given: Json, params: Json) -> AlphaU:
    read = _Absolute.model_validate(given)
    begin, stop = read.continuum
    asked = _Of.model_validate(params).category
    categories = sorted({name for observer in read.observers for name in observer})
    if asked not in {*categories, "all"}:
        raise _no_code(asked)
    rows = [
        ("d", start - begin, start - begin + size, category, f"{place:06}")
        for place, observer in enumerate(read.observers)
        for category, units in observer.items()
        for start, size in units
    ]
    coders = [f"{place:06}" for place in range(len(read.observers))]
    found = alpha_u(_scope_of(rows, categories, coders, Texts({"d": stop - begin}), FixedUnit.CHARACTER))
    return together(found) if asked == "all" else found[categories.index(asked)]


def _annotated(given: Json) -> list[list[Unit]]:
    rows = _Annotators.model_validate(given).annotators
    values = sorted({value for units in rows.values() for _, _, value in units})
    return [[Unit(start, stop, values.index(value)) for start, stop, value in row] for row in rows.values()]


def _costs(given: Json, params: Json) -> tuple[gamma.Costs, float]:
    own = TypeAdapter(Json).validate_python(given.get("params") or {})
    read = _Costs.model_validate(own | TypeAdapter(Json).validate_python(params or {}))
    return gamma.Costs(read.alpha, read.beta, read.delta_empty), read.precision


def observed_disorder(given: Json, params: Json) -> float:
    """Return the disorder of the best alignment."""
    return gamma.observed_disorder(_annotated(given), _costs(given, params)[0])


def _gamma(given: Json, params: Json) -> gamma.Gamma:
    costs, precision = _costs(given, params)
    return gamma.gamma(_annotated(given), costs, precision=precision)


STATISTICS: Mapping[str, Statistic] = {
    "two_coder_table": two_coder_table,
    "macro_kappa": macro_kappa,
    "span_match": span_match,
    "ualpha2016.u_alpha": lambda given, _params: _family(given)[1]["u_alpha"],
    "ualpha2016.bar_u_alpha": lambda given, _params: _family(given)[1]["bar_u_alpha"],
    "ualpha2016.cu_alpha": lambda given, _params: _family(given)[1]["cu_alpha"],
    "ualpha2016.cu_coverage": lambda given, _params: _family(given)[1]["coverage"],
    "ualpha2016.k_alpha": k_alpha,
    "alphaU_2004_Do": lambda given, params: _alpha_u(given, params).observed,
    "alphaU_2004_De": lambda given, params: _alpha_u(given, params).expected,
    "alphaU_2004": lambda given, params: _alpha_u(given, params).alpha,
    "gamma_observed_disorder": observed_disorder,
    "gamma": lambda given, params: _gamma(given, params).gamma,
    "gamma_cat": lambda given, params: _gamma(given, params).gamma_cat,
}
"""What these examples may name; the functions take the example's input and the item's params."""
