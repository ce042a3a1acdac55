"""Whatever single byte of a project file goes wrong, `verify` finds it, or what people made is all there unchanged.

The file is checked in memory, as an image of which one byte is altered. What a flip may leave unseen is proved by
comparison: every row of every table is what it was, but for what follows from others or belongs to this copy alone.
"""

import os
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.errors import AppError
from coder_app.domain.imported import ImportedText
from coder_app.edits.annotations import import_codings
from coder_app.edits.codes import add_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.edits.texts import correct_text
from coder_app.store import backup, database
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.merge import merge

PAGE = 4096
FLIPS = int(os.environ.get("LONG_FLIPS", "3000"))
"""So many flips in the pages that hold what people made; `LONG_FLIPS=1000000` tries every byte."""

HELD = (
    "project", "coder", "source", "text_body", "media", "code", "segment", "coding", "memo",
    "change_set", "row_change",
)  # fmt: skip
"""Tables whose pages are flipped one after the other."""

OUT_OF_REACH = {
    "_sqlite_migrations": "when a schema version came is told to nobody; which ones came is checked",
    "local": "the name of this copy and the coder at work; the last steps, which stand there too, are checked",
    "merge": "what a merge of this copy is called and when it was; the steps that came by it are checked",
    "indexed_text": "the search index only says where to look",
    "full_text": "the search index only says where to look",
    "full_text_config": "the search index only says where to look",
    "full_text_data": "the search index only says where to look",
    "full_text_idx": "the search index only says where to look",
    "sqlite_stat1": "SQLite's own notes for planning",
}


def opened(image: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(image)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def is_found(image: bytes) -> bool:
    """Say whether opening the file or verifying it tells of damage."""
    connection = None
    try:
        connection = opened(image)
        return bool(verify(database.wrap(connection)))
    except (sqlite3.DatabaseError, AppError):
        return True
    finally:
        if connection is not None:
            connection.close()


def content(image: bytes) -> dict[str, list[str]]:
    """Return every row of every table that is in reach, with what the header says about the file."""
    connection = opened(image)
    connection.text_factory = bytes
    names = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
        for name in names
        if name not in OUT_OF_REACH
    }
    found["_sqlite_migrations"] = [repr(connection.execute("SELECT name FROM _sqlite_migrations").fetchall())]
    found["local"] = [repr(connection.execute("SELECT value FROM local WHERE name = 'heads'").fetchone())]
    connection.close()
    return found


