"""Search, autocoding, words in context and word counts from the command line."""

import csv

import pytest
from click.testing import CliRunner

from coder_app.analysis.kwic import Sort
from coder_app.analysis.stop_words import LANGUAGES
from coder_app.cli.program import program
from coder_app.cli.search import SORTS


def found(done, project, *query):
    return [hit["text"] for hit in done("search", project, *query, "--json").json]


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_operators_and_options_of_search(project, done):
    assert found(done, project, "trust AND people") == ["People", "trust", "Trust"]
    assert found(done, project, "trust NOT people") == []
    assert found(done, project, "f*") == ["fear"]
    assert found(done, project, "Trust", "--match-case") == ["Trust"]
    assert found(done, project, "rus", "--inside-words") == ["rus", "rus"]
    assert found(done, project, "púöple", "--ignore-accents") == []
    assert found(done, project, "péople", "--ignore-accents") == ["People"]
    assert found(done, project, r"\b[tf]\w+r\b|^p\w+", "--regex") == ["People", "fear"]
    assert found(done, project, '"trust"', "--plain") == []


def test_each_hit_names_the_codes_that_cover_it(project, done):
    done("autocode", project, "people", "Trust", "--extent", "sentence")
    hits = done("search", project, "people", "--json").json
    assert all("Feeling > Trust" in hit["codes"] for hit in hits)
    assert hits


@pytest.mark.parametrize("query", [['trust "'], ["NOT trust"], ["(", "--regex"], ["  "]])
def test_a_search_without_sense_is_bad_input(project, run, query):
    assert run("search", project, *query, "--json").is_bad_input_about("small.coder")


def test_a_pattern_that_never_ends_is_stopped(project, files, done, run, monkeypatch):
    monkeypatch.setattr("coder_app.queries.search_regex.SECONDS_PER_TEXT", 0.5)
    (files / "odd.txt").write_text("a" * 60, "utf-8")
    done("import", project, files / "odd.txt")
    answer = run("search", project, "(a+)+b", "--regex")
    assert answer.code == 2
    assert "took too long at odd.txt" in answer.err


def test_a_search_changes_nothing(project, done, unchanged):
    before = unchanged(project), project.read_bytes()
    done("search", project, "trust* AND people")
    assert (unchanged(project), project.read_bytes()) == before


def test_autocoding_tells_first_and_codes_as_one_step(project, done, unchanged):
    before = unchanged(project)
    arguments = ("autocode", project, "trust", "Feeling > Trust", "--extent", "sentence", "--json")
    told = done(*arguments, "--dry-run").json
    assert (told["added"], told["already_there"]) == (2, 0)
    assert [(one["text"], one["code"], one["hits"]) for one in told["ranges"]] == [
        ("People trust it.", "Feeling > Trust", 1),
        ("Trust is slow.", "Feeling > Trust", 1),
    ]
    assert unchanged(project) == before
    assert done(*arguments).json == told
    assert done("info", project, "--json").json["codings"] == 2
    again = done(*arguments).json
    assert (again["added"], again["already_there"]) == (0, 2)
    assert "Autocode “Trust”" in done("undo", project).out
    assert unchanged(project)[0] == before[0]


def test_a_new_coder_comes_with_the_same_step(project, done, unchanged):
    before = unchanged(project)
    done("autocode", project, "trust", "Trust", "--coder", "Dictionary")
    assert done("info", project, "--json").json["coders"] == ["Ann", "Dictionary"]
    assert done("autocode", project, "trust", "Trust", "--coder", "Dictionary").out.startswith("Coded 0 passages.")
    assert "1 would" not in done("autocode", project, "trust", "Trust", "--dry-run").out
    done("undo", project)
    assert unchanged(project)[0] == before[0]


def test_a_dictionary_codes_many_at_once(project, files, done, unchanged):
    before = unchanged(project)
    (files / "words.csv").write_text("code,pattern,regex,extent\nTrust,trust*,,\nPlace,m\\w+t,yes,paragraph\n", "utf-8")
    assert done("autocode", project, "--dictionary", files / "words.csv").out == "Coded 3 passages.\n"
    codings = done("sources", project, "--json").json
    assert [one["codings"] for one in codings] == [3, 0]
    done("undo", project)
    assert unchanged(project)[0] == before[0]


