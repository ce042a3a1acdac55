"""While a round is blind and one's own part is not done, the history tells nothing of what others coded there."""

from types import SimpleNamespace

import pytest

from coder_app.edits import rounds as edits
from coder_app.edits.codes import rename_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.gui.history.model import DAY, STEP
from coder_app.queries.history import history, step_list, steps
from coder_app.queries.history_tables import history_table
from coder_app.queries.rounds import blinds
from coder_app.store.dump import dump

HIDDEN = "Ben: hidden until you have marked the source as done"


@pytest.fixture
def blind(coded) -> SimpleNamespace:
    """Ann is to code the interview blind; Ben coded in both texts, wrote a memo, deleted a coding, renamed a code."""
    project = coded.project
    coded.round = edits.open_round(project)
    edits.assign(project, coded.round, [coded.interview], [coded.ann, coded.ben])
    project.work_as(coded.ben)
    apply_code(project, coded.interview, 60, 75, coded.work)
    write_memo(project, "coding", coded.bens, "Ben thinks")
    remove_codings(project, [coded.bens])
    apply_code(project, coded.diary, 0, 5, coded.trust)
    rename_code(project, coded.work, "Labour")
    project.work_as(coded.ann)
    return coded


@pytest.fixture
def page(blind, shown, turned_to, qtbot):
    page = turned_to(shown, "view.history")
    qtbot.waitUntil(page.list.hasFocus)
    return page


def words(page, number: int | None = None) -> list[str]:
    found = (page.model.index(n).data(STEP) for n in range(page.model.rowCount()))
    return [step.words for step in found if step is not None][:number]


def choose(page, said: str) -> None:
    model = page.model
    row = next(n for n in range(model.rowCount()) if model.index(n).data() == said and not model.index(n).data(DAY))
    page.list.setCurrentIndex(model.index(row))


def test_steps_of_others_in_hidden_sources_are_listed_without_what_they_did(page, blind):
    assert words(page, 5) == [
        "Ben renamed the code “Work & pay” to “Labour”",
        "Ben applied “Trust” to 1 segment in Diary",
        HIDDEN,
        HIDDEN,
        HIDDEN,
    ]
    assert f"{len(history(blind.project))} steps" in page.count.text(), "none is gone"
    assert "others hidden in 1 source" in page.count.text()
    assert any("Ann applied “Trust”" in said for said in words(page)), "one’s own are told"


def test_the_details_say_that_the_step_is_kept_and_show_no_rows_and_no_way_there(page):
    choose(page, HIDDEN)
    details = page.details
    assert details.title.text() == HIDDEN
    assert "The step is kept." in details.told.text()
    assert "row" not in details.told.text().replace("rows", "").split(".")[0]
    for part in (details.rows, details.revert, details.look, details.wording):
        assert not part.isVisible()
    choose(page, "Ben applied “Trust” to 1 segment in Diary")
    assert details.rows.isVisible()
    assert details.revert.isVisible()


def test_everything_is_told_when_the_source_is_done_and_nothing_was_changed_by_hiding(page, blind):
    before = dump(blind.project.db)
    edits.mark_done(blind.project, blind.round, [blind.interview], [blind.ann])
    assert HIDDEN not in words(page)
    assert any("Ben applied" in said and "Interview" in said for said in words(page))
    blind.project.undo()
    assert HIDDEN in words(page)
    assert before.splitlines()[:50] == dump(blind.project.db).splitlines()[:50]


def test_a_filter_finds_no_hidden_step_by_what_it_did(page, blind, qtbot):
    page.filters.text.setText("Ben thinks")
    qtbot.waitUntil(lambda: not words(page))
    page.filters.reset()
    page.filters.coder.picked.emit(blind.ben)
    assert len(words(page)) == 5, "who worked when is no secret"
    page.filters.code.setCurrentIndex(page.filters.code.findText("Labour"))
    assert HIDDEN not in words(page)


def test_what_others_deleted_in_hidden_sources_is_not_in_the_list_of_the_deleted(page, blind):
    page._show_tab(1)
    assert page.gone.model.rowCount() == 0
    edits.mark_done(blind.project, blind.round, [blind.interview], [blind.ann])
    assert page.gone.model.rowCount() >= 1


def test_an_exported_history_tells_what_the_page_tells(blind):
    def told(**named):
        table = history_table(blind.project, **named)
        return [row[2] for row in table.rows]

    assert told(blinds=blinds(blind.project)).count(HIDDEN) == 3
    assert HIDDEN not in told()
    rows = history_table(blind.project, rows=True, blinds=blinds(blind.project)).rows
    assert {row[-1] for row in rows if row[2] == HIDDEN} == {None}


def test_a_large_step_and_an_undo_of_others_are_hidden_without_being_looked_into(blind):
    project = blind.project
    project.work_as(blind.ben)
    project.undo()
    with project.edit("Many"):
        for start in range(75):
            apply_code(project, blind.interview, start, start + 2, blind.institutions)
            apply_code(project, blind.interview, start, start + 3, blind.institutions)
            apply_code(project, blind.interview, start, start + 4, blind.institutions)
    project.undo()
    project.work_as(blind.ann)
    told = list(steps(project, step_list(project)[:3], blinds(project)))
    assert [one.is_hidden for one in told] == [True, True, False], "the first undo was of a renamed code"


def test_undo_does_not_say_what_somebody_else_did_last_in_a_hidden_source(shown, blind):
    undo = shown.actions_by_id["edit.undo"]
    assert undo.text() == "Undo: Rename code “Labour”"
    blind.project.work_as(blind.ben)
    apply_code(blind.project, blind.interview, 30, 45, blind.trust)
    shown.context.work_as(blind.ann)
    assert undo.text() == "Undo"
    edits.mark_done(blind.project, blind.round, [blind.interview], [blind.ann])
    assert undo.text().startswith("Undo: ")


def test_the_past_is_as_blind_as_today(page, shown, blind, qtbot):
    first = history(blind.project)[-6].id
    shown.visit.look(first)
    qtbot.waitUntil(lambda: shown.context.today is not None, timeout=15_000)
    assert shown.context.blinding.hidden_in(blind.interview) == {blind.ben}
    shown.visit.back()
    assert shown.context.blinding.hidden_in(blind.interview) == {blind.ben}
