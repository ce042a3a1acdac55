"""Queries on a real project: conditions, scope, words, and the rows of the quote table."""

import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.query_language.meaning import as_named_today
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.edits import cases, saved_queries, sets, variables
from coder_app.edits.codes import delete_codes, merge_codes
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import remove_sources
from coder_app.queries.quotes import CONTEXT, Quotes, quote_table, usual_columns
from coder_app.queries.retrieval import run, run_saved
from coder_app.queries.saved_queries import book_of, saved_query
from coder_app.queries.scope import Scope
from coder_app.store.project import Project


def words(project: Project, text: str, scope: Scope | None = None) -> list[str]:
    found = run(project, text, scope=scope or Scope())
    quotes = Quotes(project, found)
    return [f"{quotes.words(row).text}/{quotes.cell(row, 'coders')}" for row in range(len(found))]


@pytest.fixture
def known(small):
    """The small project with a case of a passage, a variable and a set."""
    project = small.project
    anna = cases.add_case(project, "Anna")
    cases.put_sources(project, anna, [small.two])
    region = variables.add_variable(project, "Region", "text")
    age = variables.add_variable(project, "Age", "integer")
    variables.set_value(project, region, "source", small.one, "North")
    variables.set_value(project, age, "case", anna, "31")
    core = sets.add_set(project, "Core")
    sets.put_into_set(project, core, "code", [small.clan])
    return small


def test_conditions_limit_the_codings(known):
    project = known.project
    assert len(words(project, "*")) == 5
    assert words(project, "*") == words(project, "coder:*")
    assert words(project, 'Trust AND coder:"Coder B"') == ["trusted/Coder B"]
    assert words(project, "source:One*") == ["trusted/Coder A", "trusted/Coder A", "trusted/Coder B", "body\tt/Coder A"]
    assert words(project, "folder:Field AND NOT Trust") == []
    assert words(project, "case:Anna") == words(project, "source:Two.txt") == ["the Clan/Coder A"]
    assert words(project, "variable:Region=north AND Trust > Clan") == ["trusted/Coder A"]
    assert words(project, "variable:Age>=30") == ["the Clan/Coder A"]
    assert words(project, "NOT variable:Age AND Trust > Clan") == ["trusted/Coder A"]
    assert words(project, "variable:Region~ort AND set:Core") == ["trusted/Coder A"]
    assert words(project, "set:Core") == ["the Clan/Coder A", "trusted/Coder A"]
    assert words(project, 'memo:"THE coding"') == ["trusted/Coder A"]
    assert len(words(project, "made:>=2026-01 AND made:<=2099")) == 5
    assert words(project, "made:<2020") == []


def test_words_are_found_where_they_stand_or_within_passages(known):
    project = known.project
    assert words(project, "text:clan*") == ["Clan/", "clans/", "clansmen/", "clan/"]
    assert words(project, "text:clan* AND NOT *") == ["clans/", "clansmen/", "clan/"]
    assert words(project, "Trust > Clan AND text:clan") == ["the Clan/Coder A"]
    assert words(project, 'text:clan AND coder:"Coder A"') == ["the Clan/Coder A"]
    assert words(project, "Trust FOLLOWS text:came") == ["body\tt/Coder A"]
    assert words(project, "Trust NEAR(0 paragraphs) text:came") == ["trusted/Coder A", "trusted/Coder B"]


def test_a_stretch_lists_the_codings_that_meet_it(known):
    (place,) = run(known.project, "Trust AND Trust > Clan").places()

    assert (place.source_id, place.start, place.stop) == (known.one, 3, 10)
    assert set(place.codings) == {*known.both, known.by_b}
    assert set(place.code_ids) == {known.trust, known.clan}


def test_a_scope_limits_what_is_looked_at(known):
    project = known.project
    assert words(project, "*", Scope(sources=("Two.txt",))) == ["the Clan/Coder A"]
    assert words(project, "text:clan", Scope(cases=("Anna",))) == ["Clan/"]
    assert words(project, "*", Scope(sources=("Three.txt",))) == []
    with pytest.raises(BadInput, match="no source"):
        run(project, "*", scope=Scope(sources=("Four.txt",)))


