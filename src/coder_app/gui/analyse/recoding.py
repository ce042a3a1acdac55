"""What can be done to a passage where it is read: its codings recoded or removed, the place opened."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from coder_app.analysis.passages import Passage
from coder_app.domain.errors import AppError
from coder_app.domain.model import Coding
from coder_app.edits.codings import recode, remove_codings
from coder_app.gui.analyse.tips import plain_label
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_over
from coder_app.queries.sources import text_of
from coder_app.store.project import Project

_LONGEST = 32


class Recoding(QObject):
    """Offers a menu for one passage at a time. The views follow by the change that an edit makes."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._coding: Coding | None = None
        self._at = QPoint()
        self.picker = CodePicker(context, parent)
        self.picker.code_picked.connect(self._recode)

    def menu(self, passage: Passage, code_ids: Collection[str], at: QPoint, open_place: Callable[[], None]) -> QMenu:
        """Return the menu of a passage, which opens at a place of the screen."""
        self._at = at
        menu = QMenu(self._parent)
        menu.addAction(tr("Open the place"), open_place)
        project = self._context.project
        if project is None:
            return menu
        tree, names = code_tree(project), {coder.id: coder.name for coder in coders(project)}
        text = text_of(project, passage.source_id)
        for coding in codings_behind(project, passage, code_ids):
            menu.addSeparator()
            # Whose coding on which words: a passage may bear the same code twice.
            head = tr(
                "{code} · {coder} · “{words}”",
                code=tree[coding.code_id].name,
                coder=names.get(coding.coder_id, ""),
                words=_shortened(text[coding.start : coding.stop]),
            )
            menu.addAction(plain_label(head)).setEnabled(False)
            for words, do in ((tr("Recode…"), self._ask), (tr("Remove"), self._remove)):
                menu.addAction(words, partial(do, coding)).setEnabled(self._context.writable)
        return menu

    def _ask(self, coding: Coding) -> None:
        self._coding = coding
        self.picker.ask(self._at, tr("Recode to"), create=False, stay=False)

    def _recode(self, code_id: str) -> None:
        project, coding = self._context.project, self._coding
        if project is None or coding is None:
            return
        try:
            recode(project, [coding.id], code_id)
        except AppError as error:
            self._context.tell(error)
        else:
            self._context.say(tr("The coding was recoded."), undo=True)

    def _remove(self, coding: Coding) -> None:
        self._context.attempt(remove_codings, [coding.id])
        self._context.say(tr("The coding was removed."), undo=True)


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def codings_behind(project: Project, passage: Passage, code_ids: Collection[str]) -> list[Coding]:
    """Return the codings with these codes that meet what a passage shows of either code, by the coders it counts."""
    start, stop = min(passage.a[0], passage.b[0]), max(passage.a[1], passage.b[1])
    return [
        coding
        for coding in codings_over(project, passage.source_id, start, stop)
        if coding.code_id in code_ids
        and passage.coder_id in {None, coding.coder_id}
        and any(coding.start < span[1] and coding.stop > span[0] for span in (passage.a, passage.b))
    ]
