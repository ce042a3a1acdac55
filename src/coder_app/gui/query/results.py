"""The passages that a query found: read, opened, coded and uncoded where they stand, sorted, grouped, exported."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.errors import AppError
from coder_app.domain.hits import Place
from coder_app.edits.codings import recode, remove_codings
from coder_app.gui.analyse.tips import plain_label
from coder_app.gui.context import Context
from coder_app.gui.memo_window import MemoOn, MemoWindow
from coder_app.gui.passages.hit_coding import HitCoding
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.query.answer import Answer, Asked
from coder_app.gui.query.results_model import ResultsModel
from coder_app.gui.query.results_view import ResultsView
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.codings import coding, codings_on
from coder_app.queries.retrieval import FoundPlace
from coder_app.queries.sources import words_of

GROUPS = ("codes", "source", "folder", "coders", "made")
"""The columns by which passages are usually put together, besides variables."""


_LEAST_HEIGHT = 220
_MOST_IN_TITLE = 40


class ResultsPanel(QFrame):
    """Shows one answer at a time. What is done to passages goes through edits; `changed` brings the next answer."""

    place_chosen = Signal(str, int, int)
    shown_otherwise = Signal(object)
    """Other columns, another order or other groups are wished for: an Asked."""
    export_requested = Signal(str)
    """The passages are to be written, in the format of this suffix."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._recoded: list[str] = []
        self.model = ResultsModel(context, self)
        self.view = ResultsView(context.theme, self.model)
        self.count = QLabel()
        set_role(self.count, "strong")
        self.empty = words("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.code = QPushButton(tr("Code…"))
        self.recode = QPushButton(tr("Recode…"))
        self.uncode = QPushButton(tr("Remove code"))
        self.group = self._menu_button(tr("Group"), tr("Put passages together by"), self._fill_groups)
        self.columns = self._menu_button(tr("Columns"), tr("Columns that are shown"), self._fill_columns)
        self.export = self._menu_button(tr("Export"), tr("Export the passages"), self._fill_export)
        self.coding = HitCoding(context, self)
        self.picker = CodePicker(context, self)
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()
        self.say(tr("Write a query above, or build one, to find passages."))

    def _menu_button(self, text: str, name: str, fill: object) -> QToolButton:
        button = QToolButton()
        button.setText(f"{text} ▾")
        button.setAccessibleName(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        button.setMenu(menu)
        menu.aboutToShow.connect(fill)
        return button

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count)
        head.addStretch(1)
        for button in (self.code, self.recode, self.uncode):
            head.addWidget(button)
        head.addSpacing(12)
        for button in (self.group, self.columns, self.export):
            head.addWidget(button)
        bare = QWidget()
        inside = QVBoxLayout(bare)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.empty)
        inside.addStretch(1)
        self._pages.addWidget(bare)
        self._pages.addWidget(self.view)
        self.setMinimumHeight(_LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(
            words(
                tr("Enter opens the place · C codes · Shift+R recodes · M writes a memo · Delete removes the code"),
                "muted",
            )
        )

    def _connect(self) -> None:
        self.view.opened.connect(self._open)
        self.view.code_requested.connect(self.ask_code)
        self.view.recode_requested.connect(self.ask_recode)
        self.view.uncode_requested.connect(self.remove_codes)
        self.view.memo_requested.connect(self.write_memo)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.horizontalHeader().sectionClicked.connect(self._sort)
        self.view.selectionModel().selectionChanged.connect(self._enable)
        self.code.clicked.connect(self.ask_code)
        self.recode.clicked.connect(self.ask_recode)
        self.uncode.clicked.connect(self.remove_codes)
        self.picker.code_picked.connect(self._recode)
        self._context.signals.released.connect(self.view.viewport().update)

    def say(self, sentence: str) -> None:
        """Show a sentence in the place of passages."""
        self.model.show(None)
        self.count.setText("")
        self.empty.setText(sentence)
        self._pages.setCurrentIndex(0)
        self._enable()

    def show_answer(self, answer: Answer) -> None:
        """Show passages; those that were selected still are, where they were found again, and nothing moves."""
        rows = self.view.chosen_rows()
        chosen = {place for row in rows if (place := self.model.place(row))}
        current = self.view.currentIndex()
        scrolled = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        was = self.model.answer
        self.model.show(answer)
        self.view.arrange()
        n = len(answer.quotes)
        self.count.setText(trn("{number} passage", "{number} passages", n, number=f"{n:,}"))
        if not n:
            self.empty.setText(tr("No passage fits this query."))
        self._pages.setCurrentIndex(1 if n else 0)
        if was is not None and was.asked.text == answer.asked.text:
            self._choose_again(chosen, min(rows, default=0), current.row(), current.column())
            self.view.verticalScrollBar().setValue(scrolled[0])
            self.view.horizontalScrollBar().setValue(scrolled[1])
        self._enable()

    def _choose_again(self, chosen: set[FoundPlace], first: int, row: int, column: int) -> None:
        selection = QItemSelection()
        last = self.model.columnCount() - 1
        for n in range(self.model.rowCount() if chosen else 0):
            if self.model.place(n) in chosen:
                selection.select(self.model.index(n, 0), self.model.index(n, last))
        row = min(row, self.model.rowCount() - 1)
        if chosen and selection.isEmpty():
            # All are done that were selected: what stands in their place is next.
            row = next((n for n in range(first, self.model.rowCount()) if self.model.place(n)), row)
            selection.select(self.model.index(row, 0), self.model.index(row, last))
        index = self.model.index(row, max(column, 0))
        keys = self.view.selectionModel()
        keys.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        keys.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _enable(self, *_: object) -> None:
        places = self.chosen()
        writable = self._context.writable
        coded = any(place.codings for place in places)
        self.code.setEnabled(bool(places) and writable)
        self.recode.setEnabled(coded and writable)
        self.uncode.setEnabled(coded and writable)
        for button in (self.group, self.columns, self.export):
            button.setEnabled(self.model.answer is not None)

    def chosen(self) -> list[FoundPlace]:
        """Return the selected passages."""
        return [place for row in self.view.chosen_rows() if (place := self.model.place(row)) is not None]

    def _codings(self) -> list[str]:
        return list(dict.fromkeys(one for place in self.chosen() for one in place.codings))

    def ask_code(self) -> None:
        """Ask for a code for the selected passages, then code them as the present coder."""
        places = self.chosen()
        if places and self._context.writable:
            corner = self.code.mapToGlobal(self.code.rect().bottomLeft())
            self.coding.ask(corner, [Place(place.source_id, place.start, place.stop) for place in places])

    def ask_recode(self) -> None:
        """Ask for the code that the selected passages are to have in place of theirs."""
        self._recoded = self._codings()
        if self._recoded and self._context.writable:
            corner = self.recode.mapToGlobal(self.recode.rect().bottomLeft())
            title = trn("Recode {n} coding to", "Recode {n} codings to", len(self._recoded))
            self.picker.ask(corner, title, create=False, stay=False)

    def _recode(self, code_id: str) -> None:
        n = len(self._recoded)
        try:
            if self._context.project is not None:
                recode(self._context.project, self._recoded, code_id)
        except AppError as error:
            self._context.tell(error)
        else:
            self._context.say(trn("{n} coding was recoded.", "{n} codings were recoded.", n), undo=True)

    def remove_codes(self) -> None:
        """Take the codes that they were found by from the selected passages."""
        codings = self._codings()
        if codings and self._context.writable:
            self._context.attempt(remove_codings, codings)
            self._context.say(trn("{n} coding was removed.", "{n} codings were removed.", len(codings)), undo=True)

    def _segment(self) -> str:
        """Return the segment that the only selected passage stands on; "" where it is none, or several."""
        project, places = self._context.project, self.chosen()
        if project is None or len(places) != 1:
            return ""
        segments = {found.segment_id for one in places[0].codings if (found := coding(project, one)) is not None}
        return segments.pop() if len(segments) == 1 else ""

    def write_memo(self) -> None:
        """Open the memo on the selected passage, to be read and written beside the list."""
        project, segment = self._context.project, self._segment()
        if project is None or not segment:
            return
        (place,) = self.chosen()
        text = " ".join(words_of(project, place.source_id, place.start, place.stop).split())
        name = text if len(text) <= _MOST_IN_TITLE else text[:_MOST_IN_TITLE].rstrip() + "…"
        hint = tr("What strikes you about this passage?")
        on = MemoOn("segment", segment, place.source_id, name, hint, lambda found: bool(codings_on(found, segment)))
        window = MemoWindow(self._context, on, self)
        window.show()
        window.editor.setFocus(Qt.FocusReason.PopupFocusReason)

    def _open(self, row: int) -> None:
        place = self.model.place(row)
        if place is not None:
            self.place_chosen.emit(place.source_id, place.start, place.stop)

    def _open_menu(self, at: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open the place") + "\tEnter", lambda: self._open(self.view.currentIndex().row()))
        for button, key, do in (
            (self.code, "C", self.ask_code),
            (self.recode, tr("Shift+R"), self.ask_recode),
            (self.uncode, tr("Del"), self.remove_codes),
        ):
            menu.addAction(f"{button.text()}\t{key}", do).setEnabled(button.isEnabled())
        menu.addAction(tr("Memo…") + "\tM", self.write_memo).setEnabled(bool(self._segment()))
        menu.addAction(tr("Select all") + "\tCtrl+A", self.view.selectAll)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _sort(self, section: int) -> None:
        answer = self.model.answer
        if answer is not None and section < len(self.model.columns):
            self.shown_otherwise.emit(answer.asked.sorted_by(self.model.columns[section]))

    def _fill(self, menu: QMenu, entries: Sequence[tuple[str, bool, Asked]]) -> None:
        menu.clear()
        for text, checked, asked in entries:
            action = menu.addAction(plain_label(text))
            action.setCheckable(True)
            action.setChecked(checked)
            action.triggered.connect(lambda _=False, asked=asked: self.shown_otherwise.emit(asked))

    def _fill_groups(self) -> None:
        answer = self.model.answer
        if answer is None:
            return
        asked = answer.asked
        known = [*GROUPS, *(one for one in answer.quotes.columns if one.startswith("variable:"))]
        entries = [(tr("Not grouped"), not asked.group, replace(asked, group=""))]
        entries += [(answer.quotes.column(one).title, one == asked.group, replace(asked, group=one)) for one in known]
        self._fill(self.group.menu(), entries)

    def _fill_columns(self) -> None:
        answer = self.model.answer
        if answer is None:
            return
        asked, columns = answer.asked, answer.asked.columns
        entries: list[tuple[str, bool, Asked]] = []
        for one in answer.quotes.columns:
            others = tuple(column for column in columns if column != one) if one in columns else (*columns, one)
            entries.append((answer.quotes.column(one).title, one in columns, replace(asked, columns=others or columns)))
        self._fill(self.columns.menu(), entries)

    def _fill_export(self) -> None:
        menu = self.export.menu()
        menu.clear()
        for text, suffix in (
            (tr("Spreadsheet (.xlsx)…"), ".xlsx"),
            (tr("Text table (.csv)…"), ".csv"),
            (tr("Word document (.docx)…"), ".docx"),
            (tr("Web page (.html)…"), ".html"),
            (tr("JSON (.json)…"), ".json"),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, suffix=suffix: self.export_requested.emit(suffix))
