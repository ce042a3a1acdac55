"""What is hidden from the coder at work: others' codings of sources that they have not finished in a blind round."""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from coder_app.domain.change import ChangeSet
from coder_app.domain.disagreement import Blinds
from coder_app.gui.signals import ProjectSignals
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_uses
from coder_app.queries.rounds import blinds, hidden_codings
from coder_app.queries.sources import codings_by_source
from coder_app.store.project import Project

_MANY = 500
_MOST_COUNTED = 50_000
"""Hidden sources with more codings are left out of the numbers, for counting them would keep the window waiting."""


class Blinding(QObject):
    """Follows rounds, marks of done and the coder at work. It keeps people from being influenced; it is no security."""

    changed = Signal()
    """Other codings are hidden than before."""

    def __init__(self, signals: ProjectSignals, today: Callable[[], Project | None], parent: QObject) -> None:
        """Follow `signals`; `today` returns today's project while one looks at it as it was, otherwise None."""
        super().__init__(parent)
        self._today = today
        self._project: Project | None = None
        self._blinds = Blinds()
        self._people: frozenset[str] = frozenset()
        self._hidden: list[tuple[str, str, int]] | None = None
        """How many codings are hidden, by code and source; None until somebody asks."""
        signals.opened.connect(self._on_opened)
        signals.closed.connect(self._on_closed)
        signals.changed.connect(self._on_changed)
        signals.coder_changed.connect(self._look)

    def _on_opened(self, project: Project) -> None:
        # Panels read what is hidden when they hear of the project themselves.
        self._project = project
        self._read(project)

    def _on_closed(self) -> None:
        self._project, self._blinds, self._hidden = None, Blinds(), None

    def _on_changed(self, change: ChangeSet) -> None:
        if self.must_count_again(change):
            self._hidden = None
        if change.touches("round", "assignment", "coder"):
            self._look()

    def _look(self, *_: object) -> None:
        before = self._blinds
        if self._project is not None:
            self._read(self._project)
        if self._blinds != before:
            self.changed.emit()

    def _read(self, project: Project) -> None:
        self._hidden = None
        self._blinds = blinds(project)
        today = self._today()
        if today is not None:
            # What is hidden today is hidden in the older one, too.
            now = blinds(today)
            self._blinds = Blinds(now.coder_id, {**self._blinds.sources, **now.sources})
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

    @property
    def blinds(self) -> Blinds:
        """What is hidden from whom."""
        return self._blinds

    def code_uses(self, project: Project) -> dict[str, int]:
        """Return how many codings each code has that are not hidden; nothing where counting would take too long."""
        if self._left_out(project):
            return {}
        return self._seen({code_id: use.codings for code_id, use in code_uses(project).items()}, 0)

    def source_uses(self, project: Project) -> dict[str, int]:
        """Return how many codings each source has that are not hidden; none where counting would take too long."""
        if self._left_out(project):
            return {one: n for one, n in codings_by_source(project).items() if one not in self._blinds.sources}
        return self._seen(codings_by_source(project), 1)

    def number_hidden(self) -> int:
        """Return how many codings are hidden."""
        if self._project is not None and self._left_out(self._project):
            return self._in_hidden(self._project)
        return sum(number for *_, number in self._hidden_codings())

    def must_count_again(self, change: ChangeSet) -> bool:
        """Say whether a change is about codings that may be hidden, so that no number can follow it by itself."""
        if not self._blinds.sources or not change.touches("coding", "segment", "source"):
            return False
        many = change.count("coding") > _MANY or change.touches("source")
        if many or (self._project is not None and self._left_out(self._project)):
            return True
        images = (image for row in change.of("coding") for image in (row.before, row.after) if image is not None)
        return any(image["coder_id"] != self._blinds.coder_id for image in images)

    def _in_hidden(self, project: Project) -> int:
        numbers = codings_by_source(project)
        return sum(numbers.get(one, 0) for one in self._blinds.sources)

    def _left_out(self, project: Project) -> bool:
        return bool(self._blinds.sources) and self._in_hidden(project) > _MOST_COUNTED

    def _hidden_codings(self) -> list[tuple[str, str, int]]:
        if self._hidden is None:
            blind = self._project is not None and self._blinds.sources
            self._hidden = hidden_codings(self._project, self._blinds) if self._project and blind else []
        return self._hidden

    def _seen(self, numbers: Mapping[str, int], place: int) -> dict[str, int]:
        """Return numbers without what is hidden; `place` says by which of code and source they are."""
        hidden = Counter[str]()
        for one in self._hidden_codings():
            hidden[(one[0], one[1])[place]] += one[2]
        return {row_id: number - hidden[row_id] for row_id, number in numbers.items()}

    def words(self, source_id: str = "") -> str:
        """Say that others' codings are hidden, in this source or in how many; nothing where they are not."""
        if source_id:
            name = self._blinds.sources.get(source_id)
            return tr("others’ codings hidden until you mark it as done ({round})", round=name) if name else ""
        number = len(self._blinds.sources)
        return trn("others hidden in {n} source", "others hidden in {n} sources", number) if number else ""
