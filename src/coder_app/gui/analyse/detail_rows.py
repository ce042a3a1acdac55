"""Names and values in two columns, as the card of the chosen cell shows them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from coder_app.gui.theme import set_role


class DetailRows(QWidget):
    """Hidden while there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.details: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []
        self.hide()

    def show_details(self, details: tuple[tuple[str, str], ...]) -> None:
        """Show these names and values."""
        self.details = details
        while len(self._labels) < len(details):
            self._add_row()
        for place, (name, value) in enumerate(self._labels):
            there = place < len(details)
            said = details[place] if there else ("", "")
            for label, text in zip((name, value), said, strict=True):
                label.setText(text)
                label.setVisible(there)
            value.setAccessibleName(": ".join(said))
        self.setVisible(bool(details))

    def _add_row(self) -> None:
        name, value = QLabel(), QLabel()
        for column, label in enumerate((name, value)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, len(self._labels), column)
        set_role(name, "muted")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._labels.append((name, value))
