"""The one window: bars, panels and layouts, and the switchboard that connects them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet
from coder_app.gui.actions import ActionSet
from coder_app.gui.bottom_bar import BottomBar
from coder_app.gui.codebook.panel import CodebookPanel
from coder_app.gui.context import Context
from coder_app.gui.correcting.to_check import ToCheckPanel
from coder_app.gui.details.panel import DetailsPanel
from coder_app.gui.files.flows import FileFlows
from coder_app.gui.files.working_copy import WorkingCopyBar
from coder_app.gui.help.about import show_about
from coder_app.gui.help.shortcuts import ShortcutsWindow
from coder_app.gui.history.visit import Visit
from coder_app.gui.hold import Hold
from coder_app.gui.indexing import Indexing
from coder_app.gui.layouts import Layouts
from coder_app.gui.notices import Notice
from coder_app.gui.pages import late_pages
from coder_app.gui.palette.panel import Palette
from coder_app.gui.passages.panel import PassagesPanel
from coder_app.gui.reader.panel import ReaderPanel
from coder_app.gui.reader.split import SplitReader
from coder_app.gui.sharing.flow import Sharing
from coder_app.gui.sources.panel import SourcesPanel
from coder_app.gui.team.page import TeamPage
from coder_app.gui.theme import THEMES, set_role
from coder_app.gui.top_bar import TopBar
from coder_app.gui.welcome.page import WelcomePage
from coder_app.gui.widgets.words import unmarked
from coder_app.gui.window_state import WindowState
from coder_app.i18n import tr
from coder_app.queries.history_blind import next_is_hidden
from coder_app.queries.overview import overview

LEFT_WIDTH = 272
RIGHT_WIDTH = 312


class MainWindow(QMainWindow):
    """Holds the panels; what one panel asks for is passed to another in `_connect_panels` and nowhere else."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setWindowTitle(tr("Coder App"))
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.actions_by_id = ActionSet(self, context.settings.values.shortcuts)
        self._make_parts()
        self._arrange()
        self.actions_by_id.fill_menus(self.menuBar())
        self._connect_panels()
        self._bind_actions()
        self._steps: set[str] = set()
        self._on_closed()
        self._state = WindowState(context.settings.path.with_name("window.ini"))
        self._state.restore(self, self._splitters, self._panels())
        for action_id, panel in (("view.left", self._left), ("view.right", self._right)):
            self.actions_by_id[action_id].setCheckable(True)
            self.actions_by_id[action_id].setChecked(not panel.isHidden())

    def _make_parts(self) -> None:
        context, actions = self.context, self.actions_by_id
        self.flows = FileFlows(context, self)
        self.working_copy = WorkingCopyBar(context, self.flows.open_path, self)
        self.top = TopBar(context, actions, self)
        self.bottom = BottomBar(context, self)
        self.welcome = WelcomePage(context, actions, self)
        self.sources = SourcesPanel(context, actions, self)
        self.codebook = CodebookPanel(context, actions, self)
        self.readers = SplitReader(context, actions, self)
        self.passages = PassagesPanel(context, actions, self)
        self.to_check = ToCheckPanel(context, self)
        self.details = DetailsPanel(context, self)
        self.visit = Visit(context, self)
        self.late = late_pages(context, self.visit)
        self.team = TeamPage(context, self.flows.open_path, self)
        self.bottom.take_in(self.team.sign)
        self.sharing = Sharing(context, self.codebook.current, self)
        self.bottom.take_in(self.sharing.sign)
        self.palette_panel = Palette(context, actions, self)
        self.notice = Notice(self)
        self.notice.keep_clear(self.passages, self.to_check)
        self.indexing = Indexing(context)
        self.hold = Hold(context, self.bottom.progress, self.bottom.progress.stop)

    @property
    def reader(self) -> ReaderPanel:
        """The reader that is meant: the one of two that had the focus last."""
        return self.readers.active

    def _arrange(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        set_role(left, "left-panel")
        left.addWidget(self.sources)
        left.addWidget(self.codebook)
        left.setSizes([230, 570])
        left.setStretchFactor(0, 0)
        left.setStretchFactor(1, 1)
        middle = QSplitter(Qt.Orientation.Vertical)
        for number, part in enumerate((self.readers, self.passages, self.to_check)):
            middle.addWidget(part)
            middle.setStretchFactor(number, 0 if number else 1)
        middle.setSizes([320, 290, 290])
        self._left, self._right = left, self.details
        code = QSplitter(Qt.Orientation.Horizontal)
        for part, width in ((left, LEFT_WIDTH), (middle, 0), (self.details, RIGHT_WIDTH)):
            code.addWidget(part)
            code.setStretchFactor(code.count() - 1, 0 if width else 1)
            part.setMinimumWidth(200)
        code.setSizes([LEFT_WIDTH, self.width() - LEFT_WIDTH - RIGHT_WIDTH, RIGHT_WIDTH])
        self._pages = Layouts(self.context, self.actions_by_id, self.welcome)
        self._pages.add("view.code", code, self.readers.focus_text)
        for action_id, page in self.late.items():
            self._pages.add(action_id, page, page.enter)
        self._pages.add("view.team", self.team, self.team.enter)
        self._splitters = {"left": left, "middle": middle, "code": code}
        for splitter in (left, middle, code):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.working_copy)
        column.addWidget(self.visit.banner)
        column.addWidget(self._pages, 1)
        column.addWidget(self.bottom)
        self.setCentralWidget(whole)

    def _panels(self) -> dict[str, QWidget]:
        return {"left": self._left, "right": self._right}

    def _connect_panels(self) -> None:
        context = self.context
        context.signals.opened.connect(self._on_opened)
        context.signals.closed.connect(self._on_closed)
        context.signals.changed.connect(self._on_changed)
        context.signals.released.connect(self._name_steps)
        context.notice_requested.connect(self._say)
        context.lasting_notice_requested.connect(self.notice.say_until_closed)
        self.notice.undo_requested.connect(context.undo)
        self.top.palette_requested.connect(self.palette_panel.open)
        self.top.coder_chosen.connect(context.work_as)
        self.top.new_coder_requested.connect(self.flows.new_coder)
        self.top.rename_requested.connect(self.flows.rename_coder)
        self.top.coders_to_hide.connect(context.hide_coders)
        self.welcome.project_requested.connect(self.flows.open_path)
        self.sources.source_chosen.connect(self.readers.show_source)
        self.sources.files_dropped.connect(self.flows.import_paths)
        self.flows.sources_imported.connect(self._show_first)
        self.codebook.code_chosen.connect(self._on_code_chosen)
        self.codebook.code_reached.connect(self.details.show_code)
        self.codebook.apply_requested.connect(self.readers.apply_code)
        self.codebook.passages_requested.connect(self.passages.show_code)
        self.codebook.smart_codes.chosen.connect(self._show_smart_code)
        self.readers.source_shown.connect(self.sources.mark)
        self.readers.coding_chosen.connect(self.details.show_coding)
        self.readers.caret_described.connect(self.bottom.say_caret)
        self.codebook.selection_dropped.connect(self.readers.apply_code_to)
        self.details.code_requested.connect(self._on_code_chosen)
        self.details.removal_requested.connect(self.readers.remove_coding)
        self.details.codes_wanted.connect(self.readers.pick_for_segment)
        self.details.passages_requested.connect(self.passages.show_code)
        self.details.review_requested.connect(self.sharing.review)
        self.sharing.place_chosen.connect(self._go_to)
        self.details.text_wanted.connect(self.readers.focus_text)
        for panel in (self.passages, self.to_check, *self.late.values()):
            panel.place_chosen.connect(self._go_to)
        self.passages.list_shown.connect(self.to_check.hide)
        self.to_check.list_shown.connect(self.passages.hide)
        self.to_check.selection_wanted.connect(self._settle)
        self.bottom.to_check.clicked.connect(self._list_to_check)
        self.team.shown_requested.connect(self.actions_by_id["view.team"].trigger)
        self.team.check_requested.connect(self.actions_by_id["check.list"].trigger)
        self.team.move_requested.connect(self._move_code)
        self.team.syncing.may_begin = lambda: not any(one.correcting.is_open for one in self.readers.readers())
        self.readers.source_shown.connect(context.note_source)
        self.readers.coding_chosen.connect(self.visit.note_coding)
        self.codebook.code_reached.connect(self.visit.note_code)
        self.visit.source_wanted.connect(self._open_source)
        self.palette_panel.source_chosen.connect(self._open_source)
        self.palette_panel.code_chosen.connect(self._reveal_code)
        self.palette_panel.words_wanted.connect(self.passages.show_search)
        for panel in (self.sources, self.codebook, self.readers, self.to_check, self.team):
            panel.flags_changed.connect(self._refresh_flags)

    def _bind_actions(self) -> None:
        own: dict[str, Callable[[], object]] = {
            "edit.undo": lambda: self.reader.correcting.undo() or self.context.undo(),
            "edit.redo": lambda: self.reader.correcting.redo() or self.context.redo(),
            "source.correct": self._correct,
            "check.list": self._list_to_check,
            "edit.search": self._search,
            "coding.memo": self._write_memo,
            "coding.memo_on_coding": self._write_coding_memo,
            "code.describe": self._describe_code,
            "view.palette": self.palette_panel.open,
            "view.left": lambda: self._toggle("view.left", self._left),
            "view.right": lambda: self._toggle("view.right", self._right),
            "view.theme": self._next_theme,
            "view.bigger": lambda: self._scale(1.1),
            "view.smaller": lambda: self._scale(1 / 1.1),
            "view.coders": self.top.open_coders,
            "view.back": self._back,
            "help.shortcuts": self._show_shortcuts,
            "help.about": lambda: show_about(self),
            "app.quit": self.close,
        }
        self.actions_by_id.bind(own | self._pages.handlers())
        self.context.blinding.changed.connect(self._name_steps)
        panels = (self.sources, self.codebook, self.readers, self.passages, self.to_check)
        for part in (self.flows, self.working_copy, self.team, self.sharing, *panels):
            self.actions_by_id.bind(part.handlers())

    def _on_changed(self, change: ChangeSet) -> None:
        self.notice.forget_undo()
        self._name_steps()
        if change.touches("project"):
            self._name_window()

    def _name_window(self) -> None:
        project = self.context.project
        shown = tr("{project} – Coder App", project=overview(project).name) if project is not None else tr("Coder App")
        self.setWindowTitle(shown)

    def _name_steps(self) -> None:
        """Let Undo and Redo say what they would do."""
        project, blinds = self.context.project, self.context.blinding.blinds
        hidden = project is not None and next_is_hidden(project, blinds)
        self._steps.clear()
        for action_id, name, verb, label in (
            ("edit.undo", "undo", tr("Undo"), project.undo_label() if project is not None else None),
            ("edit.redo", "redo", tr("Redo"), project.redo_label() if project is not None else None),
        ):
            said = label if not hidden else ""
            self.actions_by_id[action_id].setText(f"{verb}: {unmarked(said)}" if said else verb)
            if label and self.context.writable:
                self._steps.add(name)
        self._refresh_flags()

    def _refresh_flags(self) -> None:
        flags: set[str] = set()
        if self.context.project is not None:
            flags = {"project"} | self._steps | self.sources.flags() | self.codebook.flags() | self.readers.flags()
            flags |= self.to_check.flags() | self.team.flags()
        if self.context.writable:
            flags.add("writable")
        self.actions_by_id.set_flags(flags)

    def _on_opened(self) -> None:
        self._name_window()
        self._name_steps()
        self.show_code_layout()

    def _on_closed(self) -> None:
        self._name_window()
        self._name_steps()
        self._pages.leave()

    def show_code_layout(self) -> None:
        """Show the layout for coding."""
        self._pages.turn_to("view.code")

    def _say(self, words: str, undo: bool) -> None:  # noqa: FBT001 - the signature of the signal
        self.notice.say(words, undo=undo)

    def _show_first(self, source_ids: list[str]) -> None:
        if source_ids:
            self._open_source(source_ids[0])

    def _open_source(self, source_id: str) -> None:
        self.show_code_layout()
        self.reader.show_source(source_id)

    def _go_to(self, source_id: str, start: int, stop: int, coding_id: str = "") -> None:
        self.show_code_layout()
        self.reader.show_source(source_id, start, stop, coding_id)

    def _on_code_chosen(self, code_id: str) -> None:
        self.details.show_code(code_id)
        self.passages.show_code(code_id)

    def _reveal_code(self, code_id: str) -> None:
        self.show_code_layout()
        self.codebook.reveal(code_id)
        self.passages.show_code(code_id)

    def _show_smart_code(self, query_id: str) -> None:
        self._pages.turn_to("view.query")
        self.late["view.query"].show_thing(query_id)

    def _move_code(self, code_id: str) -> None:
        self._reveal_code(code_id)
        self.actions_by_id["code.move"].trigger()

    def _search(self) -> None:
        self.show_code_layout()
        start, stop = self.reader.view.selection()
        self.passages.show_search(self.reader.words(start, stop))

    def _write_memo(self) -> None:
        self._reveal_details()
        self.reader.gestures.choose_target()
        self.details.write_memo()

    def _write_coding_memo(self) -> None:
        self._reveal_details()
        self.reader.gestures.choose_target()
        self.details.write_coding_memo()

    def _describe_code(self) -> None:
        code_id = self.codebook.current()
        if code_id is not None:
            self.show_code_layout()
            self._reveal_details()
            self.details.describe_code(code_id)

    def _reveal_details(self) -> None:
        if self._right.isHidden():
            self._toggle("view.right", self._right)

    def _toggle(self, action_id: str, panel: QWidget) -> None:
        has_focus = panel.isAncestorOf(QApplication.focusWidget() or self)
        panel.setVisible(panel.isHidden())
        self.actions_by_id[action_id].setChecked(not panel.isHidden())
        if has_focus and panel.isHidden():
            self.reader.view.setFocus()

    def _back(self) -> None:
        """Go back to the text; there, close what is open beside it, one thing at a time."""
        focus = QApplication.focusWidget() or self
        in_text = self.reader.view.hasFocus()
        if not self.reader.find_bar.isHidden() and (in_text or self.reader.find_bar.isAncestorOf(focus)):
            self.reader.end_search()
        elif any(one.isVisible() and (in_text or one.isAncestorOf(focus)) for one in (self.passages, self.to_check)):
            self.passages.hide()
            self.to_check.hide()
        elif in_text:
            self.reader.let_go()
        self.show_code_layout()

    def _correct(self) -> None:
        self.show_code_layout()
        self.reader.correct()

    def _list_to_check(self) -> None:
        self.show_code_layout()
        self.to_check.open()

    def _settle(self) -> None:
        self.to_check.settle_at(self.reader.source_id, *self.reader.view.selection())

    def _show_shortcuts(self) -> None:
        ShortcutsWindow(self.context, self.actions_by_id, self).show()

    def _next_theme(self) -> None:
        shown = self.context.theme.choice
        choice = THEMES[(THEMES.index(shown) + 1) % len(THEMES)] if shown in THEMES else THEMES[1]
        self.context.theme.choose(choice)
        self.context.settings.values.theme = choice
        self.context.settings.save()

    def _scale(self, factor: float) -> None:
        values = self.context.settings.values
        values.text_scale = round(min(2.0, max(0.7, values.text_scale * factor)), 2)
        self.context.theme.choose(self.context.theme.choice, values.text_scale)
        self.context.settings.save()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.context.writable and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.flows.import_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.context.close()
        self.context.settings.save()
        self._state.save(self, self._splitters, self._panels())
        super().closeEvent(event)
