"""The fingerprint differs where a count could, and nowhere else."""

import shutil

import pytest

from coder_app.edits.codes import add_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.importers.sample import build_sample
from coder_app.queries.fingerprint import fingerprint
from coder_app.queries.sources import first_source
from coder_app.store.project import Project


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("fingerprint") / "sample.coder"
    build_sample(path)
    return path


@pytest.fixture
def project(built, tmp_path):
    with Project.open(shutil.copy(built, tmp_path / "copy.coder")) as opened:
        yield opened


def test_a_copy_has_the_same(built, project):
    with Project.open(built, write=False) as original:
        assert fingerprint(original) == fingerprint(project)


def test_a_coding_a_code_and_a_name_change_it_and_undo_brings_it_back(project):
    before = fingerprint(project)
    code = add_code(project, "New")
    with_code = fingerprint(project)
    apply_code(project, first_source(project), 0, 5, code)
    with_coding = fingerprint(project)
    rename_code(project, code, "Newer")
    assert len({before, with_code, with_coding, fingerprint(project)}) == 4
    for _ in range(3):
        project.undo()
    assert fingerprint(project) == before


def test_a_memo_changes_it_only_for_those_who_count_memos(project):
    before, with_memos = fingerprint(project), fingerprint(project, ("memo",))
    write_memo(project, "source", first_source(project), "A thought.")
    assert fingerprint(project) == before
    assert fingerprint(project, ("memo",)) != with_memos
