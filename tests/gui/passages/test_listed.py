"""A long list of passages: found beside the window, its words read where they are seen."""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QApplication

from coder_app.domain.hits import Place
from coder_app.edits.codes import rename_code
from coder_app.edits.codings import apply_code, move_segment
from coder_app.edits.sources import remove_sources
from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages import listed as listed_module
from coder_app.gui.passages.model import PASSAGE, PassagesModel, ShownPassage
from coder_app.gui.passages.rows import PlacedRows, is_broad
from coder_app.gui.passages.view import PassageList
from coder_app.queries.codings import codings_in


@pytest.fixture
def long(shown: MainWindow, monkeypatch) -> MainWindow:
    """The window as if every list were a long one."""
    monkeypatch.setattr(listed_module, "_SHORT", -1)
    return shown


def words(window: MainWindow) -> list[str]:
    model = window.passages.list.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def settled(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.context.jobs.running)


def test_it_comes_when_it_has_been_found(long, coded, qtbot) -> None:
    long.passages.show_code(coded.trust)
    assert long.passages._count.text() == "Looking…"
    settled(long, qtbot)
    assert words(long) == ["Trust is everything here.", "We trust our neighbours.", "Nobody trusts the police."]
    assert long.passages._count.text() == "3 passages"
    passage = long.passages.list.model().index(1).data(PASSAGE)
    assert passage.where == "Interview · Trust · Ben"
    long.passages.show_quotations()
    settled(long, qtbot)
    assert long.passages._count.text() == "None. Q marks one."


def test_a_large_edit_takes_the_place_of_looking(long, coded, qtbot) -> None:
    long.passages.show_code(coded.work)
    long.context.attempt_large("Coding", 100_000, lambda held, _: apply_code(held, coded.interview, 0, 5, coded.work))
    settled(long, qtbot)
    assert words(long) == ["Trust", "Trust is everything here.", "work"]


def test_a_list_that_is_hidden_is_not_looked_for_any_more(long, coded, qtbot) -> None:
    long.passages.show_code(coded.work)
    long.passages.hide()
    settled(long, qtbot)
    assert words(long) == []


def test_rows_of_a_source_that_goes_stay_empty_until_the_others_are_found(long, coded, qtbot) -> None:
    long.passages.show_code(coded.work)
    settled(long, qtbot)
    remove_sources(coded.project, [coded.diary])
    QApplication.processEvents()
    settled(long, qtbot)
    assert words(long) == ["Trust is everything here."]


def test_only_what_may_concern_the_list_makes_it_look_again(shown: MainWindow, coded) -> None:
    resets: list[int] = []
    shown.passages.show_code(coded.work)
    shown.passages.list.model().modelReset.connect(lambda: resets.append(1))
    apply_code(coded.project, coded.interview, 0, 5, coded.trust)
    assert resets == []
    apply_code(coded.project, coded.interview, 6, 8, coded.work)
    assert len(resets) == 1
    (small,) = [one for one in codings_in(coded.project, coded.interview) if (one.start, one.stop) == (6, 8)]
    move_segment(coded.project, small.segment_id, 6, 19)
    assert "is everything" in words(shown)
    rename_code(coded.project, coded.trust, "Faith")
    assert len(resets) == 3


def test_only_the_rows_in_sight_are_read(qtbot, context) -> None:
    view = PassageList(context.theme)
    qtbot.addWidget(view)
    model = PassagesModel(view)
    view.setModel(model)
    view.resize(800, 400)
    asked: list[int] = []

    def read(some: Sequence[Place]) -> list[ShownPassage] | None:
        asked.append(len(some))
        return [ShownPassage("s", one.start, one.stop, "before ", "words", " after", "Where") for one in some]

    model.show_rows(PlacedRows([Place("s", 100 * n, 100 * n + 90) for n in range(20_000)], read))
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 500_000, timeout=10_000)
    view.scrollToBottom()
    QApplication.processEvents()
    assert view.indexAt(view.viewport().rect().center()).row() > 19_900
    assert 0 < sum(asked) < 500


def test_rows_that_cannot_be_read_now_are_read_later() -> None:
    can = [False]

    def read(some: Sequence[Place]) -> list[ShownPassage] | None:
        return [ShownPassage("s", 0, 5, "", "words", "", "") for _ in some] if can[0] else None

    rows = PlacedRows([Place("s", 0, 5)], read)
    assert rows[0].text == "…"
    can[0] = True
    assert rows[0].text == "words"


def test_rows_of_broad_letters_get_more_room() -> None:
    assert is_broad("\u6587\u5b57\u304c\u3042\u308b a")
    assert not is_broad("Words with \U0001f600 and café, мир, سلام")
    rows = PlacedRows([Place("s", 0, 90), Place("t", 500, 600)], lambda _: None, {"s"})
    assert rows.extent(0) == (80, 90, True)
    assert rows.extent(1) == (160, 100, False)
