"""What can be rebuilt of a damaged project, and what is said to be lost."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from coder_app.domain.errors import ProjectProblem
from coder_app.edits.codes import add_code
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.repair import as_lines, repair
from coder_app.store.verify import verify

Behind = Callable[..., None]


def content(path: Path) -> str:
    with Project.open(path, write=False) as project:
        assert verify(project.db) == []
        return dump(project.db)


@pytest.fixture
def whole(coded: Path) -> str:
    return content(coded)


def test_tables_that_were_changed_behind_the_journal_are_rebuilt_from_it(
    coded, whole, behind: Behind, tmp_path
) -> None:
    behind(coded, "UPDATE code SET name = 'Forged'", "DELETE FROM memo", "DELETE FROM coding")
    done = repair(coded, tmp_path / "sound.coder")
    assert content(tmp_path / "sound.coder") == whole
    assert (done.from_tables, done.lost) == (0, [])
    assert as_lines(done)[-1] == "Nothing was lost."


def test_a_step_that_cannot_be_read_is_made_up_for_by_the_tables(coded, whole, behind: Behind, tmp_path) -> None:
    behind(coded, "UPDATE row_change SET after = '{' WHERE table_name = 'code'")
    done = repair(coded, tmp_path / "sound.coder")
    assert content(tmp_path / "sound.coder") == whole
    assert done.from_tables > 0
    assert any("Add code “Trust”" in one for one in done.lost)


def test_a_text_that_lost_its_hash_comes_back_from_a_backup(coded, whole, behind: Behind, tmp_path) -> None:
    copy = tmp_path / "copy.coder"
    copy.write_bytes(coded.read_bytes())
    behind(coded, "UPDATE text_body SET text = 'x' || substr(text, 2)")
    done = repair(coded, tmp_path / "sound.coder", [copy])
    assert content(tmp_path / "sound.coder") == whole
    assert done.lost == []


def test_without_a_backup_an_altered_text_is_kept_and_named(coded, behind: Behind, tmp_path) -> None:
    behind(coded, "UPDATE text_body SET text = 'x' || substr(text, 2)")
    done = repair(coded, tmp_path / "sound.coder")
    with Project.open(tmp_path / "sound.coder", write=False) as project:
        assert verify(project.db) == []
        assert project.rows("SELECT substr(text, 1, 3) FROM codings ORDER BY start LIMIT 1") == [("xe ",)]
    assert any("One.txt" in one and "read it through" in one for one in done.lost)


def test_without_steps_and_backup_the_sources_of_the_tables_keep_their_altered_texts(coded, behind, tmp_path) -> None:
    behind(
        coded,
        "UPDATE row_change SET after = '{' WHERE table_name = 'source'",
        "UPDATE text_body SET text = 'x' || substr(text, 2)",
        "DELETE FROM media",
    )
    done = repair(coded, tmp_path / "sound.coder")
    with Project.open(tmp_path / "sound.coder", write=False) as project:
        assert verify(project.db) == []
        assert project.rows("SELECT count(*) FROM codings") == [(2,)]
    assert any("read it through" in one for one in done.lost)
    assert any("original file" in one for one in done.lost)


def test_a_lost_text_is_said_and_nothing_is_written(coded, behind: Behind, tmp_path) -> None:
    behind(coded, "DELETE FROM text_body")
    with pytest.raises(ProjectProblem, match="One.txt"):
        repair(coded, tmp_path / "sound.coder")
    assert not (tmp_path / "sound.coder").exists()


def test_the_repaired_project_can_be_worked_on_and_undone(coded, behind: Behind, tmp_path) -> None:
    behind(coded, "UPDATE code SET name = 'Forged'")
    repair(coded, tmp_path / "sound.coder")
    with Project.open(tmp_path / "sound.coder") as project:
        before = dump(project.db)
        add_code(project, "New")
        project.undo()
        assert dump(project.db) == before


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_ruined_pages_is_repaired_or_refused_in_words_and_left_alone(seed: int, coded, tmp_path) -> None:
    data = bytearray(coded.read_bytes())
    dice = random.Random(seed)  # noqa: S311 - pages to ruin, the same in each run
    for _ in range(1 + seed // 4):
        page = dice.randrange(1, len(data) // 4096)
        data[page * 4096 : (page + 1) * 4096] = bytes(4096) if seed % 2 else dice.randbytes(4096)
    coded.write_bytes(data)
    target = tmp_path / "sound.coder"
    refusal = ""
    try:
        repair(coded, target)
    except ProjectProblem as error:
        refusal = str(error)
    if refusal:
        assert "backup" in refusal
        assert not target.exists()
    else:
        content(target)
    assert coded.read_bytes() == bytes(data)
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_the_damaged_file_is_only_read(coded, behind: Behind, tmp_path) -> None:
    behind(coded, "DELETE FROM coding")
    before = coded.read_bytes()
    repair(coded, tmp_path / "sound.coder")
    assert coded.read_bytes() == before
    with sqlite3.connect(coded) as connection:
        assert connection.execute("SELECT count(*) FROM coding").fetchone() == (0,)
    connection.close()
