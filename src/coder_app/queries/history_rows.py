"""What one step did, row by row, in the field's words: names instead of ids, a quotation instead of a range."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from coder_app.domain.change import Row, RowChange, Value
from coder_app.domain.errors import BadInput
from coder_app.domain.field_words import TEXTS, field_name
from coder_app.domain.step_words import how_changed
from coder_app.i18n import tr
from coder_app.queries.history_names import LATEST, NAMES, Names, batches
from coder_app.store import journal
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.migrations import journaled_columns
from coder_app.store.project import Project

SHOWN = 200
"""So many rows of a step are shown unless more are asked for."""

_QUOTED = 80
_TEXTS = 20
_REFERS = {
    "parent_id": "code",
    "code_id": "code",
    "source_id": "source",
    "coder_id": "coder",
    "case_id": "case",
    "variable_id": "variable",
    "set_id": "set",
    "memo_id": "memo",
    "round_id": "round",
    "side": "coder",
}
_KEY, _SHARED = "key.", "coderbook."
_UNSAID = {
    "id",
    "order_key",
    "text_hash",
    "original_hash",
    "blocks_hash",
    "importer",
    "importer_version",
    "created_at",
    "imported_at",
    "original_name",
    "judged",
    "agreed",
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a row before and after a step in words; None where the row was not there."""

    name: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What a step did to one row: `how` is added, changed or removed, `what` names the thing."""

    table: str
    row_id: str
    how: str
    what: str
    fields: tuple[ShownField, ...]

    @property
    def has_wording(self) -> bool:
        """Say whether the row holds words that can be brought back as they were."""
        return any(field.name in TEXTS.get(self.table, ()) for field in self.fields)


@dataclass(frozen=True, slots=True)
class StepRows:
    """The first rows of a step, and how many it changed altogether."""

    rows: tuple[ShownRow, ...]
    number: int


def read_single_rows(project: Project, step_ids: Iterable[str]) -> dict[str, list[RowChange]]:
    """Return the net changes of steps by step; one that holds packed rows is left out."""
    wanted = list(step_ids)
    raw: dict[str, list[tuple[str, str, str | None, str | None]]] = {step_id: [] for step_id in wanted}
    for step_id, table, row_id, before, after, packed in project.each(
        "SELECT change_set_id, table_name, row_id, row_change.before, row_change.after, rows"
        f" FROM row_change LEFT JOIN row_batch USING (seq) WHERE change_set_id IN {AMONG} ORDER BY seq",
        (id_list(wanted),),
    ):
        if packed is not None:
            raw.pop(step_id, None)
        elif step_id in raw:
            raw[step_id].append((table, row_id, before, after))
    return {step_id: _net(entries) for step_id, entries in raw.items()}


def _net(entries: list[tuple[str, str, str | None, str | None]]) -> list[RowChange]:
    first: dict[tuple[str, str], str | None] = {}
    last: dict[tuple[str, str], str | None] = {}
    for table, row_id, before, after in entries:
        first.setdefault((table, row_id), before)
        last[table, row_id] = after
    return [RowChange(*key, _image(before), _image(last[key])) for key, before in first.items() if before != last[key]]


def _image(text: str | None) -> Row | None:
    return None if text is None else row_of(text)


def row_of(image: Row | str) -> Row:
    """Return an image of the journal as a row."""
    return json.loads(image) if isinstance(image, str) else image


def step_rows(project: Project, step_id: str, most: int | None = SHOWN) -> StepRows:
    """Return what a step did row by row, the first `most` rows (all for None).

    Raises BadInput where the history holds no such step.
    """
    found = journal.change_set(project.db, step_id)
    if found is None:
        raise BadInput(tr("The history holds no step {id}; “history” lists them.", id=step_id))
    made_at = project.rows("SELECT made_at FROM change_set WHERE id = ?", (step_id,))[0][0]
    changes = list(islice(found.rows, most))
    words = RowWords(project, made_at, changes)
    return StepRows(tuple(words.row(change) for change in changes), len(found.rows))


def _is_key(image: Row) -> bool:
    """Say whether this is a setting that gives a code a key of one's own."""
    return "coder_id" in image and str(image.get("name") or "").startswith(_KEY)


def _setting(name: str) -> str:
    if name.startswith(_KEY):
        return tr("the key {key}", key=name.removeprefix(_KEY))
    return tr("the shared codebook") if name.startswith(_SHARED) else name


