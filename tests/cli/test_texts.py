"""Replacing the text of a coded source from the command line, and settling what is to check."""

import pytest


@pytest.fixture
def newer(tmp_path):
    """Give what writes the newer file and returns its path."""

    def write(text):
        path = tmp_path / "newer" / "market.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


MENDED = "Preface.\nThe market opens at seven.\n\nPeople trust it deeply. Trust is slow.\n"


def test_codings_follow_their_words_and_the_rest_is_listed(coded, newer, done):
    before = done("dump", coded).out
    answer = done("replace-text", coded, "market.txt", newer(MENDED), "--json").json

    assert (answer["unchanged"], answer["moved"]) == (0, 1)
    assert [one["quote"] for one in answer["to_check"]] == ["People trust it.", "trust it. Trust is slow"]
    assert all(
        one["quote"] in one["context"] and set(one) == {"segment_id", "quote", "context"} for one in answer["to_check"]
    )
    assert done("text", coded, "market.txt").out == MENDED
    assert done("verify", coded).code == 0
    done("undo", coded)
    assert done("dump", coded).out == before


def test_what_is_to_check_is_listed_and_settled(coded, newer, done, run):
    done("replace-text", coded, "market.txt", newer(MENDED))
    first, second = done("to-check", coded, "market.txt", "--json").json
    assert first["guess"] == "People trust it deeply."
    assert (first["codes"], first["coders"]) == (["Feeling > Trust"], ["Ann"])
    assert "was: People trust it." in done("to-check", coded).out
    assert done("to-check", coded, "fear.txt", "--json").json == []

    assert done("settle", coded, first["segment_id"]).out == "One passage is still to check.\n"
    done("settle", coded, second["segment_id"], "--at", second["start"], second["stop"] - 1)

    assert done("to-check", coded, "--json").json == []
    assert done("history", coded, "--json").json[-1]["label"] == "Settle a passage"
    assert done("verify", coded).code == 0
    for bad in (("no-id",), ("no-id", "--at", 0, 3), (first["segment_id"], "--at", 5, 5), ("a", "b", "--at", 0, 3)):
        assert run("settle", coded, *bad).is_bad_input_about("small.coder")


def test_a_text_that_nobody_changed_and_a_file_that_is_none_are_bad_input(
    coded, files, tmp_path, newer, run, unchanged
):
    before = unchanged(coded)
    assert run("replace-text", coded, "market.txt", files / "market.txt").is_bad_input_about("market.txt")
    assert run("replace-text", coded, "moon.txt", newer(MENDED)).is_bad_input_about("small.coder")
    (tmp_path / "odd.txt").write_bytes(bytes(range(256)) * 4)
    for bad in ("odd.txt", "gone.txt"):
        assert run("replace-text", coded, "market.txt", tmp_path / bad).is_bad_input_about(bad)
    assert run("replace-text", coded, "market.txt", newer(" \n")).is_bad_input_about("market.txt")
    assert unchanged(coded) == before


def test_for_people_it_is_said_in_a_line(coded, newer, done):
    out = done("replace-text", coded, "market.txt", newer(MENDED)).out
    assert out.startswith("0 unchanged, 1 moved, 2 to check\n")


def test_the_source_keeps_its_name_and_the_new_file_is_its_original(coded, newer, done):
    done("replace-text", coded, "market.txt", newer(MENDED))
    (source,) = (one for one in done("sources", coded, "--json").json if one["name"] == "market.txt")
    assert source["sha256"] == source["original_sha256"]
    assert source["characters"] == len(MENDED)
