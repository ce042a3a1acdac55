"""The desktop's window for a file to write, as far as it can be driven without a desktop."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from coder_app.gui.files import choose

KINDS = [("Table", ".csv"), ("Excel workbook", ".xlsx")]


@pytest.mark.parametrize(
    ("kind", "typed", "wanted"), [(0, "out", "out.csv"), (1, "out", "out.xlsx"), (1, "out.jsonl", "out.jsonl")]
)
def test_the_suffix_of_the_kind_is_added_where_none_is_typed(
    window: QWidget, tmp_path: Path, kind: int, typed: str, wanted: str
):
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.nameFilters()[kind]
        dialog.selectNameFilter(name)
        dialog.filterSelected.emit(name)
        dialog.findChild(QLineEdit).setText(typed)
        dialog.accept()

    QTimer.singleShot(200, answer)
    assert choose.target(window, "Export", tmp_path / "suggested.csv", KINDS) == tmp_path / wanted


def test_a_window_that_is_closed_gives_no_file(window: QWidget, tmp_path: Path):
    QTimer.singleShot(200, lambda: QApplication.activeModalWidget().close())
    assert choose.target(window, "Export", tmp_path / "suggested.csv", KINDS) is None
