"""Saved queries under the codes: folded, counted only where they are looked at, opened in Query by Enter."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.edits.codings import apply_code
from coder_app.edits.saved_queries import delete_queries, rename_query, save_query

LEFT, ENTER = Qt.MouseButton.LeftButton, Qt.Key.Key_Return


@pytest.fixture
def panel(shown, coded):
    coded.all_trust = save_query(coded.project, "All trust", "Trust+")
    save_query(coded.project, "Bodies", "Institutions")
    found = shown.codebook.smart_codes
    found._timer.setInterval(10)
    return found


def rows(panel):
    model = panel.list.model()
    return [(model.index(n, 0).data(), model.index(n, 1).data()) for n in range(model.rowCount())]


def unfold(panel, qtbot):
    QTest.mouseClick(panel.button, LEFT)
    qtbot.waitUntil(lambda: all(number for _, number in rows(panel)), timeout=20_000)


def test_without_saved_queries_there_is_no_group(shown, coded):
    group = shown.codebook.smart_codes
    assert group.isHidden()
    query_id = save_query(coded.project, "All trust", "Trust+")
    assert not group.isHidden()
    assert group.button.accessibleName() == "Smart codes (1)"
    delete_queries(coded.project, [query_id])
    assert group.isHidden()


def test_while_the_group_is_folded_nothing_is_counted(panel, coded, qtbot):
    assert not panel.list.isVisible()
    apply_code(coded.project, coded.diary, 0, 5, coded.trust)
    QTest.qWait(60)
    assert [number for _, number in rows(panel)] == ["", ""]
    assert not panel._counting.running


def test_numbers_are_those_of_the_passages_now_and_follow_the_codings(panel, coded, qtbot):
    unfold(panel, qtbot)
    assert rows(panel)[0] == ("All trust", "3")
    apply_code(coded.project, coded.diary, 0, 5, coded.trust)
    qtbot.waitUntil(lambda: rows(panel)[0] == ("All trust", "4"), timeout=20_000)
    rename_query(coded.project, coded.all_trust, "Every trust")
    assert rows(panel)[0][0] == "Every trust"


def test_enter_opens_the_passages_in_the_layout_for_queries(panel, shown, coded, qtbot):
    unfold(panel, qtbot)
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    QTest.keyClick(panel.list, ENTER)
    page = shown.late["view.query"]
    qtbot.waitUntil(lambda: page.panel is not None and page.panel.line.text() == "Trust+", timeout=20_000)
    qtbot.waitUntil(lambda: page.panel.results.model.rowCount() == 3, timeout=20_000)
    shown.show_code_layout()
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    QTest.keyClick(panel.list, ENTER)
    assert page.panel.line.text() == "Institutions", "it is built by now"


def test_the_language_of_queries_is_not_loaded_with_the_codebook():
    code = "import sys, coder_app.gui.codebook.panel; print('coder_app.domain.query_language.reading' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "False"
