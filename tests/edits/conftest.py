from dataclasses import dataclass
from pathlib import Path

import pytest

from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.ids import new_id
from coder_app.domain.imported import Block, ImportedText
from coder_app.edits.codebook import import_codebook
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, add_example
from coder_app.edits.codings import apply_code, apply_codes, quote
from coder_app.edits.memos import write_memo
from coder_app.edits.settings import pin_code
from coder_app.edits.sources import import_sources
from coder_app.store.project import Project


def imported(name: str, text: str) -> ImportedText:
    blocks = (Block(0, len(text), "paragraph"),)
    return ImportedText(name, "text", text, text.encode(), "text", "1", "utf-8", blocks=blocks)


@dataclass
class Scene:
    """A small project in which every kind of thing that an edit can touch is there."""

    project: Project
    first: str
    second: str
    trust: str
    distrust: str
    family: str
    coding: str
    overlapping: str
    both: list[str]
    quotation: str
    example: str
    other_coder: str
    entry: str

    @property
    def me(self) -> str:
        return str(self.project.coder_id)

    def segment_of(self, coding_id: str) -> str:
        return self.project.rows("SELECT segment_id FROM coding WHERE id = ?", (coding_id,))[0][0]


def furnish(project: Project) -> Scene:
    first, second = import_sources(
        project,
        [
            imported("One.txt", "We trusted them. 🙂 Then the clan came."),
            imported("Two.txt", "Nobody told us.\nNobody."),
        ],
        ["", "Field/2024"],
    )
    trust = add_code(project, "Trust")
    distrust = add_code(project, "Distrust", trust)
    family = add_code(project, "Family", colour="#123456")
    entry = CodebookEntry(
        new_id(), "State", definition="What the state does", examples=(Example("They came at night", "Old.txt"),)
    )
    import_codebook(project, Codebook("Book", (entry,), (CodeSet(new_id(), "Core", "", (entry.id,)),)))
    coding = apply_code(project, first, 0, 16, trust)
    other_coder = add_coder(project, "Coder B")
    overlapping = apply_code(project, first, 3, 20, distrust, other_coder)
    both = apply_codes(project, second, 0, 6, [trust, family])
    quotation = quote(project, second, 7, 11)
    example = add_example(project, trust, quotation)
    for on, on_id in (("coding", coding), ("source", first), ("code", family), ("segment", quotation)):
        write_memo(project, on, on_id, f"A thought on a {on}")
    pin_code(project, 1, trust)
    return Scene(
        project, first, second, trust, distrust, family, coding, overlapping, both, quotation, example, other_coder,
        entry.id,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "study.coder", coder="Coder A") as made:
        yield made


@pytest.fixture
def scene(project: Project) -> Scene:
    return furnish(project)


@pytest.fixture
def text_file():
    """Make what an importer hands over for a file of this name and text."""
    return imported
