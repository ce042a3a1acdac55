from pathlib import Path

import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.imported import ImportedText
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.edits.codes import add_code, rename_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.reports.query import Options, found_table, meaning_now
from coder_app.reports.recipe import plain
from coder_app.reports.run import export
from coder_app.store.project import Project

WORDS = "We trusted them. Then the clan came."


@pytest.fixture
def coded(tmp_path: Path):
    with Project.create(tmp_path / "small.coder", name="Small", coder="Ann") as project:
        text = ImportedText("One.txt", "text", WORDS, WORDS.encode(), "text", "1", "utf-8")
        (source,) = import_sources(project, [text], [""])
        trust = add_code(project, "Trust")
        apply_code(project, source, 3, 10, trust)
        apply_code(project, source, 26, 30, trust)
        yield project, trust


def test_the_settings_say_what_was_asked_and_how_much_of_it_is_shown(coded):
    project, _ = coded
    options = Options("Trust", scope={"sources": ["One.txt"]}, limit=1, hidden={"": ["somebody"]})

    table = found_table(project, options)

    assert table.settings == {
        "Query": "Trust",
        "Passages": "2",
        "Looked at": "One.txt",
        "Left out": "codings that were hidden in the window",
        "Shown": "1",
    }
    assert len(table.rows) == 1


def test_a_recipe_finds_the_same_code_under_another_name(coded):
    project, trust = coded
    options = Options("Trust", refers=meaning_now(project, "Trust"))
    rename_code(project, trust, "Faith")
    assert len(found_table(project, options).rows) == 2
    with pytest.raises(QueryMistake):
        found_table(project, Options("Trust"))


@pytest.mark.parametrize("options", [{"text": 3}, {"colour": "red"}, {"text": "Trust", "limit": "many"}])
def test_options_that_make_no_sense_are_refused(coded, tmp_path, options):
    with pytest.raises(BadInput, match="no sense"):
        export(coded[0], "query", options, tmp_path / "found.csv")
    assert not (tmp_path / "found.csv").exists()


def test_plain_options_are_read_back(coded, tmp_path):
    recipe = export(coded[0], "query", plain(Options("Trust", sort=("-text",))), tmp_path / "found.json")
    assert recipe.options["sort"] == ["-text"]
    assert (tmp_path / "found.json").exists()
