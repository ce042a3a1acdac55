"""Whatever a step does to texts and segments, each segment stands where its two texts say, and verify knows."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.ids import new_id
from coder_app.domain.placing import place
from coder_app.store import many
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

OLD = "We trusted the headman. Nobody asked why he came at night.\nThen the clan came, and we left."
NEW = "At first we trusted the headman. Nobody asked why.\nThen, the clan came, and we left."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.coder", coder="A") as made:
        add_source(made, OLD)
        yield made


def add_source(project, text):
    with project.edit("Import"):
        project.insert(
            "source",
            {
                "id": "s",
                "name": "S",
                "kind": "text",
                "order_key": "V",
                "text_hash": project.put_text(text),
                "imported_at": "x",
            },
        )


def segment(project, words, text=OLD):
    start = text.index(words)
    return measured(project, text, start, start + len(words))


def measured(project, text, start, stop):
    return {
        "id": new_id(),
        "source_id": "s",
        "coder_id": project.coder_id,
        "text_hash": project.put_text(text),
        "start": start,
        "stop": stop,
    }


def correct(project, text):
    with project.edit("Correct"):
        project.update("source", "s", {"text_hash": project.put_text(text)})


def places(project):
    text = project.text(project.rows("SELECT text_hash FROM source")[0][0])
    return [
        (text[start:stop], placed)
        for start, stop, placed in project.rows("SELECT now_start, now_stop, placed FROM segment ORDER BY id")
    ]


@pytest.mark.parametrize("pack_from", [1, many.PACK_FROM], ids=["as batches", "row by row"])
def test_segments_are_placed_however_they_come(project, monkeypatch, pack_from):
    monkeypatch.setattr(many, "PACK_FROM", pack_from)
    monkeypatch.setattr(many, "AT_MOST", 2)
    with project.edit("Mark"):
        project.insert_many("segment", [segment(project, words) for words in ("the headman", "at night", "the clan")])
    before = dump(project.db)
    wanted = [("the headman", 1), (".", 0), ("the clan", 1)]
    correct(project, NEW)
    assert places(project) == wanted
    with project.edit("Remove"):
        project.delete("segment", [row[0] for row in project.rows("SELECT id FROM segment")])
    project.undo()
    assert places(project) == wanted
    assert verify(project.db) == []
    project.undo()
    assert dump(project.db) == before


def test_a_segment_measured_in_an_older_text_is_placed_when_it_comes(project):
    correct(project, NEW)
    with project.edit("Mark"):
        project.insert("segment", segment(project, "the clan came"))
    assert places(project) == [("the clan came", 1)]
    assert verify(project.db) == []


def test_a_segment_may_be_measured_anew_by_its_text_alone(project):
    with project.edit("Mark"):
        project.insert("segment", segment(project, "W"))
    correct(project, NEW)
    assert places(project)[0][1] == 0
    (one,) = project.rows("SELECT id FROM segment")[0]
    with project.edit("Settle"):
        project.update("segment", one, {"text_hash": project.put_text(NEW)})
    assert places(project) == [("A", 1)]
    assert verify(project.db) == []


def test_a_page_region_without_words_is_left_alone(project):
    with project.edit("Mark"):
        project.insert("segment", {"id": new_id(), "source_id": "s", "regions": "[]"})
    correct(project, NEW)
    assert project.rows("SELECT now_start, now_stop, placed FROM segment") == [(None, None, 1)]
    assert verify(project.db) == []


@pytest.mark.parametrize("damage", ["now_start = now_start - 1", "now_stop = now_stop + 1", "placed = 1 - placed"])
@pytest.mark.parametrize("corrected", [True, False])
def test_verify_finds_a_segment_that_is_not_where_its_texts_say(project, damage, corrected):
    with project.edit("Mark"):
        project.insert("segment", segment(project, "the clan"))
    if corrected:
        correct(project, NEW)
    assert verify(project.db) == []
    project.db.conn.execute(f"UPDATE segment SET {damage}")
    assert len(verify(project.db)) == 1


def test_a_text_that_is_missing_is_said_once_and_stops_nothing(project):
    with project.edit("Mark"):
        project.insert("segment", segment(project, "the clan"))
    correct(project, NEW)
    project.db.conn.execute("DELETE FROM text_body WHERE text LIKE 'We trusted%'")
    assert len(verify(project.db)) == 1


@settings(max_examples=25)
@given(st.data())
def test_all_segments_of_a_source_are_where_each_would_be_placed_by_itself(data):
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "study.coder", coder="A") as project:
        old = OLD * 3
        add_source(project, old)
        for _ in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, len(old) - 1))
            stop = data.draw(st.integers(start + 1, min(len(old), start + 60)))
            with project.edit("Mark"):
                project.insert("segment", measured(project, old, start, stop))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(old) - 1))
            new = old[:at] + data.draw(st.sampled_from(["", "x", "and we "])) + old[at + data.draw(st.integers(0, 9)) :]
            if new != old:
                correct(project, new)
        today = project.text(project.rows("SELECT text_hash FROM source")[0][0])
        rows = project.rows("SELECT text_hash, start, stop, now_start, now_stop, placed FROM segment")
        for text_hash, start, stop, *now in rows:
            assert tuple(now) == place(project.text(text_hash), today, [(start, stop)])[0]
        project.undo()
        assert verify(project.db) == []
