"""Texts are corrected after coding: segments follow their words, and nothing is placed by guesswork."""

import pytest

from coder_app.domain.errors import BadInput, UndoRefused
from coder_app.domain.imported import Block, ImportedText
from coder_app.edits.codes import add_example
from coder_app.edits.codings import apply_code, move_segment, quote, remove_quotation
from coder_app.edits.sources import import_sources, remove_sources
from coder_app.edits.texts import accept_guess, correct_text, replace_text_from_file, settle_segment
from coder_app.queries.codings import coding
from coder_app.queries.history import history
from coder_app.queries.placing import number_to_check, placement_preview, segments_to_check
from coder_app.queries.sources import blocks_of, original_of, text_of
from coder_app.store.dump import dump
from coder_app.store.full_text import missing
from coder_app.store.verify import verify

MENDED = "Well, we trusted him. 🙂 Then the clan came."
OLD = "We trusted them. 🙂 Then the clan came."


def words_of(scene, coding_id):
    found = coding(scene.project, coding_id)
    return text_of(scene.project, found.source_id)[found.start : found.stop]


def now(project, segment_id):
    return project.rows(
        "SELECT text_hash, start, stop, now_start, now_stop, placed FROM segment WHERE id = ?", (segment_id,)
    )[0]


def test_a_correction_writes_one_row_and_moves_what_follows_it(scene):
    clan = apply_code(scene.project, scene.first, OLD.index("the clan"), OLD.index(" came"), scene.family)

    (last,) = scene.project.rows("SELECT max(seq) FROM row_change")[0]

    done = correct_text(scene.project, scene.first, MENDED)

    assert (done.unchanged, done.moved, len(done.to_check)) == (0, 1, 2)
    assert words_of(scene, clan) == "the clan"
    assert history(scene.project)[-1].label == "Correct “One.txt”"
    changes = scene.project.rows("SELECT table_name FROM row_change WHERE seq > ?", (last,))
    assert changes == [("source",)]
    assert verify(scene.project.db) == []


def test_undo_is_exact_also_for_what_was_coded_and_moved_in_between(scene):
    project = scene.project
    segment = scene.segment_of(scene.coding)
    states = [dump(project.db)]
    correct_text(project, scene.first, MENDED)
    states.append(dump(project.db))
    apply_code(project, scene.first, 0, 4, scene.family)
    states.append(dump(project.db))
    move_segment(project, segment, 6, 20)
    states.append(dump(project.db))
    correct_text(project, scene.first, "Now. " + MENDED)
    states.append(dump(project.db))
    assert now(project, segment)[3:] == (11, 25, 1)

    for state in states[-2::-1]:
        project.undo()
        assert dump(project.db) == state
    for state in states[1:]:
        project.redo()
        assert dump(project.db) == state


def test_reverting_a_correction_places_what_was_coded_since_in_the_old_text(scene):
    project = scene.project
    correct_text(project, scene.first, MENDED)
    corrected = history(project)[-1].id
    clan = apply_code(project, scene.first, MENDED.index("the clan"), MENDED.index(" came"), scene.family)
    gone = apply_code(project, scene.first, 0, 5, scene.family)

    project.revert(corrected)

    assert text_of(project, scene.first) == OLD
    assert words_of(scene, clan) == "the clan"
    (left,) = segments_to_check(project)
    assert (left.segment_id, left.quote, left.codes) == (scene.segment_of(gone), "Well,", ("Family",))
    assert verify(project.db) == []


def test_a_correction_that_a_later_one_builds_on_is_not_reverted(scene):
    correct_text(scene.project, scene.first, MENDED)
    first = history(scene.project)[-1].id
    correct_text(scene.project, scene.first, MENDED + " At night.")
    with pytest.raises(UndoRefused, match="Correct"):
        scene.project.revert(first)


def test_what_is_to_check_is_told_with_its_old_words_and_the_guess(scene):
    preview = placement_preview(scene.project, scene.first, MENDED)
    before = dump(scene.project.db)

    done = correct_text(scene.project, scene.first, MENDED)

    assert preview == done
    assert tuple(segments_to_check(scene.project, scene.first)) == done.to_check
    assert segments_to_check(scene.project, scene.second) == []
    assert (number_to_check(scene.project), number_to_check(scene.project, scene.second)) == (2, 0)
    first = next(one for one in done.to_check if one.segment_id == scene.segment_of(scene.coding))
    assert (first.quote, first.before, first.after) == ("We trusted them.", "", " 🙂 Then the clan came.")
    assert first.guess == MENDED[first.start : first.stop]
    assert first.guess.endswith("trusted him.")
    assert (first.codes, first.coders, first.source) == (("Trust",), ("Coder A",), "One.txt")
    scene.project.undo()
    assert dump(scene.project.db) == before