@pytest.mark.parametrize(
    ("query", "words"), [("variable:Age>=old", "no whole number"), ('* AND text:"a AND"', "stops making sense")]
)
def test_values_that_mean_nothing_are_pointed_at(known, query, words):
    with pytest.raises(QueryMistake, match=words) as caught:
        run(known.project, query)
    assert query[caught.value.at[0] : caught.value.at[1]] in ("variable:Age>=old", 'text:"a AND"')


def test_a_project_without_anything_answers(tmp_path):
    with Project.create(tmp_path / "empty.coder", name="Empty", coder="Ann") as project:
        for query in ("*", "NOT *", "text:word", "* NEAR *", "* AND NOT coder:Ann", "* XOR *", "* AND *"):
            found = run(project, query)
            assert found.places() == []
            assert quote_table(Quotes(project, found)).rows == ()


def test_a_saved_query_tells_when_what_it_named_is_gone(small):
    project = small.project
    query_id = saved_queries.save_query(project, "Clans", "State > Clan OR Trust")
    delete_codes(project, [small.doubled])
    with pytest.raises(QueryMistake, match="no code “State > Clan”"):
        run_saved(project, saved_query(project, query_id))
    project.undo()
    assert len(run_saved(project, saved_query(project, query_id))) == 3


def test_a_saved_query_follows_the_merging_of_codes(small):
    project = small.project
    query_id = saved_queries.save_query(project, "Clans", "State > Clan OR Trust")
    apply_code(project, small.three, 0, 5, small.doubled)
    merge_codes(project, small.clan, [small.doubled])
    saved = saved_query(project, query_id)
    assert len(run_saved(project, saved)) == 6
    assert as_named_today(saved.text, book_of(project), saved.refers) == "Clan OR Trust"
    project.undo()
    assert len(run_saved(project, saved_query(project, query_id))) == 4


def test_codings_of_hidden_coders_are_left_out(small):
    project = small.project
    for hidden, number in (({"": [small.b]}, 4), ({small.one: [small.b]}, 4), ({small.two: [small.b]}, 5)):
        assert len(run(project, "*", hidden=hidden)) == number


def test_the_quote_table_has_the_columns_that_are_asked_for(known):
    project = known.project
    write_memo(
        project, "segment", project.rows("SELECT segment_id FROM coding WHERE id = ?", (known.late,))[0][0], "Hm"
    )
    quotes = Quotes(project, run(project, "Trust+"))

    table = quote_table(quotes, ["text", "codes", "memo", "words", "variable:Region"], sort=["-codes", "text"])

    assert [column.id for column in table.columns] == ["text", "codes", "memo", "words", "variable:Region"]
    assert table.rows == (
        ("the Clan", "Trust > Clan", "", 2, None),
        ("trusted", "Trust > Clan", "", 1, "North"),
        ("body\tt", "Trust", "Hm", 2, "North"),
        ("trusted", "Trust", "On the coding", 1, "North"),
        ("trusted", "Trust", "", 1, "North"),
    )
    assert usual_columns(quotes)[-2:] == ["variable:Region", "variable:Age"]
    with pytest.raises(BadInput, match="no column “colour”"):
        quote_table(quotes, ["colour"])


def test_rows_of_a_group_stand_together_and_empty_cells_last(known):
    quotes = Quotes(known.project, run(known.project, "Trust+"))

    table = quote_table(quotes, ["text"], group="variable:Age", sort=["text"])

    assert table.rows == (("31", "the Clan"), *((None, word) for word in ("body\tt", "trusted", "trusted", "trusted")))


def test_rows_of_sources_and_codes_that_have_gone_meanwhile_are_empty(known):
    project = known.project
    found = run(project, "Trust+ OR text:clan")
    remove_sources(project, [known.one])
    delete_codes(project, [known.trust])
    quotes = Quotes(project, found)
    for column in quotes.columns:
        assert len(quotes.values(column)) == len(found)
        for row in range(len(found)):
            quotes.cell(row, column)
    assert quotes.words(len(found) - 1) == ("", "", "")


def test_context_is_what_stands_around_in_the_text(known):
    quotes = Quotes(known.project, run(known.project, "Trust FOLLOWS text:came"), context=6)
    assert quotes.words(0) == ("me.\nNo", "body\tt", "rusted")
    assert CONTEXT > 6