def test_a_bad_dictionary_leaves_the_project_as_it_was(project, files, run, unchanged):
    before = unchanged(project)
    (files / "words.csv").write_text("code,pattern\nTrust,trust\nNowhere,fear\n", "utf-8")
    answer = run("autocode", project, "--dictionary", files / "words.csv")
    assert answer.is_bad_input_about("words.csv, line 3")
    assert run("autocode", project, "--dictionary", files / "none.csv").is_bad_input_about("none.csv")
    assert unchanged(project) == before


@pytest.mark.parametrize("arguments", [["trust"], [], ["a", "Trust", "Trust"], ["a", "Trust", "--dictionary", "w.csv"]])
def test_autocoding_needs_a_query_and_a_code_or_a_dictionary(project, run, arguments):
    answer = run("autocode", project, *arguments)
    assert answer.code == 2
    assert "QUERY and CODE" in answer.err


def test_words_in_context_are_written_as_a_table(project, files, done):
    done("kwic", project, "trust", "-o", files / "k.csv", "--width", 12, "--sort", "right")
    assert [(row["left"], row["word"], row["right"]) for row in table(files / "k.csv")] == [
        ("e trust it. ", "Trust", " is slow. "),
        ("en. People ", "trust", " it. Trust i"),
    ]


def test_word_counts_are_written_as_a_table(project, files, done):
    done("words", project, "-o", files / "w.csv", "--stop", "en", "--min-length", 5)
    rows = [(row["word"], row["count"], row["sources"]) for row in table(files / "w.csv")]
    assert rows[0] == ("trust", "2", "1")
    assert "nobody" in {row[0] for row in rows}
    done("words", project, "-o", files / "s.csv", "--by-source", "--source", "fear.txt")
    assert {row["source"] for row in table(files / "s.csv")} == {"fear.txt"}


def test_word_counts_can_be_narrowed_to_passages_folders_and_more_frequent_words(project, files, done):
    done("code", project, "market.txt", 4, 10, "Place")
    done("words", project, "-o", files / "w.csv", "--code", "Place")
    assert [(row["word"], row["count"]) for row in table(files / "w.csv")] == [("market", "1")]
    done("words", project, "-o", files / "w.csv", "--folder", "Nowhere")
    assert table(files / "w.csv") == []
    done("words", project, "-o", files / "w.csv", "--match-case", "--numbers")
    found = {row["word"]: row["count"] for row in table(files / "w.csv")}
    assert (found["trust"], found["Trust"]) == ("1", "1")
    done("words", project, "-o", files / "w.csv", "--min-count", 2)
    assert [row["word"] for row in table(files / "w.csv")] == ["trust"]


def test_a_projects_own_stop_words_are_left_out_where_that_is_asked_for(project, files, done):
    assert done("stopwords", project, "--add", "Trust", "--add", "nobody").out == "nobody\ntrust\n"
    assert done("stopwords", project, "--remove", "NOBODY", "--json").json == ["trust"]
    assert done("stopwords", project).out == "trust\n"
    done("words", project, "-o", files / "w.csv", "--stop", "own")
    assert "trust" not in {row["word"] for row in table(files / "w.csv")}
    done("words", project, "-o", files / "w.csv")
    assert "trust" in {row["word"] for row in table(files / "w.csv")}


def test_an_unknown_stop_list_is_bad_input(project, files, run):
    assert run("words", project, "-o", files / "w.csv", "--stop", "xx").is_bad_input_about("small.coder")
    assert not (files / "w.csv").exists()


def test_the_help_names_all_sorts_and_stop_lists():
    assert set(SORTS) == {sort.value for sort in Sort}
    text = " ".join(CliRunner().invoke(program, ["words", "--help"]).output.split())
    assert ", ".join(LANGUAGES) in text


def test_a_regular_expression_does_not_pass_over_accents_and_says_so(project, run):
    answer = run("search", project, "f.ar", "--regex", "--ignore-accents")
    assert answer.is_bad_input_about("[eéè]")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("search", "zebra"), "Nothing was found.\n"),
        (("to-check",), "Nothing is to check.\n"),
        (("deleted",), "Nothing was deleted that could be brought back.\n"),
        (("conflicts",), "Nothing is undecided.\n"),
        (("quotations",), "There is nothing to list.\n"),
        (("stopwords",), "There is nothing to list.\n"),
    ],
)
def test_that_there_is_nothing_is_said_on_stderr_and_never_among_the_data(command, said, project, done):
    name, *words = command
    answer = done(name, project, *words)
    assert (answer.out, answer.err) == ("", said)
    assert done(name, project, *words, "--json").json == []
