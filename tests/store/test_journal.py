"""Nothing is written outside a step, a step is whole or not at all, and the journal only grows."""

import sqlite3

import pytest

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError, BadInput, ProjectProblem
from coder_app.edits.codes import add_code, describe_code, recolour_code, rename_code
from coder_app.queries.history import history
from coder_app.store import schema
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

CHECKED = {
    ("coder", "kind"): "'person'",
    ("link", "direction"): "'associative'",
    ("decision", "kind"): "'missed'",
    ("decision", "outcome"): "'none'",
    ("decision", "stop"): "2",
}


@pytest.fixture
def opened(coded):
    with Project.open(coded) as project:
        yield project


def state(project: Project) -> tuple[str, list[object]]:
    return dump(project.db), list(history(project))


@pytest.mark.parametrize("table", schema.JOURNALED)
def test_a_row_written_outside_a_step_is_refused(table, opened):
    before = state(opened)
    columns = opened.rows(f'PRAGMA table_info("{table}")')
    names = ", ".join(f'"{row[1]}"' for row in columns)
    values = ", ".join(
        "'outside'" if row[1] in {"id", "source_id"} and row[2] == "TEXT"
        else "'text'" if row[1] == "type"
        else CHECKED[table, row[1]] if (table, row[1]) in CHECKED
        else "1" if row[2] == "INTEGER" and row[3]
        else "'x'" if row[3]
        else "NULL"
        for row in columns
    )  # fmt: skip
    with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
        opened.db.conn.execute(f'INSERT INTO "{table}" ({names}) VALUES ({values})')
    assert state(opened) == before


@pytest.mark.parametrize("table", ["project", "coder", "source", "code", "segment", "coding", "memo"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id || 'x'", "DELETE FROM {table}"])
def test_a_row_changed_or_deleted_outside_a_step_is_refused(table, statement, opened):
    before = state(opened)
    opened.db.conn.execute("PRAGMA foreign_keys = OFF")
    with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
        opened.db.conn.execute(statement.format(table=table))
    assert state(opened) == before


@pytest.mark.parametrize("table", schema.JOURNALED)
def test_every_journaled_table_has_its_three_triggers(table, opened):
    found = dict(opened.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)))
    assert set(found) == {f"journal_{table}_{event}" for event in ("insert", "update", "delete")}
    for sql in found.values():
        assert "RAISE(ABORT, 'a change outside a step')" in sql


@pytest.mark.parametrize("table", ["change_set", "row_change"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET rowid = rowid + 100000", "DELETE FROM {table}"])
def test_the_journal_is_append_only_even_within_a_step(table, statement, opened):
    before = state(opened)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), opened.edit("Forge"):
        opened.db.conn.execute(statement.format(table=table))
    assert state(opened) == before


def test_a_step_that_fails_leaves_content_and_history_as_they_were(opened):
    before = state(opened)
    with pytest.raises(KeyError), opened.edit("Half"):
        add_code(opened, "Fear")
        opened.put_text("never")
        raise KeyError
    assert state(opened) == before
    assert opened.rows("SELECT count(*) FROM text_body") == [(1,)]
    assert verify(opened.db) == []


def test_a_step_that_leaves_a_dangling_reference_is_refused_at_its_end(opened):
    before = state(opened)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), opened.edit("Dangle"):
        opened.delete("code", [row[0] for row in opened.rows("SELECT id FROM code WHERE name = 'Trust'")])
    assert state(opened) == before
    add_code(opened, "The next step works")


def test_an_edit_within_an_edit_joins_it(opened):
    before, length = dump(opened.db), len(history(opened))
    with opened.edit("Both"):
        add_code(opened, "One")
        add_code(opened, "Two")
    assert [step.label for step in history(opened)[length:]] == ["Both"]
    opened.undo()
    assert dump(opened.db) == before


