"""What a decision does and leaves alone: undone, merged, decided twice, after codings went and texts were corrected."""

import shutil

import pytest

from coder_app.analysis.agreement.disagreement_table import state_of
from coder_app.analysis.agreement.disagreements import find
from coder_app.domain.disagreement import Agreed, Difference, Disagreement, Mark, Note, Outcome, Placed, Verdict
from coder_app.domain.errors import BadInput
from coder_app.edits import adjudication, codes, codings, rounds, sources, texts
from coder_app.queries.agreeing import Basis, Stage, coded_by, rows_of
from coder_app.queries.coders import coders
from coder_app.queries.decisions import consensus_ids, decided, decisions
from coder_app.queries.history import history
from coder_app.queries.rounds import assignments
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.merge import merge


@pytest.fixture
def place(scene):
    """Trust by the one, Distrust by the other, at one place."""
    marks = (
        Mark(scene.me, scene.trust, 0, 16, (scene.coding,)),
        Mark(scene.other_coder, scene.distrust, 3, 20, (scene.overlapping,)),
    )
    return Disagreement(Difference.CODE, scene.first, 0, 20, marks, (scene.me, scene.other_coder), 0.65)


def of(project, kind):
    return project.rows(
        "SELECT code.name, now_start, now_stop FROM coding JOIN segment ON segment.id = segment_id"
        " JOIN code ON code.id = code_id JOIN coder ON coder.id = coding.coder_id WHERE kind = ? ORDER BY 2, 1",
        (kind,),
    )


def differing(project, stage=Stage.NOW):
    basis = Basis(stage=stage)
    coded = coded_by(project, basis)
    return find(rows_of(project, basis, coded), coded).differing


@pytest.mark.parametrize(
    ("verdict", "stands"),
    [
        (lambda s: Verdict(Outcome.ONE, s.me), [("Trust", 0, 16)]),
        (lambda s: Verdict(Outcome.ONE, s.other_coder), [("Distrust", 3, 20)]),
        (lambda _: Verdict(Outcome.ALL), [("Trust", 0, 16), ("Distrust", 3, 20)]),
        (lambda _: Verdict(Outcome.NONE), []),
        (lambda s: Verdict(Outcome.OWN, own=(Placed(1, 5, s.family),)), [("Family", 1, 5)]),
    ],
)
def test_what_stands_goes_into_the_consensus_and_the_originals_stay(scene, place, verdict, stands):
    project = scene.project
    before = of(project, "person")
    adjudication.adjudicate(project, place, verdict(scene))
    assert of(project, "consensus") == stands
    assert of(project, "person") == before
    assert verify(project.db) == []


def test_deciding_again_replaces_the_decision_and_what_came_of_it(scene, place):
    project = scene.project
    adjudication.adjudicate(project, place, Verdict(Outcome.ALL))
    adjudication.adjudicate(project, place, Verdict(Outcome.ONE, scene.me, reason="Better"))
    assert [one.reason for one in decisions(project)] == ["Better"]
    assert of(project, "consensus") == [("Trust", 0, 16)]


def test_a_decision_with_its_note_is_one_step(scene, place):
    project = scene.project
    length = len(history(project))
    adjudication.adjudicate(project, place, Verdict(Outcome.ALL, note=Note(scene.trust, "memo", "Both at once")))
    assert len(history(project)) == length + 1
    project.undo()
    assert decisions(project) == []
    assert consensus_ids(project) == frozenset()


