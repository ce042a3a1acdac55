import pytest

from coder_app.domain.errors import DamagedProject
from coder_app.edits.codings import move_segment, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.queries import codings
from coder_app.queries.codings import (
    annotations,
    coded_columns,
    coded_places,
    coding,
    codings_in,
    codings_on,
    codings_over,
    passages_of,
)


def test_codings_of_a_source_come_in_the_order_of_their_places(small):
    found = codings_in(small.project, small.one)
    assert [(one.start, one.stop, one.code_id, one.coder_id) for one in found] == [
        (3, 10, small.trust, small.a),
        (3, 10, small.clan, small.a),
        (3, 10, small.trust, small.b),
        (41, 47, small.trust, small.a),
    ]
    assert codings_in(small.project, small.three) == []


def test_codes_of_one_coder_on_one_passage_share_a_segment_and_two_coders_do_not(small):
    first, second, others = codings_in(small.project, small.one)[:3]
    assert first.segment_id == second.segment_id != others.segment_id
    assert [one.id for one in codings_on(small.project, first.segment_id)] == small.both
    assert codings_on(small.project, "none") == []


def test_codings_over_a_range_share_a_character_with_it(small):
    everything = codings_in(small.project, small.one)
    assert codings_over(small.project, small.one, 0, 100) == everything
    assert codings_over(small.project, small.one, 9, 41) == everything[:3]
    assert codings_over(small.project, small.one, 10, 41) == []
    assert codings_over(small.project, small.one, 46, 47) == everything[3:]
    assert codings_over(small.project, small.three, 0, 100) == []


def test_one_coding_is_found_by_id_until_it_is_gone(small):
    found = coding(small.project, small.in_two)
    assert found is not None
    assert (found.source_id, found.start, found.stop) == (small.two, 10, 18)
    remove_codings(small.project, [small.in_two])
    assert coding(small.project, small.in_two) is None


def test_passages_come_in_the_order_of_sources_with_words_and_context(small):
    found = passages_of(small.project, [small.trust, small.clan], context=5)
    assert [(one.source, one.before, one.text, one.after) for one in found] == [
        ("Two.txt", "söz: ", "the Clan", ", naï"),
        ("One.txt", "We ", "trusted", " them"),
        ("One.txt", "We ", "trusted", " them"),
        ("One.txt", "We ", "trusted", " them"),
        ("One.txt", "e.\nNo", "body\tt", "ruste"),
    ]


def test_context_ends_where_the_text_does_and_counts_whole_characters(small):
    segment = codings_in(small.project, small.one)[-1].segment_id
    move_segment(small.project, segment, 17, 18)
    (smiley,) = [one for one in passages_of(small.project, [small.trust], context=1000) if one.coding.id == small.late]
    assert smiley.text == "🙂"
    assert smiley.before == "We trusted them. "
    assert smiley.after.endswith("again.")


def test_the_places_of_codes_are_those_of_their_passages_in_the_same_order(small):
    for code_ids in ([small.trust], [small.trust, small.clan], [small.clan, small.trust], []):
        passages = [one.coding.id for one in passages_of(small.project, code_ids)]
        assert [one.id for one in coded_places(small.project, code_ids)] == passages
    only_b = [one.coding.id for one in passages_of(small.project, [small.trust], coder_ids=[small.b])]
    assert [one.id for one in coded_places(small.project, [small.trust], coder_ids=[small.b])] == only_b


def test_passages_of_some_coders_leave_the_others_out(small):
    only_b = passages_of(small.project, [small.trust], coder_ids=[small.b])
    assert [one.coding.id for one in only_b] == [small.by_b]
    assert passages_of(small.project, [small.trust], coder_ids=[]) == []
    assert passages_of(small.project, []) == []
    assert passages_of(small.project, [small.state]) == []


def rows(columns):
    portions = [[[int(number) for number in column.split(",")] for column in one] for one in columns.portions]
    return [
        (columns.sources[source], start, stop, columns.codes[code], columns.coders[coder])
        for portion in portions
        for source, start, stop, code, coder in zip(*portion, strict=True)
    ]


def test_columns_for_counting_hold_each_coding_once(small):
    found = rows(coded_columns(small.project))
    assert len(found) == 5
    assert (small.two, 10, 18, small.clan, small.a) in found
    assert found.count((small.one, 3, 10, small.trust, small.b)) == 1


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_columns_come_in_portions_over_the_gaps_that_deleted_codings_leave(small, size, monkeypatch):
    everything = rows(coded_columns(small.project))
    remove_codings(small.project, [small.both[1], small.by_b])
    small.project.undo()
    remove_codings(small.project, [small.in_two])
    monkeypatch.setattr(codings, "_PORTION", size)
    left = [row for row in everything if row[0] != small.two]
    assert sorted(rows(coded_columns(small.project))) == sorted(left)
    remove_codings(small.project, [one.id for one in codings_in(small.project, small.one)])
    assert rows(coded_columns(small.project)) == []


def test_codings_of_regions_and_times_are_not_counted_with_those_of_texts(small):
    segment = codings_in(small.project, small.two)[0].segment_id
    with small.project.edit("Mark a time"):
        cleared = dict.fromkeys(("text_hash", "start", "stop"))
        small.project.update("segment", segment, {**cleared, "time_start": 0, "time_stop": 5})
    assert small.two not in {row[0] for row in rows(coded_columns(small.project))}


@pytest.mark.parametrize("table", ["source", "code", "coder"])
def test_a_coding_that_names_what_is_gone_is_not_left_out_in_silence(small, table):
    gone = {"source": small.two, "code": small.clan, "coder": small.b}[table]
    connection = small.project.db.conn
    connection.execute("PRAGMA foreign_keys = OFF")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (gone,))
    with pytest.raises(DamagedProject, match="names a source, code or coder that is not there"):
        list(coded_columns(small.project).portions)


def test_annotations_say_all_that_a_reader_without_the_project_needs(small):
    write_memo(small.project, "segment", codings_in(small.project, small.one)[0].segment_id, "On the segment")
    rows = list(annotations(small.project))
    assert [row.source for row in rows] == ["Two.txt", "One.txt", "One.txt", "One.txt", "One.txt"]
    assert [row.code for row in rows] == ["Trust > Clan", "Trust", "Trust > Clan", "Trust", "Trust"]
    assert [row.coder for row in rows] == ["Coder A", "Coder A", "Coder A", "Coder B", "Coder A"]
    assert rows[1].memo == "On the coding\n\nOn the segment"
    assert rows[2].memo == "On the segment"
    assert rows[3].memo == ""
    assert (rows[1].start, rows[1].stop, rows[1].text) == (3, 10, "trusted")
