"""The codebook from the command line: in, out and what it holds."""

import pytest


def paths(done, project):
    return [code["path"] for code in done("codes", project, "--json").json]


def test_a_codebook_comes_in_as_one_step(empty, files, done):
    assert done("codebook", "import", empty, files / "codes.json").out == "Added 4 codes.\n"
    assert paths(done, empty) == ["Feeling", "Feeling > Trust", "Feeling > Fear", "Place"]
    done("undo", empty)
    assert paths(done, empty) == []


def test_codes_come_in_tree_order_with_what_is_coded(coded, done):
    found = done("codes", coded, "--json").json
    assert [code["name"] for code in found] == ["Feeling", "Trust", "Fear", "Place"]
    assert [(code["codings"], code["segments"]) for code in found] == [(0, 0), (1, 1), (2, 2), (1, 1)]
    assert [code["parent_id"] for code in found] == [None, found[0]["id"], found[0]["id"], None]
    assert found[3]["colour"] == "#336699"


def test_codes_without_a_colour_get_one(project, done):
    colours = [code["colour"] for code in done("codes", project, "--json").json]
    assert all(len(colour) == 7 and colour.startswith("#") for colour in colours)
    assert len(set(colours)) == 4


def test_a_codebook_that_is_there_already_changes_nothing(project, files, done, unchanged):
    before = unchanged(project)
    assert done("codebook", "import", project, files / "codes.json").out == "Added 0 codes. 4 were there already.\n"
    assert unchanged(project) == before


@pytest.mark.parametrize("suffix", [".json", ".csv", ".qdc"])
def test_a_codebook_travels_to_another_project(project, tmp_path, done, suffix):
    file = tmp_path / f"book{suffix}"
    assert done("codebook", "export", project, file).out == f"Wrote {file}\n"
    done("new", tmp_path / "other.coder")
    done("codebook", "import", tmp_path / "other.coder", file)
    assert done("codes", tmp_path / "other.coder", "--json").out == done("codes", project, "--json").out


def test_the_list_for_people_is_indented_as_the_tree(project, done):
    lines = done("codes", project).out.splitlines()
    assert [line[3 : line.index("#")].rstrip() for line in lines] == ["Feeling", "  Trust", "  Fear", "Place"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("book.json", "{"),
        ("book.json", '{"format": "coder-app-codebook", "version": 99, "codes": []}'),
        ("book.json", '{"format": "coder-app-codebook", "version": 1, "codes": [{"name": "A", "colour": "rainbow"}]}'),
        ("book.csv", "id,name,parent\n1,A,2\n2,B,1\n"),
        ("book.qdc", "<CodeBook>"),
        ("book.txt", "Trust"),
    ],
)
def test_a_bad_codebook_is_named_and_changes_nothing(project, tmp_path, run, unchanged, name, content):
    before = unchanged(project)
    (tmp_path / name).write_text(content, "utf-8")
    assert run("codebook", "import", project, tmp_path / name).is_bad_input_about(name)
    assert unchanged(project) == before


def test_a_missing_codebook_is_bad_input(project, tmp_path, run):
    assert run("codebook", "import", project, tmp_path / "gone.qdc").is_bad_input_about("gone.qdc")


def test_an_unknown_suffix_to_write_is_bad_input(project, tmp_path, run):
    assert run("codebook", "export", project, tmp_path / "book.odt").is_bad_input_about("book.odt")
    assert not (tmp_path / "book.odt").exists()


def test_no_result_is_ever_written_over_the_project(empty, tmp_path, run, done, unchanged):
    odd = tmp_path / "project.csv"
    empty.rename(odd)
    before = unchanged(odd)
    assert run("codebook", "export", odd, odd).is_bad_input_about("project.csv")
    assert run("codings", "export", odd, tmp_path / "." / "project.csv").is_bad_input_about("project.csv")
    assert run("cooccurrence", odd, "-o", odd).is_bad_input_about("project.csv")
    assert unchanged(odd) == before


def test_a_code_gets_a_key_of_its_own_and_loses_it(project, done):
    def keys():
        return {code["name"]: code["key"] for code in done("codes", project, "--json").json if code["key"]}

    assert done("codebook", "key", project, "Feeling > Trust", "alt+ctrl+t").out == "Ctrl+Alt+T applies “Trust”.\n"
    assert keys() == {"Trust": "Ctrl+Alt+T"}
    assert done("codebook", "key", project, "Trust").out == "“Trust” has no key of its own.\n"
    assert keys() == {}
