"""A session of coding on a traced disk: what has been acknowledged is written to the file `acknowledged`."""

import os
import sys
from pathlib import Path

from coder_app.domain.ids import new_id
from coder_app.domain.imported import Block, ImportedText
from coder_app.edits.codes import add_code, delete_codes, describe_code, merge_codes, rename_code
from coder_app.edits.codings import apply_code, apply_codes, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.queries.codes import codes
from coder_app.queries.sources import sources
from coder_app.store.backup import backup
from coder_app.store.full_text import index_some
from coder_app.store.project import Project

folder = Path(sys.argv[1])
told = os.open(folder / "acknowledged", os.O_WRONLY | os.O_CREAT)


def acknowledge(what: str) -> None:
    os.write(told, f"{what}\n".encode())


def text(name: str, words: str) -> ImportedText:
    return ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8", (Block(0, len(words), "paragraph"),))


def code_for_a_while(project: Project) -> None:
    project.subscribe(lambda change: acknowledge(f"step {change.id}"))
    source = sources(project)[0].id
    trust, clan = (code.id for code in codes(project)[:2])
    fear = add_code(project, "Fear", trust)
    made = [apply_code(project, source, at, at + 9, code) for at in (0, 40, 80) for code in (trust, fear)]
    write_memo(project, "coding", made[0], "A thought that is longer than a page of the file. " * 120)
    project.undo()
    project.redo()
    remove_codings(project, made[1:3])
    rename_code(project, clan, "Kin")
    describe_code(project, clan, {"definition": "Whom one is born to. " * 30})
    apply_codes(project, source, 200, 230, [trust, clan, fear])
    # Enough rows for the journal to pack them.
    with project.edit("Many memos"):
        rows = ({"id": new_id(), "body": "A thought", "created_at": "2026"} for _ in range(520))
        project.insert_many("memo", rows)
    project.undo()
    import_sources(project, [text("Two.txt", "The elders decide. Nobody asked us.\n" * 200)])
    index_some(project, 5)
    merge_codes(project, trust, [fear])
    project.undo()
    project.undo()
    delete_codes(project, [fear])


def after_the_others(project: Project) -> None:
    project.subscribe(lambda change: acknowledge(f"step {change.id}"))
    add_code(project, "After the others")


with Project.open(folder / "study.coder") as project:
    if "careless" in sys.argv:
        project.db.conn.execute("PRAGMA synchronous = OFF")
    code_for_a_while(project)
    backup(project.db, project.path, folder / "backup.coder")
    acknowledge("file backup.coder")
with Project.create(folder / "new.coder", name="New", coder="Coder A"):
    acknowledge("file new.coder")
with Project.open(folder / "study.coder") as project:
    after_the_others(project)
