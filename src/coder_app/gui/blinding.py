"""What is hidden from the coder at work: others' codings of sources that they have not finished in a blind round."""

from PySide6.QtCore import QObject, Signal

from coder_app.domain.change import ChangeSet
from coder_app.domain.disagreement import Blinds
from coder_app.gui.signals import ProjectSignals
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.rounds import blinds
from coder_app.store.project import Project


class Blinding(QObject):
    """Follows rounds, marks of done and the coder at work. It keeps people from being influenced; it is no security."""

    changed = Signal()
    """Other codings are hidden than before."""

    def __init__(self, signals: ProjectSignals, parent: QObject) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._blinds = Blinds()
        self._people: frozenset[str] = frozenset()
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._look)

    def _on_opened(self, project: Project) -> None:
        # Panels read what is hidden when they hear of the project themselves.
        self._project = project
        self._read(project)

    def _on_closed(self) -> None:
        self._project, self._blinds = None, Blinds()

    def _on_changed(self, change: ChangeSet) -> None:
        if change.touches("round", "assignment", "coder"):
            self._look()

    def _look(self, *_: object) -> None:
        before = self._blinds
        if self._project is not None:
            self._read(self._project)
        if self._blinds != before:
            self.changed.emit()

    def _read(self, project: Project) -> None:
        self._blinds = blinds(project)
        self._people = frozenset(coder.id for coder in coders(project)) if self._blinds.sources else frozenset()

    def hides(self, source_id: str, coder_id: str | None) -> bool:
        """Say whether a coder's codings of a source are not to be seen."""
        return self._blinds.hide(source_id, coder_id or "")

    def hidden_in(self, source_id: str) -> frozenset[str]:
        """Return the coders whose codings of a source are not to be seen."""
        own = self._blinds.coder_id
        return self._people - {own} if source_id in self._blinds.sources else frozenset()

    @property
    def sources(self) -> frozenset[str]:
        """The sources in which others' codings are hidden."""
        return frozenset(self._blinds.sources)

    def words(self, source_id: str = "") -> str:
        """Say that others' codings are hidden, in this source or in how many; nothing where they are not."""
        if source_id:
            name = self._blinds.sources.get(source_id)
            return tr("others’ codings hidden until you mark it as done ({round})", round=name) if name else ""
        number = len(self._blinds.sources)
        return trn("others hidden in {n} source", "others hidden in {n} sources", number) if number else ""
