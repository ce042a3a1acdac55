"""Labels and cards as the panels use them: plain text, a role for the look, a name for screen readers."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coder_app.gui.theme import set_role

SWATCH = 11
"""The side of a swatch in pixels; lists that show swatches have icons of this size."""


class _Wrapped(QLabel):
    """A label that asks for the height its words take at the width it is given, no more.

    QLabel's own minimum is the height at a narrow width, which leaves gaps in a scrolled column.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().height())


def words(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label with plain text that wraps; people's own words are never read as markup."""
    label = _Wrapped(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    if role:
        set_role(label, role)
    return label


def unmarked(text: str) -> str:
    """Return people's words as a button or a menu shows them as they are: Qt takes a single & for a key."""
    return text.replace("&", "&&")


def plain_tip(lines: Iterable[str]) -> str:
    """Return people's words as a tip shows them as they are: Qt would take a line that begins with a tag for markup."""
    told = "<br>".join(escape(line) for line in lines)
    return f"<qt>{told}</qt>" if told else ""


def sentence(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a wrapping label for windows that take their height from their contents; it is never very narrow."""
    label = words(text, role, parent)
    label.setMinimumWidth(0)
    return label


def heading(text: str, count: QLabel | None = None) -> QWidget:
    """Return the small upper-case heading of a panel, with a count or a note at its right."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    label = words(text, "label")
    label.setWordWrap(False)
    line.addWidget(label)
    line.addStretch(1)
    if count is not None:
        set_role(count, "label")
        line.addWidget(count)
    return row


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return an outlined frame and the column inside it."""
    frame = QFrame()
    set_role(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 12, 14, 12)
    column.setSpacing(8)
    return frame, column


def swatch(colour: str, size: int = SWATCH) -> QIcon:
    """Return a rounded square in a code's colour."""
    pixmap = QPixmap(QSize(size * 2, size * 2))
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(0, 0, size, size, 3, 3)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # Qt would wash the colour out
    return made
