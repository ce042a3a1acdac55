"""What copies left undecided: the list at the left, the sides of the current one beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from coder_app.domain.field_words import TEXTS, counted
from coder_app.edits.conflicts import drop, keep, settle, settle_all
from coder_app.gui.context import Context
from coder_app.gui.team.diff import differences
from coder_app.gui.team.sides import EditCard, SideCard
from coder_app.gui.team.undecided_list import UndecidedList, UndecidedModel, about, key_of
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.conflicts import CUT, DELETED, DIFFERENT, REVIVED, Conflict, conflicts, uses
from coder_app.queries.placing import number_to_check
from coder_app.team.report_tables import why_undecided

LIST_WIDTH = 360
_GOES = {DELETED, REVIVED}


class UndecidedPanel(QWidget):
    """Lists, shows, and asks for decisions; each is one step that travels to the other copies."""

    check_requested = Signal()
    """The passages that are to check after their text was corrected should be gone through."""
    code_requested = Signal(str)
    """A code should be moved to another place."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(tr("Undecided"))
        self.model = UndecidedModel(self)
        self.list = UndecidedList(context.theme)
        self.list.setModel(self.model)
        self.title = words("", "heading")
        self.why = words("", "muted")
        self.used = words("")
        self._sides = QHBoxLayout()
        self._sides.setSpacing(14)
        self.cards: list[SideCard] = []
        self.edit_card = EditCard()
        self.keep = QPushButton(tr("Keep what stands"))
        self.delete = QPushButton(tr("Delete it"))
        self.earlier = QPushButton(tr("Keep the earlier ones"))
        self.edit = QPushButton(tr("Edit…"))
        self.move_code = QPushButton(tr("Move…"))
        set_role(self.keep, "primary")
        self.empty = words(
            tr(
                "Nothing is undecided. Where two copies changed the same thing, or one deleted what the other used, "
                "it is listed here after a merge, and nothing of it is lost."
            ),
            "muted",
        )
        self.to_check = QPushButton(tr("Passages to check"))
        set_role(self.to_check, "link")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        sides = QWidget()
        sides.setLayout(self._sides)
        self._sides.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        set_role(scroll, "quiet")
        scroll.setWidgetResizable(True)
        scroll.setWidget(sides)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.keep, self.delete, self.earlier, self.edit, self.move_code):
            buttons.addWidget(button)
        buttons.addStretch(1)
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(20, 14, 20, 20)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.why)
        column.addWidget(self.used)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self.edit_card)
        column.addWidget(scroll, 1)
        column.addStretch(0)
        self._column = column
        self._details = details
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.list)
        self._split.addWidget(details)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([LIST_WIDTH, 1000])
        bare = QVBoxLayout()
        bare.setContentsMargins(20, 0, 20, 8)
        bare.setSpacing(8)
        bare.addWidget(self.empty)
        bare.addWidget(self.to_check, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bare)
        whole.addWidget(self._split, 1)
        whole.addStretch(0)
        self._whole = whole

    def _connect(self) -> None:
        chosen = self.list.selectionModel()
        chosen.selectionChanged.connect(self._show_chosen)
        chosen.currentChanged.connect(self._show_chosen)
        self.list.keep_requested.connect(self.keep_chosen)
        self.list.side_requested.connect(self.keep_side)
        self.list.edit_requested.connect(self.begin_edit)
        self.list.delete_requested.connect(self.delete_chosen)
        self.keep.clicked.connect(self.keep_chosen)
        self.delete.clicked.connect(self.delete_chosen)
        self.earlier.clicked.connect(self.keep_earlier)
        self.edit.clicked.connect(self.begin_edit)
        self.move_code.clicked.connect(self._ask_move)
        self.to_check.clicked.connect(self.check_requested)
        self.edit_card.kept.connect(self._keep_words)
        self.edit_card.left.connect(self._leave_edit)

    def refresh(self) -> None:
        """Read again what is undecided; the current one stays, or the next takes its place."""
        project = self._context.project
        if project is None:
            self.model.show([])
            return
        row = self.list.currentIndex().row()
        kept = [key_of(one) for one in self.chosen()]
        had_focus = self.list.hasFocus()
        self.model.show(conflicts(project))
        number = self.model.rowCount()
        self.empty.setVisible(number == 0)
        self._split.setVisible(number > 0)
        self._whole.setStretch(self._whole.count() - 1, 0 if number else 1)
        unsettled = number_to_check(project)
        self.to_check.setVisible(unsettled > 0)
        self.to_check.setText(
            trn(
                "{n} passage of a corrected text is to check: show it",
                "{n} passages of corrected texts are to check: show them",
                unsettled,
            )
        )
        self._choose([self.model.row_of(key) for key in kept], max(0, min(row, number - 1)))
        if had_focus and not number:
            self.to_check.setFocus()

    def _choose(self, rows: list[int], otherwise: int) -> None:
        rows = [row for row in rows if row >= 0] or ([otherwise] if self.model.rowCount() else [])
        for n, row in enumerate(rows):
            flag = QItemSelectionModel.SelectionFlag
            how = flag.ClearAndSelect if n == 0 else flag.Select
            self.list.selectionModel().setCurrentIndex(self.model.index(row), how)
        self._show_chosen()

    def chosen(self) -> list[Conflict]:
        """Return what is selected, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.conflict(row) for row in rows]

    # showing

    def _show_chosen(self, *_: object) -> None:
        chosen = self.chosen()
        self._clear_sides()
        self.edit_card.hide()
        self._scroll.setVisible(len(chosen) == 1)
        self._details.setVisible(bool(chosen))
        if not chosen:
            return
        self.used.hide()
        if len(chosen) == 1:
            self._show_one(chosen[0])
            self._show_uses(chosen[0])
        else:
            self.title.setText(tr("{n} chosen", n=len(chosen)))
            self.why.setText(tr("One button decides all of them, as one step."))
        self._column.setStretch(self._column.count() - 1, 0 if len(chosen) == 1 else 1)
        self._name_buttons(chosen)

    def _show_one(self, one: Conflict) -> None:
        self.title.setText(one.thing or tr("(no words)"))
        self.why.setText(f"{about(one)}. {why_undecided(one)}")
        stands = one.sides[-1] if one.sides else None
        for number, side in enumerate(one.sides):
            other = one.sides[0] if side is stands else stands
            is_value = one.kind == DIFFERENT and other is not None
            marked = differences(side.shown, other.shown)[0] if is_value and other is not None else []
            made = SideCard(
                self._context.theme, number, side, stands=side is stands and one.kind == DIFFERENT, marked=marked
            )
            made.keep_requested.connect(self.keep_side)
            made.keep.setVisible(one.kind == DIFFERENT)
            made.key.setVisible(one.kind == DIFFERENT)
            made.keep.setEnabled(self._context.writable)
            self._sides.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)
            self.cards.append(made)
        if one.kind != DIFFERENT:
            self._sides.addStretch(1)

    def _show_uses(self, one: Conflict) -> None:
        project = self._context.project
        found = uses(project, one) if project is not None and one.kind in _GOES else {}
        self.used.setVisible(bool(found))
        self.used.setText(tr("It is used by {what}.", what=", ".join(counted(table, n) for table, n in found.items())))

    def _clear_sides(self) -> None:
        while self._sides.count():
            item = self._sides.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = []

    def _name_buttons(self, chosen: Sequence[Conflict]) -> None:
        kinds = {one.kind for one in chosen}
        several = len(chosen) > 1
        self.keep.setText(_keep_words(kinds, several=several))
        self.keep.setToolTip(tr("Key: Enter"))
        self.delete.setText(tr("Delete with what uses it") if REVIVED in kinds else tr("Delete it"))
        self.delete.setToolTip(tr("Key: Delete"))
        self.delete.setVisible(kinds <= _GOES)
        self.earlier.setVisible(several and kinds == {DIFFERENT})
        self.edit.setVisible(not several and self._is_words(chosen[0]))
        self.edit.setToolTip(tr("Key: E"))
        self.move_code.setVisible(not several and chosen[0].kind == CUT)
        for button in (self.keep, self.delete, self.earlier, self.edit, self.move_code):
            button.setEnabled(self._context.writable)

    def _is_words(self, one: Conflict) -> bool:
        return one.kind == DIFFERENT and one.field in TEXTS.get(one.table, ()) and one.field != "colour"

    # deciding

    def _decide(self, edit: Callable[..., None], *arguments: object) -> None:
        if not self._context.writable:
            return
        before = self.model.rowCount()
        self._context.attempt(edit, *arguments)
        if self.isVisible() and self.model.rowCount() < before and self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_chosen(self) -> None:
        """Decide that what stands is meant."""
        if chosen := self.chosen():
            self._decide(keep, chosen)

    def keep_side(self, number: int) -> None:
        """Decide for one side of the current conflict."""
        chosen = self.chosen()
        if len(chosen) == 1 and chosen[0].kind == DIFFERENT and number < len(chosen[0].sides):
            self._decide(settle, chosen[0], chosen[0].sides[number].values or ())

    def keep_earlier(self) -> None:
        """Decide for the first side of each."""
        chosen = self.chosen()
        if chosen and all(one.kind == DIFFERENT for one in chosen):
            self._decide(settle_all, [(one, one.sides[0].values or ()) for one in chosen])

    def delete_chosen(self) -> None:
        """Delete what one copy had deleted, with what uses it."""
        chosen = self.chosen()
        if chosen and {one.kind for one in chosen} <= _GOES:
            self._decide(drop, chosen)

    def begin_edit(self) -> None:
        """Let the person write other words, beginning with those that stand."""
        chosen = self.chosen()
        if len(chosen) == 1 and self._is_words(chosen[0]) and self._context.writable:
            self.edit_card.begin(chosen[0].sides[-1].shown)

    def _keep_words(self, said: str) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            self._decide(settle, chosen[0], (said,))

    def _leave_edit(self) -> None:
        self.edit_card.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_move(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            self.code_requested.emit(chosen[0].row_id)


def _keep_words(kinds: set[str], *, several: bool) -> str:
    if kinds == {CUT}:
        return tr("Keep at the top")
    if kinds == {REVIVED}:
        return tr("Keep for good")
    if kinds == {DELETED}:
        return tr("Keep them") if several else tr("Keep it")
    return tr("Keep what stands")
