"""Which codes are seen in the text: all, some, or whole branches; remembered for each coder of each project."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from coder_app.domain.tree import CodeTree
from coder_app.gui.signals import ProjectSignals
from coder_app.queries.settings import project_id
from coder_app.settings import SettingsFile
from coder_app.store.project import Project

_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class _Choice:
    """Single codes, and codes that are seen with all that stand below them, today and later."""

    codes: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()


class ShownCodes(QObject):
    """The choice of the coder at work. It is a view, no work on the project: kept in the settings, never a step."""

    changed = Signal()

    def __init__(self, signals: ProjectSignals, settings: SettingsFile, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._project = ""
        self._coder = ""
        self._choice: _Choice | None = None
        signals.opened.connect(self._on_opened)
        signals.coder_changed.connect(self._on_coder_changed)

    def _on_opened(self, project: Project) -> None:
        self._project, self._coder = project_id(project), project.coder_id or ""
        self._choice = self._remembered()

    def _on_coder_changed(self, coder_id: str) -> None:
        before, self._coder = self._choice, coder_id
        self._choice = self._remembered()
        if self._choice != before:
            self.changed.emit()

    def _remembered(self) -> _Choice | None:
        kept = self._settings.values.codes_shown.get(f"{self._project}/{self._coder}")
        if kept is None:
            return None
        return _Choice(frozenset(kept.get("codes", [])), frozenset(kept.get("branches", [])))

    def ids(self, tree: CodeTree) -> set[str] | None:
        """Return the codes that are seen, None for all. Codes that are gone count for nothing."""
        choice = self._choice
        if choice is None:
            return None
        branches = [code_id for code_id in choice.branches if code_id in tree]
        codes = {code_id for code_id in choice.codes if code_id in tree}
        if not branches and not codes and (choice.branches or choice.codes):
            return None
        return codes.union(branches, (code.id for one in branches for code in tree.walk(one)))

    def show_all(self) -> None:
        """See all codes."""
        self._choose(None)

    def show_codes(self, code_ids: Iterable[str]) -> None:
        """See these codes only."""
        self._choose(_Choice(codes=frozenset(code_ids)))

    def show_branches(self, code_ids: Iterable[str]) -> None:
        """See these codes and all that stand below them, today and later."""
        self._choose(_Choice(branches=frozenset(code_ids)))

    def show_also(self, code_id: str) -> None:
        """See one code more, as it is being used."""
        if self._choice is not None:
            self._choose(_Choice(self._choice.codes | {code_id}, self._choice.branches))

    def _choose(self, choice: _Choice | None) -> None:
        if choice == self._choice:
            return
        self._choice = choice
        kept = self._settings.values.codes_shown
        kept.pop(f"{self._project}/{self._coder}", None)
        if choice is not None:
            kept[f"{self._project}/{self._coder}"] = {
                "codes": sorted(choice.codes),
                "branches": sorted(choice.branches),
            }
        for forgotten in list(kept)[:-_REMEMBERED]:
            del kept[forgotten]
        self._settings.save()
        self.changed.emit()
