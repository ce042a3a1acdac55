"""Which codes are seen in the text: chosen, remembered for coder and project, told at the foot of the window."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.edits.codes import add_code, delete_codes, rename_code
from coder_app.edits.codings import apply_code
from coder_app.gui.hidden_codes import HiddenCodes
from coder_app.gui.main_window import MainWindow
from coder_app.gui.reader.spans import Span
from coder_app.store.project import Project

KEY = Qt.Key


def seen(window: MainWindow) -> set[str]:
    view = window.reader.view
    return {span.coding_id for span in view.codings_between(0, len(view.text))}


def told(window: MainWindow) -> str:
    button = window.bottom.findChild(HiddenCodes)
    assert isinstance(button, HiddenCodes)
    return button.text() if button.isVisible() else ""


def show_only(window: MainWindow, code_id: str) -> None:
    window.codebook.reveal(code_id)
    QApplication.processEvents()
    window.actions_by_id["code.show_only"].trigger()


def test_a_branch_alone_is_seen_with_what_comes_to_stand_below_it(shown: MainWindow, coded) -> None:
    everything = {coded.first, coded.second, coded.bens, coded.police}
    assert seen(shown) == everything
    assert told(shown) == ""
    show_only(shown, coded.trust)
    assert seen(shown) == {coded.first, coded.bens, coded.police}
    assert told(shown) == "2 of 4 codes shown · Show all"
    assert "2 of 4 codes shown" in shown.reader._about.text()
    courts = add_code(coded.project, "Courts", coded.institutions)
    new = apply_code(coded.project, coded.interview, 60, 66, courts)
    assert new in seen(shown)
    assert told(shown) == "3 of 5 codes shown · Show all"
    shown.actions_by_id["code.show_all"].trigger()
    assert seen(shown) == everything | {new}
    assert told(shown) == ""


def test_the_words_at_the_foot_show_all_again_by_click_or_key(shown: MainWindow, coded) -> None:
    show_only(shown, coded.work)
    button = shown.bottom.findChild(HiddenCodes)
    button.setFocus()
    QTest.keyClick(button, KEY.Key_Space)
    assert len(seen(shown)) == 4


def test_the_choice_is_each_coders_own_and_outlives_the_window(shown: MainWindow, coded) -> None:
    show_only(shown, coded.trust)
    shown.context.work_as(coded.ben)
    assert len(seen(shown)) == 4
    assert told(shown) == ""
    shown.context.shown_codes.show_codes([])
    assert seen(shown) == set()
    shown.context.work_as(coded.ann)
    assert seen(shown) == {coded.first, coded.bens, coded.police}
    path = coded.project.path
    shown.context.close()
    assert told(shown) == ""
    shown.context.show(Project.open(path))
    shown.context.work_as(coded.ann)
    assert seen(shown) == {coded.first, coded.bens, coded.police}
    assert told(shown) == "2 of 4 codes shown · Show all"


def test_looking_is_no_step_and_undo_takes_back_the_work_before(shown: MainWindow, coded) -> None:
    rename_code(coded.project, coded.work, "Labour")
    show_only(shown, coded.trust)
    shown.context.undo()
    assert told(shown) != ""
    assert shown.codebook.model.tree[coded.work].name == "Work & pay"


def test_a_branch_that_is_deleted_leaves_no_empty_text(shown: MainWindow, coded) -> None:
    show_only(shown, coded.work)
    delete_codes(coded.project, [coded.work])
    assert seen(shown) == {coded.first, coded.bens, coded.police}
    assert told(shown) == ""
    shown.context.undo()
    assert seen(shown) == {coded.second}


def test_a_code_that_is_applied_is_seen_from_then_on(shown: MainWindow, coded) -> None:
    show_only(shown, coded.trust)
    view = shown.reader.view
    view.select(0, 5)
    shown.reader.apply_code(coded.work)
    assert told(shown) == "3 of 4 codes shown · Show all"
    assert coded.second in seen(shown)
    assert coded.police in seen(shown)


def test_both_texts_side_by_side_follow(shown: MainWindow, coded) -> None:
    show_only(shown, coded.work)
    shown.actions_by_id["view.split"].trigger()
    left, right = shown.readers.readers()
    for reader in (left, right):
        assert [span.coding_id for span in reader.view.codings_between(0, 200)] == [coded.second]
    shown.context.shown_codes.show_branches([coded.trust])
    for reader in (left, right):
        assert len(reader.view.codings_between(0, 200)) == 3


def asked(project: Project, do: Callable[[], object]) -> list[str]:
    found: list[str] = []
    project.db.conn.set_trace_callback(found.append)
    do()
    project.db.conn.set_trace_callback(None)
    return found


def test_hiding_asks_nothing_about_codings(shown: MainWindow, coded) -> None:
    context = shown.context
    for do in (
        lambda: context.shown_codes.show_branches([coded.trust]),
        lambda: context.hide_coders({coded.ann}),
        lambda: context.hide_coders(set()),
        context.shown_codes.show_all,
    ):
        queries = asked(coded.project, do)
        assert not any("segment CROSS JOIN coding" in sql for sql in queries)
    assert len(seen(shown)) == 4


def test_fifty_thousand_codings_are_hidden_and_shown_at_once(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    text = "Many words about one thing and another. " * 20_000
    codes, coders = [coded.trust, coded.work], [coded.ann, coded.ben]
    view.set_source(
        text,
        [
            Span(
                f"c{n}", f"s{n}", n * 15, n * 15 + 40, "#b2516e", "Trust", "AB"[n % 2], codes[n % 2], coders[n // 2 % 2]
            )
            for n in range(50_000)
        ],
    )
    context = shown.context
    times: list[float] = []
    for do in (
        lambda: context.hide_coders({coded.ann}),
        lambda: context.shown_codes.show_codes([coded.work]),
        lambda: context.hide_coders(set()),
        context.shown_codes.show_all,
    ):
        started = perf_counter()
        do()
        times.append(perf_counter() - started)
    assert len(view.codings_between(0, 150)) == 10
    assert median(times) < 0.25  # some 60 ms; the goal is 100
