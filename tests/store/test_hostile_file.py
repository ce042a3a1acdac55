"""A project from a stranger: nothing in it is run, whatever triggers, views and names it brings."""

import sqlite3

import pytest

from coder_app.domain.errors import ProjectProblem
from coder_app.store.project import Project
from coder_app.store.verify import verify

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
TRIGGER = "AFTER INSERT ON code BEGIN UPDATE project SET name = 'owned'; END"

ADDED = {
    "a trigger": ([f"CREATE TRIGGER evil {TRIGGER}"], "trigger evil does not belong here"),
    "a trigger with a borrowed name": (
        [f"CREATE TRIGGER my_sqlite_trigger {TRIGGER}"],
        "my_sqlite_trigger does not belong here",
    ),
    "a view": ([f"CREATE VIEW evil AS {ENDLESS}"], "view evil does not belong here"),
    "a table": (["CREATE TABLE evil (x)"], "table evil does not belong here"),
    "a search table": (["CREATE VIRTUAL TABLE evil USING fts5(x)"], "evil does not belong here"),
    "an index on an expression": (["CREATE INDEX evil ON code (upper(name))"], "index evil does not belong here"),
    "an altered trigger": (
        ["DROP TRIGGER journal_code_insert", f"CREATE TRIGGER journal_code_insert {TRIGGER}"],
        "trigger journal_code_insert is altered",
    ),
    "an endless view in the place of one of ours": (
        ["DROP VIEW codings", f"CREATE VIEW codings AS {ENDLESS}"],
        "view codings is altered",
    ),
}


def refused(path, sentence):
    before = path.read_bytes()
    for write in (True, False):
        with pytest.raises(ProjectProblem, match="altered by another program"):
            Project.open(path, write=write)
    with Project.open(path, write=False, lenient=True) as project:
        assert [problem for problem in verify(project.db) if sentence in problem]
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("what", sorted(ADDED))
def test_what_does_not_belong_in_a_project_is_refused_and_named(what, coded, behind):
    statements, sentence = ADDED[what]
    behind(coded, *statements, triggers=True)
    refused(coded, sentence)


def rewrite_schema(path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("kind", "name"),
    [("trigger", "sqlite_evil"), ("table", "sqlite_stat1"), ("trigger", "journal_code_insert")],
)
def test_a_trigger_that_hides_behind_a_name_of_sqlites_own_is_refused(kind, name, coded):
    rewrite_schema(
        coded,
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql)"
        f" VALUES ('{kind}', '{name}', 'code', 0, 'CREATE TRIGGER evil {TRIGGER.replace(chr(39), chr(39) * 2)}')",
    )
    before = coded.read_bytes()
    for write in (True, False):
        with pytest.raises(ProjectProblem):
            Project.open(coded, write=write)
    assert coded.read_bytes() == before


def test_an_endless_view_in_the_place_of_a_table_is_not_read(coded, behind):
    behind(
        coded,
        "DROP TRIGGER keep_change_set_update", "DROP TRIGGER keep_change_set_delete",
        "ALTER TABLE open_step RENAME TO moved",
        f"CREATE VIEW open_step AS {ENDLESS}",
        triggers=True,
    )  # fmt: skip
    refused(coded, "table open_step is missing")
