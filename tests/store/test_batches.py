"""Large steps: journaled as packed batches, whole or not at all, and taken back like any other."""

import json
import sqlite3
import zlib

import pytest

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.change import ChangeSet, RowChange
from coder_app.domain.errors import Cancelled, UndoRefused
from coder_app.domain.imported import ImportedText
from coder_app.edits.annotations import import_codings
from coder_app.edits.codes import add_code, delete_codes, merge_codes
from coder_app.edits.codings import recode, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources
from coder_app.queries.codes import code_uses
from coder_app.queries.history import history
from coder_app.queries.sources import sources
from coder_app.store import many, uses
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

TEXT = "We trusted them. Then the clan came. " * 20


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(many, "PACK_FROM", 10)
    monkeypatch.setattr(many, "AT_MOST", 40)


@pytest.fixture
def coded(project):
    """A project whose last step imported 100 codings of two codes on 90 passages."""
    import_sources(project, [ImportedText("One.txt", "text", TEXT, TEXT.encode(), "text", "1")])
    for name in ("Trust", "Clan"):
        add_code(project, name)
    rows = [ImportedCoding(n, "One.txt", n % 90, n % 90 + 5, ("Trust", "Clan")[n >= 90], "Coder B") for n in range(100)]
    import_codings(project, rows, "many.csv")
    return project


def batches(project: Project) -> list[tuple[str, int]]:
    return project.rows("SELECT table_name, rows FROM row_batch JOIN row_change USING (seq) ORDER BY seq")


def code(project: Project, name: str) -> str:
    return project.rows("SELECT id FROM code WHERE name = ?", (name,))[0][0]


def test_many_rows_are_one_place_in_the_journal_and_all_of_them_in_the_history(coded):
    assert batches(coded) == [("segment", 40), ("coding", 40), ("segment", 40), ("coding", 40), ("segment", 10),
                              ("coding", 20)]  # fmt: skip
    assert history(coded)[-1].rows == 190 + 1  # and the new coder
    assert coded.rows("SELECT count(*) FROM row_change WHERE table_name = 'coding'") == [(3,)]
    assert verify(coded.db) == []


def test_a_batch_can_be_read_with_zlib_and_json_alone(coded):
    ids, after = coded.rows(
        "SELECT row_ids, row_batch.after FROM row_batch JOIN row_change USING (seq) WHERE table_name = 'coding'"
    )[0]
    columns = json.loads(zlib.decompress(after))
    assert columns["code_id"] == {"of": [code(coded, "Trust")], "is": [0] * 40}
    assert json.loads(zlib.decompress(ids))["id"] == sorted(json.loads(zlib.decompress(ids))["id"])


def single_changes_of_the_last_step(project: Project) -> list[str]:
    return [
        row[0]
        for row in project.rows(
            "SELECT table_name FROM row_change WHERE row_id <> ''"
            " AND change_set_id = (SELECT id FROM change_set ORDER BY made_at DESC LIMIT 1)"
        )
    ]


def test_a_large_step_is_undone_and_redone_by_batches(coded):
    after, written = dump(coded.db), len(batches(coded))
    coded.undo()
    assert coded.rows("SELECT count(*) FROM coding") == [(0,)]
    coded.redo()
    assert dump(coded.db) == after
    assert len(batches(coded)) == 3 * written
    assert single_changes_of_the_last_step(coded) == ["coder"]
    assert verify(coded.db) == []


def test_the_message_of_a_large_step_counts_without_unpacking_and_yields_each_row(coded):
    told: list[ChangeSet] = []
    coded.subscribe(told.append)
    coded.undo()
    (change,) = told
    assert change.touches("coding")
    assert not change.touches("memo", "code")
    assert (change.count("coding"), change.count("segment"), change.count("coding", "segment")) == (100, 90, 190)
    assert len(change.rows) == 191
    rows = list(change.of("coding"))
    assert len({row.row_id for row in rows}) == 100
    assert all(row.after is None and row.before and row.before["id"] == row.row_id for row in rows)


def test_a_later_change_of_one_row_of_a_batch_stands_in_the_way_and_is_named(coded):
    step = history(coded)[-1].id
    one = coded.rows("SELECT id FROM coding ORDER BY id LIMIT 1 OFFSET 50")[0][0]
    recode(coded, [one], code(coded, "Clan"))
    before = dump(coded.db)
    with pytest.raises(UndoRefused, match="Recode to “Clan”"):
        coded.revert(step)
    assert dump(coded.db) == before
    coded.undo()
    coded.revert(step)
    assert coded.rows("SELECT count(*) FROM coding") == [(0,)]
    assert verify(coded.db) == []


