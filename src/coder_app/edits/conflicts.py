"""Decides what copies that were changed apart have left undecided; the decision travels like any other change."""

from collections.abc import Sequence

from coder_app.domain.change import Value
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.conflicts import DIFFERENT, Conflict, conflicts, fields_of, row_of
from coder_app.store.project import Project


def keep(project: Project, undecided: Sequence[Conflict]) -> None:
    """Decide that what stands now is meant: a value that was set later, a row that one copy had deleted.

    Raises BadInput where one of them is decided already.
    """
    _still_undecided(project, undecided)
    with project.edit(_label(undecided)):
        for one in undecided:
            # Any field will do to say of a row that it is to stay; the id never differs.
            fields = {DIFFERENT: fields_of(one), "cut": ("parent_id",)}.get(one.kind, ("id",))
            project.confirm(one.table, one.row_id, fields)


def settle(project: Project, undecided: Conflict, values: tuple[Value, ...]) -> None:
    """Decide for the values of one of its sides, or for others; `values` are those of `fields_of(undecided)`.

    Raises BadInput where it is decided already, or is not about a field.
    """
    _still_undecided(project, [undecided])
    fields = fields_of(undecided)
    if undecided.kind != DIFFERENT or len(values) != len(fields):
        raise BadInput(tr("This is not a choice between two values; nothing was changed."))
    with project.edit(_label([undecided])):
        row = row_of(project, undecided.table, undecided.row_id) or {}
        different = {name: value for name, value in zip(fields, values, strict=True) if row.get(name) != value}
        if different:
            project.update(undecided.table, undecided.row_id, different)
        project.confirm(undecided.table, undecided.row_id, fields)


def _still_undecided(project: Project, wanted: Sequence[Conflict]) -> None:
    known = {(one.kind, one.table, one.row_id, one.field) for one in conflicts(project)}
    if not wanted or any((one.kind, one.table, one.row_id, one.field) not in known for one in wanted):
        raise BadInput(tr("This has been decided already; nothing was changed."))


def _label(undecided: Sequence[Conflict]) -> str:
    return f"Decide “{undecided[0].thing}”" if len(undecided) == 1 else f"Decide {len(undecided)} conflicts"
