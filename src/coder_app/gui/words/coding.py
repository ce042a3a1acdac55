"""Codes lines of a word-in-context list: one code, one step, nothing twice."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from coder_app.domain.extents import Extent
from coder_app.domain.progress import OnProgress
from coder_app.edits.autocode import Autocoded, autocode, planned
from coder_app.edits.codes import add_code_path
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.words.material import Line
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project


class LineCoding(QObject):
    """Asks for the code by the picker; a name that is new becomes a code in the same step."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: Sequence[Line] = ()
        self._extent = Extent.MATCH
        self.picker = CodePicker(context, parent)
        self.picker.code_picked.connect(self._code)
        self.picker.create_requested.connect(self._create)

    def ask(self, at: QPoint, lines: Sequence[Line], extent: Extent) -> None:
        """Ask at the global point `at` what to code `lines` with, as far as `extent` reaches around each."""
        self._lines, self._extent = lines, extent
        title = trn("Code {n} line with", "Code {n} lines with", len(lines))
        self.picker.ask(at, title, stay=False)

    def _code(self, code_id: str) -> None:
        project = self._context.project
        if project is not None:
            self._run(code_tree(project)[code_id].name, lambda _: code_id)

    def _create(self, name: str) -> None:
        self._run(name, lambda project: add_code_path(project, name))

    def _run(self, name: str, code_of: Callable[[Project], str]) -> None:
        lines, extent = self._lines, self._extent

        def work(project: Project, on_progress: OnProgress) -> Autocoded:
            # The code is made, where it is new, in the step that uses it.
            with project.edit(f"Code {len(lines)} lines with “{name}”"):
                ranges = planned(project, lines, code_of(project), extent)
                return autocode(project, ranges, on_progress=on_progress)

        self._context.attempt_large(tr("Coding the lines"), len(lines), work, self._say)

    def _say(self, done: Autocoded) -> None:
        there = trn("{n} was coded so already.", "{n} were coded so already.", done.already_there)
        if not done.added:
            self._context.say(tr("Nothing is new: {there}", there=there))
            return
        said = trn("{n} passage was coded.", "{n} passages were coded.", done.added)
        self._context.say(f"{said} {there}" if done.already_there else said, undo=True)
