"""The list of what was deleted, and the button that brings it back."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.field_words import kind_name, one_name
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.context import Context
from coder_app.gui.history.days import moment_words
from coder_app.gui.history.gone_model import GONE, GoneModel
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.widgets.only import choose_only
from coder_app.gui.widgets.two_lines import BOTTOM, TOP, Index, TwoLineList, TwoLines, line
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.history_deleted import RESTORABLE, Deleted, gone

_MARGIN = 20
_KIND = 96
_CHOICE = 230


class _Rows(TwoLines):
    def write(self, painter: QPainter, inside: QRect, index: Index, theme: Theme) -> None:
        one: Deleted | None = index.data(GONE)
        if one is None:
            return
        beside = inside.adjusted(_KIND, 0, 0, 0)
        line(painter, beside, TOP, one.what, self.large)
        painter.setPen(theme.muted)
        line(painter, inside, TOP, one_name(one.table), self.small)
        along = tr(" with {what}", what=one.went_along) if one.went_along else ""
        note = tr("{coder}, {when}{along}", coder=one.coder, when=moment_words(one.made_at), along=along)
        line(painter, beside, BOTTOM, note, self.small)


class _GoneList(TwoLineList):
    restore_requested = Signal()
    chosen = Signal()

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(themes, tr("What was deleted"), parent)
        self.setItemDelegate(_Rows(themes, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.restore_requested.emit()
        else:
            super().keyPressEvent(event)


class GonePanel(QWidget):
    """Lists what is gone; Enter or Restore asks to bring back what is selected."""

    restore_requested = Signal(list)
    """Things, (table, id) each, should come back."""
    step_chosen = Signal(str)
    """The step that deleted the current thing, "" for none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = ""
        self.setAccessibleName(tr("Deleted"))
        self.model = GoneModel(self)
        self.list = _GoneList(context.theme)
        self.list.setModel(self.model)
        self.kind = ChoiceRow(tr("What"))
        self.kind.setMinimumWidth(_CHOICE)
        self.count = QLabel()
        set_role(self.count, "muted")
        self.restore = QPushButton(tr("Restore"))
        set_role(self.restore, "primary")
        self.empty = words(tr("Nothing is deleted. What you delete can be brought back from here."), "muted")
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, _MARGIN, 0)
        head.setSpacing(14)
        head.addWidget(self.kind)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        bare = QVBoxLayout()
        bare.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        bare.addWidget(self.empty)
        column.addLayout(bare)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.kind.picked.connect(self._pick)
        self.restore.clicked.connect(self._ask)
        self.list.restore_requested.connect(self._ask)
        self.list.doubleClicked.connect(self._ask)
        self.list.selectionModel().selectionChanged.connect(self._on_selected)

    def refresh(self) -> None:
        """Read again what is gone."""
        project = self._context.project
        blinds = self._context.blinding.blinds
        things = gone(project, (self._kind,) if self._kind else RESTORABLE, blinds) if project is not None else []
        self.model.show(project, things)
        kinds = [("", tr("everything")), *((kind, kind_name(kind)) for kind in RESTORABLE)]
        self.kind.offer(kinds, self._kind)
        self.count.setText(trn("{n} entry", "{n} entries", len(things)))
        self.empty.setVisible(not things)
        self.list.setVisible(bool(things))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(layout.count() - 1, 0 if things else 1)
        if things:
            choose_only(self.list, self.model.index(0))
        self._on_selected()

    def went_along(self, things: list[tuple[str, str]]) -> list[int]:
        """Return how many rows went along with each of these things."""
        wanted = {row_id for _, row_id in things}
        shown = map(self.model.thing, range(self.model.rowCount()))
        return [sum(thing.went_along.values()) for thing in shown if not wanted.isdisjoint(thing.row_ids)]

    def _pick(self, kind: object) -> None:
        self._kind = str(kind or "")
        self.refresh()

    def _rows(self) -> list[int]:
        return sorted(index.row() for index in self.list.selectionModel().selectedIndexes())

    def _on_selected(self, *_: object) -> None:
        rows = self._rows()
        n = sum(len(self.model.thing(row).row_ids) for row in rows)
        self.restore.setText(trn("Restore", "Restore {n}", n) if n else tr("Restore"))
        self.restore.setEnabled(self._context.writable and n > 0)
        self.step_chosen.emit(self.model.thing(rows[0]).step_id if rows else "")

    def _ask(self, *_: object) -> None:
        things = [(thing.table, row_id) for thing in map(self.model.thing, self._rows()) for row_id in thing.row_ids]
        if things and self._context.writable:
            self.restore_requested.emit(things)
