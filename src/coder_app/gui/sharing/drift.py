"""The work list of passages that were coded under an older wording of their code: still fits, recode, remove."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet, Step
from coder_app.domain.codebook_diff import FieldChange
from coder_app.domain.progress import OnProgress
from coder_app.edits.codings import recode, remove_codings
from coder_app.edits.drift import confirm_codings
from coder_app.gui.context import Context
from coder_app.gui.lookup import Lookup
from coder_app.gui.passages.model import PASSAGE, PassagesModel, ShownPassage
from coder_app.gui.passages.view import PassageList
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.sharing.beside import Beside
from coder_app.gui.theme import set_role
from coder_app.gui.times import day_and_clock
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coding, passages
from coder_app.queries.drift import FIELDS, Texts, Wording, codings_under_old_wording, wordings
from coder_app.queries.overview import overview
from coder_app.store.project import Project

_WIDTH, _HEIGHT = 860, 720
_BESIDE_HEIGHT = 260
_SMALL = 200
_AT_ONCE = 100_000
"""In a project of more codings than this finding the older ones takes too long for the window to wait."""


@dataclass(slots=True)
class _Found:
    """What was read of a code: its wordings, and by coding under which of them it was made."""

    wordings: list[Wording]
    old: dict[str, Texts]
    rows: list[ShownPassage]


class DriftWindow(QDialog):
    """The old wording follows the chosen passage; the main window stays usable beside it."""

    place_chosen = Signal(str, int, int, str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._code_id = ""
        self._found: _Found | None = None
        self._lookup = Lookup(context, tr("Looking for older codings"), self)
        self._lookup.found.connect(self._on_found)
        self.setWindowTitle(tr("Coded under an older wording"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = words("", "heading")
        self.about = words("", "muted")
        self.beside = Beside(context)
        self.model = PassagesModel(self)
        self.list = PassageList(context.theme, self)
        self.list.setAccessibleName(tr("Passages to review"))
        self.list.setModel(self.model)
        self.list.installEventFilter(self)
        self._picker = CodePicker(context, self)
        self.fits = self._button(
            tr("Still fits"), tr("It is coded rightly under the new wording, too (F)"), self.confirm
        )
        self.recode = self._button(tr("Recode…"), tr("Give it another code (R)"), self._ask_code)
        self.remove = self._button(tr("Remove"), tr("Remove the coding (X)"), self._remove)
        self.show_place = self._button(tr("Show in the text"), tr("Enter"), self._open)
        self.all_fit = self._button(tr("All still fit"), tr("All passages of the list"), self._confirm_all)
        self._keys = {
            Qt.Key.Key_F: self.confirm,
            Qt.Key.Key_R: self._ask_code,
            Qt.Key.Key_X: self._remove,
            Qt.Key.Key_Delete: self._remove,
            Qt.Key.Key_Return: self._open,
            Qt.Key.Key_Enter: self._open,
        }
        self._arrange()
        self.list.selectionModel().currentChanged.connect(self._show_wording)
        self.list.doubleClicked.connect(self._open)
        self._picker.code_picked.connect(self._on_picked)
        context.signals.changed.connect(self._on_changed)
        context.signals.coders_shown_changed.connect(self._refresh)
        context.signals.released.connect(self._on_released)
        context.signals.closed.connect(self.close)
        self.resize(_WIDTH, _HEIGHT)

    def _button(self, text: str, tip: str, clicked: Callable[[], object]) -> QPushButton:
        made = QPushButton(text, self)
        made.setToolTip(tip)
        made.setAutoDefault(False)

        def on_clicked(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature of the signal
            clicked()

        made.clicked.connect(on_clicked)
        return made

    def _arrange(self) -> None:
        set_role(self.fits, "primary")
        self.beside.setFixedHeight(_BESIDE_HEIGHT)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.setSpacing(8)
        for button in (self.fits, self.recode, self.remove, self.show_place):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.all_fit)
        head = QVBoxLayout()
        head.setContentsMargins(20, 20, 12, 0)
        head.setSpacing(8)
        for widget in (self.title, self.about, self.beside):
            head.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        whole.setSpacing(14)
        whole.addLayout(head)
        whole.addWidget(self.list, 1)
        whole.addLayout(foot)

    def show_code(self, code_id: str) -> None:
        """List the passages of a code."""
        self._code_id = code_id
        self._refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, change: ChangeSet) -> None:
        found = self._found
        is_small = change.step is Step.EDIT and change.count("coding") <= _SMALL
        if found is None or not is_small or change.touches("code", "segment", "source"):
            self._refresh()
            return
        # What is coded newly is coded under today's wording, so a step can only take passages off the list.
        gone = {one.row_id for one in change.of("coding")} & found.old.keys()
        if gone:
            found.old = {one: texts for one, texts in found.old.items() if one not in gone}
            found.rows = [row for row in found.rows if row.coding_id not in gone]
            self._show_list(found)

    def _on_released(self) -> None:
        # A large edit that changed nothing has only broken the reading off.
        if self._found is None:
            self._refresh()

    def _refresh(self) -> None:
        project, code_id = self._context.project, self._code_id
        if project is None:
            return
        if code_id not in code_tree(project):
            self.close()
            return
        self.title.setText(code_tree(project)[code_id].name)
        shown, self._found = set(self._context.coders_shown()), None
        self._lookup.ask(
            lambda progress: _read(project, code_id, shown, progress),
            at_once=overview(project).codings <= _AT_ONCE,
        )
        if self._lookup.running:
            self.about.setText(tr("Looking for passages that were coded under an older wording…"))
            self.model.show([])
            self._allow(some=False)

    def _on_found(self, found: object) -> None:
        if isinstance(found, _Found):
            self._found = found
            self._show_list(found)

    def _show_list(self, found: _Found) -> None:
        rows = found.rows
        row, scrolled = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        self.model.show(rows)
        self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(rows) - 1)))
        self.list.verticalScrollBar().setValue(scrolled)
        told = trn(
            "{n} passage was coded under an older wording.",
            "{n} passages were coded under an older wording.",
            len(rows),
        )
        self.about.setText(told if rows else tr("Every passage was coded under the present wording, or still fits."))
        self._allow(some=bool(rows))
        self._show_wording()

    def _allow(self, *, some: bool) -> None:
        for button in (self.fits, self.recode, self.remove, self.all_fit):
            button.setEnabled(some and self._context.writable)
        self.show_place.setEnabled(some)

    def _show_wording(self, *_: object) -> None:
        wordings_ = self._found.wordings if self._found is not None else []
        current = next((one for one in wordings_ if one.is_current), None)
        old = self._found.old.get(self._current()) if self._found is not None else None
        if current is None or old is None:
            self.beside.show_fields("", "", ())
            return
        then = next((one for one in wordings_ if one.texts == old), None)
        fields = [
            FieldChange(name, before, after)
            for name, before, after in zip(FIELDS, old, current.texts, strict=True)
            if before != after
        ]
        self.beside.show_fields(_heading(tr("Then"), then), _heading(tr("Now"), current), fields)

    def _current(self) -> str:
        passage = self.list.currentIndex().data(PASSAGE)
        return passage.coding_id if passage is not None else ""

    def confirm(self) -> None:
        """Say that the chosen passage still fits."""
        if self._current() and self._context.writable:
            self._context.attempt(confirm_codings, [self._current()])

    def _confirm_all(self) -> None:
        found = self._found
        n = self._context.attempt(confirm_codings, list(found.old)) if found is not None else None
        if n:
            self._context.say(trn("{n} passage still fits.", "{n} passages still fit.", n), undo=True)

    def _ask_code(self) -> None:
        if self._current() and self._context.writable:
            at = self.recode.mapToGlobal(self.recode.rect().topLeft())
            self._picker.ask(at, tr("Recode"), create=False, stay=False, without={self._code_id})

    def _on_picked(self, code_id: str) -> None:
        if self._current():
            self._context.attempt(recode, [self._current()], code_id)

    def _remove(self) -> None:
        if self._current() and self._context.writable:
            self._context.attempt(remove_codings, [self._current()])
            self._context.say(tr("The coding is removed."), undo=True)

    def _open(self, *_: object) -> None:
        passage = self.list.currentIndex().data(PASSAGE)
        if passage is not None:
            self.place_chosen.emit(passage.source_id, passage.start, passage.stop, passage.coding_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            act = self._keys.get(Qt.Key(event.key())) if plain else None
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)


def _read(project: Project, code_id: str, shown: Collection[str], on_progress: OnProgress) -> _Found:
    """Read what a code's list needs, of the coders who are shown."""
    old = {one.coding_id: one.texts for one in codings_under_old_wording(project, code_id)}
    codings = [one for coding_id in old if (one := coding(project, coding_id)) is not None and one.coder_id in shown]
    names = {coder.id: coder.name for coder in coders(project)}
    colour = code_tree(project)[code_id].colour
    on_progress(0, 0)
    rows = [
        ShownPassage(
            one.coding.source_id,
            one.coding.start,
            one.coding.stop,
            one.before,
            one.text,
            one.after,
            f"{one.source} · {names[one.coding.coder_id]} · {day_and_clock(one.coding.created_at)}",
            colour,
            one.coding.id,
        )
        for one in passages(project, codings)
    ]
    on_progress(0, 0)
    return _Found(wordings(project, code_id), {one.id: old[one.id] for one in codings}, rows)


def _heading(name: str, wording: Wording | None) -> str:
    if wording is None or not wording.made_at:
        return name
    who = wording.coder or tr("Somebody")
    return tr("{name} ({who}, {when})", name=name, who=who, when=day_and_clock(wording.made_at))
