"""What the journal makes of each row: the one rule by which copies that were changed apart come together.

A row is live where one of its heads, the changes that no other change of it had seen, is no delete. A field
has the value that was set last in the total order (made_at, id). Where changes that had not seen each other
set it differently, the later stands and both are a conflict, until a change that has seen them all sets it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlite_utils import Database

from coder_app.domain.change import Row, Value
from coder_app.i18n import tr
from coder_app.store.ancestry import Ancestry
from coder_app.store.journal import ENTRY, Entry
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns

Image = tuple[Value, ...]
"""The journaled columns of a row, in the table's order; the first is the id."""

ONE_VALUE = {
    "saved_query": (("text", "refers"),),
    "segment": (("text_hash", "start", "stop"), ("time_start", "time_stop")),
    "source": (
        ("text_hash", "blocks_hash", "original_hash", "original_name", "importer", "importer_version", "encoding"),
    ),
}
"""Fields that only together say something: they are set, and in conflict, as one."""

_NEVER_UNDECIDED = frozenset({"order_key", "created_at", "imported_at"})
"""Fields of which nobody needs to be asked which value is meant: the later stands."""

GONE = ""
"""Stands for a field's name in the conflict between a delete and a change that had not seen it."""


class Change(NamedTuple):
    """What one entry of the journal did to one row; `sets` names fields that it confirmed besides."""

    change_set_id: str
    before: Image | None
    after: Image | None
    sets: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that a change set gave to a field, or to fields that are one value."""

    change_set_id: str
    values: Image


@dataclass(frozen=True, slots=True)
class Folded:
    """A row as the journal says: its image, the last one where it is deleted, and what is undecided about it."""

    image: Image
    live: bool
    conflicts: dict[str, tuple[Setting, ...]]
    """The settings that stand against each other, earliest first, by field; for fields that are one value by the
    first of them; GONE for a delete (no values) beside a change."""
    last_set: dict[str, str]
    """The change set that gave each field its value; empty where only one change is known."""


def histories(
    db: Database, table: str, ids: Collection[str] | None = None, steps: Collection[str] | None = None
) -> dict[str, list[Change] | Change]:
    """Return all changes of the rows of a table in their total order: a lone change, or the list of them.

    `ids` limits it to these rows, `steps` to what these change sets did. Raises ValueError where the journal
    cannot be read.
    """
    found: dict[str, list[Change] | Change] = {}
    for row_id, change in _changes(db, table, ids):
        if steps is not None and change.change_set_id not in steps:
            continue
        known = found.get(row_id)
        if known is None:
            found[row_id] = change
        elif isinstance(known, list):
            known.append(change)
        else:
            found[row_id] = [known, change]
    return found


def _changes(db: Database, table: str, ids: Collection[str] | None) -> Iterator[tuple[str, Change]]:
    columns = journaled_columns(db, table)
    if ids is None:
        yield from _of_entries(_entries(db, "table_name = ?", (table,)), columns)
        return
    wanted = frozenset(ids)
    loose: list[tuple[tuple[int, str, int], str, Change]] = []
    batches = "table_name = ? AND row_id = ''"
    for chunk in chunks(wanted):
        for key, entry in _keyed(db, f"table_name = ? AND row_id IN {AMONG}", (table, id_list(chunk))):
            loose += ((key, row_id, change) for row_id, change in _of_entries([(key[1], entry)], columns))
    for key, entry in _keyed(db, batches, (table,)):
        loose += ((key, row_id, change) for row_id, change in _of_batch(key[1], entry, columns, wanted))
    loose.sort(key=lambda one: one[0])
    yield from ((row_id, change) for _, row_id, change in loose)


def _keyed(db: Database, where: str, values: Sequence[Value]) -> Iterator[tuple[tuple[int, str, int], Entry]]:
    cursor = db.conn.execute(
        f"SELECT made_at, change_set.id, seq, {ENTRY} FROM row_change LEFT JOIN row_batch USING (seq)"
        f" JOIN change_set ON change_set.id = row_change.change_set_id WHERE {where}"
        " ORDER BY made_at, change_set.id, seq",
        values,
    )
    for made_at, change_set_id, seq, *entry in cursor:
        yield (made_at, change_set_id, seq), Entry(*entry)


def _entries(db: Database, where: str, values: Sequence[Value]) -> Iterator[tuple[str, Entry]]:
    return ((key[1], entry) for key, entry in _keyed(db, where, values))


def _of_entries(entries: Iterable[tuple[str, Entry]], columns: list[str]) -> Iterator[tuple[str, Change]]:
    for change_set_id, entry in entries:
        if entry.rows is not None:
            yield from _of_batch(change_set_id, entry, columns, None)
        else:
            before, after = _image(entry.before, columns), _image(entry.after, columns)
            yield entry.row_id, Change(change_set_id, before, after, entry.sets)


def _of_batch(
    change_set_id: str, entry: Entry, columns: list[str], wanted: frozenset[str] | None
) -> Iterator[tuple[str, Change]]:
    batch = entry.batch()
    if batch is None:
        return
    ids = batch.row_ids()
    if len(ids) != batch.count:
        raise ValueError(tr("a batch of {n} rows holds {ids}", n=batch.count, ids=len(ids)))
    if wanted is not None and not wanted.intersection(ids):
        return
    befores, afters = batch.before(), batch.after()
    rows = zip(ids, _images(befores, ids, columns), _images(afters, ids, columns), strict=True)
    for row_id, before, after in rows:
        if wanted is None or row_id in wanted:
            yield row_id, Change(change_set_id, before, after, None)


def _images(
    by_column: dict[str, list[Value]] | None, ids: list[str], columns: list[str]
) -> Iterator[Image] | Iterator[None]:
    if by_column is None:
        return (None for _ in ids)
    return zip(*(ids if name == "id" else by_column[name] for name in columns), strict=True)


_DECODER = json.JSONDecoder()


def _parsed(text: str) -> object:
    """Return what a JSON text holds, at half of what json.loads takes of it. Raises ValueError."""
    found, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError(text)
    return found


def _image(text: str | None, columns: list[str]) -> Image | None:
    if text is None:
        return None
    image = _parsed(text)
    if isinstance(image, dict):
        row = cast("Row", image)
        return tuple(row.get(name) for name in columns)
    raise ValueError(text)


def fold(history: list[Change] | Change, table: str, columns: Sequence[str], seen: Ancestry) -> Folded:
    """Return what the changes of one row, in their total order, make of it."""
    if isinstance(history, Change):
        # A row begins with its insert; a lone change of another kind is found out by whoever compares.
        return Folded(history.after or history.before or (), history.after is not None, {}, {})
    groups = _groups(table, columns)
    values: list[Value] = [None] * len(columns)
    heads: list[Change] = []
    settings: dict[str, list[Setting]] = {name: [] for name in groups}
    deletes: list[Change] = []
    for change in history:
        for name in _fields_set(change, deletes, groups, seen):
            given = tuple(_taken(change.after, groups[name]))
            settings[name].append(Setting(change.change_set_id, given))
            for column, value in zip(groups[name], given, strict=True):
                values[column] = value
        heads = [head for head in heads if not seen.has_seen(change.change_set_id, head.change_set_id)]
        heads.append(change)
        if change.after is None:
            deletes.append(change)
    conflicts = {
        name: found for name in groups.keys() - _NEVER_UNDECIDED if (found := _against_each_other(settings[name], seen))
    }
    gone = [head for head in heads if head.after is None]
    if gone and len(gone) < len(heads):
        conflicts[GONE] = tuple(Setting(head.change_set_id, head.after or ()) for head in heads)
    last_set = {name: given[-1].change_set_id for name, given in settings.items() if given}
    return Folded(tuple(values), len(gone) < len(heads), conflicts, last_set)


def _groups(table: str, columns: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the places of the columns that are set together, by the name of the first of them."""
    together = ONE_VALUE.get(table, ())
    later = {name for names in together for name in names[1:]}
    by_first = {names[0]: names for names in together}
    return {
        name: tuple(columns.index(one) for one in by_first.get(name, (name,))) for name in columns if name not in later
    }


