"""Cases, variables and sets at the command line."""

import pytest


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("case,Age,Region,sources\nAnna,31,North,market.txt\nBakyt,44,South,fear.txt\n", "utf-8")
    return path


def test_a_table_of_cases_goes_in_and_out(coded, run, done, people, tmp_path):
    before = run("info", coded, "--json").json
    told = done("cases", "import", coded, people, "--preview").out
    assert told == (
        "New variable: Age (integer)\nNew variable: Region (text)\nNew case: Anna\nNew case: Bakyt\n"
        "Would set 4 values, 2 sources of cases; 0 there already.\n"
    )
    assert run("info", coded, "--json").json == before
    done("cases", "import", coded, people)
    listed = run("cases", "list", coded, "--json").json
    assert [(one["name"], one["sources"], one["values"]) for one in listed] == [
        ("Anna", 1, {"Age": "31", "Region": "North"}),
        ("Bakyt", 1, {"Age": "44", "Region": "South"}),
    ]
    done("cases", "export", coded, tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert text.splitlines() == ["case,sources,Age,Region", "Anna,market.txt,31,North", "Bakyt,fear.txt,44,South"]
    assert "4 there already" not in done("cases", "import", coded, tmp_path / "out.csv").out
    done("undo", coded)
    assert run("cases", "list", coded, "--json").json == []


def test_lines_that_cannot_be_taken_in_are_told_and_refuse_the_rest_unless_asked(coded, run, done, tmp_path):
    path = tmp_path / "documents.csv"
    path.write_text("source;Met\nmarket.txt;2026-03-01\nnone.txt;2026-03-02\nfear.txt;soon\n", "utf-8")
    answer = run("variables", "import", coded, path, "--type", "Met=date")
    assert answer.code == 2
    assert "documents.csv, line 3: There is no source “none.txt”" in answer.err
    assert "line 4: “Met”: “soon” is no date" in answer.err
    assert answer.err.endswith(
        "error: documents.csv: 2 lines cannot be taken in, so nothing was changed; mend them, or add --rest.\n"
    )
    assert run("variables", "list", coded, "--json").json == []
    done("variables", "import", coded, path, "--type", "Met=date", "--rest")
    (met,) = run("variables", "list", coded, "--json").json
    assert (met["type"], met["sources"], met["cases"]) == ("date", 1, 0)
    assert run("variables", "import", coded, path, "--type", "Met=day").is_bad_input_about("NAME=TYPE")


def test_cases_are_made_filled_and_deleted(coded, run, done):
    done("cases", "add", coded, "Anna", "--description", "Sells bread")
    done("cases", "put", coded, "Anna", "market.txt", "--passage", "fear.txt", 0, 6)
    found = run("cases", "members", coded, "anna", "--json").json
    assert {(one["source"], one["start"], one["text"]) for one in found} == {
        ("market.txt", None, ""),
        ("fear.txt", 0, "Nobody"),
    }
    assert "Put 2 members into case “Anna”" in done("undo", coded).out
    done("redo", coded)
    (passage,) = (one["id"] for one in found if one["start"] == 0)
    done("cases", "take-out", coded, "Anna", passage, "market.txt")
    assert run("cases", "members", coded, "Anna", "--json").json == []
    done("cases", "rename", coded, "Anna", "Anne")
    done("cases", "describe", coded, "Anne", "Sells no bread")
    done("cases", "from-sources", coded, "market.txt", "fear.txt")
    assert [one["name"] for one in run("cases", "list", coded, "--json").json] == ["Anne", "market", "fear"]
    assert "Anne" in done("cases", "list", coded).out
    done("cases", "delete", coded, "Anne", "fear")
    assert [one["name"] for one in run("cases", "list", coded, "--json").json] == ["market"]
    assert run("cases", "delete", coded, "Nobody").is_bad_input_about("no case “Nobody”")
    assert run("cases", "put", coded, "market").is_bad_input_about("Say what")


def test_variables_are_made_set_and_deleted(coded, run, done):
    done("cases", "add", coded, "Anna")
    done("variables", "add", coded, "Age", "--type", "integer", "--description", "In years")
    done("variables", "set", coded, "Age", "31", "--case", "Anna", "--source", "market.txt")
    (age,) = run("variables", "list", coded, "--json").json
    assert (age["sources"], age["cases"], age["description"]) == (1, 1, "In years")
    assert run("variables", "set", coded, "Age", "old", "--case", "Anna").is_bad_input_about("“old” is no whole number")
    assert run("variables", "set", coded, "Age", "3").is_bad_input_about("Say whose")
    done("variables", "retype", coded, "Age", "text")
    done("variables", "rename", coded, "Age", "Years")
    done("variables", "describe", coded, "Years", "At the first talk")
    assert "2  Years  text  At the first talk" in done("variables", "list", coded).out
    done("variables", "delete", coded, "Years")
    assert run("variables", "list", coded, "--json").json == []


def test_sets_are_made_filled_and_deleted(coded, run, done):
    done("sets", "add", coded, "Field")
    done("sets", "put", coded, "Field", "--source", "fear.txt", "--source", "market.txt", "--code", "Trust")
    (field,) = run("sets", "list", coded, "--json").json
    assert (field["sources"], field["codes"]) == (["fear.txt", "market.txt"], ["Feeling > Trust"])
    assert "2 sources  1 codes  Field" in done("sets", "list", coded).out
    done("sets", "take-out", coded, "Field", "--code", "Trust")
    done("sets", "rename", coded, "Field", "Village")
    done("sets", "describe", coded, "Village", "Outside of town")
    (field,) = run("sets", "list", coded, "--json").json
    assert (field["name"], field["description"], field["codes"]) == ("Village", "Outside of town", [])
    assert run("sets", "put", coded, "Village").is_bad_input_about("Say what")
    done("sets", "delete", coded, "Village")
    assert run("sets", "list", coded, "--json").json == []
