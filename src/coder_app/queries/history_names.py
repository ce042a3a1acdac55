"""What things were called when a step was made, also those that are gone since."""

from collections.abc import Iterable, Iterator, Mapping

from coder_app.domain.change import RowBatch
from coder_app.domain.packing import Cell
from coder_app.i18n import tr
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

NAMES = {
    "code": "name",
    "source": "name",
    "coder": "name",
    "case": "name",
    "variable": "name",
    "set": "name",
    "saved_query": "name",
    "project": "name",
    "memo": "title",
    "link": "name",
    "round": "name",
}
"""The column that names a row, by table."""

LATEST = 1 << 62
"""A clock value behind all others, for a step that is just being made."""

_Name = tuple[int, str, str | None]
"""Since when (made_at) a thing is called so; what it was called before, None where it was new."""


class Names:
    """The names of some things over time."""

    def __init__(self, project: Project, wanted: Mapping[str, Iterable[str]]) -> None:
        """Read the names of the rows in `wanted`, ids by table."""
        self._project = project
        self._names: dict[tuple[str, str], list[_Name]] = {}
        for table, ids in wanted.items():
            if table in NAMES:
                self._read(table, {row_id for row_id in ids if row_id})

    def _read(self, table: str, ids: set[str]) -> None:
        column = NAMES[table]
        for some in chunks(ids):
            for row_id, made_at, after, before in self._project.each(
                f"SELECT row_id, made_at, json_extract(after, '$.{column}'), json_extract(before, '$.{column}')"
                " FROM row_change JOIN change_set ON change_set.id = change_set_id"
                f" WHERE row_id IN {AMONG} AND table_name = ? ORDER BY made_at, change_set.id, seq",
                (id_list(some), table),
            ):
                self._names.setdefault((table, row_id), []).append((made_at, after or before or "", before))
        missing = ids - {row_id for known, row_id in self._names if known == table}
        for some in chunks(missing):
            sql = f'SELECT id, "{column}" FROM "{table}" WHERE id IN {AMONG}'
            for row_id, name in self._project.each(sql, (id_list(some),)):
                self._names[table, row_id] = [(0, name, None)]
        gone = missing - {row_id for known, row_id in self._names if known == table}
        for row_id, name in _from_batches(self._project, table, column, gone).items():
            self._names[table, row_id] = [(0, str(name or ""), None)]

    def at(self, made_at: int, table: str, row_id: str) -> str:
        """Return what a thing was called right after the step made then."""
        names = self._names.get((table, row_id))
        if not names:
            return tr("?")
        earlier = [name for since, name, _ in names if since <= made_at]
        if earlier:
            return earlier[-1]
        _, name, before = names[0]
        return name if before is None else before


def _from_batches(project: Project, table: str, column: str, ids: set[str]) -> dict[str, Cell]:
    """Return a column of rows that only large steps have ever touched."""
    found: dict[str, Cell] = {}
    if not ids:
        return found
    for batch in batches(project, table):
        columns = batch.after() or batch.before() or {}
        found.update((one, value) for one, value in zip(batch.row_ids(), columns[column], strict=True) if one in ids)
    return found


def batches(project: Project, table: str) -> Iterator[RowBatch]:
    """Yield the packed changes of a table, in the total order of the journal."""
    return (batch for _, _, batch in batches_with_steps(project, table))


def batches_with_steps(project: Project, table: str = "") -> Iterator[tuple[str, int, RowBatch]]:
    """Yield (step, made_at, batch) of the packed changes of a table, or of all, in the total order."""
    for step_id, made_at, *packed in project.each(
        f"SELECT change_set_id, coalesce(made_at, {LATEST}) AS at, table_name, rows, row_ids,"
        " row_batch.before, row_batch.after"
        " FROM row_batch JOIN row_change USING (seq) LEFT JOIN change_set ON change_set.id = change_set_id"
        " WHERE table_name = ? OR ? = '' ORDER BY at, change_set_id, seq",
        (table, table),
    ):
        yield step_id, made_at, RowBatch(*packed)


def segment_sources(project: Project, ids: Iterable[str]) -> dict[str, str]:
    """Return the source of each segment, also of those that are gone."""
    wanted = {row_id for row_id in ids if row_id}
    found: dict[str, str] = {}
    for some in chunks(wanted):
        found.update(project.rows(f"SELECT id, source_id FROM segment WHERE id IN {AMONG}", (id_list(some),)))
    for some in chunks(wanted - found.keys()):
        found.update(
            project.rows(
                "SELECT row_id, json_extract(coalesce(after, before), '$.source_id') FROM row_change"
                f" WHERE row_id IN {AMONG} AND table_name = 'segment' ORDER BY seq",
                (id_list(some),),
            )
        )
    gone = _from_batches(project, "segment", "source_id", wanted - found.keys())
    return found | {row_id: str(source_id) for row_id, source_id in gone.items()}
