"""The documents of a project and their texts."""

import hashlib
from collections.abc import Iterable, Iterator

from coder_app.domain.errors import BadInput
from coder_app.domain.imported import Block, ImportedText, blocks_from_json
from coder_app.domain.model import Source
from coder_app.domain.text import sha256
from coder_app.i18n import tr
from coder_app.store.many import AMONG, chunks, id_list
from coder_app.store.project import Project

_SELECT = """
SELECT source.id, name, kind, folder, order_key, text_hash, characters, words,
       coalesce((SELECT codings FROM source_use WHERE source_id = source.id), 0),
       original_hash, original_name, importer, importer_version, encoding
FROM source JOIN text_body ON hash = text_hash
"""


def sources(project: Project) -> list[Source]:
    """Return all sources in the order of their folders and their own."""
    return [Source(*row) for row in project.rows(_SELECT + " ORDER BY folder, order_key, source.id")]


def codings_by_source(project: Project) -> dict[str, int]:
    """Return how many codings each source (by id) holds; one that holds none may be left out."""
    return dict(project.rows("SELECT source_id, codings FROM source_use"))


def first_source(project: Project) -> str | None:
    """Return the id of the first source, None where there is none."""
    found = project.rows("SELECT id FROM source ORDER BY folder, order_key, id LIMIT 1")
    return found[0][0] if found else None


def has_source(project: Project, source_id: str) -> bool:
    """Say whether there is a source of this id."""
    return bool(project.rows("SELECT 1 FROM source WHERE id = ?", (source_id,)))


def source(project: Project, wanted: str) -> Source:
    """Return the source with this id or name. Raises BadInput where none or several fit."""
    found = project.rows(_SELECT + " WHERE source.id = ?", (wanted,))
    found = found or project.rows(_SELECT + " WHERE name = ?", (wanted,))
    if len(found) > 1:
        raise BadInput(tr("Several sources are called “{name}”; use the id of the one you mean.", name=wanted))
    if not found:
        raise BadInput(tr("There is no source “{name}” in the project; check its spelling.", name=wanted))
    return Source(*found[0])


def text_of(project: Project, source_id: str) -> str:
    """Return a source's canonical text of today."""
    return project.rows("SELECT text FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?", (source_id,))[
        0
    ][0]


def words_of(project: Project, source_id: str, start: int, stop: int) -> str:
    """Return a piece of a source's text of today, without the rest of a long one."""
    return project.rows(
        "SELECT substr(text, ?, ?) FROM source JOIN text_body ON hash = text_hash WHERE source.id = ?",
        (start + 1, stop - start, source_id),
    )[0][0]


def beginnings(project: Project, source_ids: Iterable[str], letters: int) -> Iterator[tuple[str, str]]:
    """Yield the ids of sources, each with the first `letters` code points of its text."""
    for some in chunks(source_ids):
        yield from project.each(
            "SELECT source.id, substr(text, 1, ?) FROM source JOIN text_body ON hash = text_hash"
            f" WHERE source.id IN {AMONG}",
            (letters, id_list(some)),
        )


def texts(project: Project) -> dict[str, str]:
    """Return the texts of all sources by source id."""
    return dict(project.rows("SELECT source.id, text FROM source JOIN text_body ON hash = text_hash"))


def blocks_of(project: Project, source_id: str) -> tuple[Block, ...]:
    """Return the headings, pages and paragraphs that the importer found in a source."""
    digest = project.rows("SELECT blocks_hash FROM source WHERE id = ?", (source_id,))[0][0]
    return blocks_from_json(project.original(digest)) if digest else ()


def original_of(project: Project, source_id: str) -> bytes | None:
    """Return the bytes of the file that a source was imported from, where there was one."""
    digest = project.rows("SELECT original_hash FROM source WHERE id = ?", (source_id,))[0][0]
    return project.original(digest) if digest else None


def already_there(project: Project, imported: ImportedText) -> Source | None:
    """Return the source that was made from the same file or holds the same text, or None."""
    digest = hashlib.sha256(imported.original).hexdigest()
    found = project.rows(
        _SELECT + " WHERE original_hash = ? OR text_hash = ? ORDER BY source.id LIMIT 1",
        (digest, sha256(imported.text)),
    )
    return Source(*found[0]) if found else None


def known_hashes(project: Project) -> set[str]:
    """Return the SHA-256 of all texts of sources and of the files that they were imported from."""
    found = project.rows("SELECT text_hash, original_hash FROM source")
    return {digest for row in found for digest in row if digest is not None}


def hashes_of(imported: ImportedText) -> set[str]:
    """Return the SHA-256 of a text and of its file: a source has one of these where it is `already_there`."""
    return {sha256(imported.text), hashlib.sha256(imported.original).hexdigest()}


def folders(project: Project) -> list[str]:
    """Return the folders that hold sources, with the folders above them, in order."""
    found: set[str] = set()
    for (folder,) in project.rows("SELECT DISTINCT folder FROM source WHERE folder <> ''"):
        parts = folder.split("/")
        found |= {"/".join(parts[: n + 1]) for n in range(len(parts))}
    return sorted(found)
