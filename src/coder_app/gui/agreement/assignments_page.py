"""Rounds of coding, and the grid of who codes what and what is done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.disagreement import Round
from coder_app.edits import rounds as edits
from coder_app.gui.agreement.assignments_model import AssignmentsModel, Grid
from coder_app.gui.context import Context
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.rounds import assignments, latest_round, rounds
from coder_app.queries.sources import sources
from coder_app.store.project import Project

_AIR = 12
_COLUMN = 170
_WIDEST = 420


class _GridView(QTableView):
    """Space assigns or takes back, D marks as done or not."""

    toggle_requested = Signal()
    done_requested = Signal()

    def __init__(self, themes: ThemeSource, model: AssignmentsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(tr("Who codes what"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        set_role(self, "rows")
        themes.changed.connect(self._fit_rows)
        model.modelReset.connect(self._fit)
        self._fit_rows(themes.theme)

    def _fit_rows(self, theme: Theme) -> None:
        self.verticalHeader().setDefaultSectionSize(round(theme.sizes.interface * 1.25) + _AIR)

    def _fit(self) -> None:
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if column else QHeaderView.ResizeMode.Stretch
            )
            if column:
                self.setColumnWidth(column, max(_COLUMN, header.sectionSizeHint(column) + _AIR))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle_requested.emit()
        elif event.key() == Qt.Key.Key_D and not event.modifiers():
            self.done_requested.emit()
        else:
            super().keyPressEvent(event)


class AssignmentsPage(QFrame):
    """The round at the head, its grid below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._round: Round | None = None
        set_role(self, "paper")
        self.rounds = QComboBox()
        self.rounds.setAccessibleName(tr("Round"))
        self.rounds.setEditable(True)
        self.rounds.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.rounds.setToolTip(tr("Choose a round, or type another name for it"))
        self.rounds.setMinimumWidth(180)
        self.rounds.setMaximumWidth(_WIDEST)
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.new = QPushButton(tr("New round"))
        self.close_ = QPushButton(tr("Close the round"))
        self.blind = QCheckBox(tr("Blind until done"))
        self.blind.setToolTip(
            tr("Hides others’ codings of a source from a coder who has not marked it as done. It is no security.")
        )
        self.about = words("", "muted")
        self.model = AssignmentsModel(self)
        self.grid = _GridView(context.theme, self.model)
        self.buttons: dict[str, QPushButton] = {}
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.rounds)
        head.addWidget(self.blind)
        head.addStretch(1)
        head.addWidget(self.close_)
        head.addWidget(self.new)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act, label, tip in (
            ("assign", tr("Assign"), tr("The chosen cells; key: Space")),
            ("take_back", tr("Take back"), tr("What was coded stays; key: Space")),
            ("done", tr("Mark as done"), tr("Key: D")),
            ("not_done", tr("Not done"), tr("Key: D")),
        ):
            button = QPushButton(label)
            button.setToolTip(tip)
            button.clicked.connect(partial(self._act, act))
            self.buttons[act] = button
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(34, 14, 34, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.grid, 1)
        column.addLayout(acts)
        column.addStretch(0)

    def _connect(self) -> None:
        self.rounds.currentIndexChanged.connect(self._on_round)
        line = self.rounds.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._rename)
        self.new.clicked.connect(self._open_round)
        self.close_.clicked.connect(self._close_round)
        self.blind.clicked.connect(self._set_blind)
        self.grid.toggle_requested.connect(self._toggle)
        self.grid.done_requested.connect(self._toggle_done)
        self.grid.customContextMenuRequested.connect(self._menu)

    def refresh(self) -> None:
        """Show what the project holds now; the round that is shown stays."""
        project = self._context.project
        every = rounds(project) if project is not None else []
        last = latest_round(project) if project is not None else None
        kept = next((one for one in every if self._round is not None and one.id == self._round.id), last)
        self.rounds.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.rounds.clear()
        for one in every:
            self.rounds.addItem(one.name, one.id)
        self.rounds.setCurrentIndex(self.rounds.findData(kept.id) if kept is not None else -1)
        self.rounds.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._show(kept)

    def _show(self, one: Round | None) -> None:
        self._round = one
        line = self.rounds.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # a long name is read from its start
        project = self._context.project
        writable = self._context.writable
        self.rounds.setVisible(one is not None)
        self.blind.setVisible(one is not None)
        self.close_.setVisible(one is not None)
        self.new.setEnabled(writable)
        self.close_.setEnabled(writable)
        self.blind.setEnabled(writable)
        for button in self.buttons.values():
            button.setEnabled(writable)
            button.setVisible(one is not None)
        self.grid.setVisible(one is not None)
        self.about.setText(_about(one))
        if one is None or project is None:
            self.model.show(Grid())
            return
        self.blind.setChecked(one.is_blind)
        self.close_.setText(tr("Close the round") if one.closed_at is None else tr("Open it again"))
        people = [(coder.id, coder.name) for coder in coders(project) if not coder.is_consensus]
        given = {(given.source_id, given.coder_id): given for given in assignments(project, one.id)}
        self.model.show(Grid([(source.id, source.name) for source in sources(project)], people, given))

    def _on_round(self) -> None:
        project = self._context.project
        if project is not None:
            wanted = self.rounds.currentData()
            self._show(next((one for one in rounds(project) if one.id == wanted), None))

    def _rename(self) -> None:
        one, name = self._round, self.rounds.currentText().strip()
        if one is None or self.rounds.currentData() != one.id:
            return
        if name and name != one.name:
            self._context.attempt(edits.rename_round, one.id, name)
        else:
            self.rounds.setEditText(one.name)

    def _open_round(self) -> None:
        round_id = self._context.attempt(edits.open_round)
        if round_id is not None:
            self.rounds.setCurrentIndex(self.rounds.findData(round_id))
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self._context.say(tr("The round was opened. Choose cells and assign them."), undo=True)

    def _close_round(self) -> None:
        if self._round is None:
            return
        if self._round.closed_at is None:
            self._context.attempt(edits.close_round, self._round.id)
            self._context.say(tr("The round was closed; “before negotiation” means the codings of now."), undo=True)
        else:
            self._context.attempt(edits.reopen_round, self._round.id)

    def _set_blind(self) -> None:
        if self._round is not None:
            self._context.attempt(edits.set_blind, self._round.id, is_blind=self.blind.isChecked())

    def chosen(self) -> list[tuple[str, str]]:
        """Return the source and coder of each chosen cell; a chosen name means its whole row."""
        places: dict[tuple[str, str], None] = {}
        for index in self.grid.selectionModel().selectedIndexes():
            place = self.model.place(index)
            if place is not None:
                places[place] = None
            else:
                source_id = self.model.grid.sources[index.row()][0]
                places.update(((source_id, coder), None) for coder, _ in self.model.grid.coders)
        return list(places)

    def _act(self, act: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - QPushButton.clicked's
        project, one, places = self._context.project, self._round, self.chosen()
        if project is None or one is None:
            return
        if not places:
            self._context.say(tr("Choose cells of the grid first."))
            return
        self._context.attempt(_act_on, one, act, places)

    def _toggle(self) -> None:
        given = self.model.grid.given
        self._act("take_back" if all(place in given for place in self.chosen()) else "assign")

    def _toggle_done(self) -> None:
        given = [self.model.grid.given.get(place) for place in self.chosen()]
        self._act("not_done" if all(one is not None and one.done_at for one in given) else "done")

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for act, button in self.buttons.items():
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(partial(self._act, act))
        inside = at if self.grid.viewport().rect().contains(at) else QPoint(0, 0)
        menu.exec(self.grid.viewport().mapToGlobal(inside))
        menu.deleteLater()


def _act_on(project: Project, one: Round, act: str, places: list[tuple[str, str]]) -> None:
    """Do something with assignments of some sources to some coders, as one step."""
    by_coder: dict[str, list[str]] = {}
    for source_id, coder_id in places:
        by_coder.setdefault(coder_id, []).append(source_id)
    acts: dict[str, Callable[[list[str], str], int]] = {
        "assign": lambda ids, coder: edits.assign(project, one.id, ids, [coder]),
        "take_back": lambda ids, coder: edits.take_back(project, one.id, ids, [coder]),
        "done": lambda ids, coder: edits.mark_done(project, one.id, ids, [coder]),
        "not_done": lambda ids, coder: edits.mark_done(project, one.id, ids, [coder], is_done=False),
    }
    labels = {
        "assign": "Assign",
        "take_back": "Take back assignments",
        "done": "Mark as done",
        "not_done": "Mark as not done",
    }
    with project.edit(f"{labels[act]} in “{one.name}”"):
        for coder_id, ids in by_coder.items():
            if act == "done":
                edits.assign(project, one.id, ids, [coder_id])
            acts[act](ids, coder_id)


def _about(one: Round | None) -> str:
    if one is None:
        return tr(
            "A round says who codes what. While it is blind, nobody sees what others coded in a source that they have"
            " not finished; agreement counts the sources that two coders have marked as done."
        )
    if one.closed_at is None:
        return tr("Open since {day}. Closing it keeps the codings for agreement before negotiation.",
                  day=one.opened_at[:10])  # fmt: skip
    return tr(
        "Opened {first}, closed {last}. Agreement before negotiation is that of the closing.",
        first=one.opened_at[:10],
        last=one.closed_at[:10],
    )
