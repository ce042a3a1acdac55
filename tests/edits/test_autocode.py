import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.dictionary import DictionaryEntry
from coder_app.domain.errors import BadInput
from coder_app.domain.extents import Extent
from coder_app.domain.hits import Place
from coder_app.edits.autocode import Autocoded, CodesMissing, autocode, planned, planned_by_dictionary
from coder_app.edits.codes import delete_codes
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources, read_again
from coder_app.queries.codings import codings_in
from coder_app.queries.history import history
from coder_app.queries.search import places
from coder_app.store.dump import dump
from coder_app.store.verify import verify


@pytest.fixture
def talk(scene, text_file):
    """The scene with one more source."""
    text = "Nobody trusts them. Trust is slow.\nNo trust, no trade."
    (scene.talk,) = import_sources(scene.project, [text_file("Talk.txt", text)])
    return scene


def ranges_of(scene, query, extent=Extent.MATCH, code=None):
    found = planned(scene.project, places(scene.project, query), code or scene.family, extent)
    return [(one.start, one.stop, one.hits, one.is_coded) for one in found if one.source_id == scene.talk]


def test_a_plan_writes_nothing_and_tells_what_would_be_coded(talk):
    before = dump(talk.project.db)
    assert ranges_of(talk, "trust*") == [(7, 13, 1, False), (20, 25, 1, False), (38, 43, 1, False)]
    assert ranges_of(talk, "trust*", Extent.SENTENCE) == [(0, 19, 1, False), (20, 34, 1, False), (35, 54, 1, False)]
    assert ranges_of(talk, "trust*", Extent.PARAGRAPH) == [(0, 34, 2, False), (35, 54, 1, False)]
    assert dump(talk.project.db) == before


def test_autocoding_is_one_step_of_the_present_coder(talk):
    project, length = talk.project, len(history(talk.project))
    done = autocode(project, planned(project, places(project, "trust"), talk.family))
    assert done == Autocoded(2, 0)
    assert [(one.start, one.stop, one.coder_id) for one in codings_in(project, talk.talk)] == [
        (20, 25, talk.me),
        (38, 43, talk.me),
    ]
    assert len(history(project)) == length + 1
    assert project.undo() == "Autocode “Family”"
    assert codings_in(project, talk.talk) == []
    assert verify(project.db) == []


def test_dropped_ranges_are_not_coded(talk):
    found = planned(talk.project, places(talk.project, "trust"), talk.family)
    autocode(talk.project, [one for one in found if one.start != 20])
    assert [one.start for one in codings_in(talk.project, talk.talk)] == [38]


def test_what_is_coded_so_already_stays_as_it_is(talk):
    project = talk.project
    apply_code(project, talk.talk, 20, 25, talk.family)
    apply_code(project, talk.talk, 38, 43, talk.family, talk.other_coder)
    found = planned(project, places(project, "trust"), talk.family)
    assert [one.is_coded for one in found if one.source_id == talk.talk] == [True, False]
    assert autocode(project, found) == Autocoded(1, 1)
    assert autocode(project, found) == Autocoded(0, 2)
    assert project.undo_label() == "Autocode “Family”", "what changes nothing is no step"
    assert len(codings_in(project, talk.talk)) == 3


def test_a_second_code_stands_on_the_same_segment(talk):
    project = talk.project
    autocode(project, planned(project, places(project, "trust"), talk.family))
    autocode(project, planned(project, places(project, "trust"), talk.trust))
    codings = codings_in(project, talk.talk)
    assert len(codings) == 4
    assert len({one.segment_id for one in codings}) == 2


def test_another_coder_may_be_named(talk):
    project = talk.project
    found = planned(project, places(project, "trust"), talk.family, coder_id=talk.other_coder)
    autocode(project, found, talk.other_coder)
    assert {one.coder_id for one in codings_in(project, talk.talk)} == {talk.other_coder}


