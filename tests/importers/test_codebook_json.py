"""The app's own codebook format: what it holds is read, what it cannot mean is refused with the reason."""

import json

import pytest

from coder_app.domain.codebook import CodeSet, Example
from coder_app.domain.errors import ImportProblem
from coder_app.importers.codebook import read_codebook

A = "11111111-1111-4111-8111-111111111111"
B = "22222222-2222-4222-8222-222222222222"


@pytest.fixture
def read(tmp_path):
    def reader(codes, name="themes.json", **more):
        path = tmp_path / name
        whole = {"format": "coder-app-codebook", "version": 1, "name": "Themes", "codes": codes, **more}
        path.write_text(json.dumps(whole), encoding="utf-8")
        return read_codebook(path)

    return reader


def test_everything_in_a_code_is_read(read):
    codebook = read(
        [
            {
                "id": A.upper(),
                "name": " Trust ",
                "colour": "#ABC",
                "definition": "Faith in\r\nothers",
                "use_when": "someone relies",
                "not_when": "only hope",
                "is_codable": False,
                "examples": [{"text": "I count on her", "source": "one.txt"}, "just words"],
                "children": [{"id": B, "name": "Betrayal"}],
            },
        ],
        sets=[{"id": B, "name": "Core", "description": "d", "members": [B, A]}],
    )
    (trust,) = codebook.roots
    assert codebook.name == "Themes"
    assert (trust.id, trust.name, trust.colour, trust.definition) == (A, "Trust", "#aabbcc", "Faith in\nothers")
    assert (trust.use_when, trust.not_when, trust.is_codable) == ("someone relies", "only hope", False)
    assert trust.examples == (Example("I count on her", "one.txt"), Example("just words"))
    assert [child.name for child in trust.children] == ["Betrayal"]
    assert codebook.sets == (CodeSet(B, "Core", "d", (B, A)),)
    assert codebook.notes == ()


def test_unknown_keys_and_nulls_are_tolerated(read):
    codebook = read([{"name": "Trust", "colour": None, "children": None, "weight": 3}], author="x", sets=None)
    assert codebook.roots[0].colour == ""


def test_a_missing_id_follows_from_the_path_and_is_the_same_each_time(read):
    twice = [{"name": "A", "children": [{"name": "B"}, {"name": "B"}]}, {"name": "B"}]
    first, second = read(twice), read(twice)
    assert first == second
    a, b = first.roots
    assert len({a.id, b.id, *(child.id for child in a.children)}) == 4
    assert read([{"name": "B"}]).roots[0].id == b.id


def test_ids_that_are_no_uuids_still_serve_the_sets(read):
    codebook = read([{"id": 7, "name": "Trust"}], sets=[{"name": "Core", "members": ["7"]}])
    assert codebook.sets[0].members == (codebook.roots[0].id,)


def test_a_code_without_a_name_is_kept_and_told(read):
    codebook = read([{"name": "  "}])
    assert codebook.roots[0].name == "(no name)"
    assert len(codebook.notes) == 1


def test_a_set_member_that_is_no_code_is_left_out_and_told(read):
    codebook = read([{"id": A, "name": "Trust"}], sets=[{"name": "Core", "members": [A, B]}])
    assert codebook.sets[0].members == (A,)
    assert "Core" in codebook.notes[0]


def test_two_sets_of_one_name_without_ids_are_two(read):
    codebook = read([{"name": "Trust"}], sets=[{"name": "Core"}, {"name": "Core"}])
    assert len({item.id for item in codebook.sets}) == 2


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([{"id": A, "name": "Trust"}, {"id": "{" + A.upper() + "}", "name": "Hope"}], ("Trust", "Hope", "same id")),
        ([{"name": "Trust", "colour": "reddish"}], ("reddish", "Trust")),
        ([{"colour": "#fff"}], ("name", "missing")),
        ([{"name": "Trust", "children": [{"name": ["x"]}]}], ("Trust", "name")),
        ([{"name": "Trust", "is_codable": "maybe"}], ("Trust", "is_codable")),
        ([{"name": "Trust", "examples": [{"source": "x"}]}], ("Trust", "examples")),
        (["Trust"], ("a code below",)),
        ({"name": "Trust"}, ("codes",)),
    ],
)
def test_what_a_code_cannot_be_is_refused_with_the_code_named(read, codes, words):
    with pytest.raises(ImportProblem) as error:
        read(codes)
    assert all(word in str(error.value) for word in ("themes.json", *words))


def test_a_newer_version_is_refused_with_what_to_do(read):
    with pytest.raises(ImportProblem, match=r"newer Coder App \(version 2\)"):
        read([], version=2)


@pytest.mark.parametrize("version", [None, True, 0, "1", 1.5])
def test_an_unknown_version_is_refused(read, version):
    with pytest.raises(ImportProblem, match="version"):
        read([], version=version)


def test_another_json_is_refused(read):
    with pytest.raises(ImportProblem, match="no codebook of Coder App"):
        read([], format="geojson")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no JSON"),
        (b'{"format": 1,\n oops}', "line 2"),
        (b"[1]", "no codebook"),
        (b"\xff\xfe\xfd", "no JSON"),
        (b"[" * 100_000, "too deep"),
        (b'{"version": ' + b"9" * 5_000 + b"}", "no JSON"),
    ],
)
def test_what_is_no_json_is_refused(tmp_path, content, words):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(ImportProblem, match=f"broken.json.*{words}"):
        read_codebook(path)


def nested(levels):
    code = {"name": "x"}
    for _ in range(levels - 1):
        code = {"name": "x", "children": [code]}
    return code


def test_200_levels_are_read_and_201_are_too_deep(read):
    entry = read([nested(200)]).roots[0]
    depth = 1
    while entry.children:
        entry, depth = entry.children[0], depth + 1
    assert depth == 200
    with pytest.raises(ImportProblem, match="200 levels"):
        read([nested(201)])


def test_a_file_in_another_unicode_encoding_is_read(tmp_path):
    path = tmp_path / "themes.json"
    text = '{"format": "coder-app-codebook", "version": 1, "codes": [{"name": "Größe"}]}'
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_text(text, encoding=encoding)
        codebook = read_codebook(path)
        assert (codebook.name, codebook.roots[0].name) == ("themes", "Größe")


def test_an_unknown_suffix_names_those_that_work(tmp_path):
    (tmp_path / "themes.docx").write_bytes(b"PK")
    with pytest.raises(ImportProblem, match=r"themes\.docx.*\.json, \.coderbook, \.csv, \.tsv, \.xlsx, \.qdc"):
        read_codebook(tmp_path / "themes.docx")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(ImportProblem, match=r"none\.json.*no such file"):
        read_codebook(tmp_path / "none.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ImportProblem, match=r"folder\.json.*cannot be read"):
        read_codebook(tmp_path / "folder.json")


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(ImportProblem, match=r"huge\.json.*64 MB"):
        read_codebook(path)