def test_moving_its_borders_settles_a_passage_even_to_where_it_was_guessed(scene):
    correct_text(scene.project, scene.first, MENDED)
    for one in segments_to_check(scene.project):
        move_segment(scene.project, one.segment_id, one.start, one.stop)
    assert segments_to_check(scene.project) == []
    steps = len(history(scene.project))
    segment = scene.segment_of(scene.coding)
    move_segment(scene.project, segment, *now(scene.project, segment)[3:5])
    assert len(history(scene.project)) == steps


def test_guesses_are_accepted_in_one_step_and_others_are_left_alone(scene):
    correct_text(scene.project, scene.first, MENDED)
    steps = len(history(scene.project))
    accept_guess(scene.project, [*(one.segment_id for one in segments_to_check(scene.project)), scene.quotation])
    assert number_to_check(scene.project) == 0
    assert [step.label for step in history(scene.project)[steps:]] == ["Settle 2 passages"]
    accept_guess(scene.project, [scene.quotation])
    assert len(history(scene.project)) == steps + 1
    scene.project.undo()
    assert number_to_check(scene.project) == 2


def test_a_passage_is_settled_only_inside_the_text(scene):
    correct_text(scene.project, scene.first, MENDED)
    segment = scene.segment_of(scene.coding)
    before = dump(scene.project.db)
    for start, stop in ((0, 0), (0, len(MENDED) + 1), (-1, 3)):
        with pytest.raises(BadInput):
            settle_segment(scene.project, segment, start, stop)
    with pytest.raises(BadInput):
        accept_guess(scene.project, [segment, "unknown"])
    assert dump(scene.project.db) == before


def test_a_code_is_not_put_on_a_segment_that_is_to_check(scene):
    correct_text(scene.project, scene.first, MENDED)
    one = next(one for one in segments_to_check(scene.project) if one.coders == ("Coder A",))
    added = apply_code(scene.project, scene.first, one.start, one.stop, scene.family)
    assert scene.segment_of(added) != one.segment_id
    assert now(scene.project, scene.segment_of(added))[5] == 1


def test_a_segment_brought_back_by_undo_stands_where_its_words_are_today(scene):
    project = scene.project
    clan = quote(project, scene.first, OLD.index("the clan"), OLD.index(" came"))
    add_example(project, scene.family, clan)
    removed = len(history(project))
    remove_quotation(project, clan)
    correct_text(project, scene.first, MENDED)
    project.revert(history(project)[removed].id)
    assert now(project, clan)[3:] == (MENDED.index("the clan"), MENDED.index(" came"), 1)
    assert verify(project.db) == []


def test_a_source_brought_back_has_its_segments_in_its_corrected_text(scene):
    correct_text(scene.project, scene.first, MENDED)
    before = dump(scene.project.db)
    remove_sources(scene.project, [scene.first])
    scene.project.undo()
    assert dump(scene.project.db) == before


def test_within_one_step_the_next_edit_finds_the_segments_moved(scene):
    with scene.project.edit("Both"):
        correct_text(scene.project, scene.second, "So: " + text_of(scene.project, scene.second))
        again = apply_code(scene.project, scene.second, 4, 10, scene.trust)
    assert again == scene.both[0]


def test_headings_and_paragraphs_go_with_the_text_and_the_file_is_kept(project):
    text = "Title\nFirst words."
    blocks = (Block(0, 5, "heading", 1), Block(6, 18, "paragraph"))
    (one,) = import_sources(project, [ImportedText("a.docx", "text", text, b"docx", "word", "1", blocks=blocks)])
    correct_text(project, one, "New\r\nTitle\nThe first words.")
    assert text_of(project, one) == "New\nTitle\nThe first words."
    assert blocks_of(project, one) == (Block(4, 9, "heading", 1), Block(10, 26, "paragraph"))
    assert original_of(project, one) == b"docx"


def test_a_newer_file_becomes_the_original_and_undo_brings_the_old_one_back(scene, text_file):
    old = original_of(scene.project, scene.second)
    done = replace_text_from_file(
        scene.project, scene.second, text_file("Two, new.txt", "Nobody told us.\nNobody came.")
    )
    assert (done.unchanged, done.moved, done.to_check) == (2, 0, ())
    assert original_of(scene.project, scene.second) == b"Nobody told us.\nNobody came."
    assert scene.project.rows("SELECT name, original_name FROM source WHERE id = ?", (scene.second,)) == [
        ("Two.txt", "Two, new.txt")
    ]
    scene.project.undo()
    assert original_of(scene.project, scene.second) == old


def test_the_same_text_and_no_text_are_refused(scene, text_file):
    before, steps = dump(scene.project.db), len(history(scene.project))
    for text in (OLD, " \n", "\ufeff" + OLD):
        with pytest.raises(BadInput, match=r"One\.txt"):
            correct_text(scene.project, scene.first, text)
        with pytest.raises(BadInput, match=r"One\.txt"):
            replace_text_from_file(scene.project, scene.first, text_file("x.txt", text.lstrip("\ufeff")))
    assert (dump(scene.project.db), len(history(scene.project))) == (before, steps)


def test_the_search_index_has_the_corrected_text(scene):
    correct_text(scene.project, scene.first, MENDED)
    assert missing(scene.project.db) == 0
