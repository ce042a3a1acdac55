"""Coders at the command line."""


def test_coders_are_listed_added_and_renamed_and_keep_their_codings(coded, run, done):
    before = run("coders", "list", coded, "--json").json
    assert sum(one["codings"] for one in before) == run("info", coded, "--json").json["codings"] > 0
    first = max(before, key=lambda one: one["codings"])
    added = done("coders", "add", coded, "Bea").out.strip()
    done("coders", "rename", coded, first["name"], "Anna Lee")
    after = {one["id"]: one for one in run("coders", "list", coded, "--json").json}
    assert after[first["id"]] == {**first, "name": "Anna Lee"}
    assert after[added]["name"] == "Bea"
    assert f"{first['codings']} codings  Anna Lee" in done("coders", "list", coded).out
    done("undo", coded)
    assert after.keys() == {one["id"] for one in run("coders", "list", coded, "--json").json}
    assert first in run("coders", "list", coded, "--json").json


def test_a_name_that_is_taken_or_a_coder_that_is_not_there_changes_nothing(coded, run):
    name = run("coders", "list", coded, "--json").json[0]["name"]
    run("coders", "add", coded, "Bea")
    taken = run("coders", "rename", coded, "Bea", name.upper())
    assert (taken.code, "already; nothing was changed" in taken.err) == (2, True)
    missing = run("coders", "rename", coded, "Nobody", "Somebody")
    assert (missing.code, "There is no coder “Nobody”" in missing.err) == (2, True)
