"""Which steps and deleted things a blind round hides: what others did to codings and memos of sources not yet done."""

from collections.abc import Iterable, Mapping, Sequence

from coder_app.domain.change import Row, RowChange
from coder_app.domain.disagreement import Blinds
from coder_app.i18n import tr
from coder_app.queries.history_names import segment_sources
from coder_app.queries.history_rows import read_single_rows
from coder_app.store import undo
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

_WHERE = ("coding", "segment", "memo", "code_example")
"""The tables of what stands on passages, or on what stands on them."""
_MOST = 200
_NOWHERE = "?"


def hidden_steps(project: Project, step_ids: Iterable[str], blinds: Blinds) -> set[str]:
    """Return those of the steps that others made on codings, passages or memos of hidden sources.

    A step of more than 200 rows is not looked into: it is hidden as soon as it is about codings, passages or memos.
    """
    if not blinds.sources:
        return set()
    found: set[str] = set()
    for some in chunks(step_ids):
        numbers = dict(
            project.rows(
                "SELECT change_set_id, sum(coalesce(rows, 1)) FROM row_change LEFT JOIN row_batch USING (seq)"
                " JOIN change_set ON change_set.id = change_set_id"
                f" WHERE change_set_id IN {AMONG} AND change_set.coder_id IS NOT ?"
                f" GROUP BY 1 HAVING max(table_name IN {AMONG})",
                (id_list(some), blinds.coder_id, id_list(_WHERE)),
            )
        )
        rows = read_single_rows(project, [one for one, number in numbers.items() if number <= _MOST])
        found |= numbers.keys() - rows.keys()
        places = _places(project, (change for changes in rows.values() for change in changes))
        hidden = {*blinds.sources, _NOWHERE}
        found |= {
            step_id
            for step_id, changes in rows.items()
            if any(_place(image, places) in hidden for change in changes for image in _images(change))
        }
    return found


def next_is_hidden(project: Project, blinds: Blinds) -> bool:
    """Say whether Undo or Redo would name a step that is hidden."""
    if not blinds.sources:
        return False
    found = (undo.undo_target(project.db), undo.redo_target(project.db))
    return bool(hidden_steps(project, filter(None, found), blinds))


def _images(change: RowChange) -> list[Row]:
    return [image for image in (change.before, change.after) if image and change.table in _WHERE]


def _places(project: Project, changes: Iterable[RowChange]) -> Mapping[str, str]:
    """Return the sources of the segments that rows refer to, and of the codings that memos are on."""
    images = [image for change in changes for image in _images(change)]
    codings = {str(one["coding_id"]) for one in images if one.get("coding_id")}
    segments: dict[str, str] = {}
    for some in chunks(codings):
        segments.update(project.rows(f"SELECT id, segment_id FROM coding WHERE id IN {AMONG}", (id_list(some),)))
    own = {str(one["segment_id"]) for one in images if one.get("segment_id")}
    sources = segment_sources(project, own | set(segments.values()))
    return sources | {coding: sources.get(segment, _NOWHERE) for coding, segment in segments.items()}


def _place(image: Row, places: Mapping[str, str]) -> str:
    """Return the source of what a row stands on; "" where it is on none, _NOWHERE where that is not known."""
    if image.get("source_id"):
        return str(image["source_id"])
    on = image.get("segment_id") or image.get("coding_id")
    return places.get(str(on), _NOWHERE) if on else ""


def hidden_rows(project: Project, table: str, images: Sequence[Row], blinds: Blinds) -> list[bool]:
    """Say of each of these rows of a table, as they were last, whether a blind round hides it."""
    if not blinds.sources or table not in _WHERE:
        return [False] * len(images)
    places = _places(project, (RowChange(table, "", image, None) for image in images))
    hidden = {*blinds.sources, _NOWHERE}
    return [image.get("coder_id") != blinds.coder_id and _place(image, places) in hidden for image in images]


def hidden_words(coder: str) -> str:
    """Say in the place of what somebody did that it is hidden."""
    return tr("{coder}: hidden until you have marked the source as done", coder=coder)
