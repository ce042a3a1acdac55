"""What the program chooses does not depend on the keys that a person holds down meanwhile."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView, QTreeView

from coder_app.gui.widgets.only import choose_only


@pytest.mark.parametrize("kind", [QListView, QTreeView, QTableView])
@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier])
def test_only_one_row_is_chosen_while_shift_or_ctrl_is_held(qtbot, kind, held):
    view = kind()
    qtbot.addWidget(view)
    model = QStringListModel(["Aida", "Bek", "Cholpon"], view)
    view.setModel(model)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.show()
    choose_only(view, model.index(0))
    QTest.keyPress(view, Qt.Key.Key_F24, held)
    choose_only(view, model.index(2))
    chosen = [index.row() for index in view.selectionModel().selectedIndexes()]
    QTest.keyRelease(view, Qt.Key.Key_F24)
    assert (chosen, view.currentIndex().row()) == ([2], 2)