def _taken(image: Image | None, places: tuple[int, ...]) -> Iterator[Value]:
    return (None if image is None else image[place] for place in places)


def _fields_set(
    change: Change, deletes: list[Change], groups: dict[str, tuple[int, ...]], seen: Ancestry
) -> Iterable[str]:
    """Return the names of the groups that a change sets; a delete sets none."""
    if change.after is None:
        return ()
    before = change.before
    if before is None:
        # Taking back a delete brings the last image back: set is only what the row is given beyond that.
        before = next(
            (one.before for one in reversed(deletes) if seen.has_seen(change.change_set_id, one.change_set_id)),
            None,
        )
    if before is None:
        return list(groups)
    old, new = before, change.after
    confirmed = frozenset[str](json.loads(change.sets)) if change.sets else frozenset[str]()
    return [
        name
        for name, places in groups.items()
        if name in confirmed or any(old[place] != new[place] for place in places)
    ]


def _against_each_other(settings: list[Setting], seen: Ancestry) -> tuple[Setting, ...]:
    """Return the settings that no later one had seen, where they differ in what they say."""
    heads: list[Setting] = []
    for setting in settings:
        heads = [head for head in heads if not seen.has_seen(setting.change_set_id, head.change_set_id)]
        heads.append(setting)
    return tuple(heads) if len({head.values for head in heads}) > 1 else ()


def folded(db: Database, table: str, seen: Ancestry, ids: Collection[str] | None = None) -> dict[str, Folded]:
    """Return what the journal makes of the rows of a table, all of them or those with `ids`, by id."""
    columns = journaled_columns(db, table)
    found = histories(db, table, ids)
    return {row_id: fold(history, table, columns, seen) for row_id, history in found.items()}
