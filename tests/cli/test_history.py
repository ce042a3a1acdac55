"""Undo, redo, history and revert from the command line."""

import pytest


def labels(answer):
    return [step["label"] for step in answer.json]


def test_undo_and_redo_say_what_they_did_and_give_back_the_same_bytes(coded, done):
    before = done("dump", coded).out
    assert done("undo", coded).out == "Undone: Import 4 codings\n"
    without = done("dump", coded).out
    assert without != before
    assert done("redo", coded).out == "Done again: Import 4 codings\n"
    assert done("dump", coded).out == before
    done("undo", coded)
    assert done("dump", coded).out == without


def test_undo_goes_back_to_the_empty_project_and_then_finds_nothing(coded, done, run):
    for _ in range(3):
        done("undo", coded)
    assert done("info", coded, "--json").json["sources"] == 0
    assert run("undo", coded).code == 1
    done("verify", coded)


def test_nothing_to_redo_is_a_finding(coded, run):
    answer = run("redo", coded)
    assert (answer.code, answer.out, answer.err) == (1, "", "error: There is nothing to redo.\n")


def test_the_history_lists_undone_steps_and_undos_too(coded, done):
    done("undo", coded)
    steps = done("history", coded, "--json").json
    assert [step["step"] for step in steps] == ["new", "edit", "edit", "edit", "undo"]
    assert steps[4]["undoes"] == steps[3]["id"]
    assert {"id", "label", "coder", "made_at", "rows", "undoes"} <= set(steps[0])
    assert all(step["coder"] == "Ann" and step["rows"] > 0 for step in steps[1:])


def test_the_history_names_a_coder_who_was_undone(project, done):
    done("code", project, "market.txt", 4, 10, "Place", "--coder", "Cy")
    done("undo", project)
    assert [step["coder"] for step in done("history", project, "--json").json[-2:]] == ["Cy", "Ann"]


def test_the_history_for_people_has_one_line_per_step(coded, done):
    done("undo", coded)
    lines = done("history", coded).out.splitlines()
    assert len(lines) == 5
    assert "Ann undid: Import 4 codings" in lines[-1]


def step_named(done, project, label):
    return next(step["id"] for step in done("history", project, "--json").json if step["label"] == label)


def test_an_older_step_can_be_reverted_while_later_ones_stay(project, done):
    done("code", project, "market.txt", 4, 10, "Place")
    done("code", project, "fear.txt", 0, 6, "Fear")
    done("revert", project, step_named(done, project, "Apply “Place”"))
    assert [code["codings"] for code in done("codes", project, "--json").json] == [0, 0, 1, 0]
    done("undo", project)
    assert [code["codings"] for code in done("codes", project, "--json").json] == [0, 0, 1, 1]


def test_a_revert_is_refused_with_the_later_step_named(coded, run, done, unchanged):
    before = unchanged(coded)
    answer = run("revert", coded, step_named(done, coded, "Import codebook “Small”"))
    assert (answer.code, answer.out) == (1, "")
    assert "Import 4 codings" in answer.err
    assert unchanged(coded) == before


def test_reverting_twice_is_a_finding(project, done, run, unchanged):
    done("code", project, "market.txt", 4, 10, "Place")
    step = step_named(done, project, "Apply “Place”")
    done("revert", project, step)
    before = unchanged(project)
    assert run("revert", project, step).code == 1
    assert unchanged(project) == before


def test_an_unknown_step_is_bad_input(coded, run):
    assert run("revert", coded, "0199").is_bad_input_about("small.coder")


@pytest.mark.parametrize("command", [["undo"], ["redo"], ["revert", "x"]])
def test_refused_steps_leave_the_project_as_it_was(empty, run, unchanged, command):
    before = unchanged(empty)
    assert run(command[0], empty, *command[1:]).code in {1, 2}
    assert unchanged(empty) == before


def test_the_history_tells_what_was_done_and_can_be_filtered(project, done, run):
    done("code", project, "market.txt", 4, 10, "Place", "--coder", "Cy")
    done("code", project, "fear.txt", 0, 6, "Fear")
    done("undo", project)
    steps = done("history", project, "--json").json
    assert steps[-2]["words"] == "Ann applied “Fear” to 1 segment in fear.txt"
    assert steps[-2]["undone_by"] == steps[-1]["id"]

    def found(*options):
        return [step["words"] for step in done("history", project, *options, "--json").json]

    assert len(found("--source", "market.txt")) == 2
    assert found("--source", "market.txt")[-1].startswith("Cy")
    assert found("--code", "Feeling > Fear", "--in-force") == [steps[2]["words"]]
    assert len(found("--kind", "coding")) == 3
    assert len(found("--coder", "Cy")) == 1
    assert len(found("--text", "small")) == 2
    assert found("--limit", "1") == [steps[-1]["words"]]
    assert found("--until", "1999-12-31") == []
    assert len(found("--since", "1999-12-31")) == len(steps)
    assert run("history", project, "--coder", "Nobody").is_bad_input_about("small.coder")
    assert run("history", project, "--since", "soon").is_bad_input_about("small.coder")
    assert run("history", project, "--source", "none.txt").is_bad_input_about("small.coder")


def test_one_step_is_shown_row_by_row(project, done, run):
    done("code", project, "market.txt", 4, 10, "Place")
    step = step_named(done, project, "Apply “Place”")
    lines = done("history", "show", project, step).out
    assert "Coding: Place on “market” (market.txt) – added" in lines
    shown = done("history", "show", project, step, "--json").json
    assert shown["number"] == 2
    assert {change["table"] for change in shown["changes"]} == {"segment", "coding"}
    assert "1 row more" in done("history", "show", project, step, "--limit", "1").out
    assert run("history", "show", project, "none").is_bad_input_about("small.coder")


@pytest.mark.parametrize("suffix", [".csv", ".html", ".json", ".xlsx"])
def test_history_and_codebook_are_written_for_a_report(coded, done, tmp_path, suffix):
    trail, book = tmp_path / f"trail{suffix}", tmp_path / f"book{suffix}"
    done("history", "export", coded, trail, "--rows")
    done("history", "codebook", coded, book)
    assert trail.stat().st_size > 100
    assert book.stat().st_size > 100
    if suffix == ".csv":
        assert "Ann" in trail.read_text("utf-8-sig")
        assert "added,Feeling > Trust" in book.read_text("utf-8-sig")


def test_a_report_never_takes_the_place_of_the_project(coded, run, unchanged):
    before = unchanged(coded)
    for command in ("export", "codebook"):
        assert run("history", command, coded, coded).code == 2
    assert unchanged(coded) == before
