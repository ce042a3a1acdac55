"""The gate for every PySide6 bump: 6.12.0 on Python 3.11 drops a reference to None with each void call."""

import sys

import pytest
from PySide6.QtGui import QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel

CALLS = 5000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: its count never moves")
def test_a_void_call_of_qt_leaves_the_count_of_none_alone(qapp):
    cursor, label, palette = QTextCursor(QTextDocument("abc")), QLabel(), QPalette()
    cursor.setPosition(1)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        cursor.setPosition(1)
        label.setText("a")
        palette.setColor(QPalette.ColorRole.Text, "#000000")
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
