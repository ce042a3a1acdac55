"""Columns come out of their bytes as they went in, and no other bytes are taken for columns."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.change import RowBatch, RowChange
from coder_app.domain.packing import holds, pack, unpack

VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text(st.characters(exclude_categories=["Cs"])))


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(VALUES, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_any_columns_come_out_as_they_were_packed(values):
    columns = {f"c{n}": column for n, column in enumerate(values)}
    assert unpack(pack(columns)) == columns


FORGED = [b"", b"no zlib", zlib.compress(b"[1]"), zlib.compress(b"{"), zlib.compress(b'{"id": 7}'),
          zlib.compress(b'{"id": {"of": ["a"], "is": [1]}}'), zlib.compress(b'{"id": {"of": 1, "is": [0]}}'),
          zlib.compress(b'{"id": {}}'), zlib.compress(b"[" * 100_000), pack({"id": ["a"]})[:-3]]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
def test_bytes_that_are_no_batch_are_refused(data):
    with pytest.raises(ValueError, match="cannot be unpacked"):
        RowBatch("coding", 1, data, None, None).row_ids()


def batch(n: int) -> RowBatch:
    ids = [f"id-{place}" for place in range(n)]
    return RowBatch("coding", n, pack({"id": ids}), None, pack({"code_id": ["a"] * n, "start": list(range(n))}))


def test_a_batch_yields_its_rows_one_by_one():
    first, second = batch(2).changes()
    assert first == RowChange("coding", "id-0", None, {"id": "id-0", "code_id": "a", "start": 0})
    assert second.after == {"id": "id-1", "code_id": "a", "start": 1}


def test_a_batch_reversed_takes_away_what_it_brought():
    assert [(row.before, row.after) for row in batch(1).reversed().changes()] == [
        ({"id": "id-0", "code_id": "a", "start": 0}, None)
    ]
    assert batch(3).reversed().reversed() == batch(3)


def test_some_rows_of_a_batch_are_a_batch():
    some = batch(5).only({"id-1", "id-3", "elsewhere"})
    assert some is not None
    assert (some.count, some.row_ids()) == (2, ["id-1", "id-3"])
    assert [row.after["start"] for row in some.changes() if row.after] == [1, 3]
    assert batch(5).only(set()) is None


@given(st.text(max_size=6), st.lists(st.one_of(st.none(), st.text(max_size=8)), min_size=1, max_size=6))
def test_a_value_is_found_without_unpacking_where_it_is_a_value_and_nowhere_else(value, cells) -> None:
    columns = {"name of the column": cells}
    assert holds(pack(columns), value) == (
        value in cells or (value in {*columns, "of", "is"} and holds(pack(columns), value))
    )


def test_a_value_quoted_within_a_text_is_not_that_value() -> None:
    assert not holds(pack({"text": ['said "id" twice']}), "id")
