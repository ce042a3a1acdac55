"""Gives codes to hits: to the marked ones at once, to all of them or by a dictionary after a look at what that does."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from coder_app.domain.hits import Placed
from coder_app.domain.progress import OnProgress
from coder_app.edits.autocode import Autocoded, autocode, planned
from coder_app.edits.codes import add_code_path
from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.passages.autocode import AutocodePreview, coded_sentence
from coder_app.gui.passages.planning import by_dictionary, by_hits
from coder_app.gui.picker.picker import CodePicker
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project


class HitCoding(QObject):
    """Asks for a code, or for a dictionary, and applies it to places in the texts as one step."""

    def __init__(self, context: Context, panel: QWidget) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._places: list[Placed] = []
        self._is_preview = False
        self._picker = CodePicker(context, panel)
        self._picker.code_picked.connect(self._on_picked)
        self._picker.create_requested.connect(self._on_create)

    def ask(self, at: QPoint, places: list[Placed]) -> None:
        """Ask for codes for `places`, at the global point `at`."""
        self._places, self._is_preview = places, False
        self._picker.ask(at, trn("Code the hit", "Code {n:,} hits", len(places)))

    def ask_preview(self, at: QPoint, places: list[Placed]) -> None:
        """Ask for a code for `places` and show what it would do before it is done."""
        self._places, self._is_preview = places, True
        self._picker.ask(at, tr("Code all hits with"), stay=False)

    def ask_dictionary(self) -> None:
        """Ask for a dictionary and show what it would code."""
        project = self._context.project
        if project is None:
            return
        title = tr("Choose a dictionary: a table with the columns code and pattern")
        path = choose.file(self._panel.window(), title, project.path.parent, [(tr("Dictionaries"), ".csv .tsv")])
        if path is not None:
            self.show_dictionary(path)

    def show_dictionary(self, path: Path) -> None:
        """Show what the dictionary at `path` would code."""
        AutocodePreview(self._context, by_dictionary(path), self._panel.window()).show()

    def show_preview(self, places: list[Placed], code_id: str) -> None:
        """Show what it would do to code `places`."""
        project = self._context.project
        if project is not None:
            name = code_tree(project)[code_id].name
            AutocodePreview(self._context, by_hits(places, code_id, name), self._panel.window()).show()

    def _on_picked(self, code_id: str) -> None:
        if self._is_preview:
            self.show_preview(self._places, code_id)
        else:
            self._apply(code_id, "")

    def _on_create(self, name: str) -> None:
        if not self._is_preview:
            self._apply("", name)
            return
        code_id = self._context.attempt(add_code_path, name)
        if code_id is not None:
            self.show_preview(self._places, code_id)

    def _apply(self, code_id: str, new: str) -> None:
        """Code the places with a code that is there, or with a new one of this name or path."""
        places = self._places

        def edit(project: Project, on_progress: OnProgress) -> Autocoded:
            with project.edit(f"Create and apply “{new}”" if new else f"Apply “{code_tree(project)[code_id].name}”"):
                meant = code_id or add_code_path(project, new)
                return autocode(project, planned(project, places, meant), on_progress=on_progress)

        self._context.attempt_large(
            trn("Coding {n:,} passage", "Coding {n:,} passages", len(places)),
            len(places),
            edit,
            lambda done: self._context.say(coded_sentence(done), undo=done.added > 0),
        )
