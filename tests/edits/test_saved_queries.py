import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.edits.codes import rename_code
from coder_app.edits.saved_queries import change_query, delete_queries, describe_query, rename_query, save_query
from coder_app.queries.history import history
from coder_app.queries.saved_queries import saved_queries, saved_query


def test_a_query_is_kept_with_what_its_names_mean(scene):
    query_id = save_query(scene.project, "  Trust   first ", " trust+ AND NOT coder:*B \n", "Why")

    saved = saved_query(scene.project, "trust FIRST")
    assert (saved.id, saved.name, saved.text, saved.description) == (
        query_id, "Trust first", "trust+ AND NOT coder:*B", "Why",
    )  # fmt: skip
    assert saved.refers == {"code:trust": scene.trust}


def test_queries_stand_in_the_order_in_which_they_were_saved(scene):
    names = ["C", "A", "B"]
    for name in names:
        save_query(scene.project, name, "Trust")
    assert [one.name for one in saved_queries(scene.project)] == names


@pytest.mark.parametrize("name", ["", "  ", "first", "FIRST "])
def test_a_name_must_be_there_and_free(scene, name):
    first = save_query(scene.project, "First", "Trust")
    other = save_query(scene.project, "Other", "Trust")
    steps = len(history(scene.project))
    with pytest.raises(BadInput):
        save_query(scene.project, name, "Trust")
    with pytest.raises(BadInput):
        rename_query(scene.project, other, name)
    assert len(history(scene.project)) == steps
    rename_query(scene.project, first, "FIRST")
    assert saved_query(scene.project, first).name == "FIRST"


def test_a_query_that_means_nothing_is_not_saved(scene):
    query_id = save_query(scene.project, "First", "Trust")
    for text in ("", "Trsut", "Trust AND", "query:First"):
        with pytest.raises(QueryMistake):
            change_query(scene.project, query_id, text)
    with pytest.raises(QueryMistake):
        save_query(scene.project, "Second", "Trsut")
    assert [one.text for one in saved_queries(scene.project)] == ["Trust"]


def test_a_circle_is_refused_where_it_would_close(scene):
    first = save_query(scene.project, "First", "Trust")
    save_query(scene.project, "Second", "query:First OR Family")
    with pytest.raises(QueryMistake, match="itself"):
        change_query(scene.project, first, "query:Second AND Trust")


def test_what_changes_nothing_leaves_no_step(scene):
    query_id = save_query(scene.project, "First", "Trust", "Why")
    steps = len(history(scene.project))
    rename_query(scene.project, query_id, "First")
    describe_query(scene.project, query_id, "Why")
    change_query(scene.project, query_id, "Trust ")
    assert len(history(scene.project)) == steps


def test_a_changed_query_learns_what_its_names_mean_now(scene):
    query_id = save_query(scene.project, "First", "Trust")
    rename_code(scene.project, scene.trust, "Faith")
    change_query(scene.project, query_id, "Faith OR Family")
    assert saved_query(scene.project, query_id).refers == {"code:Faith": scene.trust, "code:Family": scene.family}


def test_deleting_names_the_queries_and_needs_them_to_be_there(scene):
    ids = [save_query(scene.project, name, "Trust") for name in "AB"]
    delete_queries(scene.project, ids)
    assert history(scene.project)[-1].label == "Delete 2 queries"
    with pytest.raises(BadInput, match="no saved query"):
        delete_queries(scene.project, ids)
