"""Where coders differ: the list at the left, the texts side by side, the decision below them."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from coder_app.analysis.agreement.disagreement_table import kind_words, said_by, state_of
from coder_app.analysis.agreement.disagreements import Found
from coder_app.domain.disagreement import Difference, Disagreement, Outcome, Verdict
from coder_app.domain.tree import CodeTree
from coder_app.edits.adjudication import adjudicate, take_agreed, withdraw
from coder_app.gui.agreement.decide_panel import DecidePanel
from coder_app.gui.agreement.disagreement_list import DisagreementList, DisagreementsModel, Listed, Named
from coder_app.gui.agreement.side_by_side import MOST, SideBySide
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.decisions import decided
from coder_app.queries.sources import text_of

_LIST_WIDTH = 330
_TEXTS = 8


class DisagreementsPage(QWidget):
    """Lists disagreements, shows one, and decides it."""

    place_chosen = Signal(str, int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Found | None = None
        self._named: Named | None = None
        self._tree = CodeTree([])
        self._round: str | None = None
        self._live = True
        self._why = ""
        self._code: str | None = None
        self.model = DisagreementsModel(self)
        self.list = DisagreementList(context.theme)
        self.list.setModel(self.model)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of disagreement"))
        self.state = QComboBox()
        self.state.setAccessibleName(tr("Decided or not"))
        self.code = QComboBox()
        self.code.setAccessibleName(tr("Code"))
        self.count = words("", "muted")
        self.agree = QPushButton(tr("Take what all agree on"))
        self.agree.setToolTip(tr("Puts the stretches that all marked with the same code into the consensus"))
        self.empty = words("", "muted")
        self.sides = SideBySide(context)
        self.decision = DecidePanel()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.kind.addItem(tr("All kinds"), None)
        for kind in Difference:
            self.kind.addItem(kind_words(kind), kind)
        for label, data in ((tr("Open and decided"), None), (tr("Open"), True), (tr("Decided"), False)):
            self.state.addItem(label, data)
        left = QFrame()
        set_role(left, "left-panel")
        filters = QHBoxLayout()
        filters.setContentsMargins(14, 8, 14, 0)
        filters.setSpacing(4)
        filters.addWidget(self.kind, 1)
        filters.addWidget(self.state, 1)
        codes = QHBoxLayout()
        codes.setContentsMargins(14, 0, 14, 0)
        codes.addWidget(self.code, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 0, 14, 8)
        foot.setSpacing(8)
        foot.addWidget(self.count)
        foot.addWidget(self.agree)
        bare = QHBoxLayout()
        bare.setContentsMargins(14, 0, 14, 0)
        bare.addWidget(self.empty)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(filters)
        column.addLayout(codes)
        column.addLayout(bare)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        right = QFrame()
        set_role(right, "paper")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.sides, 1)
        inside.addWidget(self.decision)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(0)
        columns.addWidget(left)
        columns.addWidget(right)
        columns.setStretchFactor(1, 1)
        columns.setSizes([_LIST_WIDTH, 1440 - _LIST_WIDTH])
        left.setMinimumWidth(220)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(columns)

    def _connect(self) -> None:
        for box in (self.kind, self.state):
            box.currentIndexChanged.connect(self._refill)
        self.code.currentIndexChanged.connect(self._on_code)
        self.list.chosen.connect(self._show_chosen)
        self.list.side_requested.connect(self.decision.take_side)
        self.list.key_requested.connect(self._on_key)
        self.list.doubleClicked.connect(self._open)
        self.decision.decided.connect(self._decide)
        self.decision.withdraw_requested.connect(self._withdraw)
        self.decision.finished.connect(self._on_finished)
        self.sides.selected.connect(self.decision.take_span)
        self.agree.clicked.connect(self._take_agreed)

    def show_found(
        self,
        found: Found | None,
        named: Named | None,
        tree: CodeTree,
        round_id: str | None,
        *,
        live: bool,
        why: str = "",
    ) -> None:
        """Show other disagreements; `live` says that they are of the codings of today and can be decided.

        `why` stands where nothing can be compared.
        """
        self._why = why
        self._found, self._named, self._tree, self._round, self._live = found, named, tree, round_id, live
        self.decision.offer_codes([(code.id, tree.path(code.id)) for code in tree.walk() if code.is_codable])
        self._offer_code_filter()
        self.refresh()

    def _offer_code_filter(self) -> None:
        used = {mark.code_id for one in self._found.differing for mark in one.marks} if self._found else set[str]()
        chosen = self._code
        self.code.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.code.clear()
        self.code.addItem(tr("All codes"), None)
        for code in self._tree.walk():
            if code.id in used:
                self.code.addItem(self._tree.path(code.id), code.id)
        place = self.code.findData(chosen) if chosen else 0
        self._code = chosen if place > 0 else None
        self.code.setCurrentIndex(max(0, place))
        self.code.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def show_code(self, code_id: str | None) -> None:
        """List the disagreements about one code only; None lists all."""
        self._code = code_id
        self._offer_code_filter()
        self._refill()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_code(self) -> None:
        self._code = self.code.currentData()
        self._refill()

    def refresh(self) -> None:
        """Learn again what was decided, and show it; the chosen disagreement stays chosen."""
        self.sides.forget()
        self._refill()

    def _rows(self) -> list[Listed]:
        project = self._context.project
        if project is None or self._found is None:
            return []
        known = decided(project)
        return [Listed(one, tuple(state_of(one, known))) for one in self._found.differing]

    def _refill(self) -> None:
        every = self._rows()
        kind, is_open = self.kind.currentData(), self.state.currentData()
        shown = [
            one
            for one in every
            if (kind is None or one.place.kind == kind)
            and (is_open is None or is_open != bool(one.decisions))
            and (self._code is None or any(mark.code_id == self._code for mark in one.place.marks))
        ]
        row, current = self._chosen_row(), self._chosen()
        self.model.show(shown, self._named)
        at = self.model.row_of(current.place.coding_ids) if current is not None else -1
        if shown:
            self.list.setCurrentIndex(self.model.index(at if at >= 0 else min(max(row, 0), len(shown) - 1)))
        done = sum(1 for one in every if one.decisions)
        told = trn("{n} disagreement, {done} decided", "{n} disagreements, {done} decided", len(every), done=done)
        self.count.setText(told if every else "")
        agreed = len(self._found.agreed) if self._found else 0
        self.agree.setVisible(agreed > 0 and self._live)
        self.agree.setEnabled(self._context.writable)
        self.empty.setVisible(not shown)
        self.empty.setText(self._why_empty(every))
        self._show_chosen()

    def _why_empty(self, every: Sequence[Listed]) -> str:
        if self._found is None:
            return self._why or tr("There is nothing to compare yet.")
        if not every:
            return tr("These coders agree on every passage.")
        return tr("No disagreement fits. Choose less above.")

    def _chosen_row(self) -> int:
        return self.list.currentIndex().row()

    def _chosen(self) -> Listed | None:
        row = self._chosen_row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _show_chosen(self) -> None:
        one, project, named = self._chosen(), self._context.project, self._named
        if one is None or project is None or named is None or not self.isVisible():
            if one is None:
                self.sides.clear()
                self.decision.clear()
            return
        self.decision.show_listed(one, named, writable=self._context.writable and self._live)
        people = sorted(one.place.coders, key=lambda coder: (not one.place.of(coder), one.place.coders.index(coder)))
        people = [coder for coder in one.place.coders if coder in people[:MOST]]
        shown = [(coder, named.coder(coder), said_by(one.place, coder, named.code)) for coder in people]
        if one.decisions:
            shown += [(one.id, one.name, "") for one in coders(project) if one.is_consensus]
        self.sides.show_place(project, one.place, shown)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # pyright: ignore[reportArgumentType] (the event is Qt's)
        self._show_chosen()

    def _on_key(self, asked: str) -> None:
        act = {
            "both": lambda: self.decision.decide(Outcome.ALL),
            "neither": lambda: self.decision.decide(Outcome.NONE),
            "own": self.decision.focus_own,
            "reason": self.decision.focus_reason,
            "withdraw": self._withdraw,
            "open": self._open,
        }
        act[asked]()

    def _open(self, *_: object) -> None:
        one = self._chosen()
        if one is not None:
            self.place_chosen.emit(one.place.source_id, one.place.start, one.place.stop)

    def _decide(self, verdict: Verdict) -> None:
        one = self._chosen()
        if one is None:
            return
        if self._context.attempt(adjudicate, one.place, verdict, self._round) is not None:
            self._go_on(one.place)

    def _go_on(self, before: Disagreement) -> None:
        """Choose the next disagreement that is open, behind this one or else from the start."""
        rows = self.model.rows
        at = self.model.row_of(before.coding_ids)
        order = [*range(at + 1, len(rows)), *range(at + 1)]
        after = next((row for row in order if not rows[row].decisions), None)
        if after is not None:
            self.list.setCurrentIndex(self.model.index(after))

    def _on_finished(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw(self) -> None:
        one = self._chosen()
        if one is not None and one.decisions and self._live:
            self._context.attempt(withdraw, [each.id for each in one.decisions])
            self._context.say(tr("The decision was taken back."), undo=True)

    def _take_agreed(self) -> None:
        if self._found is None:
            return
        new = self._context.attempt(take_agreed, self._found.agreed)
        if new is not None:
            self._context.say(
                trn("{n} agreed coding is new in the consensus.", "{n} agreed codings are new in the consensus.", new),
                undo=new > 0,
            )

    def named_of(self, tree: CodeTree, coders: dict[str, str], sources: dict[str, str]) -> Named:
        """Return what things are called, reading texts when their words come into sight."""

        @lru_cache(_TEXTS)
        def text(source_id: str) -> str:
            project = self._context.project
            return "" if project is None or source_id not in sources else text_of(project, source_id)

        return Named(
            lambda code_id: tree.path(code_id) if code_id in tree else "?",
            lambda coder_id: coders.get(coder_id, "?"),
            lambda source_id: sources.get(source_id, "?"),
            lambda source_id, start, stop: text(source_id)[start:stop],
        )
