"""Tables of codes from the command line."""

import csv
import io
import json

import pytest

from coder_app.analysis.tables.material import Measure
from coder_app.analysis.tables.saturation import Order
from coder_app.cli import tables
from coder_app.reports.table_options import ALL, TableKind, TableOptions, options_from

PLAIN = [kind.value for kind in TableKind if kind not in {TableKind.CASES, TableKind.VARIABLE}]
OF_KIND = {
    "contradictions": ("--exclusive", "Feeling"),
    "saturation": ("--base", "1", "--run", "1", "--coders", "merged"),
    "sequence": ("--resamples", "19"),
}


def rows(done, project, kind, file, *options):
    done("table", project, kind, "-o", file, *options)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


@pytest.fixture
def cases(coded, done):
    """Give the project with two cases and their values."""
    done("variables", "add", coded, "Town")
    for name, source, town in (("Anna", "market.txt", "North"), ("Ben", "fear.txt", "South")):
        done("cases", "add", coded, name)
        done("cases", "put", coded, name, source)
        done("variables", "set", coded, "Town", town, "--case", name)
    done("cases", "put", coded, "Ben", "--passage", "market.txt", "0", "30")
    return coded


def test_the_names_are_those_of_the_analysis():
    assert tuple(kind.value for kind in TableKind) == tables.KINDS
    assert (*(measure.value for measure in Measure), ALL) == tables.MEASURES
    assert tuple(order.value for order in Order) == tables.ORDERS


def test_options_become_a_recipe_and_come_back():
    asked = TableOptions(TableKind.CONTRADICTIONS, pairs=(("a", "b"),), where=("Age > 3",), resamples=0)
    assert options_from(json.loads(json.dumps(asked.plain()))) == asked
    assert TableOptions().plain() == {"kind": "codes-sources"}


@pytest.mark.parametrize("kind", PLAIN)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".html", ".svg"])
def test_every_kind_is_written_and_made_again_from_its_recipe(coded, tmp_path, done, kind, suffix):
    first, again = tmp_path / f"1{suffix}", tmp_path / f"2{suffix}"
    done("table", coded, kind, "-o", first, *OF_KIND.get(kind, ()))
    recipe = tmp_path / "1.csv.recipe.json" if suffix == ".csv" else first
    done("rerun", recipe, "--project", coded, "-o", again)
    assert first.read_bytes() == again.read_bytes()


def test_codes_by_sources_are_counted(coded, tmp_path, done):
    found = rows(done, coded, "codes-sources", tmp_path / "a.csv", "--coders", "merged", "--measure", "coverage")
    by_code = {row["code"]: row for row in found if row["row"] == "code"}
    assert (by_code["Feeling > Fear"]["market.txt"], by_code["Feeling > Fear"]["fear.txt"]) == ("23", "18")
    (total,) = (row for row in found if row["row"] == "any code")
    assert (total["market.txt"], total["all"]) == ("36", "54")


def test_codes_by_cases_and_by_values_count_the_parts_of_a_case(cases, tmp_path, done):
    found = rows(done, cases, "codes-cases", tmp_path / "a.csv", "--coders", "merged", "--measure", "coverage")
    by_code = {row["code"]: row for row in found if row["row"] == "code"}
    assert (by_code["Feeling > Trust"]["Anna"], by_code["Feeling > Trust"]["Ben"]) == ("16", "2")
    assert by_code["Feeling > Trust"]["all"] == "16"
    again = rows(done, cases, "codes-variable", tmp_path / "b.csv", "--coders", "merged", "--variable", "Town")
    assert {row["code"]: row["South"] for row in again if row["row"] == "code"} == {
        "Feeling > Trust": "1",
        "Feeling > Fear": "1",
        "Place": "1",
    }
    assert [row["cases"] for row in rows(done, cases, "frequencies", tmp_path / "c.csv", "--coders", "merged")] == list(
        "0222"
    )


def test_a_test_needs_some_units(cases, tmp_path, run):
    answer = run("table", cases, "codes-variable", "--variable", "Town", "--tests", "-o", tmp_path / "a.csv")
    assert answer.is_bad_input_about("small.coder")
    assert "a test needs at least 4" in answer.err


