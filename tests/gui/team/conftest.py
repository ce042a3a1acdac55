"""A village project with copies of it on which others have worked, as real files."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, describe_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.store.project import Project
from coder_app.team import folder


@pytest.fixture
def copies(coded: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """Two closed copies: Cem's brings a code and two codings, Dana's a definition that is another here."""
    made = SimpleNamespace(cem=tmp_path / "cem.coder", dana=tmp_path / "dana.coder")
    for path in (made.cem, made.dana):
        coded.project.db.conn.execute("VACUUM INTO ?", (str(path),))
    with Project.open(made.cem) as cem:
        cem.work_as(add_coder(cem, "Cem"))
        family = add_code(cem, "Family", coded.trust)
        for start in (0, 26):
            apply_code(cem, coded.interview, start, start + 5, family)
    with Project.open(made.dana) as dana:
        describe_code(dana, coded.trust, {"definition": "To rely on neighbours and elders"})
        rename_code(dana, coded.work, "Labour")
    describe_code(coded.project, coded.trust, {"definition": "To rely on neighbours and friends"})
    return made


@pytest.fixture
def shared(tmp_path: Path, coded: SimpleNamespace) -> Path:
    """The team folder of the village project."""
    path = tmp_path / "shared"
    folder.share(coded.project, path)
    return path


@pytest.fixture
def ben(tmp_path: Path, shared: Path) -> Path:
    """Ben's copy, joined through the team folder, in which he has added a code and given it to the team."""
    path = tmp_path / "ben.coder"
    with folder.join(shared, path) as project:
        project.work_as(project.rows("SELECT id FROM coder WHERE name = 'Ben'")[0][0])
        add_code(project, "Ben's code")
        folder.sync(project)
    return path
