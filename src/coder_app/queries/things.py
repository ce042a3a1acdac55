"""What the rows of a project are called, so that a list of them can be read by a person."""

from coder_app.domain.change import Row, Value
from coder_app.domain.excerpts import excerpts
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project

_SHORTENED = 60
_NAMED = {"source": "name", "coder": "name", "case": "name", "variable": "name", "set": "name", "project": "name",
          "round": "name", "saved_query": "name"}  # fmt: skip


class Things:
    """Names the rows of a project as it is now; what it was asked once it knows."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._tree = code_tree(project)

    def name(self, table: str, image: Row) -> str:
        """Return what a row is called, such as the path of a code or the words of a passage."""
        row_id = str(image.get("id") or "")
        if table == "code":
            return self._tree.path(row_id) if row_id in self._tree else str(image.get("name") or "")
        if table in _NAMED:
            return str(image.get(_NAMED[table]) or "")
        if table == "memo":
            return shortened(str(image.get("title") or image.get("body") or ""))
        if table == "segment":
            return self._quote(image)
        if table == "coding":
            return tr(
                "“{code}” on “{passage}”",
                code=self.of("code", image.get("code_id")),
                passage=self.of("segment", image.get("segment_id")),
            )
        words = self.of("source", image.get("source_id")) if table in {"assignment", "decision"} else ""
        return words or shortened(str(image.get("text") or image.get("name") or image.get("value") or row_id))

    def of(self, table: str, row_id: Value) -> str:
        """Return what the row of a table with this id is called; a sign for it where it is gone."""
        columns = [row[1] for row in self._project.rows(f'PRAGMA table_info("{table}")')]
        found = self._project.rows(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
        return self.name(table, dict(zip(columns, found[0], strict=True))) if found else tr("(gone)")

    def _quote(self, segment: Row) -> str:
        start, stop = segment.get("start"), segment.get("stop")
        if not isinstance(start, int) or not isinstance(stop, int):
            return tr("a place in “{source}”", source=self.of("source", segment.get("source_id")))
        found = self._project.rows(
            "SELECT substr(text, ?, ?) FROM text_body WHERE hash = ?",
            (start + 1, min(stop - start, 2 * _SHORTENED), segment.get("text_hash")),
        )
        return shortened(found[0][0]) if found else tr("(gone)")

    def value(self, table: str, field: str, values: tuple[Value, ...]) -> str:
        """Return the value of a field, or of fields that are one value, as a person may read it."""
        value = values[0]
        if value is None:
            return tr("(none)") if field.endswith("_id") else ""
        if field in {"parent_id", "side"} or (table == "setting" and str(value) in self._tree):
            return self.of("coder" if field == "side" else "code", value)
        if field.endswith("_id") and field != "owner_id":
            return self.of(field.removesuffix("_id"), value)
        if field == "text_hash" and table == "segment":
            start, stop = values[1], values[2]
            return self._quote({"text_hash": value, "start": start, "stop": stop})
        if field == "text_hash":
            found = self._project.rows("SELECT characters, words FROM text_body WHERE hash = ?", (value,))
            return tr("a text of {n} words, {m} characters", n=found[0][1], m=found[0][0]) if found else tr("(gone)")
        return str(value)

    def wording(self, text_hash: Value, other_hash: Value) -> str:
        """Return how a text says what it says otherwise than another one, place by place, a line each."""
        found = [self._text(one) for one in (text_hash, other_hash)]
        if found[0] is None or found[1] is None or found[0] == found[1]:
            return self.value("source", "text_hash", (text_hash,))
        places, left = excerpts(found[0], found[1])
        more = [trn("and at {n} more place", "and at {n} more places", left)] if left else []
        return "\n".join([*(one for one, _ in places), *more])

    def _text(self, text_hash: Value) -> str | None:
        found = self._project.rows("SELECT text FROM text_body WHERE hash = ?", (text_hash,))
        return found[0][0] if found else None


def shortened(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORTENED else line[: _SHORTENED - 1].rstrip() + "…"
