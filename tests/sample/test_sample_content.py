"""The sample that ships with the app is sound: its texts, its codebook and its codings fit one another."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coder_app.domain.text import canonical, count_words
from coder_app.domain.tree import SEPARATOR

REPOSITORY = Path(__file__).parents[2]
SHARED_SEEDS = REPOSITORY.parent / "shared" / "seeds"
SEEDS = REPOSITORY / "seeds"
PROJECT = REPOSITORY / "projects" / "central-asia"
BOOK = REPOSITORY / "codebooks" / "central-asia.json"

_CODE_FIELDS = {
    "id", "name", "colour", "definition", "use_when", "not_when", "is_codable", "examples", "children",
}  # fmt: skip
_LISTED_SEED = re.compile(
    r"^\| `(?P<name>[^`]+\.txt)` \| (?P<words>[\d,]+) \| (?P<characters>[\d,]+) \| `(?P<hash>\w+)` \|$"
)
# The first and last words of what the page, not the author, has put into each file.
_FURNITURE = {
    "astana-code-of-conduct.txt": [("Wednesday", "By Samantha Brletich."), ("—–", "Latest article")],
    "four-central-asia-articles.txt": [
        ("Connect with us", "\non\n"),
        ("From our partner RIAC", "I Theoretical Analysis:"),
        ("[1]Matthew Stein", "Principles vs. Practices\n\nPublished\n\non\n"),
        ("Continue Reading\n\nCentral Asia\n\nKazakhstan’s government", "civil society\n\nPublished\n\non\n"),
        ("Continue Reading\n\nPublications", "\nTrending"),
    ],
    "kazakhstan-human-rights-commitments.txt": [
        ("Wednesday", "CACI Analyst)"),
        ("Read 2647 times", "CACI Analyst\n\nNewsletter"),
    ],
    "kazakhstan-peacekeeping-role.txt": [
        ("If a nation", "and sustainable development."),
        ("Adil Akhmetov", "Cooperation Council"),
    ],
    "world-free-of-terrorism.txt": [
        ("Skip to Content", "initiative of Kazakh President"),
        ("Source: Kazakhstan", "2050"),
    ],
}


def _text(file: str) -> str:
    return canonical((SEEDS / file).read_bytes().decode())


def _project() -> dict[str, Any]:
    return json.loads((PROJECT / "project.json").read_text("utf-8"))


def _files() -> list[str]:
    return [source["file"] for source in _project()["sources"]]


def _codings(file: str) -> list[dict[str, Any]]:
    lines = (PROJECT / "codings" / f"{Path(file).stem}.jsonl").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


def _all_codings() -> list[dict[str, Any]]:
    return [coding for file in _files() for coding in _codings(file)]


def _walk(codes: list[dict[str, Any]], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for code in codes:
        path = above + code["name"]
        yield path, code
        yield from _walk(code["children"], path + SEPARATOR)


def _codes() -> dict[str, dict[str, Any]]:
    return dict(_walk(json.loads(BOOK.read_text("utf-8"))["codes"]))


def _listed_seeds() -> dict[str, re.Match[str]]:
    lines = (SEEDS / "README.md").read_text("utf-8").splitlines()
    return {match["name"]: match for line in lines if (match := _LISTED_SEED.match(line))}


def test_the_readme_of_the_seeds_gives_their_hashes_words_and_characters() -> None:
    listed = _listed_seeds()
    assert set(listed) == {path.name for path in SEEDS.glob("*.txt")}
    for name, row in listed.items():
        text = _text(name)
        assert row["hash"] == hashlib.sha256((SEEDS / name).read_bytes()).hexdigest()
        assert int(row["words"].replace(",", "")) == count_words(text)
        assert int(row["characters"].replace(",", "")) == len(text)


@pytest.mark.skipif(not SHARED_SEEDS.exists(), reason="the received texts are not beside this checkout")
def test_the_seeds_are_the_received_texts_byte_for_byte() -> None:
    ours = sorted(path.read_bytes() for path in SEEDS.glob("*.txt"))
    assert ours == sorted(path.read_bytes() for path in SHARED_SEEDS.glob("*.txt"))


def test_the_project_uses_every_seed_once_under_its_file_name() -> None:
    project = _project()
    assert sorted(_files()) == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert all(source["name"] == source["file"] for source in project["sources"])
    assert project["codebook"] == BOOK.name
    assert {path.stem for path in (PROJECT / "codings").iterdir()} == {Path(file).stem for file in _files()}


@pytest.mark.parametrize("file", sorted(_FURNITURE))
def test_every_coding_quotes_the_text_at_its_range(file: str) -> None:
    text = _text(file)
    for coding in _codings(file):
        assert set(coding) == {"start", "stop", "code", "coder", "memo", "text"}
        assert 0 <= coding["start"] < coding["stop"] <= len(text)
        assert text[coding["start"] : coding["stop"]] == coding["text"]
        assert coding["text"] == coding["text"].strip()


@pytest.mark.parametrize("file", sorted(_FURNITURE))
def test_codings_stand_in_order_and_none_stands_twice(file: str) -> None:
    order = [(c["start"], c["stop"], c["code"], c["coder"]) for c in _codings(file)]
    assert order == sorted(set(order))


@pytest.mark.parametrize("file", sorted(_FURNITURE))
def test_no_coding_touches_the_furniture_of_the_page(file: str) -> None:
    text = _text(file)
    for first, last in _FURNITURE[file]:
        start = text.index(first)
        stop = text.index(last, start) + len(last)
        assert not [c["text"] for c in _codings(file) if c["start"] < stop and c["stop"] > start]


def test_every_coding_uses_a_code_of_the_codebook_and_every_code_is_used() -> None:
    assert {coding["code"] for coding in _all_codings()} == set(_codes())


def test_there_are_enough_codings_and_memos_to_work_with() -> None:
    codings = _all_codings()
    assert len(codings) >= 200
    assert 15 <= sum(1 for coding in codings if coding["memo"]) <= 25


def test_one_coder_codes_all_five_sources_and_the_other_the_same_two() -> None:
    per_coder = {file: Counter(coding["coder"] for coding in _codings(file)) for file in _files()}
    assert _project()["coders"] == ["Coder A", "Coder B"]
    assert {coder for counted in per_coder.values() for coder in counted} == {"Coder A", "Coder B"}
    assert len([file for file, counted in per_coder.items() if counted["Coder A"]]) == 5
    assert len([file for file, counted in per_coder.items() if counted["Coder A"] and counted["Coder B"]]) == 2


def test_a_coder_never_puts_one_code_twice_on_the_same_words() -> None:
    for file in _files():
        reached: dict[tuple[str, str], int] = {}
        for coding in _codings(file):
            key = (coding["coder"], coding["code"])
            assert reached.get(key, 0) <= coding["start"], coding["text"]
            reached[key] = coding["stop"]


def test_code_names_and_ids_are_unique_and_paths_can_be_taken_apart() -> None:
    codes = _codes().values()
    names = [code["name"] for code in codes]
    ids = [code["id"] for code in codes]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert all(str(UUID(id_)) == id_ for id_ in ids)
    assert not [name for name in names if SEPARATOR in name]


def test_every_code_is_defined_against_its_neighbours() -> None:
    for path, code in _codes().items():
        assert set(code) == _CODE_FIELDS, path
        assert all(code[field].strip() for field in ("definition", "use_when", "not_when")), path
        assert 1 <= len(code["examples"]) <= 2, path


def test_every_example_of_a_code_occurs_in_its_source() -> None:
    for path, code in _codes().items():
        for example in code["examples"]:
            assert example["text"] in _text(example["source"]), path


def test_the_data_files_are_written_so_that_a_change_shows_as_a_change() -> None:
    for path in (BOOK, PROJECT / "project.json"):
        written = path.read_bytes().decode()
        assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n"
