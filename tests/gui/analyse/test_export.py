"""The table that is shown goes into files, as pairs, as a matrix and as a picture."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def export(qapp: QApplication, qtbot):
    """Choose a shape in the menu and a file in the dialog, and wait until it is written."""

    def answer(path: Path, kind: str) -> None:
        dialogs = [one for one in qapp.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
        if not dialogs:
            QTimer.singleShot(50, lambda: answer(path, kind))
            return
        dialog = dialogs[0]
        wanted = next(one for one in dialog.nameFilters() if kind in one)
        dialog.selectNameFilter(wanted)
        dialog.filterSelected.emit(wanted)
        dialog.findChild(QLineEdit).setText(str(path))
        dialog.accept()

    def write(panel, words: str, path: Path) -> None:
        def click() -> None:
            menu = qapp.activePopupWidget()
            assert isinstance(menu, QMenu)
            action = next(one for one in menu.actions() if one.text() == words)
            QTimer.singleShot(50, lambda: answer(path, path.suffix))
            QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())

        QTimer.singleShot(50, click)
        QTest.mouseClick(panel.table.export, LEFT)
        qtbot.waitUntil(lambda: not panel._context.jobs.running, timeout=20_000)

    return write


def test_pairs_go_into_a_text_table(shown, small, export, tmp_path):
    path = tmp_path / "pairs.csv"
    export(shown(small), "One row per pair…", path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    found = {(row["coders"], row["code_a"], row["code_b"]): row["n_ab"] for row in rows}
    assert found["Ann", "Emotion > Fear", "Work"] == "2"
    assert found["Ben", "Emotion > Fear", "Emotion > Hope"] == "1"


def test_the_matrix_goes_into_a_spreadsheet(shown, small, export, tmp_path):
    path = tmp_path / "matrix.xlsx"
    export(shown(small), "Matrix…", path)
    rows = list(openpyxl.load_workbook(path).worksheets[0].values)
    assert rows[0] == ("coders", "code", "Emotion > Fear", "Emotion > Hope", "Work")
    assert rows[1] == ("Ann", "Emotion > Fear", 3, 0, 2)


def test_what_is_written_was_counted_as_the_options_say(shown, small, export, pick, tmp_path):
    panel = shown(small)
    pick(panel.options.count, "shared characters")
    pick(panel.options.coders, "merged")
    path = tmp_path / "table.json"
    export(panel, "One row per pair…", path)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["settings"]["mode"] == "characters"
    assert written["settings"]["coders"] == "merged"
    assert {(row["code_a"], row["code_b"]): row["n_ab"] for row in written["rows"]}["Emotion > Fear", "Work"] == 12


@pytest.mark.parametrize(("suffix", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_the_picture_goes_into_a_file(shown, small, export, context, tmp_path, suffix, begins):
    said: list[str] = []
    context.notice_requested.connect(lambda sentence, _undo: said.append(sentence))
    path = tmp_path / f"picture{suffix}"
    export(shown(small), "Picture…", path)
    assert path.read_bytes().startswith(begins)
    assert said == [f"“picture{suffix}” was written."]


def test_a_place_that_cannot_be_written_to_is_told_in_a_sentence(shown, small, context, qtbot, tmp_path):
    said: list[str] = []
    context.notice_requested.connect(lambda sentence, _undo: said.append(sentence))
    panel = shown(small)
    panel.table.export._write(panel.table.export._shown, "pairs", tmp_path / "missing" / "pairs.csv")
    qtbot.waitUntil(lambda: bool(said), timeout=5000)
    assert "cannot be written" in said[0]
