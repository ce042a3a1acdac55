"""Merging, moving and deleting codes: what is asked, what is said, what Undo brings back."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from coder_app.gui.main_window import MainWindow
from coder_app.queries.codes import code_tree, code_uses

KEY = Qt.Key


def pick(words: str) -> None:
    field = QApplication.focusWidget()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, KEY.Key_Return)


def answer(button: str, heard: list[str]) -> None:
    """Answer the question that comes next with the button of this name."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        heard.append(f"{box.text()} {box.informativeText()}")
        QTest.mouseClick(next(one for one in box.buttons() if one.text() == button), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, click)


def test_codes_are_merged_into_one_and_the_codings_are_counted(shown: MainWindow, coded) -> None:
    shown.codebook.reveal(coded.institutions)
    QApplication.processEvents()
    shown.actions_by_id["code.merge"].trigger()
    pick("work")
    assert coded.institutions not in code_tree(coded.project)
    assert code_uses(coded.project)[coded.work].codings == 3
    assert shown.notice.words() == "1 coding went to “Work & pay”."
    shown.context.undo()
    assert coded.institutions in code_tree(coded.project)
    assert code_uses(coded.project)[coded.work].codings == 2


def test_a_code_is_moved_under_one_that_only_groups_others(shown: MainWindow, coded) -> None:
    shown.codebook.menus.ask_parent([coded.work], QPoint(100, 100))
    pick("topics")
    assert code_tree(coded.project).parent(coded.work) == coded.topics


def test_neither_the_code_nor_what_is_below_it_is_offered_as_its_place(shown: MainWindow, coded) -> None:
    shown.codebook.menus.ask_parent([coded.trust], QPoint(100, 100))
    listed = shown.codebook.menus._picker._list
    assert [listed.item(row).text() for row in range(listed.count())] == ["Work & pay", "Topics"]
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)


def test_deleting_a_code_names_its_codings_first_and_undo_brings_them_back(shown: MainWindow, coded) -> None:
    heard: list[str] = []
    shown.codebook.reveal(coded.trust)
    shown.codebook.tree.setFocus()
    answer("Delete", heard)
    QTest.keyClick(shown.codebook.tree, KEY.Key_Delete)
    assert "“Trust”" in heard[0]
    assert "3 codings" in heard[0]
    assert "1 sub-code" in heard[0]
    assert coded.trust not in code_tree(coded.project)
    assert shown.notice.words() == "Deleted “Trust”."
    shown.context.undo()
    assert code_uses(coded.project)[coded.trust].codings == 2


def test_cancel_deletes_nothing(shown: MainWindow, coded) -> None:
    answer("Cancel", [])
    shown.codebook.menus.delete([coded.trust])
    assert coded.trust in code_tree(coded.project)
    assert not shown.notice.isVisible()


def test_a_code_that_nothing_stands_on_goes_without_a_question(shown: MainWindow, coded) -> None:
    shown.codebook.menus.delete([coded.topics])
    assert coded.topics not in code_tree(coded.project)
    assert shown.notice.isVisible()


@pytest.mark.parametrize("into", ["institutions"])
def test_merging_into_a_sub_code_of_its_own_is_refused_with_a_reason(shown: MainWindow, coded, into: str) -> None:
    shown.codebook.menus.merge(getattr(coded, into), [coded.trust])
    assert coded.trust in code_tree(coded.project)
    assert "sub-codes" in shown.notice.words()
