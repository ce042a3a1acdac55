"""What the worker computes for the layout, on a copy of the project: a table, and where coders differ."""

from dataclasses import dataclass, field, replace

from coder_app.analysis.agreement.disagreements import Found
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress
from coder_app.domain.table import Table
from coder_app.queries.agreeing import Basis, as_of
from coder_app.reports.agreement import Options, basis_of, differing, table_of
from coder_app.store.project import Project

RESAMPLED = ("codes", "values", "stretches", "domain")
"""The tables whose intervals take seconds."""
GAMMA = "gamma"
OF_UNITS = ("codes", "values", "pairs")
"""The tables that rest on what the report rests on: where they cannot be made, it cannot either."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A table, or the sentence that says why there is none; and the disagreements where they were asked for."""

    options: Options
    table: Table | None = None
    why: str = ""
    found: Found | None = None
    settings: dict[str, str] = field(default_factory=dict[str, str])


def answer(project: Project, options: Options, on_progress: OnProgress) -> Answer:
    """Return the table without intervals, and where the coders differ."""
    found: Found | None = None
    try:
        found = _found(project, basis_of(project, options), options, on_progress)
        quick = replace(options, resamples=0) if options.table in RESAMPLED else options
        table = table_of(project, quick, on_progress)
    except BadInput as error:
        return Answer(options, None, str(error), found)
    return Answer(options, table, "", found)


def _found(project: Project, basis: Basis, options: Options, on_progress: OnProgress) -> Found | None:
    """Return where the coders differ; None where no two coded one source, of which the table says more."""
    with as_of(project, basis) as then:
        try:
            return differing(then, basis, options, on_progress)
        except BadInput:
            return None


def with_intervals(project: Project, before: Answer, on_progress: OnProgress) -> Answer:
    """Return the same table with intervals."""
    return replace(before, table=table_of(project, before.options, on_progress))
