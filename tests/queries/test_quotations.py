"""Quotations are the segments that carry no code, wherever they are asked for."""

from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, quote, remove_quotation
from coder_app.edits.sources import import_sources
from coder_app.queries.quotations import (
    quotation,
    quotations,
    quotations_in,
    quoted_passages,
    segments_in_all,
    segments_starting,
)
from coder_app.store.project import Project

TEXT = "First we waited. Then they came. Nobody spoke."


def test_a_quotation_is_one_until_it_is_coded_or_removed(tmp_path) -> None:
    with Project.create(tmp_path / "quotes.coder", coder="Ann") as project:
        texts = [ImportedText(name, "text", TEXT, TEXT.encode(), "text", "1", "utf-8") for name in ("One", "Two")]
        one, two = import_sources(project, texts)
        late = quote(project, one, 17, 32)
        early = quote(project, one, 0, 16)
        other = quote(project, two, 33, 46)
        assert [found.id for found in quotations_in(project, one, 1, 18)] == [late]
        assert quotations_in(project, one, 0, 17) == quotations_in(project, one)[:1]
        assert [segments_starting(project, one, *reach) for reach in ((0, None), (0, 17), (1, 17))] == [2, 1, 0]
        assert [found.id for found in quotations_in(project, one)] == [early, late]
        assert [(found.source, found.text) for found in quoted_passages(project, context=6)] == [
            ("One", "First we waited."),
            ("One", "Then they came."),
            ("Two", "Nobody spoke."),
        ]
        assert quotations(project) == [found.quotation for found in quoted_passages(project)]
        assert segments_in_all(project) >= len(quotations(project))
        assert quoted_passages(project, context=6)[1].before == "aited. "[1:]
        code = add_code(project, "Silence")
        apply_code(project, two, 33, 46, code)
        assert quotation(project, other) is None
        assert quotations_in(project, two) == []
        project.undo()
        found = quotation(project, other)
        assert found is not None
        assert (found.start, found.stop, found.coder_id) == (33, 46, project.coder_id)
        remove_quotation(project, late)
        assert quotation(project, late) is None
        assert [found.id for found in quotations_in(project, one)] == [early]
