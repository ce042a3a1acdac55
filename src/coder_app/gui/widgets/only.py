"""One row chosen by the program, however the person holds the keys.

Qt reads the keyboard in `setCurrentIndex`: what a key with Ctrl brings about would add to the rows that are selected.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView


def choose_only(view: QAbstractItemView, index: QModelIndex) -> None:
    """Make this the current place of a list that allows several, and the only one that is selected."""
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect
    if view.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows:
        how |= QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(index, how)
