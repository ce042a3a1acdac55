"""A version is published in the place of the one that was read, and of no other."""

import pytest

from coder_app.domain.coderbook import Coderbook
from coder_app.domain.errors import BadInput
from coder_app.edits.codes import add_code
from coder_app.exporters.coderbook import publish_coderbook
from coder_app.importers.coderbook import read_coderbook
from coder_app.store.project import Project
from coder_app.team.coderbook import next_edition


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "a.coder", coder="Ann") as made:
        add_code(made, "Trust")
        yield made


def first(project: Project) -> Coderbook:
    made = next_edition(project, None).book
    assert made is not None
    return made


def test_what_somebody_published_meanwhile_is_not_overwritten(project, tmp_path):
    path = tmp_path / "shared.coderbook"
    mine, theirs = first(project), first(project)
    publish_coderbook(theirs, path, None)
    there = path.read_bytes()
    with pytest.raises(BadInput, match="coderbook was changed by somebody else meanwhile; nothing was published"):
        publish_coderbook(mine, path, None)
    assert path.read_bytes() == there
    publish_coderbook(mine, path, read_coderbook(path))
    assert read_coderbook(path) == mine


@pytest.mark.parametrize("now", [b"{", None])
def test_a_file_that_is_half_there_or_gone_is_no_place_for_the_next_version(project, tmp_path, now):
    path = tmp_path / "shared.coderbook"
    book = first(project)
    publish_coderbook(book, path, None)
    path.unlink() if now is None else path.write_bytes(now)
    with pytest.raises(BadInput, match="meanwhile"):
        publish_coderbook(book, path, book)
    assert (path.read_bytes() if path.exists() else None) == now
    assert list(tmp_path.glob("*.part")) == []
