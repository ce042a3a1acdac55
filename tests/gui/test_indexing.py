"""The window fills the search index by itself, in slices that nobody notices."""

from coder_app.gui.context import Context
from coder_app.gui.indexing import Indexing
from coder_app.store.full_text import clear, missing
from coder_app.store.project import Project


def test_an_opened_project_is_indexed_while_the_window_is_used(context: Context, sample: Project, qtbot) -> None:
    clear(sample)
    assert missing(sample.db) > 0
    indexing = Indexing(context)
    context.show(sample)
    assert indexing.running
    qtbot.waitUntil(lambda: missing(sample.db) == 0, timeout=5_000)
    qtbot.waitUntil(lambda: not indexing.running)


def test_indexing_stops_when_the_project_is_closed(context: Context, sample: Project) -> None:
    clear(sample)
    indexing = Indexing(context)
    context.show(sample)
    context.close()
    assert not indexing.running


def test_a_project_that_may_only_be_read_is_left_alone(context: Context, sample: Project, qtbot) -> None:
    clear(sample)
    path = sample.path
    sample.close()
    indexing = Indexing(context)
    context.show(Project.open(path, write=False))
    qtbot.wait(200)
    assert not indexing.running
    assert missing(context.project.db) > 0
    context.close()
