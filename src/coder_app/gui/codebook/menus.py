"""What a person is asked when a code gets a colour, a number key, another place, or goes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QMenu, QMessageBox, QWidget

from coder_app.domain.palette import PALETTE
from coder_app.domain.tree import CodeTree
from coder_app.edits.codes import delete_codes, merge_codes, move_codes, recolour_code, set_codable
from coder_app.edits.settings import pin_code
from coder_app.gui.codebook.colours import ColourMenu
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.widgets.words import unmarked
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree, code_uses
from coder_app.queries.settings import pinned_codes


class CodeMenus(QObject):
    """Asks in a menu or the picker at a point of the screen, then does it; Undo takes it back."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._widget = parent
        self._picker = CodePicker(context, parent)
        self._picker.code_picked.connect(self._on_picked)
        self._purpose: Callable[[str], object] = lambda _code_id: None

    def _tree(self) -> CodeTree:
        project = self._context.project
        return code_tree(project) if project is not None else CodeTree([])

    def _on_picked(self, code_id: str) -> None:
        self._purpose(code_id)

    def recolour(self, code_id: str, at: QPoint) -> None:
        """Ask for a colour: one of the palette, or any other."""

        def chosen(colour: str) -> None:
            self._context.attempt(recolour_code, code_id, colour)

        now = self._tree()[code_id].colour
        menu = ColourMenu(PALETTE, now, self._widget)
        menu.colour_chosen.connect(chosen)
        menu.other_wanted.connect(lambda: self._ask_colour(now, chosen))
        menu.exec(at)

    def _ask_colour(self, now: str, chosen: Callable[[str], None]) -> None:
        colour = QColorDialog.getColor(QColor(now), self._widget, tr("Colour of the code"))
        if colour.isValid():
            chosen(colour.name())

    def pin(self, code_id: str, at: QPoint) -> None:
        """Ask for the number key that applies the code; the key that it has already is freed."""
        project = self._context.project
        if project is None:
            return
        pins, tree = pinned_codes(project), self._tree()
        menu = QMenu(self._widget)
        for number in range(1, 10):
            name = unmarked(tree[pins[number]].name) if number in pins else tr("free")
            action = menu.addAction(f"&{number}   {name}")
            action.setCheckable(True)
            action.setChecked(pins.get(number) == code_id)
            wanted = None if pins.get(number) == code_id else code_id
            action.triggered.connect(
                lambda _=False, number=number, wanted=wanted: self._context.attempt(pin_code, number, wanted)
            )
        menu.exec(at)

    def toggle_codable(self, code_id: str) -> None:
        """Let a code only group others, or be applied again."""
        self._context.attempt(set_codable, code_id, is_codable=not self._tree()[code_id].is_codable)

    def move(self, code_ids: Sequence[str], parent_id: str | None, before: str | None = None) -> None:
        """Put codes under another one, or to the top level."""
        self._context.attempt(move_codes, code_ids, parent_id, before)

    def ask_where_to(self, code_ids: Sequence[str], at: QPoint) -> None:
        """Ask under which code these should stand."""
        menu = QMenu(self._widget)
        menu.addAction(tr("To the top level")).triggered.connect(lambda: self.move(code_ids, None))
        menu.addAction(tr("Under another code…")).triggered.connect(lambda: self.ask_parent(code_ids, at))
        menu.exec(at)

    def ask_parent(self, code_ids: Sequence[str], at: QPoint) -> None:
        """Ask for the code under which these should stand."""
        self._purpose = lambda parent_id: self.move(code_ids, parent_id)
        title = tr("Move under which code?")
        self._picker.ask(at, title, create=False, stay=False, groups=True, without=self._branches(code_ids))

    def ask_merge(self, code_ids: Sequence[str], at: QPoint) -> None:
        """Ask for the code that gets all that these have."""
        self._purpose = lambda into: self.merge(into, code_ids)
        title = tr("Merge into which code?")
        self._picker.ask(at, title, create=False, stay=False, without=self._branches(code_ids))

    def _branches(self, code_ids: Sequence[str]) -> set[str]:
        tree = self._tree()
        return {one for code_id in code_ids for one in (code_id, *(code.id for code in tree.walk(code_id)))}

    def merge(self, into: str, code_ids: Sequence[str]) -> None:
        """Give a code all that the others have, and say how many codings went there."""
        count = self._codings(code_ids)
        name = self._tree()[into].name

        def done(_: None) -> None:
            if not any(code_id in self._tree() for code_id in code_ids):
                told = trn("{n} coding went to “{name}”.", "{n} codings went to “{name}”.", count, name=name)
                self._context.say(told, undo=True)

        self._context.attempt_large(
            tr("Merging into “{name}”", name=name),
            count,
            lambda project, on_progress: merge_codes(project, into, code_ids, on_progress=on_progress),
            done,
        )

    def _codings(self, code_ids: Sequence[str] | set[str]) -> int:
        project = self._context.project
        uses = code_uses(project) if project is not None else {}
        return sum(uses[code_id].codings for code_id in code_ids if code_id in uses)

    def delete(self, code_ids: Sequence[str]) -> None:
        """Delete codes; where codings stand on them these are counted first."""
        tree = self._tree()
        branch = self._branches(code_ids)
        count = self._codings(branch)
        names = ", ".join(f"“{tree[code_id].name}”" for code_id in code_ids)
        if count and not self._confirmed(names, len(branch) - len(code_ids), count):
            return

        def done(_: None) -> None:
            self._context.say(tr("Deleted {names}.", names=names), undo=True)

        self._context.attempt_large(
            tr("Deleting {names}", names=names),
            2 * count,
            lambda project, on_progress: delete_codes(project, code_ids, on_progress=on_progress),
            done,
        )

    def _confirmed(self, names: str, below: int, count: int) -> bool:
        told = trn("{n} coding stands on it", "{n} codings stand on it", count)
        if below > 0:
            told += ", " + trn("with {n} sub-code", "with {n} sub-codes", below)
        title = tr("Delete code")
        box = QMessageBox(QMessageBox.Icon.Question, title, tr("Delete {names}?", names=names), parent=self._widget)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(tr("{told}. They go too; Undo brings everything back.", told=told))
        delete = box.addButton(tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(delete)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is delete
