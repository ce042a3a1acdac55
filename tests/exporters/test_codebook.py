"""A codebook goes out and comes back the same, in every format, whatever people call their codes."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.domain.text import canonical
from coder_app.exporters.codebook import write_codebook
from coder_app.importers.codebook import read_codebook

SCHEMA = Path(__file__).parents[2].parent / "shared" / "refi" / "xsd" / "Codebook.xsd"
ODD = [
    "=1+1",
    "'=x",
    "''",
    "@a",
    "-1",
    "a > b",
    "a>>b",
    "a::b",
    '"',
    "a\nb",
    "🙂",
    "שלום",
    "a,b;c\td",
    "[1]",
    "\\",
    "0",
]
FORMATS = [".json", ".csv", ".xlsx", ".qdc"]

# The two noncharacters have no place in a spreadsheet; they come back as U+FFFD there.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
texts = (st.sampled_from(ODD) | st.text(characters, max_size=8)).map(canonical)
# A description of nothing but white space counts as none in .qdc.
definitions = texts.map(lambda text: "" if text.isspace() else text)
names = texts.map(str.strip).filter(bool)
examples = st.lists(st.builds(Example, texts, texts), max_size=2).map(tuple)


def entries(children):
    return st.builds(
        CodebookEntry,
        id=st.builds(new_id),
        name=names,
        colour=st.sampled_from(["", "#b2516e", "#000000"]),
        definition=definitions,
        use_when=texts,
        not_when=texts,
        is_codable=st.booleans(),
        examples=examples,
        children=children,
    )


trees = st.recursive(entries(st.just(())), lambda inner: entries(st.lists(inner, max_size=3).map(tuple)), max_leaves=6)


@st.composite
def codebooks(draw):
    roots = tuple(draw(st.lists(trees, min_size=1, max_size=3)))
    ids = [entry.id for entry in walk(roots)]
    sets = draw(
        st.lists(
            st.builds(
                CodeSet,
                id=st.builds(new_id),
                name=names,
                description=definitions,
                # In the order of the tree, which is the one that a table keeps.
                members=st.sets(st.sampled_from(ids), min_size=1).map(
                    lambda chosen: tuple(sorted(chosen, key=ids.index))
                ),
            ),
            max_size=2,
        ),
    )
    # A table knows a set by the first of its codes.
    sets.sort(key=lambda item: ids.index(item.members[0]))
    return Codebook(draw(names), roots, tuple(sets))


def walk(roots):
    for entry in roots:
        yield entry
        yield from walk(entry.children)


def legal(codebook):
    """The codebook with U+FFFD for what XML cannot hold."""
    illegal = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

    def cleaned(text):
        return illegal.sub("\ufffd", text)

    def entry(old):
        return replace(
            old,
            name=cleaned(old.name),
            definition=cleaned(old.definition),
            use_when=cleaned(old.use_when),
            not_when=cleaned(old.not_when),
            examples=tuple(Example(cleaned(item.text), cleaned(item.source)) for item in old.examples),
            children=tuple(entry(child) for child in old.children),
        )

    sets = tuple(
        replace(item, name=cleaned(item.name), description=cleaned(item.description)) for item in codebook.sets
    )
    return replace(codebook, roots=tuple(entry(root) for root in codebook.roots), sets=sets)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("codebooks")


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_json_brings_back_everything(folder, codebook):
    write_codebook(codebook, folder / "themes.json")
    assert read_codebook(folder / "themes.json") == codebook


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_a_table_brings_back_everything_but_the_codebooks_name(folder, codebook):
    write_codebook(codebook, folder / "themes.csv")
    assert read_codebook(folder / "themes.csv") == replace(codebook, name="themes")


# Each example starts the reader's own process.
@settings(max_examples=15, deadline=None)
@given(codebooks())
def test_a_spreadsheet_brings_back_everything_but_the_codebooks_name(folder, codebook):
    write_codebook(codebook, folder / "themes.xlsx")
    assert read_codebook(folder / "themes.xlsx") == replace(codebook, name="themes")


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_the_exchange_format_brings_back_everything_but_the_codebooks_name(folder, codebook):
    write_codebook(codebook, folder / "themes.qdc")
    assert read_codebook(folder / "themes.qdc") == replace(legal(codebook), name="themes")


def sample():
    law = CodebookEntry(
        "22222222-2222-4222-8222-222222222222",
        "=Law",
        "#258b4f",
        "d",
        "u",
        "n",
        is_codable=False,
        examples=(Example("e", "s"),),
    )
    state = CodebookEntry("11111111-1111-4111-8111-111111111111", "State", children=(law,))
    return Codebook("Themes", (state,), (CodeSet("33333333-3333-4333-8333-333333333333", "Core", "", (law.id,)),))


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_codebook_gives_the_same_bytes(tmp_path, suffix):
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix.upper()}"
    write_codebook(sample(), one)
    write_codebook(sample(), other)
    assert one.read_bytes() == other.read_bytes()
    if suffix != ".xlsx":
        assert one.read_bytes().endswith(b"\n")
        assert b"\r" not in one.read_bytes()


def test_the_table_can_be_read_by_people_and_runs_nothing(tmp_path):
    write_codebook(sample(), tmp_path / "themes.csv")
    with (tmp_path / "themes.csv").open(encoding="utf-8-sig", newline="") as file:
        state, law = csv.DictReader(file)
    assert (state["level"], state["parent"], state["is_codable"]) == ("0", "", "1")
    assert (law["level"], law["parent"], law["is_codable"]) == ("1", state["id"], "0")
    assert (law["name"], law["path"]) == ("'=Law", "State > =Law")


def test_the_spreadsheet_has_the_columns_of_the_table_and_text_stays_text(tmp_path):
    write_codebook(sample(), tmp_path / "themes.csv")
    write_codebook(sample(), tmp_path / "themes.xlsx")
    with (tmp_path / "themes.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = csv.DictReader(file).fieldnames
    header, _, law = openpyxl.load_workbook(tmp_path / "themes.xlsx")["Codebook"].iter_rows()
    cells = dict(zip([cell.value for cell in header], law, strict=True))
    assert list(cells) == columns
    assert (cells["name"].value, cells["name"].data_type) == ("=Law", "s")
    assert (cells["level"].value, cells["is_codable"].value) == (1, 0)


def test_what_a_spreadsheet_cell_cannot_hold_is_refused_and_not_cut(tmp_path):
    codebook = Codebook("Long", (CodebookEntry(new_id(), "Law", definition="x" * 32_768),))
    with pytest.raises(BadInput, match=r"“Law” has more in “definition”.*\.csv"):
        write_codebook(codebook, tmp_path / "long.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_a_person_sorted_still_knows_its_parents(tmp_path):
    path = tmp_path / "themes.csv"
    write_codebook(sample(), path)
    header, *rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text(header + "".join(reversed(rows)), encoding="utf-8")
    assert read_codebook(path).roots == sample().roots


def test_a_line_that_a_person_added_to_our_table_finds_its_place(tmp_path):
    path = tmp_path / "themes.csv"
    write_codebook(sample(), path)
    with path.open("a", encoding="utf-8") as file:
        file.write(",State > Police,,,,,,,,,,\n")
    (state,) = read_codebook(path).roots
    assert [child.name for child in state.children] == ["=Law", "Police"]


def test_json_says_what_it_is(tmp_path):
    write_codebook(sample(), tmp_path / "themes.json")
    content = json.loads((tmp_path / "themes.json").read_text(encoding="utf-8"))
    assert (content["format"], content["version"], content["name"]) == ("coder-app-codebook", 1, "Themes")
    assert content["codes"][0]["children"][0]["examples"] == [{"text": "e", "source": "s"}]


def test_the_exchange_format_has_the_elements_in_the_order_that_others_demand(tmp_path):
    write_codebook(sample(), tmp_path / "themes.qdc")
    root = ET.parse(tmp_path / "themes.qdc").getroot()  # noqa: S314 (our own file)
    name = "{urn:QDA-XML:codebook:1.0}"
    assert root.tag == name + "CodeBook"
    assert [part.tag for part in root] == [name + "Codes", name + "Sets"]
    law = root[0][0][0]
    assert [part.tag for part in law] == [name + "Description"]
    assert law.attrib == {
        "guid": "22222222-2222-4222-8222-222222222222",
        "name": "=Law",
        "isCodable": "false",
        "color": "#258b4f",
    }
    assert law[0].text == "d\n\nUse when: u\n\nDo not use when: n\n\nExample (s): e"
    assert root[1][0][0].attrib == {"guid": law.get("guid")}


@pytest.mark.skipif(not SCHEMA.exists(), reason="the standard's schema is not here")
@settings(max_examples=40, deadline=None)
@given(codebooks())
def test_the_exchange_format_is_valid_by_the_standards_schema(folder, codebook):
    from lxml import etree

    write_codebook(codebook, folder / "valid.qdc")
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.parse(folder / "valid.qdc"))


def chain(levels):
    entry = CodebookEntry(new_id(), "x")
    for _ in range(levels - 1):
        entry = CodebookEntry(new_id(), "x", children=(entry,))
    return Codebook("Deep", (entry,))


@pytest.mark.parametrize("suffix", FORMATS)
def test_200_levels_travel_and_201_are_refused(tmp_path, suffix):
    path = tmp_path / f"deep{suffix}"
    write_codebook(chain(200), path)
    assert len(list(walk(read_codebook(path).roots))) == 200
    before = path.read_bytes()
    with pytest.raises(BadInput, match="200 levels"):
        write_codebook(chain(201), path)
    assert path.read_bytes() == before


def test_an_empty_codebook_is_refused_only_where_the_format_has_no_room_for_it(tmp_path):
    with pytest.raises(BadInput, match="at least one"):
        write_codebook(Codebook("Empty", ()), tmp_path / "empty.qdc")
    assert not (tmp_path / "empty.qdc").exists()
    for suffix in (".json", ".csv", ".xlsx"):
        write_codebook(Codebook("empty", ()), tmp_path / f"empty{suffix}")
        assert read_codebook(tmp_path / f"empty{suffix}") == Codebook("empty", ())


def test_an_unknown_suffix_names_those_that_work(tmp_path):
    with pytest.raises(BadInput, match=r"themes\.odt.*\.json, \.csv, \.xlsx, \.qdc"):
        write_codebook(sample(), tmp_path / "themes.odt")
    assert list(tmp_path.iterdir()) == []
