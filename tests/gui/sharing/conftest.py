from pathlib import Path

import pytest

from coder_app.domain.coderbook import Coderbook, as_codebook
from coder_app.edits.codebook import import_codebook
from coder_app.edits.codes import add_code, describe_code
from coder_app.edits.subscription import note_published, subscribe
from coder_app.exporters.coderbook import write_coderbook
from coder_app.store.project import Project
from coder_app.team.coderbook import next_edition


class Colleague:
    """Somebody who publishes versions of the codebook that `coded` follows."""

    def __init__(self, project: Project, path: Path) -> None:
        self.project, self.path = project, path
        self.book: Coderbook | None = None

    def publish(self) -> Coderbook:
        made = next_edition(self.project, self.book, authors=["Zoe"], note="because").book
        assert made is not None
        write_coderbook(made, self.path)
        note_published(self.project, made, self.path)
        self.book = made
        return made


@pytest.fixture
def colleague(coded, tmp_path):
    """`coded` follows version 1, which has its own codes; version 2 redefines Trust and adds Hope."""
    path = tmp_path / "team.coderbook"
    made = next_edition(coded.project, None).book
    assert made is not None
    write_coderbook(made, path)
    with Project.create(tmp_path / "colleague.coder", coder="Zoe") as project:
        import_codebook(project, as_codebook(made, made.newest))
        subscribe(project, made, path)
        note_published(coded.project, made, path)
        zoe = Colleague(project, path)
        zoe.book = made
        describe_code(project, coded.trust, {"definition": "Relying on others"})
        add_code(project, "Hope")
        zoe.publish()
        yield zoe
