"""What a user can do with the documents of a project."""

from collections.abc import Sequence

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.imported import ImportedText, blocks_to_json
from coder_app.domain.order import key_between, keys_after
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.edits.codings import delete_segments
from coder_app.edits.memos import remove_members
from coder_app.i18n import tr
from coder_app.store import full_text
from coder_app.store.journal import now_utc
from coder_app.store.project import Project


def import_sources(
    project: Project,
    texts: Sequence[ImportedText],
    folders: Sequence[str] | None = None,
    *,
    on_progress: OnProgress = tell_nobody,
) -> list[str]:
    """Add documents as one step, behind those that are there, and return their ids.

    `folders` names the folder of each, "" for the top; without it all go to the top. `on_progress` is told
    (done, all) for each, and may raise Cancelled.
    """
    label = f"Import “{texts[0].name}”" if len(texts) == 1 else f"Import {len(texts)} sources"
    last = project.rows("SELECT max(order_key) FROM source")[0][0]
    ids = [new_id() for _ in texts]
    imported_at = now_utc()
    with project.edit(label):
        hashes = [project.put_text(text.text) for text in texts]
        places = zip(ids, texts, hashes, folders or [""] * len(texts), keys_after(last, len(texts)), strict=True)
        for done, (source_id, text, text_hash, folder, order_key) in enumerate(places):
            on_progress(done, len(texts))
            project.insert(
                "source",
                {
                    "id": source_id,
                    "name": text.name,
                    "kind": text.kind,
                    "folder": clean_folder(folder),
                    "order_key": order_key,
                    "text_hash": text_hash,
                    "original_hash": project.put_bytes(text.original),
                    "original_name": text.name,
                    "importer": text.importer,
                    "importer_version": text.importer_version,
                    "encoding": text.encoding,
                    "blocks_hash": project.put_bytes(blocks_to_json(text.blocks)) if text.blocks else None,
                    "imported_at": imported_at,
                },
            )
        full_text.index_small(project.db, hashes)
    return ids


def clean_folder(folder: str) -> str:
    """Return a folder path without empty parts and outer white space: "A/B"."""
    return "/".join(part.strip() for part in folder.replace("\\", "/").split("/") if part.strip())


def rename_source(project: Project, source_id: str, name: str) -> None:
    """Give a document another name; the name of its file is kept beside it."""
    if not name.strip():
        raise BadInput(tr("A source needs a name."))
    with project.edit(f"Rename source “{name.strip()}”"):
        project.update("source", source_id, {"name": name.strip()})


def move_sources(project: Project, source_ids: Sequence[str], folder: str, before: str | None = None) -> None:
    """Put documents into a folder ("" is the top), in front of the source `before` or at the end."""
    folder = clean_folder(folder)
    others = project.rows(
        "SELECT id, order_key FROM source WHERE folder = ? ORDER BY order_key, id",
        (folder,),
    )
    others = [row for row in others if row[0] not in source_ids]
    place = next((n for n, row in enumerate(others) if row[0] == before), len(others))
    low = others[place - 1][1] if place else None
    high = others[place][1] if place < len(others) else None
    with project.edit("Move source" if len(source_ids) == 1 else f"Move {len(source_ids)} sources"):
        for source_id in source_ids:
            low = key_between(low, high)
            project.update("source", source_id, {"folder": folder, "order_key": low})


def rename_folder(project: Project, folder: str, name: str) -> None:
    """Give a folder, with all that is in it, another path; an empty one moves its sources to the top."""
    name = clean_folder(name)
    with project.edit(f"Rename folder “{folder}”"):
        for source_id, old in project.rows("SELECT id, folder FROM source"):
            if old == folder or old.startswith(folder + "/"):
                project.update("source", source_id, {"folder": clean_folder(name + old[len(folder) :])})


def remove_sources(project: Project, source_ids: Sequence[str], *, on_progress: OnProgress = tell_nobody) -> None:
    """Remove documents with their segments, codings, memos, values and memberships, as one step.

    `on_progress` is told (done, all) for each, and may raise Cancelled.
    """
    names = [row[0] for one in source_ids for row in project.rows("SELECT name FROM source WHERE id = ?", (one,))]
    label = f"Remove source “{names[0]}”" if len(names) == 1 else f"Remove {len(names)} sources"
    with project.edit(label):
        for done, source_id in enumerate(source_ids):
            on_progress(done, len(source_ids))
            segments = project.rows("SELECT id FROM segment WHERE source_id = ?", (source_id,))
            delete_segments(project, [row[0] for row in segments])
            memos = [row[0] for row in project.rows("SELECT id FROM memo WHERE source_id = ?", (source_id,))]
            remove_members(project, "memo_id", memos)
            project.delete("memo", memos)
            for table in ("case_member", "variable_value", "set_member", "assignment", "decision"):
                rows = project.rows(f"SELECT id FROM {table} WHERE source_id = ?", (source_id,))
                project.delete(table, [row[0] for row in rows])
        project.delete("source", source_ids)


def read_again(project: Project, source_id: str, text: ImportedText) -> None:
    """Replace the text of a document that nobody has coded yet, as after a wrong guess of its encoding.

    Raises BadInput where segments stand on the old text.
    """
    if project.rows("SELECT 1 FROM segment WHERE source_id = ? LIMIT 1", (source_id,)):
        raise BadInput(
            tr("“{name}” is coded already, so its encoding stays as it is; nothing was changed.", name=text.name)
        )
    with project.edit(f"Read “{text.name}” as {text.encoding}"):
        project.update(
            "source",
            source_id,
            {
                "text_hash": project.put_text(text.text),
                "encoding": text.encoding,
                "blocks_hash": project.put_bytes(blocks_to_json(text.blocks)) if text.blocks else None,
            },
        )
