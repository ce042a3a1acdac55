"""What co-occurrences are counted on: parts of sources, units, cases, and marks for distances."""

from collections.abc import Iterator

import pytest

from coder_app.analysis.how import Counting, Mode, Unit
from coder_app.analysis.inference import Inference
from coder_app.analysis.measured import measured
from coder_app.domain.distance import Distance, Measure
from coder_app.domain.errors import BadInput
from coder_app.domain.imported import ImportedText
from coder_app.edits.cases import add_case, put_passage, put_sources
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.queries.scope import Scope
from coder_app.reports.cooccurrence import counted
from coder_app.reports.ground import ground
from coder_app.store.project import Project

TEXT = "Anna: One two three.\nBen: Four five six.\nAnna: Seven eight."


@pytest.fixture
def project(tmp_path) -> Iterator[Project]:
    """A conversation of Anna and Ben, each a case, and a second text that is Anna's alone."""
    made = Project.create(tmp_path / "p.coder", coder="Me")
    texts = [("Talk.txt", TEXT), ("Letter.txt", "Nine ten.")]
    first, second = import_sources(
        made, [ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8") for name, words in texts]
    )
    fear, work = add_code(made, "Fear"), add_code(made, "Work")
    for source, words, code in (
        (first, "One two", fear),
        (first, "two three", work),
        (first, "Four", fear),
        (first, "five", work),
        (second, "Nine", fear),
    ):
        start = (TEXT if source == first else "Nine ten.").index(words)
        apply_code(made, source, start, start + len(words), code)
    anna, ben = add_case(made, "Anna"), add_case(made, "Ben")
    put_sources(made, anna, [second])
    for case, words in ((anna, "Anna: One two three."), (ben, "Ben: Four five six.")):
        start = TEXT.index(words)
        put_passage(made, case, first, start, start + len(words))
    yield made
    made.close()


def block_of(project: Project, how: Counting, scope: Scope | None = None):
    (block,) = counted(project, how, scope).result.blocks
    fear, work = sorted(block.codes, key=lambda code: counted(project, how).tree[code].name)
    return block, fear, work


def test_a_case_that_is_part_of_a_source_counts_only_its_part(project):
    every, fear, work = block_of(project, Counting(Mode.UNITS))
    assert (every.n(fear), every.n_ab(fear, work), every.counts.total) == (3, 2, 4)
    ben, fear, work = block_of(project, Counting(Mode.UNITS), Scope(cases=("Ben",)))
    assert (ben.n(fear), ben.n_ab(fear, work), ben.counts.total) == (1, 1, 1)


def test_a_table_names_its_scope(project):
    assert counted(project, Counting(), Scope(cases=("Ben",))).result.how.scope == "cases: Ben"


def test_cases_and_turns_are_units(project):
    by_case, fear, work = block_of(project, Counting(Mode.UNITS, Unit.CASE))
    assert (by_case.n(fear), by_case.n(work), by_case.n_ab(fear, work), by_case.counts.total) == (2, 2, 2, 2)
    by_turn, fear, work = block_of(project, Counting(Mode.UNITS, Unit.TURN))
    assert (by_turn.n_ab(fear, work), by_turn.counts.total) == (2, 3)


def test_nearness_is_measured_in_the_words_of_the_texts(project):
    near = Counting(Mode.PROXIMITY, distance=Distance(0, Measure.WORDS))
    block, fear, work = block_of(project, near)
    assert (block.n_ab(fear, work), block.n_ab(work, fear)) == (1, 0)
    wider = Counting(Mode.PROXIMITY, distance=Distance(1, Measure.WORDS))
    block, fear, work = block_of(project, wider)
    assert (block.n_ab(fear, work), block.n_ab(work, fear)) == (1, 1)


def test_marks_are_read_only_where_a_distance_asks_for_them(project):
    assert ground(project, Counting()).marks is None
    assert ground(project, Counting(Mode.PROXIMITY, distance=Distance(5, Measure.CHARACTERS))).marks is None
    assert ground(project, Counting(Mode.PROXIMITY)).marks


def test_cases_cannot_be_drawn_where_a_document_belongs_to_several(project):
    found = counted(project, Counting())
    assert len(found.tally.ground.case_of) == 1
    with pytest.raises(BadInput, match="one does not"):
        measured(found.tally, found.result, Inference(intervals=("jaccard",), over_cases=True))
