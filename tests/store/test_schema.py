"""The rules of the file format that undo, merge and a reader in twenty years rest on."""

import re
from pathlib import Path

import pytest

from coder_app.store import driver, schema
from coder_app.store.migrations import NEWEST, trigger_sql
from coder_app.store.project import Project

DOCUMENT = Path(__file__).parents[2] / "docs" / "file-format.md"
NOT_JOURNALED = {
    "text_body", "media", "indexed_text", "change_set", "row_change", "row_batch", "open_step", "local",
    "code_use", "source_use", "repair", "conflict", "merge", "merged", "team_file", "_sqlite_migrations",
}  # fmt: skip


@pytest.fixture
def opened(coded):
    with Project.open(coded) as project:
        yield project


def columns(project, table):
    return project.rows(f'PRAGMA table_info("{table}")')


def tables(project) -> set[str]:
    return {row[1] for row in project.rows("PRAGMA table_list") if row[2] == "table" and row[1][:7] != "sqlite_"}


def test_every_table_is_journaled_or_known_not_to_be(opened):
    assert tables(opened) == set(schema.JOURNALED) | NOT_JOURNALED


def test_the_search_index_keeps_no_second_copy_of_the_texts(opened):
    kinds = {row[1]: row[2] for row in opened.rows("PRAGMA table_list") if row[1].startswith("full_text")}
    assert kinds == {
        "full_text": "virtual",
        "full_text_data": "shadow",
        "full_text_idx": "shadow",
        "full_text_config": "shadow",
    }


def test_every_table_of_ours_is_strict(opened):
    strict = {row[1]: row[5] for row in opened.rows("PRAGMA table_list") if row[2] == "table"}
    assert {name for name in tables(opened) if not strict[name]} == {"_sqlite_migrations"}


@pytest.mark.parametrize("table", schema.JOURNALED)
def test_a_journaled_table_has_a_text_id_and_no_numbers_that_json_would_bend(table, opened):
    types = {row[1]: row[2] for row in columns(opened, table)}
    key = [row[1] for row in columns(opened, table) if row[5]]
    assert key == ["id"]
    assert types["id"] == "TEXT"
    assert set(types.values()) <= {"TEXT", "INTEGER"}
    assert {name: kind for name, kind in types.items() if name.endswith("_id") and kind != "TEXT"} == {}


@pytest.mark.parametrize("table", schema.JOURNALED)
def test_nothing_but_the_id_is_unique(table, opened):
    """Two coders may both make a code “Trust”: duplicates are shown, and merged by a person."""
    unique = [row for row in opened.rows(f'PRAGMA index_list("{table}")') if row[2]]
    assert [row[3] for row in unique] == ["pk"]


@pytest.mark.parametrize("table", [*schema.JOURNALED, "row_change"])
def test_references_wait_for_the_commit_and_delete_nothing_by_themselves(table, opened):
    sql = opened.rows("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))[0][0]
    for row in opened.rows(f'PRAGMA foreign_key_list("{table}")'):
        assert row[5:7] == ("NO ACTION", "NO ACTION"), row
    assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED")


def test_no_column_says_when_a_row_was_last_changed(opened):
    """It would make every edit touch its neighbours; the journal knows."""
    found = {row[1] for table in schema.JOURNALED for row in columns(opened, table)}
    assert {name for name in found if "modif" in name or "updated" in name} == set()


@pytest.mark.parametrize("table", schema.JOURNALED)
def test_derived_columns_are_not_journaled_and_all_others_are(table, opened):
    wanted = {row[1] for row in columns(opened, table)} - set(schema.DERIVED.get(table, ()))
    triggers = trigger_sql(opened.db)
    for event, rows in (("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])):
        for row in rows:
            image = re.findall(rf"json_object\(([^)]*{row}\.[^)]*)\)", triggers[f"journal_{table}_{event}"])
            assert set(re.findall(rf"'(\w+)', {row}\.", image[0 if row == rows[0] else -1])) == wanted


def test_the_header_says_what_the_file_is(opened):
    assert opened.rows("PRAGMA application_id") == [(driver.APPLICATION_ID,)]
    assert opened.rows("PRAGMA user_version") == [(NEWEST,)]
    opened.close()
    assert opened.path.read_bytes()[68:72] == b"CoDp"


WRITER = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "fullfsync": 1,
    "foreign_keys": 1,
    "cell_size_check": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
    "locking_mode": "normal",
}


def pragmas(project, names):
    return {name: project.rows(f"PRAGMA {name}")[0][0] for name in names}


def test_a_writer_is_set_up_to_lose_nothing(opened):
    assert pragmas(opened, WRITER) == WRITER


def test_a_reader_trusts_no_schema_and_writes_nothing(coded):
    with Project.open(coded, write=False) as reader:
        assert pragmas(reader, ("trusted_schema", "query_only")) == {"trusted_schema": 0, "query_only": 1}
        assert pragmas(reader, ("foreign_keys", "cell_size_check")) == {"foreign_keys": 1, "cell_size_check": 1}


def test_a_closed_project_is_one_file_and_opening_to_read_leaves_nothing_beside_it(coded):
    Project.open(coded).close()
    Project.open(coded, write=False).close()
    assert list(coded.parent.iterdir()) == [coded]


def views(project) -> dict[str, list[str]]:
    names = [row[0] for row in project.rows("SELECT name FROM sqlite_master WHERE type = 'view'")]
    return {name: [row[1] for row in columns(project, name)] for name in names}


def test_the_views_answer_without_trusting_the_schema(coded):
    with Project.open(coded, write=False) as reader:
        assert reader.rows("SELECT path, codings FROM codes ORDER BY path") == [("Trust", 1), ("Trust > Clan", 1)]
        assert reader.rows("SELECT name, characters, words FROM sources") == [("One.txt", 1560, 280)]
        found = reader.rows("SELECT source, start, stop, text, code, coder FROM codings ORDER BY start")
        assert found == [
            ("One.txt", 0, 16, "We trusted them.", "Trust", "Coder A"),
            ("One.txt", 3, 30, "trusted them. 🙂 Then the cl", "Clan", "Coder A"),
        ]


def test_the_document_names_every_table_view_and_column_of_a_view(opened):
    document = DOCUMENT.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_0-9]+)`", document))
    assert (tables(opened) | {"full_text"}) - named == set()
    for view, names in views(opened).items():
        assert {view, *names} - named == set()
