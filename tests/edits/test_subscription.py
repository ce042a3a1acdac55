"""A project follows a shared codebook: publishes versions, takes newer ones code by code, keeps what is its own."""

import shutil
from pathlib import Path

import pytest

from coder_app.domain.coderbook import Coderbook
from coder_app.domain.errors import BadInput
from coder_app.edits.codes import (
    add_code,
    delete_codes,
    describe_code,
    merge_codes,
    move_codes,
    recolour_code,
    rename_code,
)
from coder_app.edits.subscription import note_published, subscribe, take_version, unsubscribe
from coder_app.exporters.coderbook import write_coderbook
from coder_app.importers.coderbook import read_coderbook
from coder_app.queries.codes import code_tree
from coder_app.queries.sharing import offer, shared_file, subscription
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.coderbook import next_edition


@pytest.fixture
def lead(scene):
    """The project of the one who publishes: the scene, with version 1 published."""
    publish(scene.project, scene.project.path.with_name("shared.coderbook"))
    return scene


@pytest.fixture
def other(lead, tmp_path):
    """A colleague's project with the same codes and their codings, which follows the shared codebook."""
    path = tmp_path / "other" / "other.coder"
    path.parent.mkdir()
    shutil.copy(lead.project.path, path)
    with Project.open(path) as project:
        yield project


def publish(project: Project, path: Path, note="") -> Coderbook:
    made = next_edition(project, read_coderbook(path) if path.exists() else None, authors=["Ann"], note=note)
    assert made.book is not None
    write_coderbook(made.book, path)
    note_published(project, made.book, path)
    return made.book


def published(lead, *edits) -> Coderbook:
    for edit in edits:
        edit(lead.project)
    return publish(lead.project, lead.project.path.with_name("shared.coderbook"))


def offered(project, book):
    subscribed = subscription(project)
    assert subscribed is not None
    return offer(project, subscribed, book)


def paths(changes):
    return {one.path: one.kinds for one in changes}


def test_a_newer_version_is_offered_code_by_code_and_taken_as_one_step(lead, other):
    book = published(
        lead,
        lambda p: describe_code(p, lead.trust, {"definition": "Relying on others"}),
        lambda p: rename_code(p, lead.distrust, "Mistrust"),
        lambda p: recolour_code(p, lead.family, "#654321"),
        lambda p: add_code(p, "Hope", lead.trust),
    )
    before = dump(other.db)
    found = offered(other, book)
    assert paths(found.open) == {
        "Trust": ("redefined",),
        "Trust > Mistrust": ("renamed",),
        "Family": ("recoloured",),
        "Trust > Hope": ("added",),
    }
    take_version(other, book, [one.id for one in found.open])
    assert offered(other, book).open == []
    assert code_tree(other)[lead.trust].definition == "Relying on others"
    assert verify(other.db) == []
    other.undo()
    assert dump(other.db) == before
    assert len(offered(other, book).open) == 4
    other.redo()
    assert offered(other, book).open == []


def test_a_declined_change_is_offered_again_only_when_it_changes_again(lead, other):
    book = published(lead, lambda p: rename_code(p, lead.trust, "Faith"))
    take_version(other, book, [], [lead.trust])
    assert offered(other, book).open == []
    assert paths(offered(other, book).declined) == {"Faith": ("renamed",)}

    book = published(lead, lambda p: rename_code(p, lead.family, "Clan"))
    assert paths(offered(other, book).open) == {"Clan": ("renamed",)}

    book = published(lead, lambda p: rename_code(p, lead.trust, "Confidence"))
    assert paths(offered(other, book).open) == {"Clan": ("renamed",), "Confidence": ("renamed",)}


def test_what_was_declined_can_still_be_accepted(lead, other):
    book = published(lead, lambda p: rename_code(p, lead.trust, "Faith"))
    take_version(other, book, [], [lead.trust])
    take_version(other, book, [lead.trust])
    assert code_tree(other)[lead.trust].name == "Faith"
    assert offered(other, book).declined == []


def test_changes_and_codes_of_ones_own_stay_and_are_listed(lead, other):
    add_code(other, "Mine")
    describe_code(other, lead.family, {"definition": "Kin, here"})
    book = published(lead, lambda p: rename_code(p, lead.trust, "Faith"))
    take_version(other, book, [lead.trust])
    found = offered(other, book)
    assert found.own == ["Mine"]
    assert paths(found.local) == {"Family": ("redefined",)}
    assert code_tree(other)[lead.family].definition == "Kin, here"


