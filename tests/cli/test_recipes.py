"""Pictures, and files made again from the recipe that they carry."""

import json

import pytest

from coder_app.analysis.layouts.material import COUNT, JACCARD
from coder_app.cli import recipes
from coder_app.domain.pictures import PictureKind

TABLES = ["csv", "xlsx", "json", "html", "graphml", "gexf"]


def test_the_kinds_are_those_of_the_analysis():
    assert set(recipes.KINDS) == {kind.value for kind in PictureKind}
    assert set(recipes.WEIGHTS) == {JACCARD, COUNT}


@pytest.mark.parametrize("suffix", TABLES)
def test_a_table_is_made_again_to_the_byte(coded, tmp_path, done, suffix):
    file, again = tmp_path / f"pairs.{suffix}", tmp_path / f"again-pairs.{suffix}"
    done("cooccurrence", coded, "-o", file, "--coders", "merged", "--mode", "units")
    assert done("rerun", file).out == f"Wrote {again}\n"
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_a_picture_is_made_again_to_the_byte(coded, tmp_path, done, suffix):
    file, again = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    done("picture", coded, "network", "-o", file, "--seed", 7, "--coders", "merged")
    done("rerun", file, "-o", again, "--project", coded)
    assert again.read_bytes() == file.read_bytes()


def test_the_recipe_of_a_text_table_stands_beside_it_and_tells_all(coded, tmp_path, done):
    file = tmp_path / "pairs.csv"
    done("cooccurrence", coded, "-o", file, "--coders", "merged", "--source", "market.txt")
    found = json.loads((tmp_path / "pairs.csv.recipe.json").read_text())
    assert (found["recipe"], found["version"], found["kind"], found["suffix"]) == (
        "coder-app",
        1,
        "cooccurrence",
        ".csv",
    )
    assert found["options"]["counting"]["coders"] == "merged"
    assert found["options"]["scope"]["sources"] == ["market.txt"]
    assert len(found["fingerprint"]) == 64
    assert found["project"]["file"] == "small.coder"
    assert found["time"].endswith("+00:00")


def test_a_recipe_beside_its_table_can_be_followed_too(coded, tmp_path, done):
    done("cooccurrence", coded, "-o", tmp_path / "pairs.csv")
    done("rerun", tmp_path / "pairs.csv.recipe.json", "-o", tmp_path / "two.csv")
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "pairs.csv").read_bytes()


def test_beside_a_text_table_stands_the_methods_paragraph_with_what_was_chosen(coded, tmp_path, done):
    file = tmp_path / "pairs.csv"
    done("cooccurrence", coded, "-o", file, "--coders", "merged", "--test", "permutation", "--least-units", 1,
         "--least-documents", 1, "--seed", 42)  # fmt: skip
    beside = tmp_path / "pairs.csv.recipe.json"
    told = json.loads(beside.read_text("utf-8"))["settings"]
    assert "at least 1 units and 1 documents each" in told["methods"]
    done("cooccurrence", coded, "-o", tmp_path / "pairs.json", "--coders", "merged", "--test", "permutation",
         "--least-units", 1, "--least-documents", 1, "--seed", 42)  # fmt: skip
    assert json.loads((tmp_path / "pairs.json").read_text("utf-8"))["settings"] == told
    done("rerun", beside, "-o", tmp_path / "two.csv")
    assert (tmp_path / "two.csv").read_bytes() == file.read_bytes()
    assert (tmp_path / "two.csv.recipe.json").read_bytes() == beside.read_bytes()