def test_a_row_of_a_batch_that_is_still_used_stands_in_the_way(coded):
    step = history(coded)[-1].id
    write_memo(coded, "coding", coded.rows("SELECT id FROM coding LIMIT 1")[0][0], "A thought")
    with pytest.raises(UndoRefused, match="Write memo"):
        coded.revert(step)
    assert verify(coded.db) == []


def test_what_a_batch_removed_comes_back_only_while_its_code_is_there(coded):
    clan = code(coded, "Clan")
    remove_codings(coded, coded.ids("SELECT id FROM coding WHERE code_id IN {among}", [clan]))
    step = history(coded)[-1].id
    delete_codes(coded, [clan])
    with pytest.raises(UndoRefused, match="Delete code “Clan”"):
        coded.revert(step)
    coded.undo()
    coded.revert(step)
    assert coded.rows("SELECT count(*) FROM coding") == [(100,)]
    assert verify(coded.db) == []


def test_rows_of_a_batch_that_are_back_already_are_left_as_they_are(coded):
    step, some = history(coded)[-1].id, coded.rows("SELECT id FROM coding ORDER BY id LIMIT 30")
    remove_codings(coded, [row[0] for row in some])
    coded.revert(step)
    assert coded.rows("SELECT (SELECT count(*) FROM coding), (SELECT count(*) FROM segment)") == [(0, 0)]
    coded.undo()
    assert coded.rows("SELECT count(*) FROM coding") == [(70,)]
    assert verify(coded.db) == []


def test_merging_many_codings_is_one_batch_and_goes_back_exactly(coded):
    before = dump(coded.db)
    merge_codes(coded, code(coded, "Trust"), [code(coded, "Clan")])
    assert coded.rows("SELECT count(*) FROM coding") == [(90,)], "ten passages had both codes"
    coded.undo()
    assert dump(coded.db) == before
    assert verify(coded.db) == []


def test_a_batch_and_a_later_change_of_its_rows_in_one_step_tell_the_net_change(coded):
    told: list[ChangeSet] = []
    coded.subscribe(told.append)
    before, ids = dump(coded.db), coded.ids("SELECT id FROM coding WHERE id IN {among}", all_codings(coded))
    with coded.edit("All, then one, then some"):
        coded.update_many("coding", ids, {"code_id": code(coded, "Clan")})
        coded.update("coding", ids[0], {"created_at": "later"})
        coded.update_many("coding", ids[:20], {"created_at": "now"})
        coded.update_many("coding", ids[:20], {"code_id": code(coded, "Trust"), "created_at": "now"})
    singles = [part for part in told[0].parts if isinstance(part, RowChange)]
    assert told[0].count("coding") == len({row.row_id for row in told[0].rows}) == 90
    assert len(singles) == 20
    coded.undo()
    assert dump(coded.db) == before
    assert verify(coded.db) == []


def all_codings(project: Project) -> list[str]:
    return [row[0] for row in project.rows("SELECT id FROM coding ORDER BY id")]


def test_rows_that_come_and_go_as_batches_leave_no_step(coded):
    length, ids = len(history(coded)), [f"memo-{n}" for n in range(60)]
    with coded.edit("To and fro"):
        coded.insert_many("memo", [{"id": one, "body": "x", "created_at": "now"} for one in ids])
        coded.delete("memo", ids)
    assert len(history(coded)) == length
    assert batches(coded)[-1][0] == "coding"


def test_a_write_that_fails_half_way_leaves_no_row_that_is_in_no_journal(coded):
    rows = [{"id": f"memo-{n % 30}", "body": "x", "created_at": "now"} for n in range(35)]
    with coded.edit("Kept"):
        add_code(coded, "Kept")
        with pytest.raises(sqlite3.IntegrityError):
            coded.insert_many("memo", rows)
        coded.insert("memo", rows[0])
    assert coded.rows("SELECT count(*) FROM memo") == [(1,)]
    assert verify(coded.db) == []