def test_a_retired_code_that_is_used_stays_not_to_be_coded_with_and_is_listed(lead, other):
    book = published(lead, lambda p: delete_codes(p, [lead.trust, lead.distrust, lead.entry]))
    done = take_version(other, book, [one.id for one in offered(other, book).open])
    tree = code_tree(other)
    assert lead.trust in tree
    assert not tree[lead.trust].is_codable
    assert done.kept
    assert (lead.trust, "Trust") in offered(other, book).retired
    assert other.rows("SELECT count(*) FROM coding WHERE code_id = ?", (lead.trust,))[0][0]
    assert verify(other.db) == []


def test_a_retired_code_that_is_not_used_goes(lead, other):
    published(lead, lambda p: add_code(p, "Short-lived"))
    book = read_coderbook(lead.project.path.with_name("shared.coderbook"))
    code_id = offered(other, book).open[0].id
    take_version(other, book, [code_id])
    book = published(lead, lambda p: delete_codes(p, [code_id]))
    assert take_version(other, book, [code_id]).removed == ["Short-lived"]
    assert code_id not in code_tree(other)


def test_a_merged_code_says_into_which(lead, other):
    book = published(lead, lambda p: merge_codes(p, lead.trust, [lead.family]))
    change = next(one for one in offered(other, book).open if one.id == lead.family)
    assert (change.kinds, change.merged_into) == (("merged",), "Trust")


def test_a_code_that_stands_under_the_same_name_is_offered_as_the_same(lead, tmp_path):
    with Project.create(tmp_path / "new.coder") as project:
        own = add_code(project, "Trust")
        book = read_coderbook(lead.project.path.with_name("shared.coderbook"))
        subscribe(project, book, lead.project.path.with_name("shared.coderbook"))
        change = next(one for one in offered(project, book).open if one.path == "Trust")
        assert "same path" in change.kinds
        take_version(project, book, [one.id for one in offered(project, book).open])
        assert len([code for code in code_tree(project).walk() if code.name == "Trust"]) == 1
        book = published(lead, lambda p: rename_code(p, lead.trust, "Faith"))
        take_version(project, book, [lead.trust])
        assert code_tree(project)[own].name == "Faith"


def test_an_exchange_of_two_codes_in_the_tree_is_taken_whole(lead, other):
    book = published(
        lead,
        lambda p: move_codes(p, [lead.distrust], None),
        lambda p: move_codes(p, [lead.trust], lead.distrust),
    )
    with pytest.raises(BadInput, match="accept the change of"):
        take_version(other, book, [lead.trust])
    take_version(other, book, [one.id for one in offered(other, book).open])
    assert code_tree(other).parent(lead.trust) == lead.distrust
    assert offered(other, book).open == []


def test_publishing_is_refused_until_the_newest_version_was_taken(lead, other):
    path = lead.project.path.with_name("shared.coderbook")
    book = published(lead, lambda p: rename_code(p, lead.trust, "Faith"))
    with pytest.raises(BadInput, match="Version 2 of .* update first.*1 change"):
        next_edition(other, book)
    take_version(other, book, [], [lead.trust])
    rename_code(other, lead.family, "Clan")
    made = publish(other, path)
    assert made.newest.version == 3
    assert made.newest.codes[lead.trust].name == "Faith", "what was declined here stays as it was published"
    assert made.newest.codes[lead.family].name == "Clan"
    assert paths(offered(lead.project, made).open) == {"Clan": ("renamed",)}


def test_a_stranger_and_another_past_are_refused(lead, other, tmp_path):
    with Project.create(tmp_path / "new.coder") as project, pytest.raises(BadInput, match="not known"):
        next_edition(project, read_coderbook(lead.project.path.with_name("shared.coderbook")))
    with pytest.raises(BadInput, match="follows the shared codebook"):
        next_edition(other, None)
    first = read_coderbook(lead.project.path.with_name("shared.coderbook"))
    published(lead, lambda p: rename_code(p, lead.trust, "Faith"))
    rename_code(other, lead.trust, "Other faith")
    fork = next_edition(other, first).book
    assert fork is not None
    with pytest.raises(BadInput, match="another version 2"):
        take_version(lead.project, fork, [])
    with pytest.raises(BadInput, match="not known"):
        next_edition(lead.project, fork)


def test_nothing_new_makes_no_version(lead):
    book = read_coderbook(lead.project.path.with_name("shared.coderbook"))
    assert next_edition(lead.project, book).book is None


def test_the_file_is_found_beside_a_project_that_has_moved(lead, other):
    subscribed = subscription(other)
    assert subscribed is not None
    lead.project.path.with_name("shared.coderbook").rename(other.path.with_name("shared.coderbook"))
    assert shared_file(other, subscribed) == other.path.with_name("shared.coderbook")


def test_following_no_codebook_any_more_keeps_the_codes(lead, other):
    before = len(code_tree(other))
    unsubscribe(other)
    assert subscription(other) is None
    assert len(code_tree(other)) == before
    with pytest.raises(BadInput, match="follows no shared codebook"):
        unsubscribe(other)
