"""Disagreements, decisions, rounds and assignments from the command line."""

import csv
import io
import json

import pytest

MORE = (
    "source,start,stop,code,coder,memo\nmarket.txt,28,40,Feeling > Trust,Bo,\nfear.txt,19,30,Place,Ann,\n"
    "market.txt,11,16,Place,Ann,\nmarket.txt,11,16,Feeling > Fear,Bo,\n"
)


@pytest.fixture
def twice(coded, tmp_path, done):
    """Give the project with both sources coded by both coders, who differ on the word “opens”."""
    (tmp_path / "more.csv").write_text(MORE, "utf-8")
    done("codings", "import", coded, tmp_path / "more.csv")
    return coded


def listed(done, project, tmp_path, *options):
    file = tmp_path / "list.csv"
    done("disagreements", project, "-o", file, *options)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def differing(done, project, tmp_path):
    return next(row for row in listed(done, project, tmp_path) if row["kind"] == "different code")


def test_each_disagreement_has_its_place_words_and_what_each_coder_said(twice, tmp_path, done):
    row = differing(done, twice, tmp_path)
    assert (row["source"], row["start"], row["stop"]) == ("market.txt", "11", "16")
    assert {row["coder:Ann"], row["coder:Bo"]} == {"Place", "Feeling > Fear"}
    assert row["text"] == "opens"
    assert row["decision"] == ""
    assert {one["kind"] for one in listed(done, twice, tmp_path)} <= {"missed", "different code", "boundary"}


@pytest.mark.parametrize(
    ("options", "said", "consensus"),
    [
        (("--take", "Bo"), "as Bo", {"Feeling > Fear"}),
        (("--both",), "both", {"Feeling > Fear", "Place"}),
        (("--neither",), "neither", set()),
        (("--own", "4", "16", "Trust"), "otherwise", {"Feeling > Trust"}),
    ],
)
def test_a_decision_goes_into_the_consensus_and_leaves_the_codings(twice, tmp_path, done, options, said, consensus):
    ids = differing(done, twice, tmp_path)["coding_ids"].split()
    before = codings(done, twice, tmp_path)

    done("adjudicate", twice, ids[0], *options, "--reason", "It is a place", "--by", "Ann")

    row = next(row for row in listed(done, twice, tmp_path) if row["coding_ids"].split() == ids)
    assert (row["decision"], row["reason"], row["decided_by"]) == (said, "It is a place", "Ann")
    assert row not in listed(done, twice, tmp_path, "--open")
    after = codings(done, twice, tmp_path)
    assert [one for one in after if one["coder"] != "Consensus"] == before
    assert {one["code"] for one in after if one["coder"] == "Consensus"} == consensus
    done("adjudicate", twice, ids[0], "--withdraw")
    assert codings(done, twice, tmp_path) == before


def codings(done, project, tmp_path):
    file = tmp_path / "codings.csv"
    done("codings", "export", project, file)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_a_note_goes_to_the_code_and_what_all_agree_on_into_the_consensus(twice, tmp_path, done):
    ids = differing(done, twice, tmp_path)["coding_ids"].split()
    done(
        "adjudicate",
        twice,
        *ids,
        "--both",
        "--note",
        "Place",
        "not_when",
        "it is a mood",
        "--agreed",
        "--borders",
        "0.5",
    )
    book = tmp_path / "book.csv"
    done("codebook", "export", twice, book)
    assert "it is a mood" in book.read_text("utf-8-sig")
    assert {one["code"] for one in codings(done, twice, tmp_path) if one["coder"] == "Consensus"} >= {"Feeling > Trust"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say which disagreement"),
        (("some-id", "--both"), "no disagreement now"),
        (("some-id", "--withdraw"), "Nothing was decided"),
        (("some-id", "--both", "--by", "Zoe"), "Nobody called “Zoe”"),
        (("some-id", "--both", "--round", "Pilot"), "no round “Pilot”"),
    ],
)
def test_what_is_wrong_with_a_decision_is_said(twice, run, arguments, said):
    answer = run("adjudicate", twice, *arguments)
    assert answer.is_bad_input_about("small.coder")
    assert said in answer.err


def test_one_answer_and_no_more(twice, tmp_path, done, run):
    ids = differing(done, twice, tmp_path)["coding_ids"].split()
    assert "--take, --both" in run("adjudicate", twice, ids[0], "--both", "--neither").err
    assert "leave out --when" in run("adjudicate", twice, ids[0], "--both", "--when", "after").err


