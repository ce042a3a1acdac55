"""The right column: the passages behind the chosen cell, and how many there are."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from coder_app.analysis.how import Mode
from coder_app.gui.analyse.counting import Answer, Found
from coder_app.gui.analyse.passages_model import PassagesModel
from coder_app.gui.analyse.passages_view import PassagesView
from coder_app.gui.analyse.recoding import Recoding
from coder_app.gui.analyse.sentences import short_names
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn


class CellPassages(QFrame):
    """Cards to read and compare; a click opens the place."""

    place_chosen = Signal(str, int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        set_role(self, "right-panel")
        self.model = PassagesModel(context, self)
        self.view = PassagesView(context.theme, context.settings.values.reader_font)
        self.view.setModel(self.model)
        self.title = QLabel()
        self.count = QLabel()
        for label in (self.title, self.count):
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, "label")
        self.empty = words("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._names = ""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 2, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        head.setContentsMargins(0, 0, 12, 0)
        self._codes: frozenset[str] = frozenset()
        self.recoding = Recoding(context, self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.passage_chosen.connect(self._open)
        context.theme.changed.connect(self._fit)

    def clear(self) -> None:
        """Show that no cell is chosen."""
        self.model.clear()
        self._say(tr("Passages"), "", tr("Choose a cell to read its passages side by side."))

    def show_cell(
        self, table: Answer, pair: tuple[str, str], found: Found, sources: Mapping[str, str], *, nested: bool
    ) -> None:
        """Show the passages of the cell of two codes; `nested` says that their cell is left empty."""
        between = " → " if table.result.how.is_directed else " × "
        title = between.join(short_names(dict.fromkeys(pair), table.tree).values())
        instead = _why_empty(table.options.mode, nested=nested)
        rolled = (below.id for code in pair for below in table.tree.walk(code)) if table.options.roll_up else ()
        codes = frozenset(pair).union(rolled)
        names = sources, table.names
        self.show_found(title, found, table.options.mode, names, instead=instead, counted=not nested, codes=codes)

    def show_found(
        self,
        title: str,
        found: Found,
        mode: Mode,
        names: tuple[Mapping[str, str], Mapping[str, str]],
        *,
        instead: str,
        counted: bool = True,
        codes: frozenset[str] = frozenset(),
    ) -> None:
        """Show passages under a title, `instead` where there are none; `names` gives sources and coders by id.

        Codings with any of `codes` can be recoded and removed here.
        """
        self._codes = codes
        keep = self.view.verticalScrollBar().value() if found == self.model.found else 0
        self.model.show(found, mode, *names)
        self.view.verticalScrollBar().setValue(keep)
        total = len(found.passages)
        count = trn("{n:,} passage", "{n:,} passages", total) if counted else ""
        self._say(title, count, "" if total else instead)

    def enter(self) -> None:
        """Put the focus on the first passage."""
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0, 0))

    def _say(self, title: str, count: str, instead: str) -> None:
        self._names = title
        self.title.setToolTip(plain_tip(title))
        self.title.setAccessibleName(title)
        self.count.setText(count)
        self.empty.setText(instead)
        self._pages.setCurrentIndex(0 if instead else 1)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 14 - 24 - self.count.sizeHint().width()
        # The style sheet sets labels in capitals, so those are measured.
        measured = QFontMetrics(self.title.font())
        self.title.setText(measured.elidedText(self._names.upper(), Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def menu(self, at: QPoint) -> QMenu | None:
        """Return what can be done to the passage at a point of the view, or to the current one; None for none."""
        index = self.view.indexAt(at)
        row = index.row() if index.isValid() else self.view.currentIndex().row()
        if row < 0:
            return None
        where = self.view.viewport().mapToGlobal(self.view.visualRect(self.model.index(row, 0)).bottomLeft())
        return self.recoding.menu(self.model.passage(row), self._codes, where, partial(self._open, row))

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu(at)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(at))

    def _open(self, row: int) -> None:
        passage = self.model.passage(row)
        self.place_chosen.emit(passage.source_id, passage.start, passage.stop)


def _why_empty(mode: Mode, *, nested: bool) -> str:
    if nested:
        return tr("One of the two codes stands above the other in the codebook, so nothing is counted here.")
    return {
        Mode.UNITS: tr("These two codes never stand in the same unit here."),
        Mode.RELATION: tr("No two codings with these codes lie like this here."),
        Mode.PROXIMITY: tr("The second code never comes so near after the first here."),
        Mode.WINDOWS: tr("These two codes never meet in one window here."),
    }.get(mode, tr("These two codes never stand on the same words here."))
