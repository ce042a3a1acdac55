"""The options by which commands say how co-occurrences are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from coder_app.cli.project import name
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.coders import coder_named
from coder_app.store.project import Project

if TYPE_CHECKING:
    from coder_app.analysis.how import Counting

# The names are written out here so that the help needs no analysis; a test keeps both the same.
MODES = ("segments", "pairs", "characters", "units", "relation", "proximity", "windows")
UNITS = ("paragraph", "sentence", "turn", "window", "document", "case")


@dataclass(frozen=True, slots=True)
class Asked:
    """How to count, as it was typed."""

    mode: str
    unit: str
    coders: str
    roll_up: bool


_OPTIONS: tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...] = (
    click.option("--mode", type=click.Choice(MODES), default="segments", help=tr("What is counted.")),
    click.option("--unit", type=click.Choice(UNITS), default="paragraph", help=tr("What is looked at as a whole.")),
    click.option(
        "--coders",
        "whose",
        type=name,
        default="each",
        metavar="each|merged|NAME|consensus:K",
        help=tr("Each coder's own table, all in one, one coder alone, or what K coders agree on."),
    ),
    click.option("--roll-up", is_flag=True, help=tr("Let a code count with all its sub-codes.")),
)


def counting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as one argument `asked`, an Asked."""

    @wraps(command)
    def with_counting(*args: Any, mode: str, unit: str, whose: str, roll_up: bool, **options: Any) -> Any:  # noqa: ANN401 (click's values, handed through)
        return command(*args, asked=Asked(mode, unit, whose, roll_up), **options)

    made: Callable[..., Any] = with_counting
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


def counting_of(project: Project, asked: Asked) -> "Counting":
    """Return how to count. Raises BadInput for a coder whom nobody knows."""
    from coder_app.analysis.how import Counting, Mode, Unit

    return Counting(Mode(asked.mode), Unit(asked.unit), _coders(project, asked.coders), asked.roll_up)


def _coders(project: Project, wanted: str) -> str:
    if wanted in {"each", "merged"} or wanted.startswith("consensus:"):
        return wanted
    coder = coder_named(project, wanted)
    if coder is None:
        raise BadInput(tr("Nobody called “{name}” codes in the project; “info” names the coders.", name=wanted))
    return coder.id