def test_many_rows_written_outside_a_step_are_refused(coded):
    before = dump(coded.db)
    for write in (
        lambda: coded.insert_many("coder", [{"id": f"c{n}", "name": "x"} for n in range(20)]),
        lambda: coded.update_many("coding", all_codings(coded), {"created_at": "never"}),
        lambda: coded.delete("coding", all_codings(coded)),
    ):
        with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
            write()
    assert dump(coded.db) == before


def test_only_the_table_that_is_being_packed_escapes_its_triggers(coded):
    from coder_app.store import journal

    with coded.edit("Mixed"), journal.packed(coded.db, "memo"):
        coded.insert("coder", {"id": "seen", "name": "x"})
    assert history(coded)[-1].rows == 1
    assert verify(coded.db) == []


def test_the_columns_that_a_batch_leaves_out_are_journaled_with_their_defaults(coded):
    with coded.edit("Codes"):
        coded.insert_many(
            "code", [{"id": f"k{n}", "name": f"K{n}", "colour": "#000000", "order_key": "V"} for n in range(12)]
        )
    assert verify(coded.db) == []
    coded.undo()
    coded.redo()
    assert verify(coded.db) == []


@pytest.mark.parametrize("stop_at", [1, 3, 6])
def test_a_large_step_that_is_cancelled_leaves_nothing_half_done(stop_at, coded):
    told: list[int] = []

    def stop(done: int, of: int) -> None:
        assert 0 <= done <= of
        told.append(done)
        if len(told) == stop_at:
            raise Cancelled

    before, length = dump(coded.db), len(history(coded))
    with pytest.raises(Cancelled):
        coded.undo(stop)
    assert told == sorted(told)
    assert (dump(coded.db), len(history(coded))) == (before, length)
    assert verify(coded.db) == []
    coded.undo()


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_an_import_that_is_cancelled_leaves_nothing_half_done(stop_at, coded):
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == stop_at:
            raise Cancelled

    before, length = dump(coded.db), len(history(coded))
    rows = [ImportedCoding(n, "One.txt", n, n + 9, f"New {n % 7}", "Coder C") for n in range(120)]
    with pytest.raises(Cancelled):
        import_codings(coded, rows, "more.csv", create_codes=True, on_progress=stop)
    assert told == sorted(told)
    assert (dump(coded.db), len(history(coded))) == (before, length)
    assert verify(coded.db) == []


@pytest.mark.parametrize("added_at_most", [0, 300_000])
def test_the_counts_of_uses_follow_every_step(added_at_most, coded, monkeypatch):
    monkeypatch.setattr(uses, "_ADDED_AT_MOST", added_at_most)

    def counted() -> tuple[dict[str, tuple[int, int]], int]:
        names = dict(coded.rows("SELECT id, name FROM code"))
        return {names[one]: tuple(use) for one, use in code_uses(coded).items()}, sources(coded)[0].codings

    assert counted() == ({"Trust": (90, 90), "Clan": (10, 10)}, 100)
    recode(coded, all_codings(coded)[:5], code(coded, "Clan"))
    assert counted() == ({"Trust": (85, 85), "Clan": (10, 10)}, 95)
    coded.undo()
    coded.undo()
    assert counted() == ({}, 0)
    coded.redo()
    assert counted() == ({"Trust": (90, 90), "Clan": (10, 10)}, 100)


BATCH_FORGERIES = {
    "a batch that is gone": (
        "DELETE FROM row_batch WHERE seq = (SELECT max(seq) FROM row_batch)",
        "not in the journal",
    ),
    "a batch without its place": ("DELETE FROM row_change WHERE seq = (SELECT max(seq) FROM row_batch)", "missing"),
    "bytes that do not unpack": ("UPDATE row_batch SET after = zeroblob(20)", "cannot be unpacked"),
    "other ids": ("UPDATE row_batch SET row_ids = (SELECT row_ids FROM row_batch LIMIT 1)", "not what was written"),
    "other rows": ("UPDATE row_batch SET after = (SELECT after FROM row_batch LIMIT 1)", "is not what was written"),
    "another number of rows": ("UPDATE row_batch SET rows = rows + 1", "cannot be read"),
}


@pytest.mark.parametrize("what", BATCH_FORGERIES)
def test_a_batch_altered_behind_the_app_is_found(what, coded, behind):
    statement, sentence = BATCH_FORGERIES[what]
    coded.close()
    behind(coded.path, "PRAGMA foreign_keys = OFF", statement)
    with Project.open(coded.path, write=False, lenient=True) as project:
        found = verify(project.db)
    assert any(sentence in problem for problem in found), found
