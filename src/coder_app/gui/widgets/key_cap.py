"""A key as it stands beside a name in lists: a letter or a chord in a small frame."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter

from coder_app.queries.settings import code_keys, pinned_codes
from coder_app.store.project import Project

_AIR = 5
_CORNER = 3


def key_cap_width(metrics: QFontMetrics, key: str) -> int:
    """Return how broad a key is drawn, in pixels."""
    return max(metrics.height(), metrics.horizontalAdvance(key) + 2 * _AIR)


def draw_key_cap(painter: QPainter, right: int, row: QRect, key: str) -> int:
    """Draw a key with the painter's pen so that it ends at `right` in the middle of `row`; return its left edge."""
    metrics = painter.fontMetrics()
    width, height = key_cap_width(metrics, key), metrics.height()
    box = QRect(right - width, row.center().y() - height // 2, width, height)
    painter.drawRoundedRect(box, _CORNER, _CORNER)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return box.left()


def keys_of_codes(project: Project) -> dict[str, list[str]]:
    """Return the keys that apply each code, as this system writes them, by code id: the number key first."""
    found: dict[str, list[str]] = {}
    for number, code_id in sorted(pinned_codes(project).items()):
        found.setdefault(code_id, []).append(str(number))
    for code_id, key in code_keys(project).items():
        native = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
        found.setdefault(code_id, []).append(native.toString(QKeySequence.SequenceFormat.NativeText))
    return found
