"""A .coderbook comes back as it was written, with all its versions; what is not as published is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.codebook import Example
from coder_app.domain.coderbook import Coderbook, Edition, SharedCode, document, with_edition
from coder_app.domain.errors import BadInput, ImportProblem
from coder_app.domain.text import canonical
from coder_app.exporters.coderbook import write_coderbook
from coder_app.importers.coderbook import parse_coderbook, read_coderbook

IDS = [f"0191b1f0-0000-7000-8000-{n:012d}" for n in range(5)]
WORDS = st.text(max_size=8).map(canonical)
NAMES = WORDS.filter(bool)


@st.composite
def books(draw):
    book = Coderbook("0191b1f0-0000-7000-8000-0000000000aa", draw(WORDS), ())
    for _ in range(draw(st.integers(1, 4))):
        codes = {}
        for code_id in draw(st.lists(st.sampled_from(IDS), unique=True)):
            parent = draw(st.sampled_from(["", *codes]))
            examples = tuple(Example(text, "") for text in draw(st.lists(WORDS, max_size=2)))
            codes[code_id] = SharedCode(
                code_id, parent, draw(st.sampled_from("AVk")), draw(NAMES), "#a1b2c3", draw(st.booleans()),
                draw(WORDS), draw(WORDS), draw(WORDS), examples,
            )  # fmt: skip
        gone = [code_id for code_id in (book.newest.codes if book.editions else {}) if code_id not in codes]
        merged = {code_id: next(iter(codes)) for code_id in gone if codes and draw(st.booleans())}
        edition = Edition(
            0, "2026-03-01T09:00:00.000Z", tuple(draw(st.lists(WORDS, max_size=2))), draw(WORDS), codes, merged
        )
        book = with_edition(book, edition)
    return book


@given(books())
def test_all_versions_come_back(book):
    made = parse_coderbook("a.coderbook", json.dumps(document(book)).encode())
    assert made == book


@given(books(), st.data())
def test_no_value_can_be_altered_unseen(book, data):
    content = document(book)
    places = list(_places(json.loads(json.dumps(content))))
    where = data.draw(st.sampled_from(places))
    altered = json.loads(json.dumps(content))
    holder = altered
    for key in where[:-1]:
        holder = holder[key]
    value = holder[where[-1]]
    holder[where[-1]] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
    with pytest.raises(ImportProblem, match=r"a\.coderbook"):
        parse_coderbook("a.coderbook", json.dumps(altered).encode())


def _places(value, at=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*at, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _places(inner, (*at, n))
    else:
        yield at


def small():
    code = SharedCode(IDS[0], "", "V", "Trust", "#112233", definition="Believing")
    book = with_edition(
        Coderbook("0191b1f0-0000-7000-8000-0000000000aa", "Small", ()),
        Edition(0, "2026-03-01T09:00:00.000Z", ("Ann",), "", {IDS[0]: code}),
    )
    later = replace(code, definition="Believing others")
    return with_edition(book, Edition(0, "2026-03-02T09:00:00.000Z", ("Bo",), "", {IDS[0]: later}))


def test_a_new_wording_is_one_line_removed_and_one_added(tmp_path):
    book = small()
    first = replace(book, editions=book.editions[:1])
    write_coderbook(first, tmp_path / "a.coderbook")
    write_coderbook(book, tmp_path / "b.coderbook")
    before, after = ((tmp_path / name).read_text("utf-8").splitlines() for name in ("a.coderbook", "b.coderbook"))
    definitions = [line for line in before if line not in after and "definition" in line]
    assert definitions == ['   "definition": "Believing",']
    assert read_coderbook(tmp_path / "b.coderbook") == book


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["codes"][0].update(parent=IDS[0]),
        lambda c: c["codes"][0].update(parent=IDS[1]),
        lambda c: c["codes"][0].update(id="../../etc"),
        lambda c: c["codes"][0].update(colour="url(x)"),
        lambda c: c["codes"][0].update(name="\ud800"),
        lambda c: c["codes"][0].update(definition=7),
        lambda c: c["codes"].append(c["codes"][0]),
        lambda c: c.update(codes={}),
        lambda c: c.update(versions=[]),
        lambda c: c.update(extra=1),
        lambda c: c["versions"].reverse(),
        lambda c: c["versions"].pop(),
        lambda c: c["versions"][1]["changes"][0].update(change="removed"),
        lambda c: c["versions"][1]["changes"][0].update(id=IDS[2]),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence_that_names_it(change, tmp_path):
    content = document(small())
    change(content)
    path = tmp_path / "bad.coderbook"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(ImportProblem, match=r"bad\.coderbook: The shared codebook is not as it was published"):
        read_coderbook(path)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "cut short"),
        (b"\xff\xfe", "cut short"),
        (b"[" * 100_000, "cut short"),
        (json.dumps(document(small())).encode()[:300], "cut short"),
        (b"[]", "no shared codebook"),
        (b'{"format": "coder-app-codebook"}', "no shared codebook"),
        (json.dumps({**document(small()), "format_version": 2}).encode(), "newer Coder App"),
    ],
)
def test_another_or_a_newer_file_is_refused(data, sentence):
    with pytest.raises(ImportProblem, match=sentence):
        parse_coderbook("bad.coderbook", data)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "a.coderbook").mkdir()
    with pytest.raises(BadInput, match=r"a\.coderbook"):
        write_coderbook(small(), tmp_path / "a.coderbook")
    with pytest.raises(BadInput, match=r"a\.coderbook"):
        read_coderbook(tmp_path / "a.coderbook")
