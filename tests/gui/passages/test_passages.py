"""The list under the text: a code's passages, or where words stand; a click goes there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from coder_app.edits.codes import delete_codes, rename_code
from coder_app.edits.codings import apply_code, remove_codings
from coder_app.edits.sources import rename_source
from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages.model import EXTENT, PASSAGE, PassagesModel, ShownPassage
from coder_app.gui.passages.view import PassageDelegate, PassageList

KEY = Qt.Key


def listed(window: MainWindow) -> list[str]:
    model = window.passages.list.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def click(view: QListView, row: int) -> None:
    rect = view.visualRect(view.model().index(row))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_a_code_lists_its_passages_and_those_of_its_sub_codes_with_their_context(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.trust)
    assert listed(shown) == ["Trust is everything here.", "We trust our neighbours.", "Nobody trusts the police."]
    passage = shown.passages.list.model().index(1).data(PASSAGE)
    assert passage.before.endswith("everything here. ")
    assert passage.after.startswith("\nNobody")
    assert passage.where == "Interview · Trust · Ben"


def test_a_click_opens_the_source_at_that_place_with_the_coding_chosen(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.work)
    QApplication.processEvents()
    click(shown.passages.list, 1)
    assert shown.reader.source_id == coded.diary
    assert shown.reader.view.chosen() == coded.diary_work
    assert shown.details._code.code_id == coded.work
    assert shown.reader.view.hasFocus()


def test_enter_opens_a_passage_too(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.work)
    shown.passages.list.setFocus()
    shown.passages.list.setCurrentIndex(shown.passages.list.model().index(1))
    QTest.keyClick(shown.passages.list, KEY.Key_Return)
    assert shown.reader.source_id == coded.diary


def test_of_several_codings_on_a_passage_the_listed_one_is_chosen(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.work)
    QApplication.processEvents()
    click(shown.passages.list, 0)
    assert shown.reader.view.chosen() == coded.second


def test_the_list_follows_changes_and_undo(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.work)
    apply_code(coded.project, coded.interview, 0, 5, coded.work)
    assert listed(shown) == ["Trust", "Trust is everything here.", "work"]
    remove_codings(coded.project, [coded.diary_work])
    assert len(listed(shown)) == 2
    shown.context.undo()
    shown.context.undo()
    assert listed(shown) == ["Trust is everything here.", "work"]
    rename_code(coded.project, coded.work, "Labour")
    assert shown.passages._title.text() == "Labour"
    rename_source(coded.project, coded.diary, "Notes")
    assert shown.passages.list.model().index(1).data(PASSAGE).where.startswith("Notes")


def test_hidden_coders_passages_are_left_out(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.trust)
    shown.context.hide_coders({coded.ben})
    assert "We trust our neighbours." not in listed(shown)
    assert shown.passages._count.text() == "2 passages"


def test_the_list_goes_with_its_code_and_with_the_project(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.work)
    delete_codes(coded.project, [coded.work])
    assert not shown.passages.isVisible()
    shown.passages.show_code(coded.trust)
    shown.context.close()
    assert not shown.passages.isVisible()


def test_words_are_found_in_all_sources(shown: MainWindow, coded, rows, qtbot) -> None:
    QTest.keyClick(
        shown.reader.view, KEY.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    field = QApplication.focusWidget()
    assert field.accessibleName() == "Find words in all sources"
    QTest.keyClicks(field, "NEIGHBOURS")
    QTest.keyClick(field, KEY.Key_Return)
    found = shown.passages.found
    qtbot.waitUntil(lambda: rows(found) == ["# Interview", "neighbours", "# Diary", "neighbours"], timeout=3_000)
    rect = found.hits.visualRect(found.model.index(3, 0))
    QTest.mouseClick(found.hits.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert shown.reader.source_id == coded.diary
    start, stop = shown.reader.view.selection()
    assert shown.reader.words(start, stop) == "neighbours"


def test_what_is_selected_is_searched_for_at_once(shown: MainWindow, rows, qtbot) -> None:
    start = shown.reader.view.text.index("police")
    shown.reader.view.select(start, start + 6)
    shown.actions_by_id["edit.search"].trigger()
    qtbot.waitUntil(lambda: rows(shown.passages.found) == ["# Interview", "police"], timeout=3_000)


def test_typing_searches_after_a_pause(shown: MainWindow, rows, qtbot) -> None:
    shown.passages.show_search("")
    QTest.keyClicks(shown.passages.found.bar.field, "young")
    qtbot.waitUntil(lambda: rows(shown.passages.found) == ["# Interview", "young"], timeout=3_000)


def test_escape_closes_the_list_and_goes_back_to_the_text(shown: MainWindow) -> None:
    shown.passages.show_search("work")
    QTest.keyClick(shown.passages.found.bar.field, KEY.Key_Escape)
    assert not shown.passages.isVisible()
    assert shown.reader.view.hasFocus()


def test_qt_finds_the_model_sound(qapp, qtmodeltester) -> None:
    model = PassagesModel(qapp)
    model.show([ShownPassage("s", 0, 1, "before ", "x", " after", "Somewhere")])
    qtmodeltester.check(model)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "x. Somewhere"
    model.deleteLater()


class Counting(PassageDelegate):
    """Counts the passages that are laid out."""

    laid_out = 0

    def lay_out(self, passage: ShownPassage, width: float, lines: int) -> QTextLayout:
        self.laid_out += 1
        return super().lay_out(passage, width, lines)


def test_thousands_of_passages_are_laid_out_only_where_they_are_seen(qtbot, context) -> None:
    view = PassageList(context.theme)
    qtbot.addWidget(view)
    delegate = Counting(context.theme, view)
    view.setItemDelegate(delegate)
    model = PassagesModel(view)
    view.setModel(model)
    view.resize(800, 400)
    words = "words " * 40
    model.show([ShownPassage("s", n, n + 1, "before ", words, " after", f"Place {n}") for n in range(5_000)])
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 100_000, timeout=5_000)
    view.scrollToBottom()
    QApplication.processEvents()
    assert view.indexAt(view.viewport().rect().center()).row() > 4_900
    assert 0 < delegate.laid_out < 200


@pytest.mark.parametrize("words", ["short", "words " * 40, "\u6587" * 90, "a\nb"])
def test_a_row_is_as_high_as_its_words_need(qtbot, context, words: str) -> None:
    view = PassageList(context.theme)
    qtbot.addWidget(view)
    view.resize(700, 300)
    passage = ShownPassage("s", 0, 1, "what came before ", words, " and what came after", "Somewhere")
    model = PassagesModel(view)
    model.show([passage])
    extent = model.index(0).data(EXTENT)
    layout = view._delegate.lay_out(passage, 600, 9)
    lines = view._delegate.lines(extent, 600)
    assert lines - layout.lineCount() in {-1, 0, 1}
    assert view._delegate.lay_out(passage, 600, lines).text().endswith("…")


def test_what_has_no_room_ends_with_dots(qtbot, context) -> None:
    view = PassageList(context.theme)
    qtbot.addWidget(view)
    passage = ShownPassage("s", 0, 1, "before ", "\U0001f600 words " * 60, " after", "Somewhere")
    layout = view._delegate.lay_out(passage, 500, 2)
    assert layout.lineCount() == 2
    assert layout.text().endswith("…")
    assert "after" not in layout.text()
    last = layout.lineAt(1)
    assert last.naturalTextWidth() <= 500
