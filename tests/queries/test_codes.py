import pytest

from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet
from coder_app.domain.errors import BadInput
from coder_app.edits.codebook import import_codebook
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, delete_codes, describe_code, set_codable
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.edits.settings import pin_code
from coder_app.queries.coders import coder_named, coders
from coder_app.queries.codes import code_tree, code_uses, codebook, codes, examples, use_of
from coder_app.queries.history import history
from coder_app.queries.memos import memos, memos_on
from coder_app.queries.overview import overview
from coder_app.queries.settings import pinned_codes
from coder_app.store.project import Project


def test_the_codebook_is_a_tree_in_the_order_that_people_gave_it(small):
    tree = code_tree(small.project)
    assert [tree.path(code.id) for code in tree.walk()] == ["State", "State > Clan", "Trust", "Trust > Clan"]
    assert len(codes(small.project)) == 4


def test_a_code_is_found_by_its_path_and_by_its_name_where_only_one_has_it(small):
    tree = code_tree(small.project)
    assert tree.find("Trust > Clan").id == small.clan
    assert tree.find("State").id == small.state
    with pytest.raises(BadInput, match="Several codes are called “Clan”"):
        tree.find("Clan")
    with pytest.raises(BadInput, match="no code “Clam”"):
        tree.find("Clam")


def test_the_tree_is_the_same_until_a_code_changes_and_that_of_before_when_it_is_taken_back(small):
    project = small.project
    before = code_tree(project)
    apply_code(project, small.three, 0, 3, small.trust)
    assert code_tree(project) is before
    added = add_code(project, "New here")
    assert added in code_tree(project)
    assert added not in before
    with pytest.raises(BadInput), project.edit("Add and fail"):
        assert add_code(project, "Never") in code_tree(project)
        raise BadInput("taken back")
    assert "Never" not in {code.name for code in code_tree(project).walk()}
    project.undo()
    assert list(code_tree(project).walk()) == list(before.walk())


def test_uses_count_codings_and_the_segments_that_they_stand_on(small):
    uses = code_uses(small.project)
    assert uses[small.trust] == (3, 3)
    assert uses[small.clan] == (2, 2)
    assert small.state not in uses
    assert [use_of(small.project, code) for code in (small.trust, small.clan, small.state)] == [(3, 3), (2, 2), (0, 0)]


def test_examples_are_the_words_as_they_stand_in_the_text(small):
    (found,) = examples(small.project)[small.trust]
    assert (found.text, found.source) == ("Then", "One.txt")


def test_a_codebook_travels_with_definitions_examples_and_sets(small):
    describe_code(small.project, small.trust, {"definition": "Relying on somebody", "not_when": "Mere hope"})
    set_codable(small.project, small.state, is_codable=False)
    entry = CodebookEntry("0191b1f0-0000-7000-8000-000000000001", "New")
    import_codebook(small.project, Codebook("More", (entry,), (CodeSet("x", "Core", "Why", (entry.id,)),)))
    book = codebook(small.project)
    assert book.name == "Small"
    state, trust, new = book.roots
    assert (state.name, trust.name, new.name) == ("State", "Trust", "New")
    assert not state.is_codable
    assert (trust.definition, trust.use_when, trust.not_when) == ("Relying on somebody", "", "Mere hope")
    assert [child.name for child in trust.children] == ["Clan"]
    assert [example.text for example in trust.examples] == ["Then"]
    assert [(one.name, one.description, one.members) for one in book.sets] == [("Core", "Why", (new.id,))]


def test_a_codebook_goes_into_another_project_and_comes_out_the_same(small, tmp_path):
    book = codebook(small.project)
    with Project.create(tmp_path / "other.coder", name="Small") as other:
        done = import_codebook(other, book)
        assert (done.added, done.kept, done.filled) == (4, 0, 0)
        assert codebook(other) == book
        again = import_codebook(other, book)
        assert (again.added, again.kept) == (0, 4)
        assert codebook(other) == book


def test_coders_are_found_by_id_and_name_and_doubled_names_are_refused(small):
    assert [coder.name for coder in coders(small.project)] == ["Coder A", "Coder B"]
    found = coder_named(small.project, "Coder B")
    assert found is not None
    assert found.id == small.b
    assert coder_named(small.project, small.b) == found
    assert coder_named(small.project, "Nobody") is None
    assert add_coder(small.project, "Coder B") == small.b
    with small.project.edit("As a merge may bring it"):
        small.project.insert("coder", {"id": "second-b", "name": "Coder B"})
    with pytest.raises(BadInput, match="Several coders"):
        coder_named(small.project, "Coder B")


def test_memos_are_listed_by_what_they_are_on(small):
    (found,) = memos_on(small.project, "coding", small.both[0])
    assert (found.body, found.on, found.on_id, found.coder_id) == ("On the coding", "coding", small.both[0], small.a)
    assert memos_on(small.project, "code", small.trust) == []
    assert [memo.body for memo in memos(small.project)] == ["On the coding", "On the source"]
    with pytest.raises(ValueError, match="elephant"):
        memos_on(small.project, "elephant", "x")


def test_each_coder_has_a_memo_of_his_own(small):
    small.project.work_as(small.b)
    write_memo(small.project, "source", small.one, "B sees it otherwise")
    assert [memo.body for memo in memos_on(small.project, "source", small.one)] == [
        "On the source",
        "B sees it otherwise",
    ]
    write_memo(small.project, "source", small.one, "  ")
    assert [memo.body for memo in memos_on(small.project, "source", small.one)] == ["On the source"]


def test_pinned_codes_are_each_coders_own_and_go_with_the_code(small):
    pin_code(small.project, 1, small.trust)
    pin_code(small.project, 9, small.clan)
    small.project.work_as(small.b)
    assert pinned_codes(small.project) == {}
    pin_code(small.project, 1, small.state)
    assert pinned_codes(small.project) == {1: small.state}
    small.project.work_as(small.a)
    assert pinned_codes(small.project) == {1: small.trust, 9: small.clan}
    delete_codes(small.project, [small.clan])
    pin_code(small.project, 1, small.state)
    assert pinned_codes(small.project) == {1: small.state}
    pin_code(small.project, 1, None)
    assert pinned_codes(small.project) == {}


def test_the_overview_counts_what_is_there(small):
    found = overview(small.project)
    assert (found.name, found.coders, found.schema) == ("Small", ["Coder A", "Coder B"], 1)
    assert (found.sources, found.codes, found.segments, found.codings, found.memos) == (3, 4, 5, 5, 2)
    assert found.change_sets == len(history(small.project))


def test_the_history_names_who_did_what_and_how_much(small):
    small.project.undo()
    steps = history(small.project)
    assert (steps[0].step, steps[0].label, steps[0].rows, steps[0].coder) == ("new", "New project", 2, "")
    undo, written = steps[-1], steps[-2]
    assert (undo.step, undo.label, undo.undoes, undo.rows) == ("undo", "Write memo on a source", written.id, 1)
    assert undo.coder == "Coder A"
    assert undo.made_at.endswith("Z")
    assert [step.made_at for step in steps] == sorted(step.made_at for step in steps)
