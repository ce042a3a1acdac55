"""Below the texts: what stands, why, and what is learnt from it for the code."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.disagreement import Difference, Note, Outcome, Placed, Verdict
from coder_app.gui.agreement.disagreement_list import Listed, Named, state_words
from coder_app.gui.details.finish_keys import FinishKeys
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.cut import CutLabel
from coder_app.gui.widgets.words import unmarked, words
from coder_app.i18n import tr

_WHERE = ("", "use_when", "not_when", "memo")


class DecidePanel(QFrame):
    """Asks for a decision about the disagreement that is shown."""

    decided = Signal(object)
    """A Verdict."""
    withdraw_requested = Signal()
    finished = Signal()
    """What was typed is ready, and the keys of the list may decide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAccessibleName(tr("Decision"))
        self._listed: Listed | None = None
        self._span: tuple[int, int] | None = None
        self._sides: list[str] = []
        self.title = words("", "strong")
        self.state = words("", "muted")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason, kept with the decision"))
        self.reason.setAccessibleName(tr("Reason"))
        self.note_where = QComboBox()
        self.note_where.setAccessibleName(tr("What is learnt goes to"))
        labels = (tr("No note"), tr("Use when"), tr("Do not use when"), tr("Memo on the code"))
        for where, label in zip(_WHERE, labels, strict=True):
            self.note_where.addItem(label, where)
        self.note_code = QComboBox()
        self.note_code.setAccessibleName(tr("Code that the note is for"))
        self.note_text = QLineEdit()
        self.note_text.setPlaceholderText(tr("A line for the code’s text"))
        self.note_text.setAccessibleName(tr("Note for the code"))
        self.own_code = QComboBox()
        self.own_code.setAccessibleName(tr("Code that stands"))
        self.own_code.setMinimumWidth(120)
        self.own_code.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.own_code.setMinimumContentsLength(24)
        self.own_place = CutLabel(self)
        set_role(self.own_place, "muted")
        self.own = QPushButton(tr("Let it stand"))
        self.withdraw = QPushButton(tr("Take the decision back"))
        set_role(self.withdraw, "link")
        self._arrange()
        keys = FinishKeys(self)
        for field in (self.reason, self.note_where, self.note_code, self.note_text, self.own_code, self.own):
            keys.watch(field)
        keys.finished.connect(self.finished)
        for line in (self.reason, self.note_text):
            line.setToolTip(tr("Enter goes back to the list, where a key decides"))
            line.returnPressed.connect(self.finished)
        self.note_where.currentIndexChanged.connect(self._show_note)
        self.own.clicked.connect(self.decide_own)
        self.withdraw.clicked.connect(self.withdraw_requested)
        self.clear()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        head.addWidget(self.withdraw)
        note = QHBoxLayout()
        note.setSpacing(8)
        note.addWidget(self.reason, 2)
        note.addWidget(self.note_where)
        note.addWidget(self.note_code)
        note.addWidget(self.note_text, 1)
        own = QHBoxLayout()
        own.setSpacing(8)
        own.addWidget(QLabel(tr("Otherwise:")))
        own.addWidget(self.own_code)
        own.addWidget(self.own_place, 1)
        own.addWidget(self.own)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(note)
        column.addLayout(self._buttons)
        column.addLayout(own)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._listed = None
        self.title.setText(tr("Choose a disagreement in the list."))
        self.state.setText("")
        self.withdraw.setVisible(False)
        self.reason.clear()
        self.note_where.setCurrentIndex(0)
        self._show_note()
        self._span = None
        self.own_place.setText("")
        self._offer_sides([], None)
        self.setEnabled(False)

    def offer_codes(self, codes: Sequence[tuple[str, str]]) -> None:
        """Offer these codes, id and path each, for a decision of one's own."""
        chosen = self.own_code.currentData()
        self.own_code.clear()
        for code_id, path in codes:
            self.own_code.addItem(path, code_id)
        self.own_code.setCurrentIndex(max(0, self.own_code.findData(chosen)))

    def show_listed(self, listed: Listed, named: Named, *, writable: bool) -> None:
        """Ask about a disagreement."""
        same = self._listed is not None and self._listed.place == listed.place
        self._listed = listed
        place = listed.place
        codes = list(dict.fromkeys(mark.code_id for mark in place.marks))
        told = ", ".join(named.code(code) for code in codes)
        self.title.setText(tr("{kind}: {codes}", kind=_kind(place.kind, place.overlap), codes=told))
        said = state_words(listed, named.coder)
        reasons = "; ".join(one.reason for one in listed.decisions if one.reason)
        self.state.setText(" · ".join(part for part in (said, reasons) if part))
        self.withdraw.setVisible(bool(listed.decisions))
        if not same:
            self._span = (place.start, place.stop)
            self._show_place()
            self.reason.clear()
            self.note_where.setCurrentIndex(0)
            self.note_text.clear()
            self.note_code.clear()
            for code in codes:
                self.note_code.addItem(named.code(code), code)
            self.own_code.setCurrentIndex(max(0, self.own_code.findData(codes[0])))
            self._offer_sides(list(place.coders), named)
        self._show_note()
        self.setEnabled(writable)

    def _offer_sides(self, coders: list[str], named: Named | None) -> None:
        self._sides = coders
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, coder in enumerate(coders if named is not None else ()):
            name = named.coder(coder) if named is not None else ""
            button = QPushButton(unmarked(tr("As {coder}", coder=name)))
            self._add(button, str(number + 1), partial(self.take_side, number))
        if coders:
            both = QPushButton(tr("Both") if len(coders) <= _PAIR else tr("All"))
            self._add(both, "B", partial(self.decide, Outcome.ALL))
            self._add(QPushButton(tr("Neither") if len(coders) <= _PAIR else tr("None")), "N",
                      partial(self.decide, Outcome.NONE))  # fmt: skip
        self._buttons.addStretch(1)

    def _add(self, button: QPushButton, key: str, act: Callable[[], None]) -> None:
        button.setToolTip(tr("Key: {key}", key=key))
        button.clicked.connect(lambda _=False: act())
        label = QLabel(key)
        set_role(label, "key")
        self._buttons.addWidget(button)
        self._buttons.addWidget(label)

    def take_side(self, number: int) -> None:
        """Decide as one of the coders has it, by their place."""
        if self._listed is not None and number < len(self._sides):
            self._tell(Verdict(Outcome.ONE, self._sides[number], reason=self.reason.text(), note=self._note()))

    def decide(self, outcome: Outcome) -> None:
        """Decide that all that was marked stands, or nothing."""
        if self._listed is not None:
            self._tell(Verdict(outcome, reason=self.reason.text(), note=self._note()))

    def decide_own(self) -> None:
        """Decide that the chosen code stands where the selection is."""
        code_id = self.own_code.currentData()
        if self._listed is not None and self._span is not None and code_id:
            own = (Placed(*self._span, str(code_id)),)
            self._tell(Verdict(Outcome.OWN, None, own, self.reason.text(), self._note()))

    def _tell(self, verdict: Verdict) -> None:
        if self.isEnabled():
            self.decided.emit(verdict)

    def _note(self) -> Note | None:
        where, code = self.note_where.currentData(), self.note_code.currentData()
        text = self.note_text.text().strip()
        return Note(str(code), str(where), text) if where and code and text else None

    def take_span(self, start: int, stop: int) -> None:
        """Take another passage for a decision of one's own."""
        self._span = (start, stop)
        self._show_place()

    def _show_place(self) -> None:
        if self._span is not None:
            start, stop = self._span
            said = tr("on {start}–{stop}, or select words in a text")
            self.own_place.setText(said.replace("{start}", str(start)).replace("{stop}", str(stop)))

    def _show_note(self) -> None:
        wanted = bool(self.note_where.currentData())
        self.note_text.setVisible(wanted)
        self.note_code.setVisible(wanted and self.note_code.count() > 1)

    def focus_reason(self) -> None:
        """Let the reason be typed."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_own(self) -> None:
        """Let a code be chosen."""
        self.own_code.setFocus(Qt.FocusReason.OtherFocusReason)


_PAIR = 2


def _kind(kind: Difference, overlap: float) -> str:
    if kind is Difference.MISSED:
        return tr("Missed")
    said = tr("Different code, {n} % in common") if kind is Difference.CODE else tr("Boundary, {n} % in common")
    return said.replace("{n}", str(round(100 * overlap)))
