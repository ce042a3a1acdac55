"""Places of codings are those that the full query tells of, however few are asked for at a time."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, quote, remove_codings
from coder_app.edits.sources import import_sources
from coder_app.queries.codings import codings_in, codings_over
from coder_app.queries.places import Place, places_from, places_over
from coder_app.store.project import Project

WORDS = "Trust is everything here. We trust our neighbours. "


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """Two sources; on the first, passages that start together, a removed one, and a quotation without a code."""
    with Project.create(tmp_path / "p.coder", name="P", coder="Ann") as project:
        texts = [
            ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8")
            for name, words in (("A", WORDS * 3), ("B", WORDS))
        ]
        one, other = import_sources(project, texts)
        trust, work = add_code(project, "Trust"), add_code(project, "Work")
        for start, stop in ((0, 5), (0, 9), (0, 20), (10, 30), (40, 50), (41, 43), (41, 60), (70, 71)):
            apply_code(project, one, start, stop, trust)
            apply_code(project, one, start, stop, work)
        remove_codings(project, [apply_code(project, one, 7, 9, work)])
        apply_code(project, other, 0, 5, trust)
        quote(project, one, 3, 8)
        yield SimpleNamespace(project=project, source=one)


def rows(project: Project, source_id: str) -> list[Place]:
    return [(c.id, c.segment_id, c.start, c.stop, c.code_id, c.coder_id) for c in codings_in(project, source_id)]


@pytest.mark.parametrize("most", [1, 2, 3, 5, 100])
def test_a_few_at_a_time_every_coding_comes_once(coded, most: int) -> None:
    found: list[Place] = []
    start: int | None = 0
    while start is not None:
        some, start = places_from(coded.project, coded.source, start, most)
        found += some
    assert len(found) == 16
    assert sorted(found) == sorted(rows(coded.project, coded.source))
    assert [place[2] for place in found] == sorted(place[2] for place in found)


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (5, 10), (42, 43), (0, 1000), (80, 90)])
def test_places_over_a_range_share_a_character_with_it(coded, start: int, stop: int) -> None:
    expected = {one.id for one in codings_over(coded.project, coded.source, start, stop)}
    assert {place[0] for place in places_over(coded.project, coded.source, start, stop)} == expected
