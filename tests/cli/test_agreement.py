"""Agreement from the command line."""

import csv
import io
import json

import pytest

from coder_app.analysis.agreement.scope import Unit
from coder_app.cli import agreement

MORE = "source,start,stop,code,coder,memo\nmarket.txt,28,40,Feeling > Trust,Bo,\nfear.txt,19,30,Place,Ann,\n"


@pytest.fixture
def twice(coded, tmp_path, done):
    """Give the project with both sources coded by both coders."""
    (tmp_path / "more.csv").write_text(MORE, "utf-8")
    done("codings", "import", coded, tmp_path / "more.csv")
    return coded


def table(done, project, file, *options):
    done("agreement", project, "-o", file, *options)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_the_units_are_those_of_the_analysis():
    assert set(agreement.UNITS) == {unit.value for unit in Unit}


def test_each_code_has_a_row_then_all_and_their_mean(twice, tmp_path, done):
    rows = table(done, twice, tmp_path / "a.csv")
    codes = ["Feeling", "Feeling > Trust", "Feeling > Fear", "Place", "(all codes, pooled)", "(mean over codes)"]
    assert [row["code"] for row in rows] == codes
    assert (rows[1]["units"], rows[1]["krippendorff_alpha"]) == ("3", "1.0")
    assert (rows[0]["krippendorff_alpha"], rows[0]["note"]) == ("", "undefined: nobody used this code")


@pytest.mark.parametrize("which", agreement.TABLES)
@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_every_table_is_written_the_same_each_time(twice, tmp_path, done, which, suffix):
    options = (
        "--table",
        which,
        "--code",
        "Trust",
        "--seed",
        "7",
        "--precision",
        "0.3",
        "--stage",
        "before negotiation",
    )
    first, again = (tmp_path / f"{n}{suffix}" for n in (1, 2))
    for file in (first, again):
        done("agreement", twice, "-o", file, *options)
    assert without_recipe(first) == without_recipe(again)
    assert suffix == ".csv" or '"stage": "before negotiation"' in first.read_text("utf-8")
    done("rerun", first, "--project", twice, "-o", tmp_path / f"3{suffix}")
    assert (tmp_path / f"3{suffix}").read_bytes() == first.read_bytes()


def without_recipe(file):
    """Return what a file says besides when it was made."""
    if file.suffix == ".csv":
        return file.read_text("utf-8")
    return {name: value for name, value in json.loads(file.read_text("utf-8")).items() if name != "recipe"}


@pytest.mark.parametrize("unit", ["sentence", "document", "character"])
def test_other_units_give_other_numbers_of_units(twice, tmp_path, done, unit):
    rows = table(done, twice, tmp_path / "a.csv", "--unit", unit, "--coders", "Bo, Ann")
    assert rows[0]["units"] == {"sentence": "5", "document": "2", "character": "108"}[unit]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--coders", "Ann"), "Only Ann has coded here (2 sources)"),
        (("--coders", "Ann,Zoe"), "Nobody called “Zoe”"),
        (("--unit", "turn"), "have no turn"),
        (("--code", "Elsewhere"), "Elsewhere"),
        (("--table", "domain"), "do not exclude one another"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(twice, tmp_path, run, options, said):
    answer = run("agreement", twice, "-o", tmp_path / "a.csv", *options)
    assert answer.is_bad_input_about("small.coder")
    assert said in answer.err
    assert not (tmp_path / "a.csv").exists()


def test_a_project_of_one_coder_has_no_agreement(project, tmp_path, run):
    answer = run("agreement", project, "-o", tmp_path / "a.csv")
    assert answer.is_bad_input_about("small.coder")
    assert "Nobody has coded these sources yet" in answer.err


def test_a_case_is_one_unit_that_needs_all_its_sources_done(twice, tmp_path, done, run):
    assert "No case holds a source" in run("agreement", twice, "-o", tmp_path / "a.csv", "--unit", "case").err
    for name, sources in (("Village", ("market.txt", "fear.txt")), ("Market", ("market.txt",))):
        done("cases", "add", twice, name)
        for source in sources:
            done("cases", "put", twice, name, source)
    rows = table(done, twice, tmp_path / "a.csv", "--unit", "case")
    assert rows[0]["units"] == "2"
    by_code = {row["code"]: row for row in rows}
    # Trust: both gave it in market.txt, so in both cases. Place: Bo in market.txt, Ann in fear.txt, so in Village both.
    assert by_code["Feeling > Trust"]["percent_agreement"] == "1.0"
    assert by_code["Place"]["percent_agreement"] == "0.5"
    done("assignments", "open", twice)
    done("assignments", "assign", twice)
    done("assignments", "done", twice, "--source", "market.txt")
    assert table(done, twice, tmp_path / "a.csv", "--unit", "case")[0]["units"] == "1"


def test_a_code_counts_with_its_sub_codes_when_asked(twice, tmp_path, done):
    alone = table(done, twice, tmp_path / "a.csv", "--unit", "document")
    rolled = table(done, twice, tmp_path / "a.csv", "--unit", "document", "--roll-up")
    assert (alone[0]["code"], alone[0]["prevalence"]) == ("Feeling", "0.0")
    assert (rolled[0]["code"], rolled[0]["prevalence"], rolled[0]["percent_agreement"]) == ("Feeling", "0.75", "0.5")
