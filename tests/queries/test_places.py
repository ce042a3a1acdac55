"""Places of codings are those that the full query tells of."""

from pathlib import Path

from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, quote, remove_codings
from coder_app.edits.sources import import_sources
from coder_app.queries.codings import codings_in
from coder_app.queries.places import places_in
from coder_app.store.project import Project

WORDS = "Trust is everything here. We trust our neighbours."


def test_every_coding_of_the_source_has_its_place_and_nothing_else_has(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.coder", name="P", coder="Ann") as project:
        one, other = import_sources(
            project,
            [
                ImportedText(n, "text", w, w.encode(), "text", "1", "utf-8")
                for n, w in (("A", WORDS), ("B", WORDS[::-1]))
            ],
        )
        codes = [add_code(project, name) for name in ("Trust", "Work")]
        for start, stop, code in ((0, 5, 0), (0, 5, 1), (10, 30, 0)):
            apply_code(project, one, start, stop, codes[code])
        gone = apply_code(project, one, 7, 9, codes[1])
        apply_code(project, other, 0, 5, codes[0])
        quote(project, one, 3, 8)
        remove_codings(project, [gone])
        expected = [(c.id, c.segment_id, c.start, c.stop, c.code_id, c.coder_id) for c in codings_in(project, one)]
        assert len(expected) == 3
        assert sorted(places_in(project, one)) == sorted(expected)
