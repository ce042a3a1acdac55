"""The list of hits and the keys with which one walks through it, folds it and marks what is to be coded."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from coder_app.domain.hits import Placed
from coder_app.gui.passages.hits import HitsModel
from coder_app.gui.passages.hits_view import HitDelegate
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.gui.widgets.only import choose_only


class HitList(QTableView):
    """One column of headings and hits; what is selected is marked."""

    hit_chosen = Signal(object)
    """Enter or a click on a hit: its place."""
    hit_wanted = Signal(object)
    """Space on a hit: its place, to be looked at from the list."""
    codes_wanted = Signal()
    """One of `code_keys` was pressed: the marked hits should be coded."""
    left_upwards = Signal()
    """The first row was left by the Up key."""

    code_keys: Sequence[QKeySequence] = ()
    """The keys that ask for a code; they are taken from the window while the list has the focus."""

    def __init__(self, themes: ThemeSource, model: HitsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = model
        self._delegate = HitDelegate(themes, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        set_role(self, "quiet")
        self._on_theme(themes.theme)
        themes.changed.connect(self._on_theme)
        self.clicked.connect(self._on_clicked)

    def _on_theme(self, theme: Theme) -> None:
        self._delegate.use_theme(theme)
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        self.viewport().update()

    def enter(self) -> None:
        """Take the focus, on the hit that was current or else on the first."""
        if not self.currentIndex().isValid():
            # First: Qt would take the first row, a heading, when the focus comes.
            self.go_to(self._hits.next_hit(-1, 1))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, row: int) -> None:
        """Make a row the current one, the only one that is marked."""
        if row >= 0:
            choose_only(self, self._hits.index(row, 0))

    def marked(self) -> list[Placed]:
        """Return the places of all rows that are marked; a heading stands for all hits under it."""
        return self._hits.places_in(self.marked_rows())

    def marked_rows(self) -> list[int]:
        """Return the rows that are marked, from top to bottom."""
        # By its stretches: an index for each of many thousand rows takes seconds.
        parts = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))

    def below_current(self) -> QPoint:
        """Return the global point below the row that is current."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(34, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        place = self._hits.place_at(index.row())
        if place is not None and not self._is_marking:
            self.hit_chosen.emit(place)

    _is_marking = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_marking = event.modifiers() != Qt.KeyboardModifier.NoModifier
        at = event.position().toPoint()
        index = self.indexAt(at)
        plain = index.isValid() and not self._is_marking and event.button() == Qt.MouseButton.LeftButton
        if not (plain and self._press(index.row(), at)):
            super().mousePressEvent(event)

    def _press(self, row: int, _at: QPoint) -> bool:
        """Do what a plain click on a row means beside making it current; True where that is all."""
        number, within = self._hits.locate(row)
        if within < 0:
            self._fold(row, is_open=not self._hits.groups[number].is_open)
        return within < 0

    def _fold(self, row: int, *, is_open: bool) -> None:
        heading = self._hits.set_open(row, is_open=is_open)
        self.selectionModel().setCurrentIndex(
            self._hits.index(heading, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _fold_all(self, *, is_open: bool) -> None:
        number = self._hits.locate(self.currentIndex().row())[0] if self.currentIndex().isValid() else 0
        self._hits.set_all_open(is_open=is_open)
        self.go_to(self._hits.heading_row(number))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._asks_code(event):
            event.accept()
            return True
        return super().event(event)

    def _asks_code(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()) in self.code_keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._asks_code(event):
            self.codes_wanted.emit()
        elif not self.currentIndex().isValid() or not self._walk(event):
            super().keyPressEvent(event)

    def _walk(self, event: QKeyEvent) -> bool:
        """Do what a key means in this list; False leaves it to Qt."""
        row = self.currentIndex().row()
        place = self._hits.place_at(row)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                is_open = event.key() == Qt.Key.Key_Right
                if shift:
                    self._fold_all(is_open=is_open)
                elif not is_open or place is None:
                    self._fold(row, is_open=is_open)
            case Qt.Key.Key_Up if row == 0 and not shift:
                self.left_upwards.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(row, place)
            case Qt.Key.Key_Space if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._look(place)
            case _:
                return False
        return True

    def _choose(self, row: int, place: Placed | None) -> None:
        if place is not None:
            self.hit_chosen.emit(place)
        else:
            self._fold(row, is_open=not self._hits.groups[self._hits.locate(row)[0]].is_open)

    def _look(self, place: Placed | None) -> None:
        if place is not None:
            self.hit_wanted.emit(place)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: looking through all hits for a letter would read every text."""
