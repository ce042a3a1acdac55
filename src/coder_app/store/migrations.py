"""Brings a project file to the schema that this version of the app works with.

Each migration runs in one transaction together with its record; the journal's triggers are made
anew from the tables as they then are.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from coder_app.store import schema
from coder_app.store.driver import APPLICATION_ID

migrations = Migrations("coder_app")

NEWEST = 1
"""The schema version (SQLite's user_version) that this app writes."""


TAKING_OUT = "merge"
"""What open_step.packed says while a merge is taken out again, the one time that steps leave the journal."""


@migrations()
def version_1(db: Database) -> None:
    """Make the first released schema."""
    _execute_all(db, schema.VERSION_1)
    _execute_all(db, "\n".join(trigger_sql(db).values()))
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA user_version = 1")


def _execute_all(db: Database, script: str) -> None:
    # executescript() would commit the migration's transaction first.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if _is_complete(statement):
            db.conn.execute(statement)
            statement = ""


def _is_complete(statement: str) -> bool:
    text = statement.rstrip()
    if not text.endswith(";"):
        return False
    return "CREATE TRIGGER" not in text or text.endswith("END;")


def trigger_sql(db: Database) -> dict[str, str]:
    """Return the journal's triggers by name, generated from the tables of `db`."""
    triggers: dict[str, str] = {}
    for table in schema.JOURNALED:
        columns = journaled_columns(db, table)
        triggers |= _table_triggers(table, columns)
    for table in ("change_set", "row_change", "row_batch"):
        for event in ("UPDATE", "DELETE"):
            name = f"keep_{table}_{event.lower()}"
            triggers[name] = (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table}\n"
                f"  WHEN (SELECT packed FROM open_step) IS NOT '{TAKING_OUT}' BEGIN\n"
                f"  SELECT RAISE(ABORT, 'the journal is append-only');\nEND;"
            )
    return triggers


def journaled_columns(db: Database, table: str) -> list[str]:
    """Return the columns of `table` that the journal carries, in the table's order."""
    derived = schema.DERIVED.get(table, ())
    return [row[1] for row in db.conn.execute(f'PRAGMA table_info("{table}")') if row[1] not in derived]


def _table_triggers(table: str, columns: list[str]) -> dict[str, str]:
    def image(row: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"

    def trigger(event: str, when: str, row: str, before: str, after: str) -> tuple[str, str]:
        name = f"journal_{table}_{event.split(maxsplit=1)[0].lower()}"
        return name, (
            f'CREATE TRIGGER {name} AFTER {event} ON "{table}"\n'
            f"  WHEN (SELECT packed FROM open_step) IS NOT '{table}'{when} BEGIN\n"
            "  SELECT RAISE(ABORT, 'a change outside a step') WHERE NOT EXISTS (SELECT 1 FROM open_step);\n"
            "  INSERT INTO row_change (change_set_id, table_name, row_id, before, after)\n"
            f"    SELECT change_set_id, '{table}', {row}.id, {before}, {after} FROM open_step;\n"
            "END;"
        )

    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    return dict(
        (
            trigger("INSERT", "", "NEW", "NULL", image("NEW")),
            trigger("UPDATE", f" AND ({differs})", "NEW", image("OLD"), image("NEW")),
            trigger("DELETE", "", "OLD", image("OLD"), "NULL"),
        )
    )
