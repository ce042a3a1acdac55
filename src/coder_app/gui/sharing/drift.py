"""The work list of passages that were coded under an older wording of their code: still fits, recode, remove."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder_app.domain.change import ChangeSet, Step
from coder_app.domain.codebook_diff import FieldChange
from coder_app.domain.model import Coding
from coder_app.edits.codings import recode, remove_codings
from coder_app.edits.drift import confirm_codings
from coder_app.gui.context import Context
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
from coder_app.store.project import Project

_WIDTH, _HEIGHT = 860, 720
_BESIDE_HEIGHT = 260
_SMALL = 200


class DriftWindow(QDialog):
    """The old wording follows the chosen passage; the main window stays usable beside it."""

    place_chosen = Signal(str, int, int, str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._code_id = ""
        self._old: dict[str, Texts] = {}
        self._wordings: list[Wording] = []
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
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("code") or change.step is not Step.EDIT or change.count("coding") > _SMALL:
            self._refresh()
            return
        # What is coded newly is coded under today's wording, so a step can only take passages off the list.
        gone = [one.row_id for one in change.of("coding") if one.row_id in self._old]
        for coding_id in gone:
            del self._old[coding_id]
        if gone or change.touches("segment", "source"):
            self._show_list()

    def _refresh(self) -> None:
        project = self._context.project
        if project is None or self._code_id not in code_tree(project):
            self.close()
            return
        shown = set(self._context.coders_shown())
        self._wordings = wordings(project, self._code_id)
        self._old = {
            one.coding_id: one.texts
            for one in codings_under_old_wording(project, self._code_id)
            if (found := coding(project, one.coding_id)) is not None and found.coder_id in shown
        }
        self._show_list()

    def _show_list(self) -> None:
        project = self._context.project
        if project is None:
            return
        tree = code_tree(project)
        self.title.setText(tree[self._code_id].name)
        names = {coder.id: coder.name for coder in coders(project)}
        rows = [
            ShownPassage(
                one.coding.source_id,
                one.coding.start,
                one.coding.stop,
                one.before,
                one.text,
                one.after,
                f"{one.source} · {names[one.coding.coder_id]} · {day_and_clock(one.coding.created_at)}",
                tree[self._code_id].colour,
                one.coding.id,
            )
            for one in passages(project, _codings(project, self._old))
        ]
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
        for button in (self.fits, self.recode, self.remove, self.all_fit):
            button.setEnabled(bool(rows) and self._context.writable)
        self.show_place.setEnabled(bool(rows))
        self._show_wording()

    def _show_wording(self, *_: object) -> None:
        current = next((one for one in self._wordings if one.is_current), None)
        old = self._old.get(self._current())
        if current is None or old is None:
            self.beside.show_fields("", "", ())
            return
        then = next((one for one in self._wordings if one.texts == old), None)
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
        n = self._context.attempt(confirm_codings, list(self._old))
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


def _codings(project: Project, coding_ids: dict[str, Texts]) -> list[Coding]:
    return [found for coding_id in coding_ids if (found := coding(project, coding_id)) is not None]


def _heading(name: str, wording: Wording | None) -> str:
    if wording is None or not wording.made_at:
        return name
    who = wording.coder or tr("Somebody")
    return tr("{name} ({who}, {when})", name=name, who=who, when=day_and_clock(wording.made_at))
