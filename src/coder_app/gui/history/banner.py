"""The line at the top that says that one looks at the project as it was, and leads back to today."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from coder_app.gui.theme import set_role
from coder_app.i18n import tr


class ThenBanner(QFrame):
    """Hidden as long as today's project is shown."""

    back_requested = Signal()
    bring_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "then")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.words, "strong")
        self.bring = QPushButton(tr("Bring back to today…"), self)
        self.back = QPushButton(tr("Back to today"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.bring)
        row.addWidget(self.back)
        self.bring.clicked.connect(self.bring_back_requested)
        self.back.clicked.connect(self.back_requested)
        self.hide()

    def say(self, moment: str) -> None:
        """Say from when the project is that is shown."""
        said = tr("As it was on {moment} – read only", moment=moment)
        self.words.setText(said)
        self.setAccessibleName(said)
        self.show()