def test_a_coding_of_the_consensus_that_two_decisions_share_stays_until_both_go(scene, place):
    project = scene.project
    first = adjudication.adjudicate(project, place, Verdict(Outcome.ONE, scene.me))
    other = Mark(scene.me, scene.trust, 0, 6, (scene.both[0],))
    elsewhere = Disagreement(Difference.MISSED, scene.first, 0, 6, (other,), place.coders, 0.0)
    own = Verdict(Outcome.OWN, own=(Placed(0, 16, scene.trust),))
    second = adjudication.adjudicate(project, elsewhere, own)
    adjudication.withdraw(project, [first])
    assert of(project, "consensus") == [("Trust", 0, 16)]
    adjudication.withdraw(project, [second])
    assert of(project, "consensus") == []


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (lambda _: Verdict(Outcome.ONE, "somebody"), "did not code the source"),
        (lambda _: Verdict(Outcome.OWN), "Say which code stands where"),
        (lambda s: Verdict(Outcome.OWN, own=(Placed(5, 5, s.trust),)), "no passage"),
        (lambda _: Verdict(Outcome.OWN, own=(Placed(0, 5, "gone"),)), "The code is gone"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_changed(scene, place, verdict, said):
    length = len(history(scene.project))
    with pytest.raises(BadInput, match=said):
        adjudication.adjudicate(scene.project, place, verdict(scene))
    assert len(history(scene.project)) == length


def test_a_disagreement_whose_codings_have_gone_cannot_be_decided_any_more(scene, place):
    codings.remove_codings(scene.project, [scene.coding])
    with pytest.raises(BadInput, match="changed these codings meanwhile"):
        adjudication.adjudicate(scene.project, place, Verdict(Outcome.ALL))


def test_a_place_that_is_coded_anew_is_open_again_and_the_decision_stays_on_record(scene, place):
    project = scene.project
    adjudication.adjudicate(project, place, Verdict(Outcome.NONE))
    (before,) = [one for one in differing(project) if scene.coding in one.coding_ids]
    assert state_of(before, decided(project)) != []
    codings.remove_codings(project, [scene.coding])
    codings.apply_code(project, scene.first, 0, 16, scene.trust)
    (after,) = [one for one in differing(project) if scene.overlapping in one.coding_ids]
    assert state_of(after, decided(project)) == []
    assert len(decisions(project)) == 1


def test_after_negotiation_what_was_decided_is_agreed(scene, place):
    project = scene.project
    assert [one.kind for one in differing(project)] == [Difference.CODE]
    adjudication.adjudicate(project, place, Verdict(Outcome.ONE, scene.me))
    assert [one.kind for one in differing(project)] == [Difference.CODE], "the codings of today are what they were"
    assert differing(project, Stage.AFTER) == ()


def test_a_corrected_text_a_merged_code_and_a_removed_source_leave_a_sound_project(scene, place):
    project = scene.project
    adjudication.adjudicate(project, place, Verdict(Outcome.ALL))
    texts.correct_text(project, scene.first, "Yes. We trusted them. 🙂 Then the clan came.")
    assert of(project, "consensus") == [("Trust", 5, 21), ("Distrust", 8, 25)]
    codes.merge_codes(project, scene.trust, [scene.distrust])
    assert {name for name, *_ in of(project, "consensus")} == {"Trust"}
    sources.remove_sources(project, [scene.first])
    assert decisions(project) == []
    assert verify(project.db) == []
    project.undo()
    assert len(decisions(project)) == 1


def copy_of(project, name) -> Project:
    path = project.path.with_name(name)
    shutil.copyfile(project.path, path)
    return Project.open(path)


def test_two_adjudicators_both_keep_their_decision_and_agree_on_one_consensus(scene, place):
    project = scene.project
    with copy_of(project, "b.coder") as other:
        other.work_as(scene.other_coder)
        adjudication.adjudicate(other, place, Verdict(Outcome.ONE, scene.other_coder, reason="Distrust is said"))
        adjudication.take_agreed(other, [Agreed(scene.second, scene.family, 0, 6, ())])
    adjudication.adjudicate(project, place, Verdict(Outcome.ONE, scene.me, reason="Trust is said"))
    adjudication.take_agreed(project, [Agreed(scene.second, scene.family, 0, 6, ())])

    merge(project, [project.path.with_name("b.coder")])

    assert len(consensus_ids(project)) == 1
    assert sorted(one.reason for one in decisions(project)) == ["Distrust is said", "Trust is said"]
    assert sorted(of(project, "consensus")) == [("Distrust", 3, 20), ("Family", 0, 6), ("Trust", 0, 16)]
    assert verify(project.db) == []
    adjudication.adjudicate(project, place, Verdict(Outcome.ALL, reason="Both"))
    assert [one.reason for one in decisions(project)] == ["Both"], "deciding again replaces both"


def test_the_same_assignment_in_two_copies_is_told_once_and_stays_done(scene):
    project = scene.project
    round_id = rounds.open_round(project)
    with copy_of(project, "b.coder") as other:
        rounds.assign(other, round_id, [scene.first], [scene.me])
        rounds.mark_done(other, round_id, [scene.first], [scene.me])
    rounds.assign(project, round_id, [scene.first], [scene.me])
    merge(project, [project.path.with_name("b.coder")])
    (one,) = assignments(project)
    assert one.done_at is not None
    rounds.mark_done(project, round_id, [scene.first], [scene.me], is_done=False)
    assert [one.done_at for one in assignments(project)] == [None]
    assert verify(project.db) == []


def test_the_consensus_is_no_person_to_be_assigned_to(scene, place):
    project = scene.project
    adjudication.adjudicate(project, place, Verdict(Outcome.ALL))
    round_id = rounds.open_round(project)
    assert rounds.assign(project, round_id, [scene.first], [one.id for one in coders(project)]) == 2
