"""The chosen segment: its words, its codes as chips, who coded it and when."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from coder_app.domain.model import Coding
from coder_app.domain.tree import CodeTree
from coder_app.gui.context import Context
from coder_app.gui.theme import icon, set_role
from coder_app.gui.times import day_and_clock
from coder_app.gui.widgets.flow import FlowLayout
from coder_app.gui.widgets.words import SWATCH, card, heading, swatch, unmarked, words
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_over
from coder_app.queries.quotations import Quotation
from coder_app.queries.sources import words_of

_LONGEST_QUOTE = 420


class SegmentCard(QWidget):
    """Shows one segment with all codings of its coder on it; others' on the same words are named."""

    code_requested = Signal(str)
    codes_wanted = Signal(str)
    removal_requested = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._coding: Coding | Quotation | None = None
        self._place = QLabel(self)
        self._quote = words("", "quote")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, 6)
        self._who = words("", "muted")
        self._empty = words("", "muted")
        frame, column = card()
        for widget in (self._quote, self._chips, self._who, self._empty):
            column.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(heading(tr("Segment"), self._place))
        whole.addWidget(frame)
        self.show_coding(None)

    def show_coding(self, coding: Coding | Quotation | None) -> None:
        """Show the segment of a coding, a quotation, or what to do first."""
        self._coding = coding
        self.refresh()

    def refresh(self) -> None:
        """Show the segment again, in the theme of now."""
        coding = self._coding
        project = self._context.project
        shown = coding is not None and project is not None
        self._empty.setText(
            tr("Select words in the text and press Enter to code them. Click a highlight to see its codes here.")
            if self._context.writable
            else tr("Click a highlight in the text to see its codes here.")
        )
        self._empty.setVisible(not shown)
        for widget in (self._quote, self._chips, self._who, self._place):
            widget.setVisible(shown)
        if coding is None or project is None:
            return
        text = words_of(project, coding.source_id, coding.start, coding.stop)
        quote = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rstrip() + " …"
        self._quote.setText(f"“{quote}”")
        self._place.setText(f"{coding.start}–{coding.stop}")
        self._place.setToolTip(tr("First and last position in the text, in characters"))
        self._fill(code_tree(project), coding)

    def _fill(self, tree: CodeTree, coding: Coding | Quotation) -> None:
        project = self._context.project
        if project is None:
            return
        self._flow.clear()
        here = codings_over(project, coding.source_id, coding.start, coding.stop)
        own = [c for c in here if c.segment_id == coding.segment_id]
        for one in own:
            self._flow.addWidget(self._chip(tree, one, current=one.id == coding.id))
        if self._context.writable:
            self._flow.addWidget(self._add_button(coding.segment_id))
        names = {coder.id: coder.name for coder in coders(project)}
        if isinstance(coding, Quotation):
            if self._context.writable:
                self._flow.addWidget(self._unmark_button(coding.id))
            self._who.setText(tr("{name} · quotation without a code", name=names.get(coding.coder_id or "", "")))
            return
        unseen = {coding.coder_id, *self._context.hidden_in(coding.source_id)}
        others = {names[c.coder_id] for c in here if c.coder_id not in unseen and c.code_id == coding.code_id}
        told = f"{names[coding.coder_id]} · {day_and_clock(coding.created_at)}"
        if others:
            told += " · " + tr("also by {names}", names=", ".join(sorted(others)))
        self._who.setText(told)

    def _chip(self, tree: CodeTree, coding: Coding, *, current: bool) -> QFrame:
        code = tree[coding.code_id]
        chip = QFrame()
        set_role(chip, "chip")
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)  # the role has air of its own
        row.setSpacing(4)
        name = QToolButton()
        set_role(name, "chip-name")
        name.setText(unmarked(code.name))
        name.setIcon(swatch(code.colour))
        name.setIconSize(QSize(SWATCH, SWATCH))
        name.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        name.setToolTip(tree.path(code.id))
        name.setAccessibleName(tr("Code {name}", name=tree.path(code.id)))
        name.clicked.connect(lambda _=False: self.code_requested.emit(code.id))
        font = name.font()
        font.setBold(current)
        name.setFont(font)
        row.addWidget(name)
        if self._context.writable:
            remove = QToolButton()
            remove.setIcon(icon("close", self._context.theme.theme, self._context.theme.theme.muted))
            remove.setToolTip(tr("Remove this coding (X)"))
            remove.setAccessibleName(tr("Remove the coding {name}", name=code.name))
            remove.clicked.connect(lambda _=False: self.removal_requested.emit(coding.id))
            row.addWidget(remove)
        return chip

    def _unmark_button(self, segment_id: str) -> QToolButton:
        button = QToolButton()
        set_role(button, "chip")
        button.setText(tr("Unmark"))
        button.setToolTip(tr("Remove this quotation (X)"))
        button.setAccessibleName(tr("Remove this quotation"))
        button.clicked.connect(lambda _=False: self.removal_requested.emit(segment_id))
        return button

    def _add_button(self, segment_id: str) -> QToolButton:
        button = QToolButton()
        set_role(button, "chip")
        button.setText(tr("+ code"))
        button.setToolTip(tr("Apply another code to this passage (Enter)"))
        button.setAccessibleName(tr("Apply another code to this passage"))
        button.clicked.connect(lambda _=False: self.codes_wanted.emit(segment_id))
        return button
