"""Everything that a person can ask of the window, as data: menus, palette and shortcut page derive from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from coder_app.i18n import tr

_PORTABLE = QKeySequence.SequenceFormat.PortableText
# macOS moves these two to the menu of the app; without a role Qt would guess from the words.
_ROLES = {"app.quit": QAction.MenuRole.QuitRole, "help.about": QAction.MenuRole.AboutRole}
MENUS = ("File", "Edit", "Code", "Codebook", "Team", "View", "Help")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to ask for. `needs` are flags of the window's state that must all be set.

    `keys` are the defaults in Qt's portable spelling; `in_reader` ones work only while the text has
    the focus, because they are plain letters. `group` separates entries within a menu.
    """

    id: str
    text: str
    menu: str
    group: int = 0
    keys: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    in_reader: bool = False


def _a(
    id_: str, text: str, menu: str, group: int, keys: str = "", needs: str = "", *, in_reader: bool = False
) -> Action:
    return Action(id_, text, menu, group, tuple(keys.split()), frozenset(needs.split()), in_reader)


def _numbers() -> tuple[Action, ...]:
    return tuple(
        _a(f"coding.pinned_{n}", f"Apply pinned code {n}", "Code", 2, str(n), "writable passage", in_reader=True)
        for n in range(1, 10)
    )


def _selecting() -> tuple[Action, ...]:
    units = (
        ("word", "W", "Select the word, then the next ones", "Select the words before"),
        ("sentence", "S", "Select the sentence, then the next ones", "Select the sentences before"),
        ("paragraph", "G", "Select the paragraph, then the next ones", "Select the paragraphs before"),
        ("turn", "T", "Select the turn of the speaker, then the next ones", "Select the turns before"),
    )
    return tuple(
        action
        for unit, key, after, before in units
        for action in (
            _a(f"select.{unit}", after, "Edit", 2, key, "source", in_reader=True),
            _a(f"select.{unit}_before", before, "Edit", 2, f"Shift+{key}", "source", in_reader=True),
        )
    )


