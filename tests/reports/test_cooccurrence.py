"""The passages behind a table, and what each picture of a project rests on."""

import pytest

from coder_app.analysis.how import Counting, Mode
from coder_app.analysis.layouts.material import COUNT, Choices
from coder_app.domain.pictures import PictureKind
from coder_app.domain.progress import tell_nobody
from coder_app.exporters.figures import body
from coder_app.importers.sample import build_sample
from coder_app.reports import passages
from coder_app.reports.cooccurrence import Options, by_document, counted, pictures
from coder_app.reports.passages import behind
from coder_app.store.project import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "sample.coder"
    build_sample(path)
    with Project.open(path, write=False) as opened:
        yield opened


@pytest.mark.parametrize("mode", [Mode.SEGMENTS, Mode.PAIRS, Mode.UNITS])
@pytest.mark.parametrize("roll_up", [False, True])
def test_every_cell_has_as_many_passages_as_it_counts(project, mode, roll_up):
    found = counted(project, Counting(mode, roll_up=roll_up))
    quotes = behind(project, found.tally, found.result, found.names, tell_nobody)
    assert (quotes.most_per_cell, quotes.left_out) == (None, 0)
    cells = {
        (block.coders, *pair): n
        for block in found.result.blocks
        for pair, n in ((pair, block.n_ab(*pair)) for pair in pairs_of(block))
        if n
    }
    assert {key: len(cell) for key, cell in quotes.cells.items()} == cells


def pairs_of(block):
    return [(a, b) for place, a in enumerate(block.codes) for b in block.codes[place + 1 :]]


def test_quotes_are_the_words_of_their_places(project):
    found = counted(project, Counting())
    quotes = behind(project, found.tally, found.result, found.names, tell_nobody)
    texts = dict(project.rows("SELECT name, text FROM source JOIN text_body ON hash = text_hash"))
    for cell in quotes.cells.values():
        assert all(one.text == texts[one.source][one.start : one.stop] for one in cell)


def test_too_many_passages_are_those_of_the_most_frequent_pairs(project, monkeypatch):
    monkeypatch.setattr(passages, "MOST_PASSAGES", 40)
    monkeypatch.setattr(passages, "MOST_PAIRS", 20)
    found = counted(project, Counting(coders="merged"))
    quotes = behind(project, found.tally, found.result, found.names, tell_nobody)
    block = found.result.blocks[0]
    assert len(quotes.cells) == 20
    assert quotes.left_out == sum(1 for pair in pairs_of(block) if block.n_ab(*pair)) - 20
    assert quotes.most_per_cell == 2
    least = min(block.n_ab(a, b) for _, a, b in quotes.cells)
    assert sum(block.n_ab(*pair) > least for pair in pairs_of(block)) <= 20


def test_documents_add_up_to_the_whole(project):
    found = counted(project, Counting())
    for block in found.result.blocks:
        documents = by_document(found.tally, found.names, found.sources, block)()
        assert set(documents) <= set(found.sources.values())
        for pair in pairs_of(block):
            assert sum(one.n_ab(*pair) or 0 for one in documents.values()) == block.n_ab(*pair)


def test_two_documents_of_one_name_stay_two(project):
    found = counted(project, Counting())
    names = dict.fromkeys(found.sources, "The same")
    whole = by_document(found.tally, found.names, found.sources, found.result.blocks[0])()
    assert len(by_document(found.tally, found.names, names, found.result.blocks[0])()) == len(whole)


@pytest.mark.parametrize("mode", Mode)
def test_every_way_of_counting_has_every_picture(project, mode):
    found = counted(project, Counting(mode, coders="merged"))
    for kind in PictureKind:
        drawn = pictures(found, Options(shape=kind.value))
        assert len(drawn) == 1
        assert body(drawn[0]).parts
        assert drawn[0].shown.table.rows


def test_directed_counts_flow_both_ways_and_tie_by_their_sum(project):
    found = counted(project, Counting(Mode.RELATION, coders="merged"))
    block = found.result.blocks[0]
    (flow,) = pictures(found, Options(shape="sankey"))
    codes = flow.shown.codes
    assert all(link.count == block.n_ab(codes[link.a], codes[link.b]) for link in flow.flows)
    (net,) = pictures(found, Options(shape="network", choices=Choices(COUNT, 1)))
    codes = net.shown.codes
    for link in net.links:
        one, other = codes[link.a], codes[link.b]
        assert link.weight == block.n_ab(one, other) + block.n_ab(other, one)
