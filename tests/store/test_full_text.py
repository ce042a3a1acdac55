"""The search index may lag behind, stand half done or break; it never holds anything back for good."""

import pytest

from coder_app.domain.imported import ImportedText
from coder_app.edits.sources import import_sources, read_again, remove_sources
from coder_app.store import full_text
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

LONG = "".join(f"Line {n} speaks of trust.\n" for n in range(60_000))


def imported(name: str, text: str) -> ImportedText:
    return ImportedText(name, "text", text, text.encode(), "text", "1", "utf-8")


def lines_of(project: Project, match: str) -> list[tuple[int, int]]:
    found = full_text.lines_with(project.db, match, 1_000_000)
    assert found is not None
    return [full_text.split_line(line) for line in found]


@pytest.fixture
def small(project):
    import_sources(
        project, [imported("One.txt", "We trusted them.\n\nThen Señora Ivanova came."), imported("No.txt", "")]
    )
    return project


def test_small_texts_are_indexed_with_their_import(small):
    assert full_text.missing(small.db) == 0
    assert lines_of(small, '"trusted"') == [(1, 0)]
    assert lines_of(small, '"senora ivanova"') == [(1, 18)]
    assert lines_of(small, '"trust" *') == [(1, 0)]


def test_a_large_import_is_left_for_later(project):
    import_sources(project, [imported("Long.txt", LONG), imported("Short.txt", "We trusted them.")])
    assert full_text.missing(project.db) == 2
    assert lines_of(project, '"trust"') == []


def test_slices_go_on_where_the_one_before_stopped(project):
    import_sources(project, [imported("Long.txt", LONG), imported("Short.txt", "trust")])
    steps = 0
    while full_text.index_some(project, budget_ms=5):
        steps += 1
    assert steps > 1
    starts = [start for number, start in lines_of(project, '"trust"') if number == 1]
    assert len(starts) == 60_000
    assert {LONG[start : start + 4] for start in starts} == {"Line"}
    assert full_text.index_some(project) == 0
    assert verify(project.db) == []


def test_more_lines_than_wanted_are_not_listed(small):
    assert full_text.lines_with(small.db, '"trusted" OR "came"', 1) is None
    assert full_text.lines_with(small.db, '"trusted" OR "came"', 2) is not None


def test_lines_of_one_text_alone(project):
    import_sources(project, [imported("One.txt", "trust\ntrust"), imported("Two.txt", "trust")])
    assert [full_text.split_line(line) for line in full_text.lines_in(project.db, '"trust"', 1)] == [(1, 0), (1, 6)]
    assert [full_text.split_line(line) for line in full_text.lines_in(project.db, '"trust"', 2)] == [(2, 0)]


def test_the_index_is_no_step_and_not_in_the_dump(project):
    import_sources(project, [imported("Long.txt", LONG)])
    before, label = dump(project.db), project.undo_label()
    full_text.index_some(project, budget_ms=10_000)
    assert full_text.missing(project.db) == 0
    assert (dump(project.db), project.undo_label()) == (before, label)


def test_a_text_that_comes_again_keeps_its_entries(small):
    import_sources(small, [imported("Twin.txt", "We trusted them.\n\nThen Señora Ivanova came.")])
    assert lines_of(small, '"trusted"') == [(1, 0)]
    small.undo()
    small.redo()
    assert lines_of(small, '"trusted"') == [(1, 0)]


def test_only_texts_that_a_source_names_are_missing(project):
    (source,) = import_sources(project, [imported("Long.txt", LONG)])
    remove_sources(project, [source])
    assert full_text.missing(project.db) == 0
    assert full_text.index_some(project) == 0


def test_a_corrected_text_is_indexed_later(small):
    source = small.rows("SELECT id FROM source WHERE name = 'One.txt'")[0][0]
    read_again(small, source, imported("One.txt", "Nobody knew."))
    assert full_text.index_some(small) == 0
    assert [start for _, start in lines_of(small, '"nobody"')] == [0]


def test_an_import_that_fails_leaves_nothing_in_the_index(project):
    with pytest.raises(ZeroDivisionError), project.edit("Two imports"):
        import_sources(project, [imported("One.txt", "trust")])
        _ = 1 / 0
    assert lines_of(project, '"trust"') == []


def test_nothing_is_written_while_a_step_is_open_or_in_a_reader(project):
    import_sources(project, [imported("Long.txt", LONG)])
    with project.edit("A step"):
        assert full_text.index_some(project) == 1
    path = project.path
    project.close()
    with Project.open(path, write=False) as reader:
        assert full_text.index_some(reader) == 0
        assert full_text.missing(reader.db) == 1


def test_a_reader_can_use_the_index_although_it_trusts_no_schema(small):
    path = small.path
    small.close()
    with Project.open(path, write=False) as reader:
        assert lines_of(reader, '"came"') == [(1, 18)]
        assert lines_of(reader.snapshot(), '"came"') == [(1, 18)]


def test_a_damaged_index_is_told_apart_and_can_be_made_anew(small, behind):
    path = small.path
    small.close()
    behind(path, "UPDATE full_text_data SET block = x'0102' WHERE id > 10")
    with Project.open(path) as project:
        with pytest.raises(full_text.Unusable):
            full_text.lines_with(project.db, '"trusted"', 10)
        full_text.clear(project)
        assert full_text.missing(project.db) == 2
        assert full_text.index_some(project) == 0
        assert lines_of(project, '"trusted"') == [(1, 0)]