ACTIONS: tuple[Action, ...] = (
    _a("project.new", "New project…", "File", 0, "Ctrl+N"),
    _a("project.open", "Open project…", "File", 0, "Ctrl+O"),
    _a("project.sample", "Open the sample project", "File", 0),
    _a("project.close", "Close project", "File", 0, "Ctrl+W", "project"),
    _a("sources.import", "Import sources…", "File", 1, "Ctrl+I", "writable"),
    _a("sources.import_folder", "Import a folder…", "File", 1, "Ctrl+Shift+I", "writable"),
    _a("sources.paste", "Paste as a new source", "File", 1, "Ctrl+Shift+V", "writable"),
    _a("codebook.import", "Import codebook…", "File", 2, "", "writable"),
    _a("codebook.export", "Export codebook…", "File", 2, "", "project"),
    _a("codings.import", "Import annotation set…", "File", 2, "", "writable"),
    _a("codings.export", "Export annotation set…", "File", 2, "Ctrl+E", "project"),
    _a("project.rename", "Rename project…", "File", 3, "", "writable"),
    _a("project.backup", "Make a backup…", "File", 3, "", "project"),
    _a("project.restore", "Restore from a backup…", "File", 3),
    _a("project.verify", "Check project…", "File", 3, "", "project"),
    _a("project.local_copy", "Work on a local copy…", "File", 3, "", "project"),
    _a("project.copy_back", "Copy back to its place", "File", 3, "", "writable"),
    _a("app.quit", "Quit", "File", 4, "Ctrl+Q"),
    _a("edit.undo", "Undo", "Edit", 0, "Ctrl+Z", "undo"),
    _a("edit.redo", "Redo", "Edit", 0, "Ctrl+Shift+Z Ctrl+Y", "redo"),
    _a("edit.find", "Find in this source", "Edit", 1, "Ctrl+F", "source"),
    _a("edit.find_next", "Find next", "Edit", 1, "F3", "source"),
    _a("edit.find_previous", "Find previous", "Edit", 1, "Shift+F3", "source"),
    _a("edit.search", "Find in all sources", "Edit", 1, "Ctrl+Shift+F", "project"),
    _a("edit.next_hit", "Next hit in all sources", "Edit", 1, "F4", "project"),
    _a("edit.previous_hit", "Previous hit in all sources", "Edit", 1, "Shift+F4", "project"),
    *_selecting(),
    _a("select.less", "Leave out what was selected last", "Edit", 2, "Backspace", "source", in_reader=True),
    _a("select.block", "Begin a block here, or end it", "Edit", 2, "B", "source", in_reader=True),
    _a("source.rename", "Rename source…", "Edit", 3, "", "writable source"),
    _a("source.group", "Put source into a folder…", "Edit", 3, "", "writable source"),
    _a("source.up", "Move source up", "Edit", 3, "", "writable source"),
    _a("source.down", "Move source down", "Edit", 3, "", "writable source"),
    _a("source.memo", "Memo on source…", "Edit", 3, "", "writable source"),
    _a("source.done", "Mark source as done, or not", "Edit", 3, "Ctrl+Shift+D", "writable source"),
    _a("source.encoding", "Correct the encoding…", "Edit", 3, "", "writable source"),
    _a("source.correct", "Correct the text", "Edit", 3, "F7", "writable source"),
    _a("source.keep_text", "Keep the corrected text", "Edit", 3, "Ctrl+S", "writable correcting"),
    _a("source.discard_text", "Discard the corrections", "Edit", 3, "", "writable correcting"),
    _a("source.replace", "Replace by a newer file…", "Edit", 3, "", "writable source"),
    _a("source.remove", "Remove source", "Edit", 3, "", "writable source"),
    _a("coding.pick", "Apply codes…", "Code", 0, "Ctrl+Return", "writable passage"),
    _a(
        "coding.pick_here",
        "Apply codes… (in the text)",
        "Code",
        0,
        "Return Enter C",
        "writable passage",
        in_reader=True,
    ),
    _a("coding.again", "Apply the last code again", "Code", 0, "R", "writable passage last_code", in_reader=True),
    _a(
        "coding.in_vivo",
        "Code in vivo: the words become the code",
        "Code",
        0,
        "V",
        "writable passage",
        in_reader=True,
    ),
    _a("coding.dictionary", "Code by a dictionary…", "Code", 0, "", "writable"),
    _a("coding.quote", "Mark as a quotation", "Code", 0, "Q", "writable selection", in_reader=True),
    _a("coding.case", "Put the passage into a case…", "Code", 0, "", "writable selection"),
    _a("coding.memo", "Memo on the passage", "Code", 1, "M", "writable coding", in_reader=True),
    _a("coding.memo_on_coding", "Memo on the coding", "Code", 1, "Shift+M", "writable coding", in_reader=True),
    _a("coding.recode", "Recode…", "Code", 1, "Shift+R", "writable coding", in_reader=True),
    _a("coding.remove", "Remove the coding here", "Code", 1, "X Del", "writable coding", in_reader=True),
    _a("coding.example", "Use the passage as an example of its code", "Code", 1, "", "writable coding"),
    _a("coding.start_left", "Move the start one word left", "Code", 3, "[", "writable coding", in_reader=True),
    _a("coding.start_right", "Move the start one word right", "Code", 3, "]", "writable coding", in_reader=True),
    _a("coding.stop_left", "Move the stop one word left", "Code", 3, "{", "writable coding", in_reader=True),
    _a("coding.stop_right", "Move the stop one word right", "Code", 3, "}", "writable coding", in_reader=True),
    _a("coding.grow", "Take in the next sentence", "Code", 3, "+", "writable coding", in_reader=True),
    _a("coding.shrink", "Leave out the last sentence", "Code", 3, "-", "writable coding", in_reader=True),
    _a("coding.next", "Next coding", "Code", 4, "N", "source", in_reader=True),
    _a("coding.previous", "Previous coding", "Code", 4, "P", "source", in_reader=True),
    _a("coding.next_same", "Next coding of the same code", "Code", 4, "J", "source", in_reader=True),
    _a("coding.previous_same", "Previous coding of the same code", "Code", 4, "K", "source", in_reader=True),
    _a("coding.quotations", "List the quotations without a code", "Code", 4, "", "project"),
    _a("coding.next_uncoded", "Next uncoded paragraph", "Code", 4, "U", "source", in_reader=True),
    *_numbers(),
    _a("check.list", "Passages to check", "Code", 5, "F5", "project"),
    _a("check.accept", "Accept where a passage to check is guessed", "Code", 5, "", "writable to_check"),
    _a("check.here", "The selection is the passage to check", "Code", 5, "Ctrl+Shift+Return", "writable to_check"),
    _a("check.remove", "Remove the passage to check", "Code", 5, "", "writable to_check"),
    _a("code.add", "New code…", "Codebook", 0, "Ctrl+Shift+N", "writable"),
    _a("code.add_child", "New sub-code…", "Codebook", 0, "", "writable code"),
    _a("code.rename", "Rename code…", "Codebook", 1, "F2", "writable code"),
    _a("code.recolour", "Colour…", "Codebook", 1, "", "writable code"),
    _a("code.describe", "Describe code…", "Codebook", 1, "Ctrl+D", "writable code"),
    _a("code.pin", "Pin to a number key…", "Codebook", 1, "", "writable code"),
    _a("code.key", "Own key…", "Codebook", 1, "", "writable code"),
    _a("code.codable", "Only groups other codes", "Codebook", 1, "", "writable code"),
    _a("code.move", "Move under…", "Codebook", 2, "", "writable code"),
    _a("code.merge", "Merge into…", "Codebook", 2, "", "writable code"),
    _a("code.delete", "Delete code", "Codebook", 2, "", "writable code"),
    _a("code.drift", "Review what was coded under an older wording…", "Codebook", 3, "", "code"),
    _a("code.show_only", "Show only these codes in the text", "Codebook", 3, "", "code"),
    _a("code.show_all", "Show all codes in the text", "Codebook", 3, "", "project"),
    _a("code.passages", "Show coded passages", "Codebook", 3, "Ctrl+Shift+P", "code"),
    _a("code.filter", "Filter codes", "Codebook", 3, "Ctrl+L", "project"),
    _a("codebook.updates", "Codebook updates…", "Codebook", 4, "", "writable"),
    _a("codebook.publish", "Publish codebook…", "Codebook", 4, "", "writable"),
    _a("team.merge", "Merge copies…", "Team", 0, "Ctrl+M", "writable"),
    _a("team.undecided", "Decide what is undecided", "Team", 0, "Ctrl+U", "project"),
    _a("team.sync", "Sync now", "Team", 1, "Ctrl+Shift+S", "writable team"),
    _a("team.status", "Status…", "Team", 1, "", "project"),
    _a("team.share", "Share in a folder…", "Team", 2, "", "writable"),
    _a("team.join", "Join a team…", "Team", 2),
    _a("team.leave", "Leave the team folder", "Team", 2, "", "writable team"),
    _a("view.palette", "Go to texts, codes, actions", "View", 0, "Ctrl+K"),
    _a("view.code", "Code", "View", 1, "Ctrl+1", "project"),
    _a("view.cases", "Cases", "View", 1, "Ctrl+5", "project"),
    _a("view.query", "Query", "View", 1, "Ctrl+6", "project"),
    _a("view.analyse", "Analyse", "View", 1, "Ctrl+2", "project"),
    _a("view.words", "Words", "View", 1, "Ctrl+3", "project"),
    _a("view.team", "Team", "View", 1, "Ctrl+4", "project"),
    _a("view.history", "History", "View", 1, "Ctrl+Shift+H", "project"),
    _a("view.left", "Sources and codebook", "View", 2, "F9", "project"),
    _a("view.right", "Details", "View", 2, "F10", "project"),
    _a("view.margin", "Margin", "View", 2, "F11", "project"),
    _a("view.minimap", "Map of the text", "View", 2, "Shift+F11", "project"),
    _a("view.split", "Two texts side by side", "View", 2, "F8", "source"),
    _a("view.other_text", "Go to the other text", "View", 2, "F6", "split"),
    _a("view.text", "How the text is shown…", "View", 3, "Ctrl+T", "source"),
    _a("view.bigger", "Larger text", "View", 3, "Ctrl++ Ctrl+="),
    _a("view.smaller", "Smaller text", "View", 3, "Ctrl+-"),
    _a("view.theme", "Next theme", "View", 3, "Ctrl+Shift+T"),
    _a("view.coders", "Coders…", "View", 4, "Ctrl+Shift+A", "project"),
    _a("view.back", "Back to the text", "View", 4, "Esc", "project"),
    _a("help.shortcuts", "Keyboard shortcuts", "Help", 0, "F1"),
    _a("help.about", "About Coder App", "Help", 0),
)


