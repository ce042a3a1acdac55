"""The history as a table, for an audit trail that goes with a report."""

from collections.abc import Iterable, Iterator

from coder_app.domain.disagreement import NOTHING_HIDDEN, Blinds
from coder_app.domain.field_words import kind_name, one_name
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr
from coder_app.queries.history import HistoryStep, step_list, steps
from coder_app.queries.history_filter import Wanted
from coder_app.queries.history_rows import step_rows
from coder_app.store.project import Project

_EVERY = 100


def history_table(
    project: Project,
    wanted: Wanted | None = None,
    *,
    rows: bool = False,
    blinds: Blinds = NOTHING_HIDDEN,
    on_progress: OnProgress = tell_nobody,
) -> Table:
    """Return the steps that `wanted` asks for (all without it), the oldest first, one row for each.

    Of steps that `blinds` hide nothing is told but that they are hidden.

    With `rows` each field of each row that a step changed is a row of the table, with the wording before and after.
    """
    wanted = wanted or Wanted()
    refs = step_list(project, wanted, blinds=blinds)[::-1]
    columns = (
        Column("made_at", tr("When (UTC)")),
        Column("coder", tr("Coder")),
        Column("what", tr("What was done")),
        Column("rows", tr("Rows"), Kind.COUNT),
        Column("kind", tr("Kind of step")),
        Column("undone_by", tr("Undone by")),
        Column("undoes", tr("Undoes")),
        Column("step", tr("Step")),
    )
    if rows:
        columns += (
            Column("thing", tr("Thing")),
            Column("how", tr("How")),
            Column("field", tr("Field")),
            Column("before", tr("Before")),
            Column("after", tr("After")),
        )
    return Table(
        tr("History of the project"),
        columns,
        tuple(_rows(project, steps(project, refs, blinds), len(refs), rows=rows, on_progress=on_progress)),
        _settings(project, wanted),
    )


def _rows(
    project: Project, told: Iterable[HistoryStep], number: int, *, rows: bool, on_progress: OnProgress
) -> Iterator[tuple[Cell, ...]]:
    for done, step in enumerate(told):
        if done % _EVERY == 0:
            on_progress(done, number)
        cells = (step.made_at, step.coder, step.words, step.rows, _kind(step), step.undone_by, step.undoes, step.id)
        if not rows or step.is_hidden:
            yield cells if not rows else (*cells, None, None, None, None, None)
            continue
        for row in step_rows(project, step.id, None).rows:
            thing = f"{one_name(row.table)}: {row.what}"
            for field in row.fields:
                yield (*cells, thing, _how(row.how), field.field, field.before, field.after)
            if not row.fields:
                yield (*cells, thing, _how(row.how), None, None, None)


def _kind(step: HistoryStep) -> str:
    names = {"new": tr("beginning"), "undo": tr("undo"), "redo": tr("redo"), "revert": tr("taken back")}
    return names.get(step.step, tr("edit"))


def _how(how: str) -> str:
    return {"added": tr("added"), "changed": tr("changed"), "removed": tr("removed")}[how]


def _settings(project: Project, wanted: Wanted) -> dict[str, str]:
    def name(table: str, row_id: str) -> str:
        found = project.rows(f"SELECT name FROM {table} WHERE id = ?", (row_id,))
        return found[0][0] if found else row_id

    told = (
        (tr("Project"), project.rows("SELECT name FROM project")[0][0]),
        (tr("Coder"), wanted.coder_id and name("coder", wanted.coder_id)),
        (tr("Source"), wanted.source_id and name("source", wanted.source_id)),
        (tr("Code"), wanted.code_id and name("code", wanted.code_id)),
        (tr("Kinds"), ", ".join(kind_name(kind) for kind in wanted.kinds)),
        (tr("Since"), wanted.since),
        (tr("Until"), wanted.until),
        (tr("Text"), wanted.text),
        (tr("Steps"), tr("those in force") if wanted.in_force else ""),
    )
    return {words: value for words, value in told if value}