def test_a_plan_for_another_text_or_a_code_that_is_gone_is_refused(talk, text_file):
    project = talk.project
    found = planned(project, places(project, "trust"), talk.distrust)
    with project.edit("Two things"):
        read_again(project, talk.talk, text_file("Talk.txt", "Nothing."))
    with pytest.raises(BadInput, match="search again"):
        autocode(project, found)
    project.undo()
    delete_codes(project, [talk.distrust])
    with pytest.raises(BadInput, match="search again"):
        autocode(project, found)
    with pytest.raises(BadInput, match="code is gone"):
        planned(project, [], talk.distrust)


def test_a_dictionary_codes_each_passage_once_a_code(talk):
    entries = [
        DictionaryEntry(2, "Family", "trust*", extent=Extent.PARAGRAPH),
        DictionaryEntry(3, "Family", "slow"),
        DictionaryEntry(4, "Family", r"sl\w+\.", is_regex=True, extent=Extent.PARAGRAPH),
        DictionaryEntry(5, "Trust > Distrust", "NEAR(no trust)", extent=Extent.SENTENCE),
    ]
    found = [one for one in planned_by_dictionary(talk.project, entries, "d.csv") if one.source_id == talk.talk]
    assert [(one.start, one.stop, one.hits, one.code_id) for one in found] == [
        (0, 34, 3, talk.family),
        (35, 54, 1, talk.family),
        (29, 33, 1, talk.family),
        (35, 54, 1, talk.distrust),
    ]
    assert autocode(talk.project, found) == Autocoded(4, 0)
    assert talk.project.undo_label() == "Autocode 2 codes"


@pytest.mark.parametrize(
    "entry",
    [
        DictionaryEntry(7, "Nowhere", "trust"),
        DictionaryEntry(7, "Family", 'trust "'),
        DictionaryEntry(7, "Family", "(", is_regex=True),
    ],
)
def test_a_bad_line_of_a_dictionary_is_named(talk, entry):
    with pytest.raises(BadInput, match=r"d\.csv, line 7: .* Nothing was coded\."):
        planned_by_dictionary(talk.project, [DictionaryEntry(2, "Family", "trust"), entry], "d.csv")


def test_all_codes_that_a_dictionary_wants_in_vain_are_named_before_anything_is_searched(talk):
    names = ["Nowhere", "Family", "No > Such", "Nowhere"]
    entries = [DictionaryEntry(line, name, "(", is_regex=True) for line, name in enumerate(names, start=2)]
    with pytest.raises(CodesMissing, match=r"d\.csv, from line 2: .*“Nowhere”, “No > Such”") as caught:
        planned_by_dictionary(talk.project, entries, "d.csv")
    assert caught.value.names == ["Nowhere", "No > Such"]


@settings(max_examples=25)
@given(st.data())
def test_any_hits_are_coded_once_each(tmp_path_factory, data):
    from coder_app.domain.imported import ImportedText
    from coder_app.edits.codes import add_code
    from coder_app.store.project import Project

    text = data.draw(st.text("ab. \n", min_size=1, max_size=60))
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), max_size=8))
    extent = data.draw(st.sampled_from(Extent))
    with Project.create(tmp_path_factory.mktemp("any") / "p.coder") as project:
        (source,) = import_sources(project, [ImportedText("T", "text", text, b"", "text", "1")])
        code = add_code(project, "Code")
        hits = [Place(source, start, min(start + length, len(text))) for start, length in spans]
        found = planned(project, hits, code, extent)
        assert sum(one.hits for one in found) == len(hits)
        assert autocode(project, found + found).added == len(found)
        coded = {(one.start, one.stop) for one in codings_in(project, source)}
        assert coded == {(one.start, one.stop) for one in found}
        assert all(any(start <= hit.start and hit.stop <= stop for start, stop in coded) for hit in hits)
        assert all(one.is_coded for one in planned(project, hits, code, extent))
