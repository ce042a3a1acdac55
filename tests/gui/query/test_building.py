from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.query_language.reading import parse
from coder_app.domain.query_language.tree import Distance, Lies, Query, Unit, Without, parts_of
from coder_app.domain.query_language.writing import write
from coder_app.gui.query.building import added, denied, grouped_as, lying, part_at, related, removed, replaced

FEAR = parse("Fear")


def test_parts_are_added_removed_and_joined_otherwise() -> None:
    query = parse("Trust AND (Work OR NOT Police)")
    assert write(added(query, (), FEAR)) == "Trust AND (Work OR NOT Police) AND Fear"
    assert write(added(query, (1,), FEAR)) == "Trust AND (Work OR NOT Police OR Fear)"
    assert write(added(query, (0,), FEAR)) == "Trust AND Fear AND (Work OR NOT Police)".replace(
        "Trust AND Fear AND", "(Trust AND Fear) AND"
    )
    assert write(removed(query, (1, 0)) or FEAR) == "Trust AND NOT Police"
    assert write(removed(query, (1, 1, 0)) or FEAR) == "Trust AND Work"
    assert removed(query, ()) is None
    assert write(grouped_as(query, (1,), "XOR")) == "Trust AND (Work XOR NOT Police)"
    assert write(added(None, (), FEAR)) == "Fear"


def test_not_comes_and_goes() -> None:
    query = parse("Trust AND NOT Fear")
    assert write(denied(query, (0,))) == "NOT Trust AND NOT Fear"
    assert write(denied(query, (1,))) == "Trust AND Fear"
    assert write(denied(query, (1, 0))) == "Trust AND Fear"
    assert write(denied(query, ())) == "NOT (Trust AND NOT Fear)"


def test_relations_are_made_and_changed() -> None:
    query = related(parse("Trust OR Work"), (0,), Lies.NEAR, FEAR)
    assert write(query) == "Trust NEAR Fear OR Work"
    far = lying(query, (0,), Lies.FOLLOWS, Distance(2, Unit.WORDS))
    assert write(far) == "Trust FOLLOWS(2 words) Fear OR Work"
    assert write(lying(far, (0,), Lies.WITHIN, Distance(2, Unit.WORDS))) == "Trust WITHIN Fear OR Work"
    assert write(removed(query, (0, 1)) or FEAR) == "Trust OR Work"


TEXTS = ["Trust", "Trust AND Work AND NOT Fear", "(Trust OR Work) NEAR (A XOR B XOR C)", "NOT (A WITHIN B)"]


@given(st.sampled_from(TEXTS), st.data())
def test_replacing_a_part_by_itself_changes_nothing(text: str, data: st.DataObject) -> None:
    query: Query = parse(text)
    way: tuple[int, ...] = ()
    while parts := parts_of(part_at(query, way)):
        step = data.draw(st.integers(-1, len(parts) - 1))
        if step < 0:
            break
        way = (*way, step)
    assert replaced(query, way, part_at(query, way)) == query
    assert part_at(replaced(query, way, Without(FEAR)), way) == Without(FEAR)
