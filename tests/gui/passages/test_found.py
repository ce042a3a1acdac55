"""The search of all sources in the window: options, hits under their sources, what it says, the way by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.domain.imported import ImportedText
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources, remove_sources, rename_source
from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages import searching
from coder_app.gui.passages.hits import HitsModel
from coder_app.gui.passages.model import PASSAGE
from coder_app.queries.codings import codings_in
from coder_app.queries.overview import overview

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_hits_stand_under_their_sources_with_the_codes_that_cover_them(coded, search, rows, qtmodeltester) -> None:
    found = search("trust")
    qtmodeltester.check(found.model)
    assert rows(found) == ["# Interview", "Trust", "trust", "trust"]
    codes = [found.model.index(row, 0).data(PASSAGE).codes for row in (1, 2, 3)]
    assert [{name for name, _ in some} for some in codes] == [{"Trust", "Work & pay"}, {"Trust"}, {"Institutions"}]
    assert found.bar.told() == "3 hits in 1 source"
    assert "Work &amp; pay" in found.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Institutions" in found.model.index(3, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_codes_follow_changes_and_the_coders_that_are_shown(shown: MainWindow, coded, search) -> None:
    found = search("work", "whole", "case")
    apply_code(coded.project, coded.diary, 0, 20, coded.trust)
    row = found.model.rowCount() - 1
    assert {name for name, _ in found.model.index(row, 0).data(PASSAGE).codes} == {"Trust", "Work & pay"}
    shown.context.hide_coders({coded.ann})
    assert found.model.index(row, 0).data(PASSAGE).codes == ()


@pytest.mark.parametrize(
    ("query", "boxes", "found"),
    [
        ("trust", ("whole",), ["Trust", "trust"]),
        ("trust", ("whole", "case"), ["trust"]),
        ("trúst", ("accents",), ["Trust", "trust", "trust"]),
        ("trúst", (), []),
        ("police NOT twice", ("operators",), []),
        ("young AND work", ("operators", "whole"), ["Work", "young", "work"]),
        (r"\bn\w+s\b", ("regex",), ["neighbours", "neighbours"]),
        (r"^N\w+", ("regex", "case"), ["Nobody"]),
    ],
)
def test_each_option_of_the_command_line_is_there(coded, search, rows, query, boxes, found) -> None:
    listed = [row for row in rows(search(query, *boxes)) if not row.startswith("#")]
    assert sorted(listed) == sorted(found)


def test_a_pattern_has_no_use_for_the_options_of_words(search) -> None:
    bar = search("x", "regex").bar
    assert not bar.whole.isEnabled()
    assert bar.case.isEnabled()
    bar.regex.setChecked(False)
    assert bar.whole.isEnabled()


@pytest.mark.parametrize(
    ("query", "box", "where"), [("(trust AND", "operators", "(trust AND▸"), ("ab(c", "regex", "ab▸(c")]
)
def test_a_query_that_cannot_be_read_is_told_with_its_place(search, query, box, where) -> None:
    found = search(query, box)
    assert found.model.rowCount() == 0
    assert found.bar.problem.isVisible()
    assert where in found.bar.problem.text()
    QTest.keyClick(found.bar.field, KEY.Key_Return)
    assert found.bar.field.cursorPosition() == where.index("▸")
    found.bar.field.setText("trust")
    found.bar.operators.setChecked(False)
    assert not found.bar.problem.isVisible()


def test_a_runaway_pattern_leaves_the_window_free_and_says_how_far_it_came(coded, search, rows, monkeypatch) -> None:
    monkeypatch.setattr("coder_app.queries.search_regex.SECONDS_PER_TEXT", 0.6)
    long = ImportedText("Zeta", "text", "a" * 60 + "!", b"", "text", "1", "utf-8")
    import_sources(coded.project, [long])
    found = search(r"(a+)+\?|trust", "regex")
    assert "# Interview" in rows(found)
    assert found.bar.told() == "3 hits up to there"
    assert "Zeta" in found.bar.problem.text()
    assert found._code_all.text() == "Code these hits…"


def test_a_search_can_be_stopped_and_newer_typing_replaces_it(shown: MainWindow, coded, qtbot, rows) -> None:
    import_sources(coded.project, [ImportedText("Alpha", "text", "a" * 60 + "!", b"", "text", "1", "utf-8")])
    shown.passages.show_search("")
    found = shown.passages.found
    found.bar.regex.setChecked(True)
    found.bar.field.setText(r"(a+)+\?")
    qtbot.waitUntil(found.bar.stop.isVisible, timeout=5_000)
    QTest.mouseClick(found.bar.stop, Qt.MouseButton.LeftButton)
    assert not found.search.running
    assert found.bar.told() == "stopped at 0 hits"
    found.bar.field.setText(r"(a+)+\?x")
    qtbot.waitUntil(lambda: found.search.running, timeout=5_000)
    found.bar.field.setText("young")
    qtbot.waitUntil(lambda: rows(found) == ["# Interview", "young"], timeout=4_000)


def test_more_hits_than_are_kept_are_told(coded, search, monkeypatch) -> None:
    monkeypatch.setattr(searching, "MOST_HITS", 5)
    found = search("e")
    assert found.model.total() == 5
    assert "first" in found.bar.told()


def test_hits_that_come_in_portions_are_the_same(coded, search, rows, monkeypatch) -> None:
    whole = rows(search("e"))
    monkeypatch.setattr(searching, "_FIRST", 2)
    monkeypatch.setattr(searching, "_EVERY", 1)
    monkeypatch.setattr(searching, "_PORTION_SECONDS", 0.0)
    found = search("e")
    assert rows(found) == whole
    assert len({group.key for group in found.model.groups}) == len(found.model.groups)


def test_headings_fold_by_mouse_and_by_key(shown: MainWindow, coded, search, rows) -> None:
    found = search("neighbours")
    assert rows(found) == ["# Interview", "neighbours", "# Diary", "neighbours"]
    rect = found.hits.visualRect(found.model.index(0, 0))
    QTest.mouseClick(found.hits.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert rows(found) == ["# Interview", "# Diary", "neighbours"]
    QTest.keyClick(found.hits, KEY.Key_Right)
    assert len(rows(found)) == 4
    QTest.keyClick(found.hits, KEY.Key_Left, SHIFT)
    assert rows(found) == ["# Interview", "# Diary"]
    QTest.keyClick(found.hits, KEY.Key_Right, SHIFT)
    found.hits.go_to(3)
    QTest.keyClick(found.hits, KEY.Key_Left)
    assert found.hits.currentIndex().row() == 2
    assert rows(found) == ["# Interview", "neighbours", "# Diary"]
    assert found.bar.told() == "2 hits in 2 sources"


def test_from_the_field_to_a_hit_and_back_without_the_mouse(shown: MainWindow, coded, search) -> None:
    found = search("neighbours")
    QTest.keyClick(found.bar.field, KEY.Key_Down)
    assert found.hits.hasFocus()
    assert found.hits.currentIndex().row() == 1
    QTest.keyClick(found.hits, KEY.Key_Down)
    QTest.keyClick(found.hits, KEY.Key_Down)
    QTest.keyClick(found.hits, KEY.Key_Space)
    assert shown.reader.source_id == coded.diary
    assert found.hits.hasFocus(), "to look at a hit does not leave the list"
    QTest.keyClick(found.hits, KEY.Key_Return)
    assert shown.reader.view.hasFocus()
    assert shown.reader.words(*shown.reader.view.selection()) == "neighbours"
    QTest.keyClick(shown.reader.view, KEY.Key_F, CONTROL | SHIFT)
    assert found.bar.field.hasFocus()
    assert found.hits.currentIndex().row() == 3, "the hit that is shown is no new search"
    QTest.keyClick(found.bar.field, KEY.Key_Down)
    for _ in range(4):
        QTest.keyClick(found.hits, KEY.Key_Up)
    assert found.bar.field.hasFocus()


def test_f4_goes_from_hit_to_hit_across_sources(shown: MainWindow, coded, search) -> None:
    search("neighbours")
    for source in (coded.interview, coded.diary):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_F4)
        assert shown.reader.source_id == source
        assert shown.reader.words(*shown.reader.view.selection()) == "neighbours"
    QTest.keyClick(shown.reader.view, KEY.Key_F4)
    assert "last hit" in shown.notice._words.text()
    QTest.keyClick(shown.reader.view, KEY.Key_F4, SHIFT)
    assert shown.reader.source_id == coded.interview
    shown.passages.hide()
    QTest.keyClick(shown.reader.view, KEY.Key_F4)
    assert shown.passages.isVisible()


def test_the_picker_codes_the_hits_that_are_marked_as_one_step(shown: MainWindow, coded, search) -> None:
    before = overview(coded.project).codings
    found = search("trust")
    QTest.keyClick(found.bar.field, KEY.Key_Down)
    QTest.keyClick(found.hits, KEY.Key_Down, SHIFT)
    QTest.keyClick(found.hits, KEY.Key_C)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "Instit")
    QTest.keyClick(field, KEY.Key_Return)
    assert overview(coded.project).codings == before + 2
    assert {name for name, _ in found.model.index(1, 0).data(PASSAGE).codes} >= {"Institutions"}
    QTest.keyClick(found.hits, KEY.Key_Return, CONTROL)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "Wholly new")
    QTest.keyClick(field, KEY.Key_Return)
    assert overview(coded.project).codings == before + 4
    shown.context.undo()
    assert overview(coded.project).codes == 4
    shown.context.undo()
    assert overview(coded.project).codings == before


def test_a_marked_heading_stands_for_all_its_hits(shown: MainWindow, coded, search) -> None:
    found = search("trust")
    found.hits.go_to(0)
    QTest.keyClick(found.hits, KEY.Key_Down, SHIFT)
    assert len(found.hits.marked()) == 3


def test_code_all_hits_asks_for_the_code_first(shown: MainWindow, coded, search, previewed) -> None:
    before = len(codings_in(coded.project, coded.interview))
    found = search("police")
    QTest.mouseClick(found._code_all, Qt.MouseButton.LeftButton)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "Trust")
    QTest.keyClick(field, KEY.Key_Return)
    window = previewed()
    QTest.keyClick(window.list, KEY.Key_Return)
    assert len(codings_in(coded.project, coded.interview)) == before + 1


def test_the_list_follows_its_sources(shown: MainWindow, coded, search, rows, qtbot) -> None:
    found = search("neighbours")
    found.hits.go_to(3)
    rename_source(coded.project, coded.interview, "Talk")
    qtbot.waitUntil(lambda: rows(found) == ["# Talk", "neighbours", "# Diary", "neighbours"], timeout=3_000)
    assert found.hits.currentIndex().row() == 3
    remove_sources(coded.project, [coded.diary])
    qtbot.waitUntil(lambda: rows(found) == ["# Talk", "neighbours"], timeout=3_000)


def test_nothing_is_searched_once_the_list_is_closed(shown: MainWindow, coded, search) -> None:
    found = search("neighbours")
    found.run()
    shown.passages.hide()
    assert not found.search.running
    shown.context.close()
    assert found.model.rowCount() == 0


def test_only_rows_in_sight_are_read(shown: MainWindow, coded, qtbot, search, monkeypatch) -> None:
    words = "word " * 20_000
    import_sources(coded.project, [ImportedText("Long", "text", words, b"", "text", "1", "utf-8")])
    read: list[int] = []
    plain = HitsModel._read

    def counted(model, project, places):
        read.append(len(places))
        return plain(model, project, places)

    monkeypatch.setattr(HitsModel, "_read", counted)
    found = search("word")
    assert found.model.rowCount() == 20_001
    found.hits.scrollToBottom()
    QApplication.processEvents()
    assert found.hits.indexAt(found.hits.viewport().rect().center()).row() > 19_980
    assert sum(read) < 200


def test_operators_that_were_not_read_are_offered_where_nothing_is_found(shown: MainWindow, search, qtbot) -> None:
    found = search("police AND trusts")
    assert found.bar.told() == "0 hits"
    assert found.bar.offer.isVisible()
    found.bar.offer.setFocus()
    QTest.keyClick(found.bar.offer, KEY.Key_Space)
    qtbot.waitUntil(lambda: found.model.total() > 0)
    assert found.bar.operators.isChecked()
    assert not found.bar.offer.isVisible()
    assert found.bar.field.hasFocus()
    assert not search("nowhere").bar.offer.isVisible()


def test_the_tab_key_goes_from_the_words_over_the_options_to_the_hits(search) -> None:
    found = search("trust")
    reached = []
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        reached.append(QApplication.focusWidget())
    bar = found.bar
    assert reached[:5] == [bar.whole, bar.case, bar.accents, bar.operators, bar.regex]
    assert reached[-1] is found.hits
