"""Finds what the list under the text shows of codes or quotations: places first, words when they are seen."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from coder_app.domain.change import ChangeSet
from coder_app.domain.hits import Placed
from coder_app.domain.progress import OnProgress
from coder_app.gui.context import Context
from coder_app.gui.lookup import Lookup
from coder_app.gui.passages.model import ShownPassage
from coder_app.gui.passages.rows import CONTEXT, PlacedRows, is_broad
from coder_app.i18n import tr, trn
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree, code_uses
from coder_app.queries.codings import CodedPlace, coded_places
from coder_app.queries.quotations import Quotation, quotations, segments_in_all
from coder_app.queries.search import hits_at
from coder_app.queries.sources import beginnings
from coder_app.store.project import Project

_SHORT = 2_000
"""So many codings or segments are looked through in the window's own time."""
_FEW = 200
_LETTERS = 300

P = TypeVar("P", bound=Placed)


class Listed(QObject):
    """Looks for one list at a time; `found` comes now or later with its rows."""

    found = Signal(object)
    """The rows."""
    begun = Signal()
    """A worker is looking."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._codes: Collection[str] = ()
        self._lookup = Lookup(context, tr("Looking for passages…"), self)
        self._lookup.found.connect(self.found)
        self._lookup.begun.connect(self.begun)

    def drop(self) -> None:
        """Give up what is being looked for."""
        self._lookup.drop()

    def told(self, rows: int) -> str:
        """Return how much is listed, in words."""
        if self._codes:
            return trn("{n} passage", "{n} passages", rows)
        return trn("{n} quotation", "{n} quotations", rows) if rows else tr("None. Q marks one.")

    def list_codes(self, project: Project, code_ids: Sequence[str]) -> None:
        """List where any of these codes is applied by the coders that are shown."""
        self._codes = frozenset(code_ids)
        tree, names = code_tree(project), _coders(project)
        shown = self._context.coders_shown() if self._context.hidden_coders else None
        uses, hides = code_uses(project), self._context.blinding.hides

        def row(place: CodedPlace) -> tuple[str, str, str]:
            code = tree[place.code_id]
            return f"{tree.path(code.id)} · {names.get(place.coder_id, '')}", code.colour, place.id

        def find(on_progress: OnProgress) -> PlacedRows[CodedPlace]:
            places = coded_places(project, code_ids, coder_ids=shown, on_progress=on_progress)
            places = [one for one in places if not hides(one.source_id, one.coder_id)]
            return self._rows(project, places, row)

        self._lookup.ask(find, at_once=sum(uses[one].codings for one in code_ids if one in uses) <= _SHORT)

    def list_quotations(self, project: Project) -> None:
        """List what is marked by the coders that are shown and carries no code."""
        self._codes = ()
        names, hidden = _coders(project), frozenset(self._context.hidden_coders)
        hides = self._context.blinding.hides

        def row(one: Quotation) -> tuple[str, str, str]:
            return names.get(one.coder_id or "", ""), "", one.id

        def find(on_progress: OnProgress) -> PlacedRows[Quotation]:
            every = (one for one in quotations(project, on_progress) if one.coder_id not in hidden)
            places = [one for one in every if not hides(one.source_id, one.coder_id)]
            return self._rows(project, places, row)

        self._lookup.ask(find, at_once=segments_in_all(project) <= _SHORT)

    def _rows(self, project: Project, places: Sequence[P], told: Callable[[P], tuple[str, str, str]]) -> PlacedRows[P]:
        """Return the rows of places, each told by who and what, its colour, and what it is chosen by."""
        known = beginnings(project, {place.source_id for place in places}, _LETTERS)
        broad = frozenset(source_id for source_id, letters in known if is_broad(letters))

        def read(some: Sequence[P]) -> list[ShownPassage] | None:
            if self._context.project is not project:
                return None  # a large edit holds it
            return [
                ShownPassage(
                    hit.source_id,
                    hit.start,
                    hit.stop,
                    hit.before,
                    hit.text,
                    hit.after,
                    f"{hit.source} · {where}",
                    colour,
                    chosen_by,
                )
                for hit, (where, colour, chosen_by) in zip(
                    hits_at(project, some, context=CONTEXT), map(told, some), strict=True
                )
            ]

        return PlacedRows(places, read, broad)

    def concerns(self, change: ChangeSet) -> bool:
        """Say whether a step may have changed what is listed."""
        if change.touches("code", "source", "coder"):
            return True
        if not self._codes or change.count("coding", "segment") > _FEW:
            return change.touches("coding", "segment")
        images = [image for row in change.of("coding") for image in (row.before, row.after) if image is not None]
        return any(image["code_id"] in self._codes for image in images) or any(
            row.before is not None for row in change.of("segment")
        )


def _coders(project: Project) -> dict[str, str]:
    return {coder.id: coder.name for coder in coders(project)}
