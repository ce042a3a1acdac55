"""Bringing back what was deleted, and seeing the project as it was, from the command line."""

import pytest

from coder_app.edits.codes import delete_codes, describe_code
from coder_app.edits.codings import remove_codings
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project


def code_id(project, path):
    with Project.open(project, write=False) as opened:
        return code_tree(opened).find(path).id


def last_step(done, project):
    return done("history", project, "--json").json[-1]["id"]


@pytest.fixture
def pruned(coded):
    """Give the coded project after the code Fear was deleted."""
    with Project.open(coded) as opened:
        delete_codes(opened, [code_tree(opened).find("Fear").id])
    return coded


def test_what_was_deleted_is_listed_and_brought_back_with_its_codings(coded, done):
    before = done("dump", coded).out
    with Project.open(coded) as opened:
        delete_codes(opened, [code_tree(opened).find("Fear").id])
    (one,) = done("deleted", coded, "--json").json
    assert (one["table"], one["what"], one["went_along"], one["coder"]) == ("code", "Fear", "2 codings", "Ann")
    assert "Code: Fear with 2 codings" in done("deleted", coded).out
    assert done("deleted", coded, "--kind", "source", "--json").json == []

    said = done("restore", coded, one["row_ids"][0]).out
    assert said == "Brought back: 1 code, 2 codings.\n"
    assert done("dump", coded).out == before
    assert done("undo", coded).out == "Undone: Restore “Fear”\n"
    done("verify", coded)


def test_a_step_brings_back_all_that_it_deleted(coded, done):
    with Project.open(coded) as opened:
        remove_codings(opened, [row[0] for row in opened.rows("SELECT id FROM coding")])
    done("restore", coded, last_step(done, coded))
    assert done("info", coded, "--json").json["codings"] == 4


def test_one_thing_of_those_that_went_together_comes_back_alone(pruned, done):
    with Project.open(pruned, write=False) as opened:
        coding = opened.rows("SELECT row_id FROM row_change WHERE table_name = 'coding' AND after IS NULL")[0][0]
    said = done("restore", pruned, coding).out
    assert said == "Brought back: 1 coding. “Fear” had to come back with it.\n"
    assert done("info", pruned, "--json").json["codings"] == 3


def test_nothing_with_that_id_is_bad_input(coded, run, unchanged):
    before = unchanged(coded)
    assert run("restore", coded, "none").is_bad_input_about("small.coder")
    assert run("restore", coded, code_id(coded, "Fear")).is_bad_input_about("small.coder")
    assert run("restore", coded, "none", "--as-at", "2999-01-01").is_bad_input_about("small.coder")
    assert unchanged(coded) == before


def test_an_older_definition_comes_back_as_at_a_step(coded, done):
    place = code_id(coded, "Place")
    then = last_step(done, coded)
    with Project.open(coded) as opened:
        describe_code(opened, place, {"definition": "Elsewhere"})
    done("restore", coded, place, "--as-at", then)
    with Project.open(coded, write=False) as opened:
        assert code_tree(opened)[place].definition == "Where it is."


def test_the_project_as_it_was_is_dumped_or_written_as_a_project(pruned, done, run, tmp_path, unchanged):
    steps = done("history", pruned, "--json").json
    before = unchanged(pruned)
    then = done("as-it-was", pruned, steps[-2]["id"], "--dump").out
    assert '"Fear"' in then
    assert then != before[0]
    target = tmp_path / "then.coder"
    assert done("as-it-was", pruned, steps[-2]["id"], "-o", target).out == f"{target}\n"
    assert done("dump", target).out == then
    assert len(done("history", target, "--json").json) == len(steps) - 1
    done("verify", target)
    assert done("as-it-was", pruned, "2999-01-01", "--dump").out == before[0]
    assert unchanged(pruned) == before
    assert run("as-it-was", pruned, steps[0]["id"], "-o", target).code == 2
    assert run("as-it-was", pruned, steps[0]["id"]).code == 2
    assert run("as-it-was", pruned, "some day", "--dump").is_bad_input_about("small.coder")
