"""Decides what copies that were changed apart have left undecided; the decision travels like any other change."""

from collections.abc import Callable, Sequence

from coder_app.domain.change import Value
from coder_app.domain.errors import BadInput
from coder_app.edits.codes import delete_codes
from coder_app.edits.codings import delete_segments, remove_codings
from coder_app.edits.memos import remove_memos
from coder_app.edits.sources import remove_sources
from coder_app.i18n import tr
from coder_app.queries.conflicts import DELETED, DIFFERENT, REVIVED, Conflict, conflicts, fields_of, row_of
from coder_app.store.project import Project
from coder_app.store.standing import references


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
    settle_all(project, [(undecided, values)])


def settle_all(project: Project, decisions: Sequence[tuple[Conflict, tuple[Value, ...]]]) -> None:
    """Decide several conflicts, each for some values, as one step. Raises BadInput as `settle` does."""
    undecided = [one for one, _ in decisions]
    _still_undecided(project, undecided)
    if any(one.kind != DIFFERENT or len(values) != len(fields_of(one)) for one, values in decisions):
        raise BadInput(tr("This is not a choice between two values; nothing was changed."))
    with project.edit(_label(undecided)):
        for one, values in decisions:
            fields = fields_of(one)
            row = row_of(project, one.table, one.row_id) or {}
            different = {name: value for name, value in zip(fields, values, strict=True) if row.get(name) != value}
            if different:
                project.update(one.table, one.row_id, different)
            project.confirm(one.table, one.row_id, fields)


def drop(project: Project, undecided: Sequence[Conflict]) -> None:
    """Delete what one copy had deleted and another changed or used, with all that uses it, as one step.

    Raises BadInput where one of them is decided already, or nobody had deleted it.
    """
    _still_undecided(project, undecided)
    if any(one.kind not in {DELETED, REVIVED} for one in undecided):
        raise BadInput(tr("Nobody has deleted this; nothing was changed."))
    with project.edit(f"Delete “{undecided[0].thing}”" if len(undecided) == 1 else f"Delete {len(undecided)} things"):
        for one in undecided:
            # An earlier one may have taken it along.
            if row_of(project, one.table, one.row_id) is not None:
                _DELETES.get(one.table, _delete_with_uses(one.table))(project, [one.row_id])


def _delete_with_uses(table: str) -> Callable[[Project, list[str]], None]:
    def delete(project: Project, ids: list[str]) -> None:
        for user, column, used in references(project.db):
            if used == table:
                users = project.ids(f'SELECT id FROM "{user}" WHERE "{column}" IN {{among}}', ids)
                if users:
                    _DELETES.get(user, _delete_with_uses(user))(project, users)
        project.delete(table, ids)

    return delete


_DELETES: dict[str, Callable[[Project, list[str]], None]] = {
    "code": delete_codes,
    "source": remove_sources,
    "segment": delete_segments,
    "coding": remove_codings,
    "memo": remove_memos,
}


def _still_undecided(project: Project, wanted: Sequence[Conflict]) -> None:
    known = {(one.kind, one.table, one.row_id, one.field) for one in conflicts(project)}
    if not wanted or any((one.kind, one.table, one.row_id, one.field) not in known for one in wanted):
        raise BadInput(tr("This has been decided already; nothing was changed."))


def _label(undecided: Sequence[Conflict]) -> str:
    return f"Decide “{undecided[0].thing}”" if len(undecided) == 1 else f"Decide {len(undecided)} conflicts"