class RowWords:
    """What some rows and their fields say in the field's words, as things were called then."""

    def __init__(self, project: Project, made_at: int, changes: list[RowChange]) -> None:
        self._project = project
        self._made_at = made_at
        images = [image for one in changes for image in (one.before, one.after) if image]
        self._codings = self._rows("coding", (str(image["coding_id"]) for image in images if image.get("coding_id")))
        coded = [*images, *self._codings.values()]
        segments = {str(image["segment_id"]) for image in coded if image.get("segment_id")}
        self._segments = self._rows("segment", segments)
        self._segments.update((one.row_id, one.after or one.before or {}) for one in changes if one.table == "segment")
        wanted: dict[str, set[str]] = {table: set() for table in NAMES}
        for one in changes:
            wanted.get(one.table, set[str]()).add(one.row_id)
        for image in [*coded, *self._segments.values()]:
            for column, table in _REFERS.items():
                if image.get(column):
                    wanted[table].add(str(image[column]))
            if _is_key(image):
                wanted["code"].add(str(image.get("value")))
        self._names = Names(project, wanted)
        self._texts: dict[str, str] = {}

    def _rows(self, table: str, ids: Iterable[str]) -> dict[str, Row]:
        return last_images(self._project, table, ids)

    def row(self, change: RowChange) -> ShownRow:
        """Return a row change in words."""
        how = how_changed(change)
        image = change.after or change.before or {}
        return ShownRow(change.table, change.row_id, how, self.what(change.table, image), tuple(self._fields(change)))

    def what(self, table: str, image: Row) -> str:
        """Return what one calls a row."""
        match table:
            case "coding":
                return tr("{code} on {passage}", code=self._value("code_id", image), passage=self._passage(image))
            case "segment":
                return self._passage({"segment_id": image.get("id")})
            case "memo":
                return tr("on {thing}", thing=self._memo_target(image))
            case "code_example":
                return self._passage(image) if image.get("segment_id") else tr("“{words}”", words=image.get("text"))
            case "assignment" | "decision":
                return tr("in {source}", source=self._value("source_id", image))
            case _:
                name = str(image.get(NAMES.get(table, "name")) or image.get("text") or image.get("value") or "")
                return _setting(name) if table == "setting" else name

    def _memo_target(self, image: Row) -> str:
        column = next((one for one in ("code_id", "source_id", "case_id") if image.get(one)), None)
        if column is not None:
            return self._value(column, image)
        if image.get("coding_id"):
            return self.what("coding", self._codings.get(str(image["coding_id"]), {}))
        return self._passage(image) if image.get("segment_id") else tr("the project")

    def _fields(self, change: RowChange) -> Iterator[ShownField]:
        changed = change.changed()
        seen = [name for name in (change.after or change.before or {}) if name in changed and name not in _UNSAID]
        if change.before is not None and change.after is not None and "text_hash" in changed:
            seen += ["text_hash"] if change.table == "source" else []
        if not seen and "order_key" in changed and change.before and change.after:
            seen = ["order_key"]
        for name in seen:
            before, after = self._side(name, change.before), self._side(name, change.after)
            if before or after:
                yield ShownField(name, field_name(name), before, after)

    def _side(self, name: str, image: Row | None) -> str | None:
        return None if image is None else self._value(name, image)

    def _value(self, name: str, image: Row) -> str:
        value = image.get(name)
        if value is None:
            return tr("the top") if name == "parent_id" else ""
        if name in _REFERS:
            return self._names.at(self._made_at, _REFERS[name], str(value))
        if name == "value" and _is_key(image):
            return self._names.at(self._made_at, "code", str(value))
        if name == "name" and _is_key(image):
            return str(value).removeprefix(_KEY)
        special = {
            "segment_id": lambda: self._passage(image),
            "coding_id": lambda: self.what("coding", self._codings.get(str(value), {})),
            "is_codable": lambda: tr("yes") if value else tr("no"),
            "is_blind": lambda: tr("yes") if value else tr("no"),
            "text_hash": lambda: self._described_text(str(value)),
            "order_key": lambda: tr("another place"),
        }
        return special[name]() if name in special else str(value)

    def _described_text(self, digest: str) -> str:
        found = self._project.rows("SELECT characters FROM text_body WHERE hash = ?", (digest,))
        return tr("{n} characters ({hash})", n=found[0][0] if found else "?", hash=digest[:8])

    def _passage(self, image: Row) -> str:
        segment = self._segments.get(str(image.get("segment_id")), {})
        source = self._value("source_id", segment)
        start, stop, digest = segment.get("start"), segment.get("stop"), segment.get("text_hash")
        if not (isinstance(start, int) and isinstance(stop, int)):
            return source
        words = self._words(str(digest), start, min(stop, start + _QUOTED))
        return tr("“{words}” ({source})", words=words + ("…" if stop > start + _QUOTED else ""), source=source)

    def _words(self, digest: str, start: int, stop: int) -> str:
        # A long text is read once, not once for each of its passages.
        if digest not in self._texts:
            if len(self._texts) > _TEXTS:
                self._texts.clear()
            self._texts[digest] = self._project.text(digest)
        return " ".join(self._texts[digest][start:stop].split())


def last_images(project: Project, table: str, ids: Iterable[str]) -> dict[str, Row]:
    """Return rows as they are, or as they were last where they are gone."""
    wanted = set(ids)
    found: dict[str, Row] = {str(row["id"]): row for row in _standing(project, table, wanted)}
    for some in chunks(wanted - found.keys()):
        for row_id, image in project.each(
            "SELECT row_id, coalesce(after, before) FROM row_change"
            " LEFT JOIN change_set ON change_set.id = change_set_id"
            f" WHERE row_id IN {AMONG} AND table_name = ? ORDER BY coalesce(made_at, {LATEST}), change_set_id, seq",
            (id_list(some), table),
        ):
            found[row_id] = row_of(image)
    missing = wanted - found.keys()
    for batch in batches(project, table) if missing else ():
        part = batch.only(missing)
        for change in part.changes() if part is not None else ():
            found[change.row_id] = change.after or change.before or {}
    return found


def _standing(project: Project, table: str, ids: Iterable[str]) -> Iterator[dict[str, Value]]:
    columns = journaled_columns(project.db, table)
    for some in chunks(ids):
        names = ", ".join(f'"{name}"' for name in columns)
        for values in project.each(f'SELECT {names} FROM "{table}" WHERE id IN {AMONG}', (id_list(some),)):
            yield dict(zip(columns, values, strict=True))