class ActionSet(QObject):
    """The QActions made from ACTIONS, with their shortcuts, enabled as the window's state says."""

    def __init__(self, window: QWidget, shortcuts: dict[str, list[str]]) -> None:
        """Make the actions; `shortcuts` replaces the default keys of the ids it names."""
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._bound: set[str] = set()
        self._flags: frozenset[str] | None = None
        for action in ACTIONS:
            made = QAction(tr(action.text), self)
            made.setObjectName(action.id)
            made.setMenuRole(_ROLES.get(action.id, QAction.MenuRole.NoRole))
            made.setShortcuts(sequences(shortcuts.get(action.id, action.keys)))
            made.setEnabled(False)
            if not action.in_reader:
                made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                window.addAction(made)
            self._actions[action.id] = made

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def set_keys(self, action_id: str, keys: Sequence[QKeySequence]) -> None:
        """Give an action other keys."""
        self._actions[action_id].setShortcuts(list(keys))

    def changed_keys(self) -> dict[str, list[str]]:
        """Return the keys, in portable spelling, of the actions that do not have their usual ones."""
        return {
            action.id: [key.toString(_PORTABLE) for key in self._actions[action.id].shortcuts()]
            for action in ACTIONS
            if self._actions[action.id].shortcuts() != sequences(action.keys)
        }

    def fill_menus(self, bar: QMenuBar) -> None:
        """Put all actions into menus, a line between their groups."""
        for name in MENUS:
            menu = bar.addMenu(tr(name))
            group = 0
            for action in ACTIONS:
                if action.menu != name:
                    continue
                if action.group != group:
                    menu.addSeparator()
                    group = action.group
                menu.addAction(self._actions[action.id])

    def attach_reader(self, reader: QWidget) -> None:
        """Let the plain-letter shortcuts work while `reader` has the focus."""
        for action in ACTIONS:
            if action.in_reader:
                made = self._actions[action.id]
                made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                reader.addAction(made)

    def bind(self, handlers: dict[str, Callable[[], object]]) -> None:
        """Connect actions with what does them; each id may be bound once."""
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(_without_argument(handler))
            self._bound.add(action_id)

    def is_bound(self, action_id: str) -> bool:
        """Say whether something does what the action asks for."""
        return action_id in self._bound

    def missing(self, action_id: str) -> frozenset[str]:
        """Return the flags that an action needs and that are not set."""
        needs = next(action.needs for action in ACTIONS if action.id == action_id)
        return needs - (self._flags or frozenset())

    def set_flags(self, flags: Iterable[str]) -> None:
        """Enable the actions whose needs are met."""
        state = frozenset(flags)
        if state == self._flags:
            return
        self._flags = state
        for action in ACTIONS:
            self._actions[action.id].setEnabled(action.needs <= state)


def sequences(keys: Iterable[str]) -> list[QKeySequence]:
    """Return keys in portable spelling as Qt's; what is no key is left out."""
    made = [QKeySequence(key, _PORTABLE) for key in keys]
    return [key for key in made if key.toString(_PORTABLE)]


def _without_argument(handler: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature of QAction.triggered
        handler()

    return call
