"""The panel of details: three cards that follow what is chosen in the text and in the codebook."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.domain.model import Coding
from coder_app.gui.context import Context
from coder_app.gui.details.code_card import CodeCard
from coder_app.gui.details.memo_card import MemoCard
from coder_app.gui.details.segment_card import SegmentCard
from coder_app.gui.theme import Theme, set_role
from coder_app.i18n import tr
from coder_app.queries.codings import coding as coding_by_id
from coder_app.queries.quotations import quotation


class DetailsPanel(QFrame):
    """Who, what, where: the chosen segment, the memo on it, and the code in question."""

    code_requested = Signal(str)
    codes_wanted = Signal(str)
    passages_requested = Signal(str)
    removal_requested = Signal(str)
    review_requested = Signal(str)
    """What was coded with this code under an older wording is to be reviewed."""
    text_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._coding_id: str | None = None
        self.setAccessibleName(tr("Details"))
        set_role(self, "right-panel")
        self._segment = SegmentCard(context)
        self._memo = MemoCard(context, tr("Memo on the passage"), tr("What strikes you about this passage?"))
        self._coding_memo = MemoCard(context, tr("Memo on this coding"), tr("Why this code, here?"), always=False)
        self._code = CodeCard(context)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(20)
        for part in (self._segment, self._memo, self._coding_memo, self._code):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Details"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        set_role(scroll, "quiet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._segment.code_requested.connect(self.code_requested)
        self._segment.codes_wanted.connect(self.codes_wanted)
        self._segment.removal_requested.connect(self.removal_requested)
        self._code.passages_requested.connect(self.passages_requested)
        self._code.review_requested.connect(self.review_requested)
        for memo in (self._memo, self._coding_memo):
            memo.finished.connect(self.text_wanted)
        self._code.finished.connect(self.text_wanted)
        signals = context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_opened)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._refresh_memos)
        signals.coders_shown_changed.connect(self._on_coders_shown)
        context.theme.changed.connect(self._on_theme)
        self._on_opened()

    def show_coding(self, coding_id: str | None) -> None:
        """Show the segment of a coding, its memo and its code; None shows what to do first."""
        found = self._show_segment(coding_id)
        if found is not None and found.code_id != self._code.code_id:
            self._code.show_code(found.code_id)

    def show_code(self, code_id: str) -> None:
        """Show what a code means."""
        self._code.show_code(code_id)

    def write_memo(self) -> None:
        """Put the caret into the memo on the segment that is shown."""
        if self._coding_id is not None:
            self._memo.write()

    def write_coding_memo(self) -> None:
        """Put the caret into the memo on the coding itself, which says why this code stands here."""
        if self._coding_id is not None:
            self._coding_memo.write()

    def describe_code(self, code_id: str) -> None:
        """Turn what a code means into fields."""
        self._code.show_code(code_id)
        self._code.edit()

    def _show_segment(self, coding_id: str | None) -> Coding | None:
        """Show the segment of a coding, or the quotation whose id is given; return the coding."""
        project = self._context.project
        found = coding_by_id(project, coding_id) if project is not None and coding_id else None
        quoted = quotation(project, coding_id) if project is not None and coding_id and found is None else None
        shown = found or quoted
        self._coding_id = shown.id if shown else None
        self._segment.show_coding(shown)
        source_id = shown.source_id if shown else ""
        self._memo.show_memo("segment", shown.segment_id if shown else "", source_id)
        self._coding_memo.show_memo("coding", found.id if found else "", source_id)
        return found

    def _on_opened(self, *_: object) -> None:
        self.show_coding(None)
        self._code.show_code("")

    def _on_coders_shown(self) -> None:
        # Read again: a step that ends somebody's part of a blind round is told here first, and may have removed it.
        self._show_segment(self._coding_id)
        self._refresh_memos()

    def _refresh_memos(self, *_: object) -> None:
        self._memo.refresh()
        self._coding_memo.refresh()

    def _on_theme(self, _: Theme) -> None:
        self._segment.refresh()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("coding", "segment", "code", "coder", "source"):
            self._show_segment(self._coding_id)
        if change.touches("memo"):
            self._refresh_memos()
        # Examples are shown in the words of today's text.
        if change.touches("code", "code_example", "source"):
            self._code.show_code(self._code.code_id)
        elif change.touches("coding"):
            self._code.count_again()