def test_an_inner_failure_that_is_caught_takes_back_only_the_inner_edit(opened):
    with opened.edit("Both"):
        add_code(opened, "Kept")
        with pytest.raises(KeyError), opened.edit("Inner"):
            add_code(opened, "Lost")
            raise KeyError
        add_code(opened, "Kept as well")
    names = {row[0] for row in opened.rows("SELECT name FROM code")}
    assert {"Kept", "Kept as well"} <= names
    assert "Lost" not in names
    assert verify(opened.db) == []


@pytest.mark.parametrize(
    "nothing",
    [
        lambda p, code: rename_code(p, code, "Trust"),
        lambda p, code: describe_code(p, code, {}),
        lambda p, code: describe_code(p, code, {"colour": "not a text of the code"}),
        lambda p, code: rename_code(p, code + "?", "Nothing"),
    ],
)
def test_an_edit_that_changes_nothing_leaves_no_step_and_tells_nobody(nothing, opened):
    told: list[ChangeSet] = []
    opened.subscribe(told.append)
    code_id = opened.rows("SELECT id FROM code WHERE name = 'Trust'")[0][0]
    before = state(opened)
    nothing(opened, code_id)
    assert state(opened) == before
    assert told == []


def test_rows_that_come_and_go_within_a_step_leave_no_step(opened):
    before = state(opened)
    with opened.edit("To and fro"):
        opened.delete("code", [add_code(opened, "Brief")])
    assert state(opened) == before
    assert verify(opened.db) == []


def test_subscribers_hear_of_each_step_once_with_the_net_change_of_each_row(opened):
    told: list[ChangeSet] = []
    stop = opened.subscribe(told.append)
    with opened.edit("Make and name"):
        code_id = add_code(opened, "First")
        rename_code(opened, code_id, "Second")
    opened.undo()
    stop()
    opened.redo()

    assert [(one.label, one.step) for one in told] == [("Make and name", "edit"), ("Make and name", "undo")]
    (made,) = told[0].rows
    assert made.before is None
    assert made.after is not None
    assert made.after["name"] == "Second"
    assert told[1].rows[0].after is None
    assert told[1].undoes == told[0].id
    assert told[0].touches("code")
    assert not told[0].touches("coding")


def test_a_project_for_reading_takes_no_edit(coded):
    with Project.open(coded, write=False) as reader:
        with pytest.raises(ProjectProblem, match="reading only"):
            add_code(reader, "Fear")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.db.conn.execute("DELETE FROM local")


def test_half_a_character_is_refused_with_a_sentence(opened):
    before = state(opened)
    with pytest.raises(BadInput, match="half a character"):
        add_code(opened, "broken \ud83d emoji")
    assert state(opened) == before


def test_a_text_with_any_whole_character_is_journaled_as_it_is(opened):
    name = "a\x00b\x1f\"'\\{}\u2028\ufeff\U0010ffff ж"
    code_id = add_code(opened, "plain")
    describe_code(opened, code_id, {"definition": name})
    recolour_code(opened, code_id, "#000000")
    assert opened.rows("SELECT definition FROM code WHERE id = ?", (code_id,)) == [(name,)]
    assert verify(opened.db) == []
    opened.undo()
    opened.undo()
    opened.redo()
    assert opened.rows("SELECT definition FROM code WHERE id = ?", (code_id,)) == [(name,)]


def test_an_error_of_sqlite_in_a_step_becomes_a_sentence_that_says_what_was_kept(opened):
    before = state(opened)
    opened.db.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(AppError, match="everything before it is safe"):
        add_code(opened, "Fear")
    opened.db.conn.execute("PRAGMA query_only = OFF")
    assert state(opened) == before
    add_code(opened, "Fear")


def test_the_coder_at_work_is_another_one_once_adding_him_was_undone(opened):
    from coder_app.edits.coders import add_coder

    first = opened.coder_id
    opened.work_as(add_coder(opened, "Coder B"))
    opened.undo()
    assert opened.coder_id == first
