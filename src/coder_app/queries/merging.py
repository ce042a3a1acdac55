"""What has to be read before and after a merge to tell in words what it did."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from coder_app.store import journal
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

Places = dict[str, tuple[int | None, int | None]]
"""Where segments stand in today's text, by id."""


@dataclass(frozen=True, slots=True)
class StepTold:
    """Who made a step, and when (UTC)."""

    id: str
    coder: str
    wall_time: str


@dataclass(frozen=True, slots=True)
class TextTold:
    """What became of the segments of a source whose text is another now, or was coded as it was before.

    `unchanged` stand where they stood or were marked, `moved` went with their words, `to_check` are not certain.
    """

    source_id: str
    source: str
    unchanged: int
    moved: int
    to_check: int


def steps_told(project: Project, ids: Iterable[str]) -> list[StepTold]:
    """Return who made these steps and when, in their total order."""
    sql = (
        "SELECT change_set.id, coalesce(coder.name, ''), wall_time FROM change_set"
        f" LEFT JOIN coder ON coder.id = coder_id WHERE change_set.id IN {AMONG} ORDER BY made_at, change_set.id"
    )
    return [StepTold(*row) for some in chunks(ids) for row in project.each(sql, (id_list(some),))]


def coders_of_copies(project: Project) -> dict[str, list[str]]:
    """Return by the ids of copies the names of those who have made steps there, as far as they are known here."""
    found: dict[str, list[str]] = {}
    sql = "SELECT DISTINCT replica_id, name FROM change_set JOIN coder ON coder.id = coder_id ORDER BY name"
    for replica, name in project.rows(sql):
        found.setdefault(replica, []).append(name)
    return found


def last_touched(project: Project, ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return which of these steps, given in their total order, wrote each row last, by table and row."""
    found: dict[tuple[str, str], str] = {}
    sql = (
        "SELECT change_set_id, table_name, row_id FROM row_change"
        f" JOIN change_set ON change_set.id = change_set_id WHERE change_set_id IN {AMONG}"
        " ORDER BY made_at, change_set_id, seq"
    )
    for some in chunks(ids):
        for step, table, row_id in project.each(sql, (id_list(some),)):
            if row_id:
                found[table, row_id] = step
                continue
            # A batch: its rows are packed, and written after what the step did before it.
            for entry in journal.entries(project.db, step):
                batch = entry.batch() if entry.table == table else None
                found.update(((table, one), step) for one in (batch.row_ids() if batch is not None else ()))
    return found


def differing_texts(project: Project, other: Project) -> set[str]:
    """Return the ids of the sources that have another text in `other`."""
    sql = "SELECT id, text_hash FROM source"
    mine, theirs = dict(project.rows(sql)), dict(other.rows(sql))
    return {source_id for source_id in mine.keys() & theirs.keys() if mine[source_id] != theirs[source_id]}


def places(project: Project, source_ids: Collection[str]) -> Places:
    """Return where the segments of these sources stand today."""
    sql = f"SELECT id, now_start, now_stop FROM segment WHERE source_id IN {AMONG}"
    return {
        row_id: (start, stop)
        for some in chunks(source_ids)
        for row_id, start, stop in project.each(sql, (id_list(some),))
    }


def texts_told(project: Project, source_ids: Collection[str], before: Places) -> list[TextTold]:
    """Return what became of the segments of these sources, which stood at `before` or came in since."""
    sql = (
        "SELECT segment.id, start, stop, now_start, now_stop, placed FROM segment"
        " WHERE source_id = ? AND text_hash IS NOT NULL"
    )
    told: list[TextTold] = []
    for source_id, name in project.rows("SELECT id, name FROM source ORDER BY folder, order_key, id"):
        if source_id not in source_ids:
            continue
        unchanged = moved = to_check = 0
        for row_id, start, stop, now_start, now_stop, placed in project.each(sql, (source_id,)):
            stood = before.get(row_id, (start, stop))
            to_check += not placed
            unchanged += bool(placed) and stood == (now_start, now_stop)
            moved += bool(placed) and stood != (now_start, now_stop)
        told.append(TextTold(source_id, name, unchanged, moved, to_check))
    return told


def sources_of_segments(project: Project, ids: Iterable[str]) -> dict[str, str]:
    """Return the id of the source of each of these segments that is there."""
    sql = f"SELECT id, source_id FROM segment WHERE id IN {AMONG}"
    return dict(row for some in chunks(ids) for row in project.each(sql, (id_list(some),)))


def older_texts(project: Project, segment_ids: Iterable[str]) -> set[str]:
    """Return the ids of the sources in whose earlier text some of these segments were marked."""
    sql = (
        "SELECT DISTINCT source.id FROM segment JOIN source ON source.id = source_id"
        f" WHERE segment.id IN {AMONG} AND segment.text_hash IS NOT source.text_hash"
    )
    return {row[0] for some in chunks(segment_ids) for row in project.each(sql, (id_list(some),))}
