"""A merge as tables: what came in one by one, and beside it the copies, what is undecided and the texts."""

from coder_app.domain.field_words import field_name, kind_name, one_name
from coder_app.domain.table import Cell, Column, Kind, Table
from coder_app.i18n import tr
from coder_app.queries.conflicts import CUT, DELETED, DIFFERENT, REVIVED, Conflict
from coder_app.queries.overview import overview
from coder_app.store.project import Project
from coder_app.team.merge import Report
from coder_app.team.report import ADDED, CHANGED, REMOVED, Item


def how_word(how: str) -> str:
    """Return in words what became of an item."""
    return {ADDED: tr("added"), CHANGED: tr("changed"), REMOVED: tr("removed")}[how]


def why_undecided(one: Conflict) -> str:
    """Return in a sentence why something is undecided."""
    sentences = {
        DIFFERENT: tr("Both changed it."),
        DELETED: tr("One deleted it, the other changed it; it is kept until somebody decides."),
        REVIVED: tr("One deleted it, the other used it; it is kept until somebody decides."),
        CUT: tr("Both moved codes, each under the other; this one stands at the top until somebody decides."),
    }
    return sentences[one.kind]


def report_tables(project: Project, report: Report) -> tuple[Table, ...]:
    """Return a report as tables, what came in item by item as the first."""
    return _items(project, report), _copies(report), _undecided(report), _texts(report)


def _items(project: Project, report: Report) -> Table:
    columns = (
        Column("copy", tr("Copy")),
        Column("kind", tr("Kind")),
        Column("what", tr("What")),
        Column("coder", tr("Coder")),
        Column("change", tr("What happened")),
        Column("n", tr("Number"), Kind.COUNT),
        Column("field", tr("Field")),
        Column("before", tr("Before")),
        Column("after", tr("After")),
    )
    rows = tuple(row for item in report.items for row in _rows(item))
    settings = {
        tr("Project"): overview(project).name,
        tr("Copies"): ", ".join(report.names),
        tr("Steps that came in"): str(report.change_sets),
    }
    if report.held_back:
        settings[tr("Steps that wait for others")] = str(len(report.held_back))
    if report.aligned is not None:
        settings[tr("Sources made one")], settings[tr("Codes made one")] = map(str, report.aligned)
    return Table(tr("Merge"), columns, rows, settings)


def _rows(item: Item) -> list[tuple[Cell, ...]]:
    kind = one_name(item.kind) if item.rows == 1 else kind_name(item.kind)
    told = (item.copy, kind, item.what, item.coder, how_word(item.how), item.rows)
    return [(*told, *field) for field in item.fields] or [(*told, "", "", "")]


def _copies(report: Report) -> Table:
    columns = (
        Column("copy", tr("Copy")),
        Column("steps", tr("Steps"), Kind.COUNT),
        Column("coders", tr("Coders")),
        Column("first", tr("First step (UTC)")),
        Column("last", tr("Last step (UTC)")),
    )
    rows = tuple((one.file, one.steps, ", ".join(one.coders), one.first, one.last) for one in report.copies)
    return Table(tr("Copies"), columns, rows)


def _undecided(report: Report) -> Table:
    columns = (
        Column("kind", tr("Kind")),
        Column("what", tr("What")),
        Column("field", tr("Field")),
        Column("why", tr("Why")),
        Column("value", tr("Value")),
        Column("coder", tr("Coder")),
        Column("made_at", tr("When (UTC)")),
        Column("stands", tr("Stands")),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in report.new_conflicts:
        field = field_name(one.field) if one.field else ""
        for side in one.sides:
            stands = tr("yes") if side is one.sides[-1] and one.kind == DIFFERENT else ""
            told = (one_name(one.table), one.thing, field, why_undecided(one))
            rows.append((*told, side.shown, side.coder, side.wall_time, stands))
    return Table(tr("Undecided"), columns, tuple(rows))


def _texts(report: Report) -> Table:
    columns = (
        Column("source", tr("Source")),
        Column("unchanged", tr("Unchanged"), Kind.COUNT),
        Column("moved", tr("Moved"), Kind.COUNT),
        Column("to_check", tr("To check"), Kind.COUNT),
    )
    rows = tuple((one.source, one.unchanged, one.moved, one.to_check) for one in report.texts)
    return Table(tr("Segments of corrected texts"), columns, rows)
