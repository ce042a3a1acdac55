"""Bringing documents in, listing, printing and searching them from the command line."""

import hashlib

import pytest

from coder_app.domain.text import count_words


def names(done, project):
    return [source["name"] for source in done("sources", project, "--json").json]


def test_a_file_becomes_a_source_under_its_name(empty, files, done):
    assert done("import", empty, files / "market.txt").out == "Imported one source.\n"
    text = (files / "market.txt").read_text("utf-8")
    (source,) = done("sources", empty, "--json").json
    assert (source["name"], source["kind"], source["codings"]) == ("market.txt", "text", 0)
    assert (source["characters"], source["words"]) == (len(text), count_words(text))
    assert source["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_several_files_are_one_step(empty, files, done):
    done("import", empty, files / "market.txt", files / "fear.txt")
    assert names(done, empty) == ["market.txt", "fear.txt"]
    done("undo", empty)
    assert names(done, empty) == []


def test_a_folder_comes_in_with_its_folders(empty, tmp_path, done):
    for place in ("a.txt", "2023/b.txt", "2024/b.txt"):
        path = tmp_path / "interviews" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"What was said in {place}.", "utf-8")
    (tmp_path / "interviews" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    answer = done("import", empty, tmp_path / "interviews")
    assert answer.out == "Imported 3 sources.\n"
    assert "photo.jpg" in answer.err
    found = {(source["folder"], source["name"]) for source in done("sources", empty, "--json").json}
    assert found == {("interviews", "a.txt"), ("interviews/2023", "b.txt"), ("interviews/2024", "b.txt")}
    assert done("history", empty, "--json").json[-1]["label"] == "Import 3 sources"


def test_two_files_of_one_name_both_come_in_and_are_told_apart_by_id(empty, tmp_path, done, run):
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talk.txt").write_text(f"In the {folder}.", "utf-8")
    done("import", empty, tmp_path / "north" / "talk.txt", tmp_path / "south" / "talk.txt")
    found = done("sources", empty, "--json").json
    assert [(source["folder"], source["name"]) for source in found] == [("north", "talk.txt"), ("south", "talk.txt")]
    assert [done("text", empty, source["id"]).out for source in found] == ["In the north.", "In the south."]
    assert run("text", empty, "talk.txt").is_bad_input_about("small.coder")


def test_a_file_that_is_there_already_is_pointed_out_and_not_doubled(project, files, tmp_path, done, unchanged):
    before = unchanged(project)
    done("import", project, files / "market.txt")
    assert unchanged(project) == before
    again = tmp_path / "again.txt"
    again.write_bytes((files / "market.txt").read_bytes())
    answer = done("import", project, again)
    assert answer.out.splitlines() == [
        "Imported 0 sources.",
        "“again.txt” is in the project already, as “market.txt”; left out.",
    ]
    assert unchanged(project) == before


def test_only_what_is_new_comes_in(project, files, tmp_path, done):
    new = tmp_path / "new.txt"
    new.write_text("Something else.", "utf-8")
    assert done("import", project, files / "market.txt", new, new).out.startswith("Imported one source.\n")
    assert names(done, project) == ["market.txt", "fear.txt", "new.txt"]


def test_one_file_that_cannot_be_read_refuses_them_all(empty, files, run, unchanged):
    (files / "binary.txt").write_bytes(bytes(range(256)) * 4)
    before = unchanged(empty)
    assert run("import", empty, files / "market.txt", files / "binary.txt").is_bad_input_about("binary.txt")
    assert run("import", empty, files / "market.txt", files / "gone.txt").is_bad_input_about("gone.txt")
    assert unchanged(empty) == before


@pytest.mark.parametrize("content", [b"", b"one\0two", "half".encode("utf-16")[:-1]])
def test_what_is_no_text_is_bad_input(empty, tmp_path, run, unchanged, content):
    before = unchanged(empty)
    (tmp_path / "odd.txt").write_bytes(content)
    assert run("import", empty, tmp_path / "odd.txt").is_bad_input_about("odd.txt")
    assert unchanged(empty) == before


def test_an_empty_folder_is_bad_input(empty, tmp_path, run):
    (tmp_path / "nothing").mkdir()
    assert run("import", empty, tmp_path / "nothing").is_bad_input_about("nothing")


def test_the_encoding_can_be_named(empty, tmp_path, done):
    (tmp_path / "greek.txt").write_bytes("ανθρωπος".encode("iso8859-7"))
    done("import", empty, tmp_path / "greek.txt", "--encoding", "iso8859-7")
    assert done("text", empty, "greek.txt").out == "ανθρωπος"


def test_an_unknown_encoding_is_bad_input(empty, files, run):
    assert run("import", empty, files / "market.txt", "--encoding", "klingon").is_bad_input_about("klingon")


def test_text_prints_the_canonical_text_and_nothing_else(empty, tmp_path, done):
    (tmp_path / "mixed.txt").write_bytes("\ufeffOne\r\ntwo\rthree e\u0301 😀".encode())
    done("import", empty, tmp_path / "mixed.txt")
    assert done("text", empty, "mixed.txt").out == "One\ntwo\nthree e\u0301 😀"


def test_an_unknown_source_is_bad_input(project, run):
    assert run("text", project, "moon.txt").is_bad_input_about("moon.txt")
    assert run("text", project, "moon.txt").is_bad_input_about("small.coder")


def test_search_finds_whole_words_in_any_case(project, files, done):
    hits = done("search", project, "TRUST", "--json").json
    text = (files / "market.txt").read_text("utf-8")
    places = [(28 + len("People "), "trust"), (text.index("Trust"), "Trust")]
    assert [(hit["start"], hit["text"]) for hit in hits] == places
    assert all(hit["source"] == "market.txt" and text[hit["start"] : hit["stop"]] == hit["text"] for hit in hits)
    assert done("search", project, "rus", "--json").json == []


def test_search_counts_code_points(project, done):
    (hit,) = done("search", project, "prices", "--json").json
    assert (hit["source"], hit["start"], hit["stop"]) == ("fear.txt", 21, 27)


def test_search_stops_at_the_limit(project, done):
    assert len(done("search", project, "trust", "--limit", 1, "--json").json) == 1
    assert len(done("search", project, "trust").out.splitlines()) == 2


def test_nothing_to_search_for_is_bad_input(project, run):
    assert run("search", project, " ").is_bad_input_about("small.coder")


def test_the_list_of_sources_for_people_has_one_line_each(project, done):
    lines = done("sources", project).out.splitlines()
    assert [line.split()[2] for line in lines] == ["market.txt", "fear.txt"]
