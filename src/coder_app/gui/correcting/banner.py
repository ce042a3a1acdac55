"""The line over a text that is being corrected: what becomes of its passages, Keep and Discard."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from coder_app.gui.correcting.told import numbers, shortened
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import unmarked
from coder_app.i18n import tr, trn
from coder_app.queries.placing import Placement, SegmentToCheck

_LISTED = 20


class Banner(QFrame):
    """Says what keeping would do; the passages to check are a menu, each goes to where it would stand."""

    keep_requested = Signal()
    discard_requested = Signal()
    place_wanted = Signal(int, int)
    """A passage that would be to check: its guess, in code points of the draft."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "draft")
        self.setAccessibleName(tr("Correcting the text"))
        self._to_check: tuple[SegmentToCheck, ...] = ()
        self.title = QLabel(self)
        self.numbers = QLabel(self)
        for label, role in ((self.title, "strong"), (self.numbers, "")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, role)
        self.to_check = QPushButton(self)
        self.to_check.setAccessibleName(tr("Passages to check"))
        self.to_check.setToolTip(tr("Passages whose words changed: show where each would stand"))
        set_role(self.to_check, "link")
        self.to_check.clicked.connect(self._open_list)
        self.discard = QPushButton(tr("Discard"), self)
        self.discard.setToolTip(tr("Go back to the text as it was (Esc)"))
        self.discard.clicked.connect(self.discard_requested)
        self.keep = QPushButton(tr("Keep"), self)
        self.keep.setToolTip(tr("Keep the corrected text, as one step (Ctrl+S)"))
        set_role(self.keep, "primary")
        self.keep.clicked.connect(self.keep_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(34, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.numbers)
        row.addWidget(self.to_check)
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        self.hide()

    def begin(self, name: str) -> None:
        """Stand over the text of the source called `name`."""
        self.title.setText(tr("Correcting {name}:", name=name))
        self.numbers.setText(tr("the codings go along as you type"))
        self.to_check.hide()
        self.show()

    def tell(self, placement: Placement) -> None:
        """Say what keeping would do."""
        self._to_check = placement.to_check
        self.numbers.setText(numbers(placement))
        self.to_check.setVisible(bool(self._to_check))
        self.to_check.setText(trn("Show it", "Show them", len(self._to_check)))
        self.setAccessibleDescription(self.numbers.text())

    def warn(self, sentence: str) -> None:
        """Say something in the place of the numbers, until they are told anew."""
        self.numbers.setText(sentence)

    def _open_list(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._to_check[:_LISTED]:
            was, guess = shortened(one.quote), shortened(one.guess)
            told = tr("“{was}” → “{guess}”", was=was, guess=guess) if guess != was else f"“{was}”"
            menu.addAction(unmarked(told), partial(self.place_wanted.emit, one.start, one.stop))
        if len(self._to_check) > _LISTED:
            menu.addAction(tr("and {n} more", n=len(self._to_check) - _LISTED)).setEnabled(False)
        menu.popup(self.to_check.mapToGlobal(self.to_check.rect().bottomLeft()))