def test_a_round_is_opened_filled_marked_as_done_and_closed(twice, tmp_path, done, run):
    assert "no rounds" in done("assignments", "list", twice).out
    assert "blind, open since" in done("assignments", "open", twice, "Pilot").out
    assert "Changed 4 assignments" in done("assignments", "assign", twice, "--round", "1").out
    assert "not done" in done("assignments", "list", twice).out
    refused = run("agreement", twice, "-o", tmp_path / "a.csv")
    assert "no source is marked as done by two" in refused.err
    done("agreement", twice, "-o", tmp_path / "a.csv", "--coded", "--resamples", "0")
    done("assignments", "done", twice, "--source", "market.txt")
    done("assignments", "not-done", twice, "--source", "market.txt", "--coder", "Bo")
    assert "no source is marked" in run("disagreements", twice, "-o", tmp_path / "d.csv").err
    done("assignments", "done", twice, "--source", "market.txt")
    assert "Changed 2 assignments" in done("assignments", "take-back", twice, "--source", "fear.txt").out
    done("assignments", "close", twice)
    assert "closed already" in run("assignments", "close", twice).err
    told = json.loads(done("assignments", "list", twice, "--json").out)
    assert [one["name"] for one in told["rounds"]] == ["Pilot"]
    assert {(one["source"], one["coder"]) for one in told["assignments"]} == {
        ("market.txt", "Ann"),
        ("market.txt", "Bo"),
    }
    done("assignments", "reopen", twice)
    assert "open since" in done("assignments", "list", twice).out


def alpha(done, project, tmp_path, *options):
    file = tmp_path / "agreement.csv"
    done("agreement", project, "-o", file, "--resamples", "0", *options)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    return next(row["percent_agreement"] for row in rows if row["code"] == "(all codes, pooled)")


def test_agreement_before_and_after_negotiation_are_kept_apart(twice, tmp_path, done, run):
    done("assignments", "open", twice, "Pilot")
    done("assignments", "assign", twice)
    done("assignments", "done", twice)
    assert "close the round first" in run("agreement", twice, "-o", tmp_path / "a.csv", "--when", "before").err
    done("assignments", "close", twice)
    before = alpha(done, twice, tmp_path)
    ids = differing(done, twice, tmp_path)["coding_ids"].split()

    done("adjudicate", twice, *ids, "--both")
    done("code", twice, "market.txt", "0", "10", "Trust", "--coder", "Ann")

    assert alpha(done, twice, tmp_path, "--when", "before") == before
    assert float(alpha(done, twice, tmp_path, "--when", "after")) > float(alpha(done, twice, tmp_path))
    done("agreement", twice, "-o", tmp_path / "a.json", "--when", "before", "--resamples", "0")
    assert "before negotiation (Pilot, opened" in (tmp_path / "a.json").read_text("utf-8")


def test_a_coder_can_be_compared_with_the_consensus_by_name(twice, tmp_path, done):
    ids = differing(done, twice, tmp_path)["coding_ids"].split()
    done("adjudicate", twice, *ids, "--take", "Ann", "--agreed", "--borders", "0.5")
    assert alpha(done, twice, tmp_path, "--coders", "Ann,Consensus")
    assert "coder:Consensus" not in listed(done, twice, tmp_path)[0]


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_agreement_and_what_each_marked_can_be_drawn(twice, tmp_path, done, run, suffix):
    for command, options in (("agreement", ("--resamples", "50")), ("disagreements", ())):
        file = tmp_path / f"{command}{suffix}"
        done(command, twice, "-o", file, *options)
        done("rerun", file, "--project", twice, "-o", tmp_path / f"again{suffix}")
        assert (tmp_path / f"again{suffix}").read_bytes() == file.read_bytes()
    refused = run("agreement", twice, "-o", tmp_path / f"a{suffix}", "--table", "values")
    assert "There is a picture of the table by code" in refused.err


def test_a_drawing_names_codes_and_coders_and_says_what_is_undefined(twice, tmp_path, done):
    done("agreement", twice, "-o", tmp_path / "a.svg", "--resamples", "0")
    done("disagreements", twice, "-o", tmp_path / "d.svg")
    dots, strips = ((tmp_path / name).read_text("utf-8") for name in ("a.svg", "d.svg"))
    assert "undefined" in dots
    assert ">Place<" in dots
    assert "market.txt · Ann" in strips


def test_a_round_is_renamed_and_made_blind_or_not(twice, done, run):
    done("assignments", "open", twice, "Pilot")
    assert "First: not blind, open" in done("assignments", "change", twice, "--name", "First", "--not-blind").out
    assert "Say what to change" in run("assignments", "change", twice).err
    assert "Undid" in done("undo", twice).out or "Pilot: blind" in done("assignments", "list", twice).out
    assert "Pilot: blind" in done("assignments", "list", twice).out
