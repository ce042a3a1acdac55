"""The list under the text: what is coded with a code, or where words stand in all sources."""

from itertools import islice

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.change import ChangeSet
from coder_app.domain.errors import AppError
from coder_app.gui.context import Context
from coder_app.gui.passages.autocode import AutocodePreview
from coder_app.gui.passages.model import PASSAGE, PassagesModel, ShownPassage
from coder_app.gui.passages.view import PassageList
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import passages_of
from coder_app.queries.search import Hit, SearchOptions, places, search
from coder_app.store.project import Project

_MOST_HITS = 500
_HEIGHT = 240
_PAUSE_MILLISECONDS = 200


class PassagesPanel(QFrame):
    """Hidden until it is asked for; Escape in the text hides it again."""

    place_chosen = Signal(str, int, int, str)
    """A passage was opened: source id, start and stop in code points, the coding's id or ""."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code_id = ""
        self._searching = False
        self.setAccessibleName(tr("Passages"))
        set_role(self, "bottom-bar")
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "strong")
        self._count = QLabel(self)
        set_role(self._count, "muted")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Find words in all sources"))
        self._field.setAccessibleName(tr("Find words in all sources"))
        self._field.setMaximumWidth(360)
        self._whole = QCheckBox(tr("Whole words"), self)
        self._case = QCheckBox(tr("Match case"), self)
        self._operators = QCheckBox(tr("AND OR NOT NEAR *"), self)
        self._operators.setToolTip(tr("Read capital AND, OR, NOT, NEAR(…), quotes and * as operators"))
        self._code_all = QPushButton(tr("Code all hits…"), self)
        self._picker = CodePicker(context, self)
        self._close = QToolButton(self)
        self._close.setAccessibleName(tr("Close the list"))
        self._close.setToolTip(tr("Close the list (Esc)"))
        set_role(self._close, "quiet")
        self._model = PassagesModel(self)
        self.list = PassageList(context.theme, self)
        self.list.setAccessibleName(tr("Passages"))
        self.list.setModel(self._model)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        head = QHBoxLayout()
        head.setContentsMargins(34, 8, 14, 4)
        head.setSpacing(14)
        for widget in (self._title, self._field, *self._options(), self._count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._code_all)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self._connect()
        self._draw(context.theme.theme)
        self.hide()

    def sizeHint(self) -> QSize:
        # The text stays the larger part when the list comes.
        return QSize(600, _HEIGHT)

    def _connect(self) -> None:
        self._close.clicked.connect(self.hide)
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._search)
        self._pause.timeout.connect(self._search)
        for option in self._options():
            option.toggled.connect(self._on_option)
        self._code_all.clicked.connect(self._ask_code)
        self._picker.code_picked.connect(self._preview)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self._context.theme.changed.connect(self._draw)
        signals = self._context.signals
        signals.closed.connect(self.hide)
        signals.opened.connect(self.hide)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._refresh)

    def _options(self) -> tuple[QCheckBox, ...]:
        return (self._whole, self._case, self._operators)

    def _on_option(self, _checked: bool) -> None:  # noqa: FBT001 - the signature of the signal
        self._search()

    def _on_typed(self, _words: str) -> None:
        self._pause.start()

    def show_code(self, code_id: str) -> None:
        """List the passages coded with a code or one of its sub-codes."""
        if not code_id:
            return
        self._code_id, self._searching = code_id, False
        self.show()
        self._refresh()

    def show_search(self, words: str) -> None:
        """Search all sources, at first for `words`."""
        self._searching = True
        self._show_search_controls(shown=True)
        self.show()
        if words.strip():
            self._field.setText(" ".join(words.split()))
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search()

    def _refresh(self) -> None:
        project = self._context.project
        if project is None or not self.isVisible():
            return
        if self._searching:
            self._search()
            return
        tree = code_tree(project)
        if self._code_id not in tree:
            self.hide()
            return
        self._show_search_controls(shown=False)
        self._title.setText(tree[self._code_id].name)
        wanted = [self._code_id, *(code.id for code in tree.walk(self._code_id))]
        names = {coder.id: coder.name for coder in coders(project)}
        rows = [
            ShownPassage(
                one.coding.source_id,
                one.coding.start,
                one.coding.stop,
                one.before,
                one.text,
                one.after,
                f"{one.source} · {tree.path(one.coding.code_id)} · {names[one.coding.coder_id]}",
                tree[one.coding.code_id].colour,
                one.coding.id,
            )
            for one in passages_of(project, wanted, coder_ids=self._context.coders_shown())
        ]
        self._show(rows, trn("{n} passage", "{n} passages", len(rows)))

    def _show_search_controls(self, *, shown: bool) -> None:
        for widget in (self._field, *self._options(), self._code_all):
            widget.setVisible(shown)

    def _how(self) -> SearchOptions:
        return SearchOptions(
            whole_words=self._whole.isChecked(),
            match_case=self._case.isChecked(),
            operators=self._operators.isChecked(),
        )

    def _hits(self, project: Project) -> list[Hit] | None:
        """Return the first hits, or None, with the reason told, where the query cannot be read."""
        try:
            return list(islice(search(project, self._field.text(), self._how()), _MOST_HITS))
        except AppError as error:
            self._show([], str(error))
            return None

    def _ask_code(self) -> None:
        corner = self._code_all.mapToGlobal(self._code_all.rect().bottomLeft())
        self._picker.ask(corner, tr("Code all hits with"), create=False, stay=False)

    def _preview(self, code_id: str) -> None:
        project = self._context.project
        if project is not None:
            found = list(places(project, self._field.text(), self._how()))
            AutocodePreview(self._context, project, found, code_id, self).show()

    def _search(self) -> None:
        project = self._context.project
        if project is None or not self._searching:
            return
        self._pause.stop()
        self._title.setText(tr("All sources"))
        hits = self._hits(project)
        self._code_all.setEnabled(bool(hits) and project.writable)
        if hits is None:
            return
        rows = [
            ShownPassage(hit.source_id, hit.start, hit.stop, hit.before, hit.text, hit.after, hit.source)
            for hit in hits
        ]
        told = trn("{n} hit", "{n} hits", len(rows)) if self._field.text().strip() else ""
        self._show(rows, tr("the first {n} hits", n=_MOST_HITS) if len(rows) == _MOST_HITS else told)

    def _show(self, rows: list[ShownPassage], told: str) -> None:
        scrolled = self.list.verticalScrollBar().value()
        current = self.list.currentIndex().row()
        self._model.show(rows)
        self._count.setText(told)
        if 0 <= current < len(rows):
            self.list.setCurrentIndex(self._model.index(current))
            self.list.verticalScrollBar().setValue(scrolled)

    def _open(self, index: QModelIndex) -> None:
        passage = index.data(PASSAGE)
        self.place_chosen.emit(passage.source_id, passage.start, passage.stop, passage.coding_id)

    def _on_changed(self, change: ChangeSet) -> None:
        if self._searching:
            if change.touches("source"):
                self._refresh()
        elif change.touches("coding", "segment", "code", "source"):
            self._refresh()

    def _draw(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme, theme.muted))
