"""Counts words and finds their lines on plain values, so that a worker may do it as well as the window itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coder_app.analysis.kwic import CONTEXT, Sort, sort_key
from coder_app.analysis.words import Tally, Words, occurrences
from coder_app.domain.model import Source
from coder_app.domain.progress import OnProgress
from coder_app.domain.text import Span
from coder_app.gui.words.options import Options, Scope, Where
from coder_app.queries.codes import code_tree
from coder_app.queries.stretches import coded_stretches
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Part:
    """A source that is counted, whole or in `spans`. `key` is what the tally knows its words by."""

    source: Source
    key: str
    spans: tuple[Span, ...] | None = None

    def pieces(self, text: str) -> Iterator[str]:
        """Yield what is counted of the text."""
        if self.spans is None:
            yield text
        else:
            yield from (text[start:stop] for start, stop in self.spans)


class Line(NamedTuple):
    """Where a word stands."""

    source_id: str
    start: int
    stop: int


def parts_of(project: Project, sources: Iterable[Source], scope: Scope, coder_ids: Sequence[str]) -> list[Part]:
    """Return what a scope covers, in the order of the sources; codings are those of `coder_ids`."""
    if scope.where is Where.CODE:
        tree = code_tree(project)
        codes = [scope.name, *(code.id for code in tree.walk(scope.name))]
        found = coded_stretches(project, codes, coder_ids=coder_ids)
        return [Part(one, one.id, tuple(found[one.id])) for one in sources if one.id in found]
    return [Part(one, one.text_hash) for one in sources if _is_in(one, scope)]


def _is_in(source: Source, scope: Scope) -> bool:
    match scope.where:
        case Where.SOURCE:
            return source.id == scope.name
        case Where.FOLDER:
            return f"{source.folder}/".startswith(f"{scope.name}/")
        case Where.CHOSEN:
            return source.id in scope.chosen
        case _:
            return True


@dataclass(frozen=True, slots=True)
class Counted:
    """All words of the parts, the most frequent first, and what finds their places."""

    options: Options
    parts: Sequence[Part]
    tally: Tally
    rows: Sequence[Words]
    running: int


def count(
    options: Options, parts: Sequence[Part], tally: Tally, texts: Mapping[str, str], on_progress: OnProgress
) -> Counted:
    """Count the parts; `tally` takes in what it does not know yet from `texts` by hash, and is changed."""
    missing = {part.key: part for part in parts if part.key not in tally}
    total = sum(len(texts[part.source.text_hash]) for part in missing.values())
    done = 0

    def counted(characters: int) -> None:
        nonlocal done
        done += characters
        on_progress(min(done, total), total)

    for key, part in missing.items():
        tally.add(key, part.pieces(texts[part.source.text_hash]), counted)
    keys = [part.key for part in parts]
    return Counted(options, parts, tally, tally.totals(keys, match_case=options.match_case), tally.running(keys))


def find_lines(
    parts: Sequence[Part], forms: frozenset[str], sort: Sort, texts: Mapping[str, str], on_progress: OnProgress
) -> list[Line]:
    """Return where words in these forms stand; `texts` are by hash."""
    total = sum(len(texts[part.source.text_hash]) for part in parts)
    found: list[tuple[str, Line]] = []
    before = 0
    for part in parts:
        text = texts[part.source.text_hash]
        for first, last in part.spans or ((0, len(text)),):
            whole = (first, last) == (0, len(text))
            for start, stop in occurrences(text if whole else text[first:last], forms):
                if start == stop:
                    on_progress(before + first + stop, total)
                    continue
                line = Line(part.source.id, first + start, first + stop)
                found.append((_key(sort, text, line), line))
        before += len(text)
    if sort is not Sort.PLACE:
        found.sort(key=lambda one: one[0])
    return [line for _, line in found]


def _key(sort: Sort, text: str, line: Line) -> str:
    if sort is Sort.PLACE:
        return ""
    start, stop = line.start, line.stop
    return sort_key(sort, text[max(0, start - CONTEXT) : start], text[start:stop], text[stop : stop + CONTEXT])
