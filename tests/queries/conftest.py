from pathlib import Path
from types import SimpleNamespace

import pytest

from coder_app.domain.imported import Block, ImportedText
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, add_example, move_codes
from coder_app.edits.codings import apply_code, apply_codes, quote
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.store.project import Project

ONE = "We trusted them. 🙂 Then the clan came.\nNobody\ttrusted THEM again."
TWO = "Açyk söz: the Clan, naïve and na\u0308ive.\n\nclans, clansmen"


def imported(name: str, text: str, *, original: bytes | None = None) -> ImportedText:
    blocks = (Block(0, len(text), "paragraph"), Block(0, 2, "heading", 1)) if name == "One.txt" else ()
    return ImportedText(name, "text", text, original or text.encode(), "text", "3", "utf-8", blocks=blocks)


@pytest.fixture
def text_file():
    """Make what an importer hands over for a file of this name and text."""
    return imported


@pytest.fixture
def small(tmp_path: Path):
    """Three sources in two folders, four codes, five codings by two coders."""
    with Project.create(tmp_path / "small.coder", name="Small", coder="Coder A") as project:
        one, two = import_sources(project, [imported("One.txt", ONE), imported("Two.txt", TWO)], ["Field/2024", ""])
        (three,) = import_sources(project, [imported("Three.txt", "Empty of codes.")], ["Archive"])
        trust = add_code(project, "Trust")
        clan = add_code(project, "Clan", trust)
        state = add_code(project, "State")
        doubled = add_code(project, "Clan", state)
        move_codes(project, [state], None, trust)
        a = str(project.coder_id)
        b = add_coder(project, "Coder B")
        both = apply_codes(project, one, 3, 10, [trust, clan])
        by_b = apply_code(project, one, 3, 10, trust, b)
        in_two = apply_code(project, two, 10, 18, clan)
        late = apply_code(project, one, 41, 47, trust)
        quotation = quote(project, one, 19, 23)
        example = add_example(project, trust, quotation)
        write_memo(project, "coding", both[0], "On the coding")
        write_memo(project, "source", one, "On the source")
        names = {name: value for name, value in locals().items() if name not in {"tmp_path", "project"}}
        yield SimpleNamespace(project=project, **names)
