"""Co-occurrence tables and worked examples from the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from coder_app.analysis.how import Mode, Unit
from coder_app.cli import how

EXAMPLES = Path(__file__).parents[3] / "shared" / "statistics"

EXAMPLE = {
    "id": "two_spans",
    "input": {
        "project": {
            "docs": [{"id": "d", "length": 20, "paragraphs": [[0, 20]]}],
            "codes": [{"id": "A", "parent": None}, {"id": "B", "parent": None}],
            "codings": [
                {"doc": "d", "start": 0, "end": 10, "code": "A", "coder": "x"},
                {"doc": "d", "start": 5, "end": 15, "code": "B", "coder": "x"},
            ],
        }
    },
    "expected": [
        {"statistic": "span_cooccurrence", "params": {"A": "A", "B": "B", "policy": "same"}},
    ],
}


def table(done, project, file, *options):
    done("cooccurrence", project, "-o", file, *options)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def numbers(rows):
    keys = ("coders", "code_a", "code_b", "n_a", "n_b", "n_ab")
    return [tuple(row[key] for key in keys) for row in rows]


def test_the_options_are_those_of_the_analysis():
    assert set(how.MODES) == {mode.value for mode in Mode}
    assert set(how.UNITS) == {unit.value for unit in Unit}


def test_by_default_each_coder_has_a_block_of_merged_segments(coded, tmp_path, done):
    rows = table(done, coded, tmp_path / "c.csv")
    assert list(rows[0])[:8] == ["coders", "code_a", "code_b", "n_a", "n_b", "n_ab", "n_units", "jaccard"]
    assert numbers(rows) == [
        ("Ann", "Feeling > Trust", "Feeling > Fear", "1", "1", "1"),
        ("Bo", "Feeling > Fear", "Place", "1", "1", "0"),
    ]
    assert {row["n_units"] for row in rows} == {""}


def test_units_give_their_number(coded, tmp_path, done):
    rows = table(done, coded, tmp_path / "c.csv", "--mode", "units", "--unit", "paragraph", "--coders", "Ann")
    assert [(row["n_ab"], row["n_units"], row["jaccard"]) for row in rows] == [("1", "2", "1.0")]


def test_one_pool_of_all_coders_has_every_pair(coded, tmp_path, done):
    rows = table(done, coded, tmp_path / "c.csv", "--coders", "merged")
    assert {row["coders"] for row in rows} == {"merged"}
    assert len(rows) == 3


def test_an_ancestor_and_its_descendant_have_an_empty_cell_under_roll_up(coded, tmp_path, done):
    rows = table(done, coded, tmp_path / "c.csv", "--roll-up", "--coders", "Ann")
    cells = {(row["code_a"], row["code_b"]): row["n_ab"] for row in rows}
    assert cells["Feeling", "Feeling > Trust"] == ""
    assert cells["Feeling > Trust", "Feeling > Fear"] == "1"


def test_a_matrix_has_one_row_per_code_and_block(coded, tmp_path, done):
    rows = table(done, coded, tmp_path / "c.csv", "--layout", "matrix")
    assert [(row["coders"], row["code"]) for row in rows] == [
        ("Ann", "Feeling > Trust"),
        ("Ann", "Feeling > Fear"),
        ("Bo", "Feeling > Fear"),
        ("Bo", "Place"),
    ]


@pytest.mark.parametrize(("suffix", "start"), [(".xlsx", b"PK"), (".json", b"{"), (".png", b"\x89PNG"), (".svg", b"<")])
def test_other_suffixes_give_other_formats(coded, tmp_path, done, suffix, start):
    file = tmp_path / f"c{suffix}"
    done("cooccurrence", coded, "-o", file)
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize("option", [("--coders", "Nobody"), ("--coders", "consensus:x"), ("--coders", "consensus:9")])
def test_a_policy_that_cannot_be_met_is_bad_input(coded, tmp_path, run, option):
    assert run("cooccurrence", coded, "-o", tmp_path / "c.csv", *option).is_bad_input_about("small.coder")
    assert not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize("option", [("--mode", "vibes"), ("--unit", "chapter"), ("--layout", "spiral"), ()])
def test_an_unknown_choice_or_no_target_is_a_wrong_command_line(coded, tmp_path, run, option):
    target = ("-o", tmp_path / "c.csv") if option else ()
    answer = run("cooccurrence", coded, *target, *option)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1].startswith("error: ")


def test_an_unknown_suffix_is_bad_input(coded, tmp_path, run):
    assert run("cooccurrence", coded, "-o", tmp_path / "c.docx").is_bad_input_about("c.docx")


def test_a_folder_that_is_missing_is_bad_input(coded, tmp_path, run):
    assert run("cooccurrence", coded, "-o", tmp_path / "no" / "c.csv").is_bad_input_about("c.csv")


def test_a_worked_example_is_computed_without_what_it_expects(tmp_path, done):
    file = tmp_path / "example.json"
    file.write_text(json.dumps(EXAMPLE), "utf-8")
    (item,) = done("statistics", file, "--json").json
    assert (item["id"], item["statistic"], item["params"]["A"]) == ("two_spans", "span_cooccurrence", "A")
    assert (item["computed"]["pairs"], item["computed"]["chars_both"]) == (1, 5)
    assert "error" not in item


def test_an_item_that_cannot_be_computed_says_so_and_the_others_still_come(tmp_path, run):
    file = tmp_path / "example.json"
    unknown = {"statistic": "tea_leaves", "params": {"cup": 1}}
    file.write_text(json.dumps(EXAMPLE | {"expected": [unknown, *EXAMPLE["expected"]]}), "utf-8")
    answer = run("statistics", file, file, "--json")
    assert answer.code == 1
    first, second, *more = answer.json
    assert len(more) == 2
    assert "computed" not in first
    assert "tea_leaves" in first["error"]
    assert second["computed"]["pairs"] == 1
    assert answer.err == "error: 2 of 4 items could not be computed.\n"


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"id": "a", "expected": 3}'])
def test_what_is_no_worked_example_is_bad_input(tmp_path, run, content):
    (tmp_path / "odd.json").write_text(content, "utf-8")
    assert run("statistics", tmp_path / "odd.json", "--json").is_bad_input_about("odd.json")


def test_a_missing_example_is_bad_input(tmp_path, run):
    assert run("statistics", tmp_path / "gone.json").is_bad_input_about("gone.json")


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the public examples are not beside this checkout")
def test_the_public_examples_of_co_occurrence_are_met(run):
    for file in sorted(EXAMPLES.glob("cooc_*.json")):
        expected = json.loads(file.read_text("utf-8"))["expected"]
        found = run("statistics", file, "--json").json
        assert [item["statistic"] for item in found] == [item["statistic"] for item in expected]
        for item, wanted in zip(found, expected, strict=True):
            for name, value in wanted["expected"].items():
                assert item["computed"][name] == (pytest.approx(value) if isinstance(value, float) else value)


def records(done, project, file, *options):
    done("cooccurrence", project, "-o", file, *options)
    made = json.loads(file.read_text("utf-8"))
    return made["rows"], made["settings"]


def test_relations_are_read_from_row_to_column(coded, tmp_path, done):
    rows, said = records(done, coded, tmp_path / "c.json", "--mode", "relation:overlaps", "--coders", "Ann")
    assert [(row["code_a"], row["code_b"], row["n_ab"], row["n_ba"]) for row in rows] == [
        ("Feeling > Trust", "Feeling > Fear", 1, 0),
        ("Feeling > Fear", "Feeling > Trust", 0, 1),
    ]
    assert (said["mode"], said["relation"]) == ("relation", "overlaps")
    assert "begin before another and overlap its start" in said["methods"]


def test_near_codings_are_counted_up_to_a_distance(coded, tmp_path, done):
    rows, said = records(done, coded, tmp_path / "c.json", "--mode", "proximity", "--distance", "1 paragraph")
    assert said["distance"] == "1 paragraph"
    overlapping = {(row["coders"], row["code_a"]): (row["n_ab"], row["overlapping"]) for row in rows}
    assert overlapping["Ann", "Feeling > Trust"] == (0, 1)


def test_windows_turns_and_fixed_windows_are_told_in_the_settings(coded, tmp_path, done):
    _, said = records(done, coded, tmp_path / "c.json", "--mode", "windows", "--stanza", "2", "--unit", "sentence")
    assert (said["lines_in_a_window"], said["unit"]) == ("2", "sentence")
    _, said = records(done, coded, tmp_path / "d.json", "--mode", "units", "--unit", "window:50c")
    assert said["unit"] == "window of 50 characters"


def test_coefficients_stand_beside_their_units(coded, tmp_path, done):
    rows, said = records(done, coded, tmp_path / "c.json", "--coefficients", "dice,c,char_jaccard", "--coders", "Ann")
    (row,) = rows
    assert (row["unit"], row["unit_n_a"], row["unit_n_b"], row["unit_n_ab"], row["unit_n"]) == ("paragraph", 1, 1, 1, 2)
    assert (row["dice"], row["c"], row["c_out_of_range"], row["c_ratio"]) == (1.0, 1.0, "no", "no")
    assert 0 < row["char_jaccard"] < 1
    assert "lift" not in row
    assert said["coefficients"] == "dice, char_jaccard, c"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--mode", "relation:beside"), "no relation “beside”"),
        (("--mode", "together"), "no mode “together”"),
        (("--unit", "page"), "no unit “page”"),
        (("--unit", "window:0w"), "so many words or characters"),
        (("--unit", "case"), "no cases"),
        (("--unit", "turn"), "speakers’ turns"),
        (("--mode", "proximity", "--distance", "-1 words"), "cannot be negative"),
        (("--mode", "proximity", "--distance", "near"), "is no distance"),
        (("--mode", "windows", "--unit", "document"), "needs lines"),
        (("--mode", "windows", "--stanza", "0"), "at least one line"),
        (("--coefficients", "kappa"), "no coefficient “kappa”"),
        (("--intervals", "char_jaccard"), "no coefficient “char_jaccard”"),
        (("--intervals",), "at least three documents"),
        (("--test", "permutation"), "Nothing can be tested"),
        (("--seed", "-1"), "seed cannot be negative"),
        (("--coders", "consensus:5"), "2 people coded"),
    ],
)
def test_what_cannot_be_counted_gets_a_sentence_and_no_file(coded, tmp_path, run, options, said):
    answer = run("cooccurrence", coded, "-o", tmp_path / "c.csv", *options)
    assert answer.is_bad_input_about(said)
    assert not (tmp_path / "c.csv").exists()
