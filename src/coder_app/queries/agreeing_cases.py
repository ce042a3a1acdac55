"""Codings by case instead of by source, for comparing coders on whole cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.cases import cases, cases_of_sources
from coder_app.queries.decisions import Row
from coder_app.store.project import Project

_Stretch = tuple[str, int, int, int]
"""A case, where the stretch lies in the case, and its start and stop in the source (code points)."""


@dataclass(frozen=True, slots=True)
class InCases:
    """Codings with the case in the place of the source, the texts of a case laid end to end.

    `coded` are, by case, those who coded all its sources; `cases` name and length (code points) by id.
    """

    rows: list[Row]
    coded: dict[str, tuple[str, ...]]
    cases: dict[str, tuple[str, int]]


def in_cases(
    project: Project,
    rows: Iterable[Row],
    coded: Mapping[str, tuple[str, ...]],
    sources: Mapping[str, tuple[str, int]],
) -> InCases:
    """Return codings by case; `sources` are name and length by id.

    Sources that were not there then are left out. A coding that leaves the case is cut at its border; one in several
    cases is in each of them.
    Raises BadInput where no case holds a source.
    """
    stretches: dict[str, list[_Stretch]] = {}
    found = InCases([], {}, {})
    places = cases_of_sources(project)
    for case in cases(project):
        length, people = 0, None
        present = {one: spans for one, spans in places.get(case.id, {}).items() if one in sources}
        for source_id, spans in sorted(present.items()):
            for start, stop in ((0, sources[source_id][1]),) if spans is None else spans:
                stretches.setdefault(source_id, []).append((case.id, length, start, stop))
                # One character of nothing keeps stretches of two texts apart.
                length += stop - start + 1
            mine = set(coded.get(source_id, ()))
            people = mine if people is None else people & mine
        if length:
            found.cases[case.id] = (case.name, length)
            found.coded[case.id] = tuple(sorted(people or ()))
    if not found.cases:
        raise BadInput(tr("No case holds a source; put sources into cases, or choose another unit."))
    found.rows.extend(_moved(rows, stretches))
    return found


def _moved(rows: Iterable[Row], stretches: Mapping[str, list[_Stretch]]) -> Iterator[Row]:
    for coding_id, source_id, start, stop, code_id, coder_id in rows:
        for case_id, at, first, last in stretches.get(source_id, ()):
            begin, end = max(start, first), min(stop, last)
            if begin < end:
                yield coding_id, case_id, at + begin - first, at + end - first, code_id, coder_id
