"""One option that is a number: its name at the left, a field at the right that fits among rows of words."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

_WIDE, _HIGH = 104, 30


class NumberRow(QWidget):
    """One number. `picked` brings it when a person has stepped to it, or typed it and gone on."""

    picked = Signal(int)

    def __init__(self, name: str, tip: str, *, least: int = 1, most: int = 1_000_000) -> None:
        super().__init__()
        self.field = _Field()
        self.field.setRange(least, most)
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(tip)
        self.field.setFixedSize(_WIDE, _HIGH)
        self.label = QLabel(name)
        self.label.setBuddy(self.field)
        for part in (self.label, self.field):
            part.setToolTip(tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 14, 2)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addStretch(1)
        row.addWidget(self.field)
        self.field.valueChanged.connect(self.picked)

    def offer(self, chosen: int) -> None:
        """Show what is chosen, which tells nobody."""
        before = self.field.blockSignals(True)  # noqa: FBT003 (Qt's own)
        self.field.setValue(chosen)
        self.field.blockSignals(before)


class _Field(QSpinBox):
    """Tells of a number that is finished, and leaves the wheel to the column that it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale(QLocale.Language.English))
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
