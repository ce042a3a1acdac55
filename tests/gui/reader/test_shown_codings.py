"""Of a large source the codings in sight come first; nothing is missed while the others come."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.imported import ImportedText
from coder_app.edits.annotations import import_codings
from coder_app.edits.codes import add_code, rename_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.sources import import_sources
from coder_app.gui.main_window import MainWindow
from coder_app.gui.reader import shown_codings
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_in
from coder_app.store.project import Project

WORDS = "Many words about one thing and another, again and again, as people speak.\n" * 800
COUNT = 1_000


@pytest.fixture
def large(tmp_path, monkeypatch) -> Iterator[SimpleNamespace]:
    """A source with 1,000 codings, of which 50 are asked for at a time."""
    monkeypatch.setattr(shown_codings, "_SLICE", 50)
    project = Project.create(tmp_path / "large.coder", name="Large", coder="Ann")
    (source_id,) = import_sources(project, [ImportedText("Long", "text", WORDS, b"", "text", "1", "utf-8")])
    step = len(WORDS) // COUNT
    rows = [
        ImportedCoding(n + 1, "Long", n * step, n * step + 12, "Trust" if n % 2 else "Work", "Ann")
        for n in range(COUNT)
    ]
    import_codings(project, rows, "rows", create_codes=True)
    yield SimpleNamespace(project=project, source=source_id, step=step)
    project.close()


def shown_ids(window: MainWindow) -> set[str]:
    return {span.coding_id for span in window.reader.view.codings_between(0, len(WORDS))}


def all_ids(large: SimpleNamespace) -> set[str]:
    return {one.id for one in codings_in(large.project, large.source)}


def is_loaded(window: MainWindow) -> bool:
    return window.reader.codings._next is None


def test_what_is_in_sight_is_there_at_once_and_the_rest_comes(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    assert not is_loaded(window)
    assert 0 < len(shown_ids(window)) < COUNT
    assert window.reader.view.codings_at(5)
    qtbot.waitUntil(lambda: is_loaded(window))
    assert shown_ids(window) == all_ids(large)


def test_a_place_that_is_gone_to_has_its_codings_at_once(window: MainWindow, large) -> None:
    window.context.show(large.project)
    last = codings_in(large.project, large.source)[-1]
    window.reader._source_id = ""
    window.reader.show_source(large.source, last.start, last.stop, last.id)
    assert not is_loaded(window)
    assert window.reader.view.chosen() == last.id


def test_a_coding_made_while_others_come_is_there_once(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    made = apply_code(large.project, large.source, 3, 30, code_tree(large.project).find("Trust").id)
    gone = codings_in(large.project, large.source)[-1].id
    remove_codings(large.project, [gone])
    qtbot.waitUntil(lambda: is_loaded(window))
    assert made in shown_ids(window)
    assert gone not in shown_ids(window)
    assert shown_ids(window) == all_ids(large)


def test_a_code_renamed_while_others_come_has_its_new_name_everywhere(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    rename_code(large.project, code_tree(large.project).find("Trust").id, "Confidence")
    qtbot.waitUntil(lambda: is_loaded(window))
    names = {span.code_name for span in window.reader.view.codings_between(0, len(WORDS))}
    assert names == {"Confidence", "Work"}
    assert shown_ids(window) == all_ids(large)


def test_a_new_code_reads_nothing_again(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    qtbot.waitUntil(lambda: is_loaded(window))
    before = window.reader.view.span(codings_in(large.project, large.source)[0].id)
    add_code(large.project, "Money")
    assert window.reader.view.span(before.coding_id) is before


def test_a_code_that_is_hidden_has_its_new_name_when_it_is_shown(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    qtbot.waitUntil(lambda: is_loaded(window))
    trust = code_tree(large.project).find("Trust").id
    window.context.shown_codes.show_codes([])
    rename_code(large.project, trust, "Confidence")
    assert shown_ids(window) == set()
    window.context.shown_codes.show_branches([trust])
    assert {span.code_name for span in window.reader.view.codings_between(0, len(WORDS))} == {"Confidence"}


def test_a_key_that_asks_about_the_whole_source_waits_for_all_of_it(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    view = window.reader.view
    qtbot.waitUntil(view.hasFocus)
    end = (COUNT - 2) * large.step + 5
    window.reader._source_id = ""
    window.reader.show_source(large.source)
    view.select(end, end)
    window.reader.handlers()["coding.next"]()
    chosen = view.span(view.chosen() or "")
    assert chosen is not None
    assert chosen.start == (COUNT - 1) * large.step


def test_a_project_closed_while_codings_come_leaves_nothing_behind(window: MainWindow, large) -> None:
    window.context.show(large.project)
    window.context.close()
    QApplication.processEvents()
    assert shown_ids(window) == set()
    assert is_loaded(window)


def test_hidden_coders_stay_hidden_while_codings_come(window: MainWindow, large, qtbot) -> None:
    window.context.show(large.project)
    window.context.hide_coders({large.project.coder_id})
    qtbot.waitUntil(lambda: is_loaded(window))
    assert shown_ids(window) == set()
