"""Keys of codes are each coder's own, one code to a key and one key to a code."""

import pytest

from coder_app.domain.errors import BadInput
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, delete_codes
from coder_app.edits.settings import pin_code, set_code_key
from coder_app.queries.codes import codes_used_lately
from coder_app.queries.settings import code_keys, pinned_codes
from coder_app.store.project import Project


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "keys.coder", coder="Ann") as made:
        yield made


def test_a_code_has_one_key_of_its_own_until_it_is_freed_or_the_code_goes(project: Project) -> None:
    trust, work = add_code(project, "Trust"), add_code(project, "Work")
    set_code_key(project, trust, "ctrl+alt+t")
    set_code_key(project, work, "W")
    pin_code(project, 1, trust)
    assert code_keys(project) == {trust: "Ctrl+Alt+T", work: "W"}
    set_code_key(project, trust, "T")
    assert code_keys(project) == {trust: "T", work: "W"}
    set_code_key(project, trust, "")
    assert code_keys(project) == {work: "W"}
    assert pinned_codes(project) == {1: trust}
    delete_codes(project, [work])
    assert code_keys(project) == {}
    project.undo()
    assert code_keys(project) == {work: "W"}


def test_a_key_of_another_code_is_refused_and_named(project: Project) -> None:
    trust, work = add_code(project, "Trust"), add_code(project, "Work")
    set_code_key(project, trust, "T")
    with pytest.raises(BadInput, match="“T” belongs to the code “Trust” already"):
        set_code_key(project, work, "t")
    assert code_keys(project) == {trust: "T"}


def test_each_coder_has_keys_of_their_own(project: Project) -> None:
    trust = add_code(project, "Trust")
    set_code_key(project, trust, "T")
    project.work_as(add_coder(project, "Ben"))
    assert code_keys(project) == {}
    set_code_key(project, trust, "X")
    assert code_keys(project) == {trust: "X"}
    assert codes_used_lately(project) == []
