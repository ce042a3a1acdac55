"""The reader in the window keeps up with everything that happens to the project."""

import pytest
from PySide6.QtWidgets import QApplication

from coder_app.domain.model import Coder
from coder_app.edits.codes import delete_codes, merge_codes, recolour_code, rename_code
from coder_app.edits.codings import apply_code, move_segment, remove_codings
from coder_app.edits.sources import remove_sources, rename_source
from coder_app.edits.texts import correct_text
from coder_app.gui.actions import ActionSet
from coder_app.gui.main_window import MainWindow
from coder_app.gui.reader.initials import initials
from coder_app.gui.reader.panel import ReaderPanel
from coder_app.queries.codings import coding
from coder_app.store.project import Project


@pytest.fixture
def second(shown: MainWindow, coded, qtbot) -> ReaderPanel:
    """Another view on the same project, showing the same source."""
    panel = ReaderPanel(shown.context, ActionSet(shown, {}), shown)
    panel.show_source(coded.interview)
    return panel


def spans(panel: ReaderPanel) -> dict[str, tuple[int, int, str, str]]:
    found = panel.view.codings_between(0, len(panel.view.text))
    return {span.coding_id: (span.start, span.stop, span.code_name, span.colour) for span in found}


def test_two_views_show_the_same_after_every_change_and_undo(shown: MainWindow, coded, second: ReaderPanel) -> None:
    project, first = coded.project, shown.reader
    before = spans(first)
    assert len(before) == 4
    segment_id = coding(project, coded.police).segment_id
    steps = (
        lambda: apply_code(project, coded.interview, 30, 40, coded.work),
        lambda: move_segment(project, segment_id, 53, 60),
        lambda: rename_code(project, coded.trust, "Confidence"),
        lambda: recolour_code(project, coded.trust, "#123456"),
        lambda: merge_codes(project, coded.trust, [coded.institutions]),
        lambda: remove_codings(project, [coded.first]),
        lambda: delete_codes(project, [coded.trust]),
    )
    seen = [before]
    for step in steps:
        step()
        assert spans(first) == spans(second)
        assert spans(first) != seen[-1]
        seen.append(spans(first))
    for expected in reversed(seen[:-1]):
        project.undo()
        assert spans(first) == spans(second) == expected


def test_hidden_coders_codings_are_not_shown_and_come_back(shown: MainWindow, coded) -> None:
    shown.context.hide_coders({coded.ben})
    assert coded.bens not in spans(shown.reader)
    apply_code(coded.project, coded.interview, 30, 40, coded.work, coded.ben)
    assert len(spans(shown.reader)) == 3
    shown.context.hide_coders(set())
    assert len(spans(shown.reader)) == 5


def test_a_chosen_coding_that_is_hidden_is_let_go(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.bens)
    shown.reader.gestures.choose_target()
    shown.context.hide_coders({coded.ben})
    assert shown.reader.view.chosen() is None
    assert shown.details._segment._empty.isVisible()


def test_a_chosen_coding_stays_chosen_when_codes_change(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.police)
    rename_code(coded.project, coded.work, "Labour")
    assert shown.reader.view.chosen() == coded.police


def test_a_chosen_coding_whose_code_goes_is_let_go(shown: MainWindow, coded) -> None:
    shown.reader.view.choose(coded.police)
    shown.reader.gestures.choose_target()
    end = len(shown.reader.view.text)
    shown.reader.view.select(end, end)
    delete_codes(coded.project, [coded.institutions])
    assert shown.reader.view.chosen() is None
    assert "coding" not in shown.reader.flags()


def test_the_heading_says_name_and_counts_and_follows(shown: MainWindow, coded) -> None:
    assert shown.reader._title.text() == "Interview"
    assert shown.reader._about.text().endswith("4 codings")
    rename_source(coded.project, coded.interview, "Talk")
    remove_codings(coded.project, [coded.police])
    assert shown.reader._title.text() == "Talk"
    assert shown.reader._about.text().endswith("3 codings")


def test_when_the_source_goes_the_next_one_is_shown(shown: MainWindow, coded) -> None:
    remove_sources(coded.project, [coded.interview])
    assert shown.reader.source_id == coded.diary
    remove_sources(coded.project, [coded.diary])
    assert shown.reader.source_id == ""
    assert "No sources yet" in shown.reader._empty.text()
    assert shown.reader._empty.isVisible()
    coded.project.undo()
    assert shown.reader.source_id == coded.diary


def test_each_source_is_shown_again_where_it_was_left(shown: MainWindow, coded) -> None:
    view = shown.reader.view
    shown.resize(900, 330)
    QApplication.processEvents()
    view.verticalScrollBar().setValue(2)
    place = view.first_position()
    shown.reader.show_source(coded.diary)
    shown.reader.show_source(coded.interview)
    assert view.first_position() == place


def test_the_foot_says_what_the_caret_stands_on(shown: MainWindow, coded) -> None:
    shown.reader.view.select(3, 3)
    QApplication.processEvents()
    assert "Trust (A)" in shown.bottom._caret.text()
    assert "Work & pay (A)" in shown.bottom._caret.text()
    shown.reader.view.select(0, 5)
    QApplication.processEvents()
    assert shown.bottom._caret.text() == "5 characters selected"


def test_the_margin_is_hidden_and_shown(shown: MainWindow) -> None:
    action = shown.actions_by_id["view.margin"]
    assert action.isChecked()
    action.trigger()
    assert not action.isChecked()
    assert shown.reader.view.reader_style.margin == 0
    action.trigger()
    assert action.isChecked()
    assert shown.reader.view.reader_style.margin > 0


def test_in_a_project_that_can_only_be_read_no_gesture_changes_anything(window: MainWindow, coded) -> None:
    path = coded.project.path
    coded.project.close()
    window.context.show(Project.open(path, write=False))
    window.reader.view.select(0, 5)
    QApplication.processEvents()
    changing = ("coding.pick", "coding.in_vivo", "coding.remove", "coding.memo")
    assert not any(window.actions_by_id[one].isEnabled() for one in changing)
    assert window.actions_by_id["coding.next"].isEnabled()
    window.reader.apply_code(coded.work)
    assert "for reading only" in window.notice.words()
    assert len(spans(window.reader)) == 4


def test_coders_get_letters_that_tell_them_apart() -> None:
    coders = [Coder("1", "Coder A"), Coder("2", "Ana Bruno"), Coder("3", "Anna Berg"), Coder("4", "Anton")]
    assert initials(coders) == {"1": "A", "2": "AB", "3": "AB2", "4": "A2"}


def test_a_text_that_a_shorter_one_replaces_is_shown_from_its_last_line(shown: MainWindow, coded) -> None:
    project, reader = coded.project, shown.reader
    correct_text(project, coded.interview, "\n".join(f"Line {number} of many." for number in range(400)))
    reader.view.scroll_to(len(reader.view.text))
    assert reader.view.verticalScrollBar().value() > 300
    correct_text(project, coded.interview, "One line.\nAnd one more.")
    assert reader.view.text == "One line.\nAnd one more."
    project.undo()
    assert reader.view.text.endswith("Line 399 of many.")
