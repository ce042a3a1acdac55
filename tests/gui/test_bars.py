"""The bars at the head and the foot: who works, whose codings are shown, what was saved, what runs."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from coder_app.edits.coders import add_coder
from coder_app.edits.codings import apply_code
from coder_app.edits.overview import rename_project
from coder_app.gui.main_window import MainWindow
from coder_app.gui.widgets.cut import CutLabel
from coder_app.store.project import Project


def coder_menu(window: MainWindow) -> QMenu:
    menu = window.top._coder.menu()
    menu.aboutToShow.emit()
    return menu


def entries(menu: QMenu, section: str) -> dict[str, bool]:
    found: dict[str, bool] = {}
    inside = False
    for action in menu.actions():
        if action.isSeparator() or not action.isEnabled():
            inside = action.text() == section
        elif inside and action.isCheckable():
            found[action.text()] = action.isChecked()
    return found


def trigger(menu: QMenu, section: str, name: str) -> None:
    inside = False
    for action in menu.actions():
        if action.isSeparator() or not action.isEnabled():
            inside = action.text() == section
        elif inside and action.text() == name:
            action.trigger()
            return
    raise AssertionError(name)


def test_the_coder_at_work_is_shown_and_switched(shown: MainWindow, coded) -> None:
    assert shown.top._coder.text() == "Ann  ▾"
    assert entries(coder_menu(shown), "Work as") == {"Ann": True, "Ben": False}
    trigger(coder_menu(shown), "Work as", "Ben")
    assert shown.context.project.coder_id == coded.ben
    assert shown.top._coder.text() == "Ben  ▾"
    apply_code(coded.project, coded.interview, 26, 30, coded.work)
    assert coded.project.rows("SELECT coder_id FROM coding ORDER BY id DESC LIMIT 1") == [(coded.ben,)]


def test_other_coders_codings_are_hidden_and_shown(shown: MainWindow, coded) -> None:
    trigger(coder_menu(shown), "Show codings of", "Ben")
    assert shown.context.hidden_coders == {coded.ben}
    assert shown.reader.view.span(coded.bens) is None
    assert shown.bottom._coders.text() == "Coders shown: Ann"
    assert entries(coder_menu(shown), "Show codings of") == {"Ann": True, "Ben": False}
    trigger(coder_menu(shown), "Show codings of", "Ben")
    assert shown.reader.view.span(coded.bens) is not None
    assert shown.bottom._coders.text() == "Coders shown: Ann, Ben"


def test_names_with_an_ampersand_stand_as_they_are(shown: MainWindow, coded) -> None:
    shown.context.work_as(add_coder(coded.project, "Eve & Fay"))
    assert shown.top._coder.text() == "Eve && Fay  ▾"
    assert "Eve & Fay" in shown.bottom._coders.text()


def test_the_foot_counts_and_says_when_it_was_saved(shown: MainWindow, coded) -> None:
    assert shown.bottom._counts.text() == "2 sources · 4 codes · 5 codings"
    assert shown.bottom._saved.text() == "Everything is saved"
    apply_code(coded.project, coded.interview, 26, 30, coded.work)
    assert shown.bottom._counts.text() == "2 sources · 4 codes · 6 codings"
    assert shown.bottom._saved.text().startswith("Saved ")
    shown.context.undo()
    assert shown.bottom._counts.text() == "2 sources · 4 codes · 5 codings"
    shown.context.close()
    assert shown.bottom._counts.text() == ""


def test_the_buttons_do_what_the_actions_do(shown: MainWindow, coded) -> None:
    apply_code(coded.project, coded.interview, 26, 30, coded.work)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(shown.top._undo, left)
    assert shown.bottom._counts.text().endswith("5 codings")
    assert shown.top._redo.accessibleName() == "Redo: Apply “Work & pay”"
    assert "Ctrl+Shift+Z" in shown.top._redo.toolTip()
    QTest.mouseClick(shown.top._redo, left)
    assert shown.bottom._counts.text().endswith("6 codings")
    QTest.mouseClick(shown.top._search, left)
    assert shown.palette_panel.isVisible()
    shown.palette_panel.hide()


def test_a_long_label_is_cut_on_the_button_and_whole_in_its_tip(shown: MainWindow, coded) -> None:
    coder = "A coder with an uncommonly long name <b>"
    add_coder(coded.project, coder)
    assert shown.top._undo.text().endswith("…")
    assert "uncommonly long name &lt;b&gt;" in shown.top._undo.toolTip()


def test_a_long_name_of_the_project_ends_in_an_ellipsis_and_is_whole_in_its_tip(
    shown: MainWindow, coded, qtbot
) -> None:
    rename_project(coded.project, "A village and all that was said about it in the years since <b>")
    name = shown.top._name
    assert isinstance(name, CutLabel)
    assert name.text().endswith("since <b>")
    assert "since &lt;b&gt;" in name.toolTip()
    assert name.width() < name.sizeHint().width()
    rename_project(coded.project, "Central Asia security")
    assert shown.top._undo.text().endswith("…")
    shown.resize(1440, 800)
    qtbot.waitUntil(lambda: name.width() >= name.sizeHint().width())  # beside an Undo as long as it can be
    assert shown.minimumSizeHint().width() <= 1024


def test_many_codes_at_the_caret_do_not_widen_the_window(shown: MainWindow, qtbot) -> None:
    width, least = shown.width(), shown.bottom.minimumSizeHint().width()
    shown.bottom.say_caret("Caret: " + " · ".join(f"A code with a long name, the {n}th" for n in range(40)))
    qtbot.wait(20)
    assert shown.width() == width
    assert shown.bottom.minimumSizeHint().width() < least + 100
    shown.bottom.say_caret("")
    assert not shown.bottom._caret.isVisible()


def test_a_project_that_can_only_be_read_says_so(window: MainWindow, coded) -> None:
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    assert window.top._name.text() == "Village (read only)"
    assert window.bottom._saved.text() == "Read only"
    assert not window.actions_by_id["edit.undo"].isEnabled()


def test_a_job_shows_its_progress_and_is_cancelled_by_its_button(shown: MainWindow, qtbot) -> None:
    stopped, begun = Event(), Event()

    def work(progress) -> None:
        progress(1, 4)
        begun.set()
        while not progress.cancelled():
            pass
        stopped.set()
        progress(2, 4)

    results: list[object] = []
    shown.context.jobs.run("Counting things", work, results.append)
    assert shown.bottom.progress.label.text() == "Counting things"
    assert not shown.bottom.progress.bar.isVisible()
    qtbot.waitUntil(shown.bottom.progress.bar.isVisible)
    assert shown.bottom._counts.isVisible()
    assert shown.bottom.progress.bar.value() == 1
    assert shown.bottom.progress.bar.maximum() == 4
    QTest.mouseClick(shown.bottom.progress.cancel, Qt.MouseButton.LeftButton)
    assert shown.bottom.progress.label.text() == "Stopping…"
    qtbot.waitUntil(lambda: not shown.bottom.progress.bar.isVisible())
    assert stopped.is_set()
    assert results == []
    assert not shown.notice.isVisible()


def test_of_two_jobs_the_second_takes_the_place_of_the_first(shown: MainWindow, qtbot) -> None:
    go_on, seen = Event(), []
    shown.context.jobs.run("First", lambda _: go_on.wait(5), lambda _: seen.append(shown.bottom.progress.label.text()))
    shown.context.jobs.run("Second", lambda _: 2, seen.append)
    assert shown.bottom.progress.label.text() == "First"
    go_on.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["Second", 2]
    assert not shown.bottom.progress.label.isVisible()