def pages_of(image: bytes, tables: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the pages of tables with the indexes that SQLite makes for them, counted from 0, read from the trees."""
    connection = opened(image)
    roots = connection.execute("SELECT tbl_name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
    connection.close()
    found: dict[str, list[int]] = {table: [] for table in tables}
    for table, root in roots:
        if table in found:
            found[table] += sorted(set(_tree(image, root - 1)))
    return found


def _number(image: bytes, place: int, size: int) -> int:
    return int.from_bytes(image[place : place + size], "big")


def _tree(image: bytes, page: int) -> Iterator[int]:
    """Yield the pages of a tree with those that long rows overflow to (SQLite's file format, section 1.6)."""
    yield page
    start = page * PAGE + (100 if page == 0 else 0)
    kind, cells = image[start], _number(image, start + 3, 2)
    interior = kind in (2, 5)
    head = start + (12 if interior else 8)
    for cell in range(cells):
        place = page * PAGE + _number(image, head + 2 * cell, 2)
        if interior:
            yield from _tree(image, _number(image, place, 4) - 1)
        if kind != 5:
            yield from _overflow(image, place + (4 if interior else 0), is_table=kind == 13)
    if interior:
        yield from _tree(image, _number(image, start + 8, 4) - 1)


def _overflow(image: bytes, place: int, *, is_table: bool) -> Iterator[int]:
    size, place = _varint(image, place)
    if is_table:
        _, place = _varint(image, place)
    most = PAGE - 35 if is_table else (PAGE - 12) * 64 // 255 - 23
    if size <= most:
        return
    least = (PAGE - 12) * 32 // 255 - 23
    kept = least + (size - least) % (PAGE - 4)
    place += kept if kept <= most else least
    page = _number(image, place, 4)
    while page:
        yield page - 1
        page = _number(image, (page - 1) * PAGE, 4)


def _varint(image: bytes, place: int) -> tuple[int, int]:
    value = 0
    for _ in range(9):
        byte = image[place]
        value = value << 7 | byte & 0x7F
        place += 1
        if byte < 0x80:
            break
    return value, place


def test_the_pages_are_those_that_sqlite_counts(coded: Path) -> None:
    image = coded.read_bytes()
    connection = opened(image)
    try:
        counted = connection.execute(
            "SELECT tbl_name, count(*) FROM dbstat JOIN sqlite_master USING (name) GROUP BY tbl_name"
        ).fetchall()
    except sqlite3.OperationalError:
        pytest.skip("this SQLite does not tell where its pages are")
    finally:
        connection.close()
    assert {table: len(pages) for table, pages in pages_of(image, HELD).items()} == {
        table: number for table, number in counted if table in HELD
    }


def _used(image: bytes, page: int) -> Iterator[int]:
    """Yield the places of a page but for the gap between the list of its cells and the cells."""
    start = page * PAGE + (100 if page == 0 else 0)
    is_tree = image[start] in (2, 5, 10, 13) and 0 < _number(image, start + 3, 2) < PAGE // 4
    head = start - page * PAGE + (12 if image[start] in (2, 5) else 8) + 2 * _number(image, start + 3, 2)
    for byte in range(PAGE):
        if not is_tree or byte < head or byte >= _number(image, start + 5, 2):
            yield page * PAGE + byte


def dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - places to damage, the same in each run


def flips(image: bytes, pages: list[int], number: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Yield places in these pages with what to turn round there: all of them, or a sample."""
    places = [place for page in pages for place in _used(image, page)]
    chosen = places if number >= len(places) else chance.sample(places, number)
    return ((place, chance.choice((0x01, 0x10, 0x80, 0xFF))) for place in chosen)


def unseen(image: bytes, where: Iterator[tuple[int, int]]) -> tuple[int, list[tuple[int, int, list[str]]]]:
    """Return how many flips were found, and those that were not though a table differs."""
    before = content(image)
    assert not is_found(image)
    found, missed = 0, []
    for place, bits in where:
        broken = bytearray(image)
        broken[place] ^= bits
        if is_found(bytes(broken)):
            found += 1
            continue
        after = content(bytes(broken))
        if after != before:
            missed.append((place, bits, [name for name in before if before[name] != after.get(name)]))
    return found, missed


WORDS = "We trusted them. Then the clan came.\n" * 60


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small project with all that verify looks at: a corrected text, undone steps, a merge that left a conflict."""
    path = tmp_path_factory.mktemp("flips") / "small.coder"
    copy = path.with_name("copy.coder")
    with Project.create(path, coder="Ann") as project:
        text = ImportedText("One.txt", "text", WORDS, WORDS.encode(), "text", "1", "utf-8")
        (source_id,) = import_sources(project, [text])
        trust = add_code(project, "Trust")
        clan = add_code(project, "Clan", trust)
        codings = [apply_code(project, source_id, 37 * n, 37 * n + 16, (trust, clan)[n % 2]) for n in range(12)]
        write_memo(project, "coding", codings[0], "A thought")
        write_memo(project, "source", source_id, "Another")
        project.undo()
        project.redo()
        backup.backup(project.db, path, copy)
        rename_code(project, clan, "Family")
        with Project.open(copy) as other:
            rename_code(other, clan, "Tribe")
        merge(project, [copy])
        correct_text(project, source_id, WORDS.replace("clan came", "whole clan came", 2))
    return path.read_bytes()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A project of which one step is journaled as a batch."""
    path = tmp_path_factory.mktemp("flips") / "packed.coder"
    with Project.create(path, coder="Ann") as project:
        text = ImportedText("One.txt", "text", WORDS, WORDS.encode(), "text", "1", "utf-8")
        import_sources(project, [text])
        rows = [ImportedCoding(n, "One.txt", n, n + 5, "Trust", "Ann") for n in range(520)]
        import_codings(project, rows, "rows.csv", create_codes=True)
        assert project.rows("SELECT count(*) FROM row_batch")[0][0]
    return path.read_bytes()


@pytest.mark.parametrize("table", HELD)
def test_no_flipped_byte_in_what_people_made_goes_unseen(table: str, image: bytes) -> None:
    pages = pages_of(image, HELD)[table]
    found, missed = unseen(image, flips(image, pages, FLIPS // len(HELD), dice(table)))
    assert missed == []
    assert found


def test_nor_does_one_in_a_packed_step(packed: bytes) -> None:
    pages = pages_of(packed, ("row_batch",))["row_batch"]
    found, missed = unseen(packed, flips(packed, pages, FLIPS // 20, dice("packed")))
    assert missed == []
    assert found


def test_nor_does_one_anywhere_else_in_the_file(image: bytes) -> None:
    held = {page for pages in pages_of(image, HELD).values() for page in pages}
    rest = [page for page in range(len(image) // PAGE) if page not in held]
    _, missed = unseen(image, flips(image, rest, FLIPS // 5, dice("rest")))
    assert missed == []


def test_what_is_out_of_reach_is_named_with_its_reason(image: bytes) -> None:
    connection = opened(image)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert set(OUT_OF_REACH) - {"sqlite_stat1"} <= tables