def test_a_variable_is_tested_over_its_sources(coded, files, tmp_path, done):
    done("variables", "add", coded, "Age", "--type", "integer")
    for n in range(6):
        (files / f"{n}.txt").write_text(f"Text number {n}.", "utf-8")
        done("import", coded, files / f"{n}.txt")
        done("variables", "set", coded, "Age", str(20 + n), "--source", f"{n}.txt")
        done("code", coded, f"{n}.txt", "0", "4", "Place" if n < 3 else "Trust")
    options = ("--variable", "Age", "--tests", "--measure", "presence", "--coders", "merged")
    found = {row["code"]: row for row in rows(done, coded, "codes-variable", tmp_path / "a.csv", *options)}
    place = found["Place"]
    assert (place["n"], place["missing"], place["with_code"], place["test"]) == ("6", "2", "3", "Mann–Whitney")
    assert (float(place["effect"]), place["undefined"]) == (-1.0, "")
    assert 0.05 < float(place["p"]) < 0.15  # two of the twenty orders are as far apart
    assert found["Feeling > Fear"]["undefined"] == "undefined (no variation)"
    assert found["Feeling > Fear"]["p"] == ""
    done("table", coded, "codes-variable", "-o", tmp_path / "a.json", *options)
    said = json.loads((tmp_path / "a.json").read_text("utf-8"))["settings"]
    assert (said["effect_sign"], said["tested_over"]) == ("positive: higher values where the code is", "sources")


def test_a_scope_narrows_what_is_counted(coded, tmp_path, done):
    found = rows(done, coded, "frequencies", tmp_path / "a.csv", "--coders", "merged", "--source", "fear.txt")
    used = {row["code"]: row["codings"] for row in found}
    assert used == {"Feeling": "0", "Feeling > Trust": "0", "Feeling > Fear": "1", "Place": "0"}


def test_uncoded_passages_have_their_words_and_places(coded, tmp_path, done):
    found = rows(done, coded, "uncoded", tmp_path / "a.csv", "--least", "10")
    assert ("fear.txt", "19") in {(row["source"], row["start"]) for row in found}
    assert all(int(row["characters"]) >= 10 and row["text"].strip() == row["text"] for row in found)


def test_a_contradiction_is_found(coded, tmp_path, done):
    (row,) = rows(done, coded, "contradictions", tmp_path / "a.csv", "--pair", "Trust", "Fear")
    assert (row["kind"], row["start"], row["stop"]) == ("one coder", "35", "44")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("codes-cases",), "no cases yet"),
        (("codes-variable",), "The project has no variables yet"),
        (("codes-variable", "--variable", "Age"), "no variable “Age”"),
        (("codes-sources", "--tests"), "Tests need a variable"),
        (("codes-sources", "--coders", "Zoe"), "Nobody called “Zoe”"),
        (("codes-sources", "--coders", "consensus:3"), "consensus of 3 needs"),
        (("codes-sources", "--code", "Elsewhere"), "no code “Elsewhere”"),
        (("codes-sources", "--source", "gone.txt"), "no source “gone.txt”"),
        (("codes-coders", "--coders", "merged"), "a column for each coder"),
        (("contradictions",), "Name codes that exclude"),
        (("contradictions", "--exclusive", "Place"), "fewer than two sub-codes"),
        (("sequence", "--lag", "0"), "1 or more"),
        (("sequence", "--lag", "9"), "none follows another"),
        (("saturation",), "base and run need 6"),
        (("saturation", "--threshold", "7"), "between 0 and 1"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(coded, tmp_path, run, arguments, said):
    answer = run("table", coded, *arguments, "-o", tmp_path / "a.csv")
    assert answer.is_bad_input_about("small.coder")
    assert said in answer.err
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("kind", ["codes-sources", "codes-coders", "frequencies", "sequence", "saturation"])
def test_an_uncoded_project_has_no_table_of_zeros(project, tmp_path, run, kind):
    answer = run("table", project, kind, "-o", tmp_path / "a.csv")
    assert answer.is_bad_input_about("small.coder")
    assert "Nothing is coded here" in answer.err
