"""Damage is found wherever it sits, and a sound project is called sound."""

import re
import sqlite3
from pathlib import Path

import pytest

from coder_app.domain.errors import AppError, ProjectProblem
from coder_app.store.project import Project
from coder_app.store.verify import verify

TEXT_HASH = "(SELECT text_hash FROM source)"


def problems(path: Path) -> list[str]:
    with Project.open(path, write=False, lenient=True) as project:
        return verify(project.db)


def test_a_sound_project_is_sound_to_writers_readers_and_snapshots(coded):
    assert problems(coded) == []
    with Project.open(coded) as project:
        assert verify(project.db) == []
        assert verify(project.snapshot().db) == []


def test_a_new_project_is_sound(project):
    assert verify(project.db) == []


def test_a_project_that_another_tool_has_analysed_is_sound(coded, behind):
    behind(coded, "ANALYZE", "VACUUM", triggers=True)
    assert problems(coded) == []
    Project.open(coded).close()


def test_a_file_that_somebody_writes_to_is_called_busy_and_not_damaged(coded):
    with Project.open(coded, write=False) as project:
        project.db.conn.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(coded, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProjectProblem, match=r"coded\.coder is being written to .* try again"):
            verify(project.db)
        other.close()
        assert verify(project.db) == []


FORGERIES = {
    "a letter of a text": (["UPDATE text_body SET text = replace(text, 'clan', 'clam')"], "is not what was stored"),
    "a text cut short": (["UPDATE text_body SET text = substr(text, 1, 100)"], "is not what was stored"),
    "a text's length": (["UPDATE text_body SET characters = characters + 1"], "is not what was stored"),
    "a text that is gone": (["DELETE FROM text_body"], "is missing"),
    "the bytes of a file": (["UPDATE media SET bytes = zeroblob(length(bytes))"], "is not what was stored"),
    "a file's size": (["UPDATE media SET size = 1"], "is not what was stored"),
    "a file that is gone": (["DELETE FROM media WHERE hash = (SELECT original_hash FROM source)"], "is missing"),
    "a block map that is gone": (["DELETE FROM media WHERE hash = (SELECT blocks_hash FROM source)"], "is missing"),
    "a changed row": (["UPDATE code SET name = 'Forged' WHERE name = 'Clan'"], r"behind the journal \(name\)"),
    "a deleted row": (["DELETE FROM memo"], "in the journal, but missing in its table"),
    "an inserted row": (
        ["INSERT INTO coder (id, name) VALUES ('forged', 'Nobody')"],
        "in its table, but not in the journal",
    ),
    "a changed journal row": (
        ["UPDATE row_change SET after = replace(after, 'Clan', 'Klan') WHERE table_name = 'code'"],
        "changed behind the journal",
    ),
    "a changed image before": (
        ["UPDATE row_change SET before = '{}' WHERE seq = (SELECT min(seq) FROM row_change WHERE table_name = 'code')"],
        "contradicts itself",
    ),
    "a journal row that is no object": (["UPDATE row_change SET after = '[1]' WHERE table_name = 'memo'"], "be read"),
    "a journal row that is no JSON": (["UPDATE row_change SET after = '{' WHERE table_name = 'memo'"], "be read"),
    "a journal row nested without end": (
        [f"UPDATE row_change SET after = '{'[' * 100_000}' WHERE table_name = 'memo'"],
        "be read",
    ),
    "parents that are no JSON": (["UPDATE change_set SET parents = '{'"], "malformed JSON"),
    "a missing journal row": (["DELETE FROM row_change WHERE table_name = 'coding'"], "not in the journal"),
    "a missing step": (["DELETE FROM change_set WHERE label = 'Add code “Trust”'"], "is missing"),
    "a missing last step": (
        [
            "DELETE FROM row_change WHERE change_set_id = (SELECT id FROM change_set ORDER BY made_at DESC LIMIT 1)",
            "DELETE FROM change_set WHERE id = (SELECT id FROM change_set ORDER BY made_at DESC LIMIT 1)",
            "DELETE FROM memo",
        ],
        "not the ones noted",
    ),
    "another label": (["UPDATE change_set SET label = 'Forged'"], "is not what was written"),
    "another time": (["UPDATE change_set SET wall_time = '1999-01-01T00:00:00.000Z'"], "is not what was written"),
    "another digest": (["UPDATE change_set SET digest = replace(digest, 'a', 'b')"], "is not what was written"),
    "a count of a code's uses": (["UPDATE code_use SET codings = 7"], "the counts in code_use"),
    "a count of a source's uses": (["DELETE FROM source_use"], "the counts in source_use"),
    "a step dated before its parent": (
        ["UPDATE change_set SET made_at = made_at + 1000000000 WHERE label = 'Add code “Trust”'"],
        "dated before",
    ),
    "other heads": (["UPDATE local SET value = '[]' WHERE name = 'heads'"], "not the ones noted"),
    "an open step": (["INSERT INTO open_step (only, change_set_id) VALUES (1, 'left')"], "left open"),
    "a segment outside its text": (["UPDATE segment SET now_stop = 99999"], "outside its text"),
    "a segment moved with its derived place": (["UPDATE segment SET stop = 2000, now_stop = 2000"], "outside its text"),
    "a segment displaced": (["UPDATE segment SET now_start = now_start + 1"], "outside its text"),
    "a segment in a text that is gone": (["UPDATE segment SET text_hash = 'gone'"], "outside its text"),
    "a dangling reference": (["UPDATE coding SET code_id = 'gone'"], "refers to a code that is missing"),
    "a dropped trigger": (["DROP TRIGGER journal_code_update"], "journal_code_update is missing"),
    "an emptied trigger": (
        ["DROP TRIGGER keep_row_change_delete",
         "CREATE TRIGGER keep_row_change_delete BEFORE DELETE ON row_change BEGIN SELECT 1; END"],
        "keep_row_change_delete is altered",
    ),
    "a view of other words": (["DROP VIEW codes", "CREATE VIEW codes AS SELECT 1"], "view codes is altered"),
    "a dropped index": (["DROP INDEX coding_by_code"], "coding_by_code is missing"),
    "a column more": (["ALTER TABLE code ADD COLUMN mood TEXT"], "table code is altered"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(FORGERIES))
def test_what_was_altered_behind_the_app_is_found(what, coded, behind):
    statements, sentence = FORGERIES[what]
    of_the_schema = any(word in statement for word in ("TRIGGER", "VIEW", "INDEX", "ALTER") for statement in statements)
    behind(coded, "PRAGMA foreign_keys = OFF", *statements, triggers=of_the_schema)
    found = problems(coded)
    assert found
    assert any(re.search(sentence, problem) for problem in found), found


def flip(path: Path, words: bytes, *, last: bool = False) -> None:
    data = bytearray(path.read_bytes())
    place = data.rfind(words) if last else data.find(words)
    assert place >= 0
    data[place] ^= 0x01
    path.write_bytes(data)


def test_one_flipped_bit_in_a_text_is_found(coded):
    flip(coded, b"trusted them", last=True)
    assert problems(coded)


def test_any_flipped_bit_that_reaches_the_content_is_found(coded):
    """One byte in 701 in turn: what verify calls sound has the content it had."""
    with Project.open(coded, write=False) as project:
        before = contents(project)
    data = coded.read_bytes()
    found = 0
    for place in range(13, len(data), 701):
        broken = bytearray(data)
        broken[place] ^= 0x10
        coded.write_bytes(broken)
        try:
            with Project.open(coded, write=False, lenient=True) as project:
                if not verify(project.db):
                    assert contents(project) == before, f"byte {place}"
                    continue
        except AppError:
            pass
        found += 1
    assert found > 20


def contents(project: Project) -> str:
    from coder_app.store.dump import dump

    return dump(project.db)


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused_for_opening(keep, coded):
    data = coded.read_bytes()
    coded.write_bytes(data[: int(len(data) * keep)])
    for write in (True, False):
        with pytest.raises(ProjectProblem, match=r"cut short|damaged"):
            Project.open(coded, write=write)


def test_every_zeroed_page_is_found_or_refused(coded):
    data = coded.read_bytes()
    free = 0
    for page in range(len(data) // 4096):
        coded.write_bytes(data[: page * 4096] + bytes(4096) + data[(page + 1) * 4096 :])
        try:
            free += not problems(coded)
        except ProjectProblem:
            continue
    assert free == 0


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + bytes(200), bytes(8192)])
def test_what_is_no_project_is_refused_and_left_alone(content, tmp_path):
    path = tmp_path / "notes.coder"
    path.write_bytes(content)
    for write in (True, False):
        with pytest.raises(ProjectProblem):
            Project.open(path, write=write)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectProblem, match="no Coder App project"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_newer_project_is_refused_and_left_alone(coded, behind):
    behind(coded, "PRAGMA user_version = 2", triggers=True)
    before = coded.read_bytes()
    with pytest.raises(ProjectProblem, match="newer Coder App"):
        Project.open(coded)
    assert coded.read_bytes() == before


@pytest.mark.parametrize("path", ["missing.coder", "."])
def test_a_missing_file_and_a_folder_are_no_projects(path, tmp_path):
    with pytest.raises(ProjectProblem):
        Project.open(tmp_path / path)
    assert list(tmp_path.iterdir()) == []


def test_damage_met_while_reading_is_said_in_a_sentence(coded):
    with Project.open(coded, write=False) as project:
        (root,) = project.rows("SELECT rootpage FROM sqlite_master WHERE name = 'text_body'")[0]
    data = coded.read_bytes()
    coded.write_bytes(data[: (root - 1) * 4096] + b"\xff" * 4096 + data[root * 4096 :])
    with Project.open(coded, write=False) as project, pytest.raises(ProjectProblem, match="damaged"):
        project.rows("SELECT text FROM text_body")
