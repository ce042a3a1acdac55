"""The reader in the window: shows a source with its codings and keeps up with every change set."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.correcting.correcting import Correcting
from coder_app.gui.reader.code_keys import CodeKeys
from coder_app.gui.reader.find_bar import FindBar
from coder_app.gui.reader.finding import Finding
from coder_app.gui.reader.gestures import CodingGestures
from coder_app.gui.reader.heading import Heading
from coder_app.gui.reader.selection_keys import SelectionKeys
from coder_app.gui.reader.shown_codings import ShownCodings
from coder_app.gui.reader.text_look import TextLook
from coder_app.gui.reader.view import ReaderView
from coder_app.gui.reader.view_settings import style_of
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.sources import first_source, has_source, source

_MENU = (
    "coding.pick",
    "coding.again",
    "coding.in_vivo",
    "coding.quote",
    "",
    "coding.memo",
    "coding.recode",
    "coding.example",
    "coding.case",
    "coding.remove",
    "",
    "edit.find",
    "edit.search",
)


class ReaderPanel(QFrame):
    """The text is the place: heading, find bar, the text with its margin, and the gestures on it."""

    source_shown = Signal(str)
    coding_chosen = Signal(object)
    caret_described = Signal(str)
    flags_changed = Signal()
    style_changed = Signal()
    """How the text is set was changed here, and is kept in the settings of the person."""

    def __init__(
        self,
        context: Context,
        actions: ActionSet,
        parent: QWidget | None = None,
        beside: "ReaderPanel | None" = None,
    ) -> None:
        """Show the first source, or what the panel `beside` shows."""
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._source_id = ""
        self._places: dict[str, int] = {}
        set_role(self, "paper")
        self.setAccessibleName(tr("Text"))
        self._head = Heading(context, self)
        self._title, self._about = self._head.title, self._head.about
        self._empty = words("", "muted")
        self.view = ReaderView(context.theme, style_of(context.settings.values), self)
        self.find_bar = FindBar(context.theme, self)
        self.codings = ShownCodings(context, self.view)
        self.gestures = CodingGestures(context, self.view, lambda: self._source_id, self)
        self._keys = SelectionKeys(context, self.view, self.gestures)
        self._code_keys = CodeKeys(
            context, actions, self.view, lambda code_id: self._once_loaded(partial(self.apply_code, code_id))
        )
        self.look = TextLook(context, actions, self.view, self._head.settings_button, lambda: self.codings.names.tree)
        # The caret moves with every key; what follows from its place is told once it rests.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._describe)
        self._arrange()
        self._connect()
        # After the handlers of this panel: a draft looks at what the view shows.
        self.correcting = Correcting(context, self.view, self._column, beside.correcting.aside if beside else {})
        self._column.insertWidget(0, self.correcting.banner)
        self.correcting.changed.connect(self._on_mode)
        self._finding = Finding(self.find_bar, self.view, lambda: self.correcting.editor)
        self._show_nothing()
        if beside is None:
            self._on_opened()
        else:
            self._follow(beside)

    def _arrange(self) -> None:
        self._empty.setWordWrap(False)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._head)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        view = self.view
        view.caret_moved.connect(self._on_moved)
        view.selection_changed.connect(self._on_selected)
        view.coding_chosen.connect(self.coding_chosen)
        view.coding_chosen.connect(self.flags_changed)
        view.resize_requested.connect(self.gestures.resize)
        view.code_dropped.connect(self.apply_code_to)
        view.context_menu_requested.connect(self._open_menu)
        view.column_changed.connect(self._align_head)
        self.look.style_changed.connect(self.style_changed)
        self.look.codes_wanted.connect(self._choose_codes)
        self._head.settings_button.clicked.connect(self.look.open)
        self.gestures.last_code_changed.connect(self._on_code_applied)
        signals = self._context.signals
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._show_nothing)
        signals.changed.connect(self._on_changed)
        signals.coders_shown_changed.connect(self._hide)
        self._context.shown_codes.changed.connect(self._hide)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what this panel does for the window's actions."""
        own: dict[str, Callable[[], object]] = {
            "source.keep_text": self.correcting.keep,
            "source.discard_text": self.correcting.discard,
        }
        found = own | self._finding.handlers() | self._head.handlers()
        gestures = self.gestures.handlers() | self._keys.handlers()
        return found | self.look.handlers() | {one: partial(self._once_loaded, do) for one, do in gestures.items()}

    def _once_loaded(self, do: Callable[[], object]) -> None:
        if self._is_for_coding():
            self.codings.finish()
            do()

    def _is_for_coding(self) -> bool:
        """Say whether gestures of coding mean something; while the text is corrected the person is told why not."""
        if self.correcting.is_open:
            self._context.say(tr("The text is being corrected; keep or discard that first, then code."))
        return not self.correcting.is_open

    def flags(self) -> set[str]:
        """Return which of "source", "correcting", "selection", "coding", "passage" and "last_code" hold now."""
        flags: set[str] = set()
        if not self._source_id:
            return flags
        flags.add("source")
        if self.correcting.is_open:
            return flags | {"correcting"}
        start, stop = self.view.selection()
        if start < stop:
            flags |= {"selection", "passage"}
        if self.view.chosen() is not None or self.view.codings_at(self.view.caret()):
            flags |= {"coding", "passage"}
        if self.gestures.last_code is not None:
            flags.add("last_code")
        return flags

    @property
    def source_id(self) -> str:
        """The id of the source that is shown, "" for none."""
        return self._source_id

    def words(self, start: int, stop: int) -> str:
        """Return a piece of the text that is shown."""
        return self.view.text[start:stop]

    def show_source(
        self, source_id: str, start: int | None = None, stop: int | None = None, coding_id: str = ""
    ) -> None:
        """Show a source where it was left, or with [start, stop) (code points) in sight and a coding there chosen."""
        project = self._context.project
        if project is None:
            return
        if self.correcting.is_open and (source_id != self.correcting.source_id or start is not None):
            self.correcting.keep_and_go(start, stop, lambda a, b: self.show_source(source_id, a, b, coding_id))
            return
        if source_id != self._source_id:
            self._remember_place()
            self._source_id = source_id
            left = self._places.get(source_id, 0)
            self.codings.show(source_id, left if start is None else start)
            self.view.scroll_to(left)
            self._show_heading()
            self.find_bar.set_text(self.view.text)
            self.source_shown.emit(source_id)
            self.coding_chosen.emit(None)
        elif start is not None:
            self.codings.finish()
        if start is not None and stop is not None:
            self._show_place(start, stop, coding_id)
        self.flags_changed.emit()

    def _follow(self, other: "ReaderPanel") -> None:
        """Show the place that another panel shows."""
        self.gestures.last_code = other.gestures.last_code
        self.codings.show_like(other.codings)
        self._source_id = other.source_id
        if self._source_id:
            self._show_heading()
            self.find_bar.set_text(self.view.text)
            self.view.scroll_to(other.view.first_position())
            self.view.select(*other.view.selection())

    def tell(self) -> None:
        """Say again what is shown and chosen."""
        self.source_shown.emit(self._source_id)
        self.coding_chosen.emit(self.view.chosen())
        self._describe()

    def _show_place(self, start: int, stop: int, coding_id: str) -> None:
        self.view.select(start, stop)
        self.view.reveal(start, stop)
        exact = [span.coding_id for span in self.view.codings_at(start) if (span.start, span.stop) == (start, stop)]
        if exact:
            chosen = coding_id if coding_id in exact else exact[0]
            self.view.select(start, start)
            self.view.choose(chosen)
            self.coding_chosen.emit(chosen)

    def _remember_place(self) -> None:
        if self._source_id:
            self._places[self._source_id] = self.view.first_position()

    def _on_opened(self) -> None:
        project = self._context.project
        if project is None:
            return
        self._places.clear()
        self.gestures.last_code = None
        self._show_nothing()
        self.codings.load_names()
        first = first_source(project)
        if first is not None:
            self.show_source(first)

    def _show_nothing(self) -> None:
        self._source_id = ""
        self.codings.show("", 0)
        self.view.hide()
        self._head.hide()
        self.find_bar.end()
        told = tr("No sources yet. Drop files here, or press Ctrl+I.")
        self._empty.setText(told if self._context.writable else tr("No sources yet."))
        self._empty.setVisible(self._context.project is not None)
        self.caret_described.emit("")
        self.coding_chosen.emit(None)
        self.flags_changed.emit()

    def _show_heading(self) -> None:
        project = self._context.project
        if project is None or not self._source_id:
            return
        codes = self.view.codes_shown()
        looks = self.codings.names.looks
        shown = len(codes & looks.keys()) if codes is not None else None
        self._head.say(source(project, self._source_id), shown, len(looks))
        self._empty.hide()
        self._head.show()
        self.view.setVisible(not self.correcting.is_open)

    def _on_mode(self) -> None:
        self.end_search()
        self.view.setVisible(bool(self._source_id) and not self.correcting.is_open)
        self.flags_changed.emit()

    def correct(self) -> None:
        """Let the text be corrected, or keep what was corrected."""
        if self.correcting.is_open:
            self.correcting.keep()
        elif self._source_id:
            self.codings.finish()
            self.correcting.begin(self._source_id)

    def let_go(self) -> None:
        """Choose nothing any more; a text that is being corrected is shown as it was."""
        if self.correcting.is_open:
            self.correcting.discard()
        else:
            self.gestures.let_go()

    def _hide(self) -> None:
        """Hide the codes and coders that are not to be seen, and show all others."""
        self.codings.hide()
        self._show_heading()
        self._rest.start()

    def _on_changed(self, change: ChangeSet) -> None:
        project = self._context.project
        if project is None:
            return
        # Names first: a merge may bring a new text of a source together with the codes on it.
        if change.touches("code", "coder"):
            self.codings.load_names()
        if change.touches("source"):
            self._on_sources_changed(change)
        if not self._source_id:
            return
        self.codings.follow(change, at_once=self.correcting.is_open)
        if change.touches("coding", "source"):
            self._show_heading()
        self._rest.start()

    def _on_sources_changed(self, change: ChangeSet) -> None:
        project = self._context.project
        if project is None or not has_source(project, self._source_id):
            self.correcting.lose_source()
            self._show_nothing()
            first = first_source(project) if project is not None else None
            if first is not None:
                self.show_source(first)
        elif any(row.row_id == self._source_id and "text_hash" in row.changed() for row in change.of("source")):
            chosen = self.view.chosen()
            self._remember_place()
            source_id, self._source_id = self._source_id, ""
            self.show_source(source_id)
            if chosen is not None and self.view.span(chosen) is not None:
                self.view.choose(chosen)
                self.coding_chosen.emit(chosen)

    def apply_code(self, code_id: str) -> None:
        """Apply a code to the passage that is meant."""
        if self._is_for_coding():
            self.gestures.apply(code_id)
        self.view.setFocus()

    def apply_code_to(self, code_id: str, start: int, stop: int) -> None:
        """Apply a code to a range of the source that is shown."""
        if self._is_for_coding():
            self.gestures.apply(code_id, (start, stop))
        self.view.setFocus()

    def pick_for_segment(self, segment_id: str) -> None:
        """Ask for another code for a segment."""
        if self._is_for_coding():
            self.gestures.pick_for_segment(segment_id)

    def _on_moved(self, _position: int) -> None:
        self._rest.start()

    def _on_selected(self, start: int, stop: int) -> None:
        # Words selected anew are what the next gesture means, not the coding chosen before.
        chosen = self.view.span(self.view.chosen() or "")
        if start < stop and chosen is not None and (start, stop) != (chosen.start, chosen.stop):
            self.view.choose(None)
            self.coding_chosen.emit(None)
        self._rest.start()

    def _describe(self) -> None:
        start, stop = self.view.selection()
        if start < stop:
            told = trn("{n} character selected", "{n} characters selected", stop - start)
        else:
            told = self.view.describe(self.view.caret())
            told = tr("Caret: {codes}", codes=told) if told else ""
        self.caret_described.emit(told)
        self.flags_changed.emit()

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for action_id in _MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.exec(at)
        menu.deleteLater()

    def _align_head(self, left: int, _width: int) -> None:
        self._head.align(left)

    def _on_code_applied(self) -> None:
        """Show the codings of a code that is being used, whatever was chosen to be seen before."""
        shown, applied = self.view.codes_shown(), self.gestures.last_code
        if shown is not None and applied is not None and applied not in shown:
            self._context.shown_codes.show_also(applied)
        self.flags_changed.emit()

    def _choose_codes(self, code_ids: set[str] | None) -> None:
        if code_ids is None:
            self._context.shown_codes.show_all()
        else:
            self._context.shown_codes.show_codes(code_ids)

    def end_search(self) -> None:
        """Close the find bar."""
        self.find_bar.end()