def test_changed_content_is_a_finding_with_both_fingerprints(coded, tmp_path, run, done):
    file, again = tmp_path / "pairs.json", tmp_path / "again-pairs.json"
    done("cooccurrence", coded, "-o", file)
    before = json.loads(file.read_text())["recipe"]["fingerprint"]
    done("code", coded, "market.txt", 0, 3, "Place")
    answer = run("rerun", file)
    assert answer.code == 1
    assert before in answer.err
    assert "has changed" in answer.err
    assert not again.exists()
    answer = done("rerun", file, "--anyway")
    now = json.loads(again.read_text())["recipe"]
    assert now["fingerprint"] in answer.err
    assert now["fingerprint"] != before
    assert now["options"] == json.loads(file.read_text())["recipe"]["options"]


def test_a_file_without_a_recipe_and_a_wrong_one_are_refused(coded, tmp_path, run):
    plain = tmp_path / "plain.json"
    plain.write_text("[]")
    assert run("rerun", plain).is_bad_input_about("plain.json")
    wrong = tmp_path / "x.recipe.json"
    wrong.write_text('{"recipe":"coder-app","version":1,"kind":"cooccurrence"}')
    assert run("rerun", wrong).is_bad_input_about("x.recipe.json")
    wrong.write_text('{"recipe":"coder-app","version":2}')
    assert "newer version" in run("rerun", wrong).err
    assert run("rerun", tmp_path / "none.png").is_bad_input_about("none.png")


def test_options_of_a_recipe_that_make_no_sense_are_refused(coded, tmp_path, run, done):
    file = tmp_path / "pairs.csv"
    done("cooccurrence", coded, "-o", file)
    beside = tmp_path / "pairs.csv.recipe.json"
    known = json.loads(beside.read_text())
    for change in ({"shape": "cube"}, {"counting": {"mode": "guess"}}):
        beside.write_text(json.dumps(known | {"options": change}, separators=(",", ":")))
        assert run("rerun", beside).code == 2
    beside.write_text(json.dumps(known | {"kind": "poem"}, separators=(",", ":")))
    assert "poem" in run("rerun", beside).err


def test_a_project_that_is_not_there_is_asked_for(coded, tmp_path, run, done):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    done("cooccurrence", coded, "-o", folder / "pairs.csv")
    assert "--project" in run("rerun", folder / "pairs.csv").err
    done("rerun", folder / "pairs.csv", "--project", coded)


def test_the_suffix_of_a_recipe_is_kept(coded, tmp_path, run, done):
    done("cooccurrence", coded, "-o", tmp_path / "pairs.csv")
    assert run("rerun", tmp_path / "pairs.csv", "-o", tmp_path / "pairs.xlsx").is_bad_input_about("pairs.xlsx")


@pytest.mark.parametrize("kind", ["heatmap", "dendrogram", "map", "network", "sankey"])
def test_every_picture_can_be_drawn_and_exports_its_table(coded, tmp_path, done, kind):
    done("picture", coded, kind, "-o", tmp_path / "p.svg", "--coders", "merged")
    assert "Fear" in (tmp_path / "p.svg").read_text()
    done("picture", coded, kind, "-o", tmp_path / "p.json", "--coders", "merged")
    assert json.loads((tmp_path / "p.json").read_text())["rows"]


def test_too_few_documents_for_an_epistemic_network_are_told(coded, tmp_path, run):
    answer = run("picture", coded, "ena", "-o", tmp_path / "p.svg")
    assert answer.is_bad_input_about("small.coder")
    assert "needs three" in answer.err


def test_the_sides_of_a_sankey_can_be_chosen(coded, tmp_path, run, done):
    file = tmp_path / "p.json"
    done("picture", coded, "sankey", "-o", file, "--rows", "Fear", "--columns", "Trust", "--coders", "Ann")
    assert [list(row.values())[1:] for row in json.loads(file.read_text())["rows"]] == [
        ["Feeling > Fear", "Feeling > Trust", 1]
    ]
    assert run("picture", coded, "sankey", "-o", file, "--rows", "Nobody").code == 2


def test_a_threshold_below_zero_is_refused(coded, tmp_path, run):
    assert run("picture", coded, "network", "-o", tmp_path / "p.svg", "--threshold", "-1").code == 2
