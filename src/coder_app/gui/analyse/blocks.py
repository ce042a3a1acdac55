"""Whose table is shown where each coder has one: buttons for a few coders, a menu for many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from coder_app.analysis.block import Block
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.analyse.sentences import coders_words
from coder_app.gui.analyse.tips import plain_label, plain_tip
from coder_app.gui.theme import set_role
from coder_app.i18n import tr

_MOST_BUTTONS = 4
_LONGEST = 18


class BlockChooser(QFrame):
    """Hidden while there is only one table."""

    picked = Signal(object)
    """The coder id of the block to show, None for several coders taken as one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Coder whose table is shown"))
        self._buttons = QFrame(self)
        set_role(self._buttons, "segmented")
        self._inside = QHBoxLayout(self._buttons)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._group = QButtonGroup(self)
        self._menu = ChoiceRow(tr("Coder"), self)
        self._menu.picked.connect(self.picked)
        self._shown: tuple[tuple[str | None, str], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._buttons)
        row.addWidget(self._menu)

    def offer(self, blocks: Sequence[Block], chosen: Block | None) -> None:
        """Offer these tables."""
        entries = tuple((block.coder_id, coders_words(block)) for block in blocks)
        many = len(entries) > _MOST_BUTTONS
        self.setVisible(len(entries) > 1)
        self._buttons.setVisible(not many)
        self._menu.setVisible(many)
        self._menu.offer(entries, chosen.coder_id if chosen is not None else None)
        if entries != self._shown:
            self._shown = entries
            self._fill(() if many else entries)
        for button in self._group.buttons():
            button.setChecked(chosen is not None and button.property("coder") == chosen.coder_id)

    def _fill(self, entries: Sequence[tuple[str | None, str]]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._inside.removeWidget(button)
            button.hide()
            button.deleteLater()
        for coder_id, words in entries:
            button = QToolButton(self._buttons)
            shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            button.setText(plain_label(shown))
            button.setToolTip(plain_tip(words))
            button.setAccessibleName(tr("Table of {coder}", coder=words))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setProperty("coder", coder_id)
            button.clicked.connect(lambda _=False, coder_id=coder_id: self.picked.emit(coder_id))
            self._group.addButton(button)
            self._inside.addWidget(button)
