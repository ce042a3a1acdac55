"""The options by which commands say how co-occurrences are counted, tested and resampled."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from coder_app.cli.project import name
from coder_app.domain.distance import Distance, Measure, distance
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.coders import coder_named
from coder_app.store.project import Project

if TYPE_CHECKING:
    from coder_app.analysis.how import Counting
    from coder_app.analysis.inference import Inference

# The names are written out here so that the help needs no analysis; a test keeps both the same.
MODES = ("segments", "pairs", "characters", "units", "relation", "proximity", "windows")
RELATIONS = ("equal", "within", "encloses", "overlaps", "overlapped_by", "meets", "met_by", "before", "after")
UNITS = ("paragraph", "sentence", "turn", "window", "document", "case")
TESTS = ("none", "permutation", "circular")
_WINDOW = re.compile(r"window:(\d+)([wc])")
_MEASURES = {"w": Measure.WORDS, "c": Measure.CHARACTERS}


@dataclass(frozen=True, slots=True)
class Asked:
    """How to count, as it was typed."""

    mode: str
    unit: str
    whose: str
    roll_up: bool
    near: str
    stanza: int


@dataclass(frozen=True, slots=True)
class Wished:
    """What to compute besides counts, as it was typed."""

    coefficients: str | None
    test: str
    intervals: str | None
    seed: int
    resamples: int
    least_units: int
    least_documents: int
    coded_units: bool
    over: str


_Option = Callable[[Callable[..., Any]], Callable[..., Any]]

_COUNTING: tuple[_Option, ...] = (
    click.option(
        "--mode",
        type=name,
        default="segments",
        metavar="MODE",
        help=tr("segments, pairs, characters, units, relation:within (or another relation), proximity or windows."),
    ),
    click.option(
        "--unit",
        type=name,
        default="paragraph",
        metavar="UNIT",
        help=tr("paragraph, sentence, turn, window:100w (words), window:500c (characters), document or case."),
    ),
    click.option(
        "--coders",
        "whose",
        type=name,
        default="each",
        metavar="each|merged|NAME|consensus:K",
        help=tr("Each coder's own table, all in one, one coder alone, or what K coders agree on."),
    ),
    click.option("--roll-up", is_flag=True, help=tr("Let a code count with all its sub-codes.")),
    click.option(
        "--distance",
        "near",
        type=name,
        default="1 paragraph",
        metavar="DISTANCE",
        help=tr("For proximity: how far, in characters, words, sentences or paragraphs."),
    ),
    click.option("--stanza", type=int, default=4, help=tr("For windows: so many lines, the current one included.")),
)

_INFERENCE: tuple[_Option, ...] = (
    click.option(
        "--coefficients",
        type=name,
        metavar="A,B,…|all",
        help=tr("jaccard, dice, ochiai, overlap, lift, pmi, npmi, phi, chi2, g2, fisher, char_jaccard, c, …"),
    ),
    click.option(
        "--test", type=click.Choice(TESTS), default="none", help=tr("p and q: units shuffled, or codes turned round.")
    ),
    click.option(
        "--intervals",
        type=name,
        is_flag=False,
        flag_value="jaccard",
        metavar="[A,B,…]",
        help=tr("95 % intervals over documents, of Jaccard or of these."),
    ),
    click.option("--seed", type=int, default=1, help=tr("The same seed gives the same file. Default: 1.")),
    click.option("--resamples", type=int, default=10_000, help=tr("For intervals. Default: 10000.")),
    click.option("--least-units", type=int, default=3, help=tr("Test codes that are in so many units. Default: 3.")),
    click.option("--least-documents", type=int, default=2, help=tr("And in so many documents. Default: 2.")),
    click.option(
        "--over", type=click.Choice(("documents", "cases")), default="documents", help=tr("What intervals draw anew.")
    ),
    click.option("--coded-units", is_flag=True, help=tr("Let N be the units in which anything is coded.")),
)


def _gathered(options: tuple[_Option, ...], kind: type[Any], given: str) -> Callable[..., Any]:
    """Return a decorator that adds options, which the command gets as one argument."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def with_options(*args: Any, **values: Any) -> Any:  # noqa: ANN401 (click's values, handed through)
            typed = {field: values.pop(field) for field in kind.__slots__}
            return command(*args, **{given: kind(**typed)}, **values)

        made: Callable[..., Any] = with_options
        for option in reversed(options):
            made = option(made)
        return made

    return decorate


counting_options = _gathered(_COUNTING, Asked, "asked")
"""Add the options to a command, which gets them as one argument `asked`, an Asked."""

inference_options = _gathered(_INFERENCE, Wished, "wished")
"""Add the options to a command, which gets them as one argument `wished`, a Wished."""


def counting_of(project: Project, asked: Asked) -> "Counting":
    """Return how to count. Raises BadInput for a mode, unit, distance or coder that nobody knows."""
    from coder_app.analysis.how import Counting, Mode, Unit
    from coder_app.analysis.spans import Relation

    mode, _, relation = asked.mode.partition(":")
    unit, window = _unit(asked.unit)
    if mode not in MODES or (relation and mode != "relation"):
        raise BadInput(tr("There is no mode “{mode}”; choose among {known}.", mode=asked.mode, known=", ".join(MODES)))
    if relation and relation not in RELATIONS:
        known = ", ".join(RELATIONS)
        raise BadInput(tr("There is no relation “{relation}”; choose among {known}.", relation=relation, known=known))
    how = Counting(
        mode=Mode(mode),
        unit=Unit(unit),
        coders=_coders(project, asked.whose),
        roll_up=asked.roll_up,
        relation=Relation(relation or "within"),
        distance=distance(asked.near),
        stanza=asked.stanza,
    )
    how = how if window is None else replace(how, window=window)
    how.check()
    return how


def _unit(said: str) -> tuple[str, Distance | None]:
    found = _WINDOW.fullmatch(said)
    if found:
        return "window", Distance(int(found[1]), _MEASURES[found[2]])
    if said not in UNITS:
        known = ", ".join((*UNITS[:3], "window:100w", "window:500c", *UNITS[4:]))
        raise BadInput(tr("There is no unit “{unit}”; choose among {known}.", unit=said, known=known))
    return said, None


def inference_of(wished: Wished) -> "Inference":
    """Return what to compute besides counts. Raises BadInput for what nobody knows."""
    from coder_app.analysis.inference import DEFAULT, EVERY, Against, Inference

    asked = _names(wished.coefficients, DEFAULT, EVERY)
    found = Inference(
        test=Against(wished.test),
        intervals=_names(wished.intervals, (), ("jaccard",)),
        coefficients=asked,
        seed=wished.seed,
        resamples=wished.resamples,
        fewest_units=wished.least_units,
        fewest_documents=wished.least_documents,
        coded_only=wished.coded_units,
        over_cases=wished.over == "cases",
    )
    found.check()
    return found


def _names(said: str | None, unsaid: tuple[str, ...], every: tuple[str, ...]) -> tuple[str, ...]:
    if said is None:
        return unsaid
    if said == "all":
        return every
    return tuple(dict.fromkeys(part for part in (one.strip() for one in said.split(",")) if part))


def _coders(project: Project, wanted: str) -> str:
    if wanted in {"each", "merged"} or wanted.startswith("consensus:"):
        return wanted
    coder = coder_named(project, wanted)
    if coder is None:
        raise BadInput(tr("Nobody called “{name}” codes in the project; “info” names the coders.", name=wanted))
    return coder.id
