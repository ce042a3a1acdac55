"""Quotations from the command line: marked, listed, gone from the list once they are coded."""


def test_a_passage_is_marked_listed_and_coded_later(project, done):
    told = done("quote", project, "market.txt", 4, 10).out.splitlines()
    assert told[0] == "Marked “market”."
    (found,) = done("quotations", project, "--json").json
    assert (found["id"], found["source"], found["start"], found["stop"], found["text"]) == (
        told[1], "market.txt", 4, 10, "market",
    )  # fmt: skip
    assert done("quotations", project).out.split() == ["market.txt", "4", "10", "market"]
    done("code", project, "market.txt", 4, 10, "Place")
    assert done("quotations", project, "--json").json == []
    assert done("quotations", project).out == ""
    done("undo", project)
    assert len(done("quotations", project, "--json").json) == 1


def test_what_is_no_passage_is_refused(project, run):
    for start in (4, -4):
        answer = run("quote", project, "market.txt", start, 4)
        assert answer.code == 2
        assert "is no passage" in answer.err
