"""The tables that the layout for words can write: words, words by source, lines."""

from collections.abc import Callable, Sequence

from coder_app.analysis.kwic import CONTEXT, kwic, kwic_table
from coder_app.analysis.words import Words, words_by_source_table, words_table
from coder_app.domain.hits import Hit
from coder_app.domain.model import Source
from coder_app.domain.progress import OnProgress
from coder_app.domain.table import Table
from coder_app.gui.words.material import Counted, Line, Lines
from coder_app.store.project import Project

MakeTable = Callable[[OnProgress], Table]


def words_export(counted: Counted, rows: Sequence[Words], settings: dict[str, str]) -> MakeTable:
    """Return what makes the table of these words."""
    return lambda _: words_table(rows, counted.running, settings)


def words_by_source_export(counted: Counted, rows: Sequence[Words], settings: dict[str, str]) -> MakeTable:
    """Return what makes the table of these words by source."""
    names = {part.source.id: part.source.name for part in counted.parts}

    def make(on_progress: OnProgress) -> Table:
        found: dict[str, dict[str, int]] = {}
        for done, part in enumerate(counted.parts):
            on_progress(done, len(counted.parts))
            found[part.source.id] = counted.tally.count_in(part.key, match_case=counted.options.match_case)
        return words_by_source_table(rows, found, names, settings)

    return make


def lines_export(
    project: Project | None, lines: Lines, sources: dict[str, Source], settings: dict[str, str]
) -> MakeTable:
    """Return what makes the table of these lines, in their order; the texts are read before it returns."""
    texts: dict[str, str] = {}
    if project is not None:
        needed = lines.source_ids()
        texts = {source_id: project.text(sources[source_id].text_hash) for source_id in needed}

    def hit(line: Line) -> Hit:
        text = texts[line.source_id]
        before, after = text[max(0, line.start - CONTEXT) : line.start], text[line.stop : line.stop + CONTEXT]
        name = sources[line.source_id].name
        return Hit(line.source_id, name, line.start, line.stop, text[line.start : line.stop], before, after)

    def make(on_progress: OnProgress) -> Table:
        hits: list[Hit] = []
        for done, line in enumerate(lines):
            on_progress(done, len(lines))
            hits.append(hit(line))
        return kwic_table(kwic(hits), settings)

    return make
