"""The sample project that ships with the app is built whole, and says what its files say."""

import json
from pathlib import Path

import pytest

from coder_app.domain.errors import ProjectProblem
from coder_app.importers.sample import build_sample
from coder_app.queries.codes import codes
from coder_app.queries.codings import annotations
from coder_app.queries.memos import memos
from coder_app.queries.overview import overview
from coder_app.queries.sources import sources, text_of
from coder_app.store.project import Project
from coder_app.store.verify import verify

ROOT = Path(__file__).parents[2]
CODINGS = ROOT / "projects" / "central-asia" / "codings"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "central-asia.coder"
    build_sample(path)
    with Project.open(path, write=False) as project:
        yield project


def written():
    """The codings as they stand in the repository."""
    return {
        (f"{file.stem}.txt", row["start"], row["stop"], row["text"], row["code"], row["coder"], row["memo"])
        for file in CODINGS.glob("*.jsonl")
        for row in map(json.loads, file.read_text("utf-8").rstrip("\n").split("\n"))
    }


def test_the_sample_holds_five_texts_and_two_coders_work(sample):
    found = overview(sample)
    assert (found.name, found.coders, found.sources) == ("Central Asia security", ["Coder A", "Coder B"], 5)
    assert found.codings >= 200
    assert verify(sample.db) == []


def test_the_texts_are_the_seeds_unchanged(sample):
    seeds = {path.name: path.read_bytes() for path in (ROOT / "seeds").glob("*.txt")}
    assert {source.name: text_of(sample, source.id).encode() for source in sources(sample)} == seeds


def test_every_coding_of_the_files_is_there_with_its_passage_and_memo(sample):
    built = {(row.source, row.start, row.stop, row.text, row.code, row.coder, row.memo) for row in annotations(sample)}
    assert built == written()
    assert len(memos(sample)) == sum(bool(row[-1]) for row in written())


def test_every_code_has_a_colour_and_siblings_differ(sample):
    colours: dict[str | None, list[str]] = {}
    for code in codes(sample):
        assert code.colour
        colours.setdefault(code.parent_id, []).append(code.colour)
    assert all(len(set(found)) == len(found) for found in colours.values())


def test_the_sample_is_one_step_that_can_be_undone(tmp_path):
    path = tmp_path / "sample.coder"
    build_sample(path)
    with Project.open(path) as project:
        assert project.undo() == "Build the sample project"
        assert overview(project).sources == 0
        assert project.undo_label() is None


def test_a_path_that_exists_is_refused_and_left_alone(tmp_path):
    there = tmp_path / "there.coder"
    there.write_text("mine", "utf-8")
    with pytest.raises(ProjectProblem, match=r"there\.coder"):
        build_sample(there)
    assert there.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [there]


def test_nothing_is_left_where_the_sample_cannot_be_built(tmp_path):
    with pytest.raises(ProjectProblem, match="missing"):
        build_sample(tmp_path / "missing" / "sample.coder")
    assert list(tmp_path.iterdir()) == []
