"""The passages of the chosen cell as Qt's list sees them; words are looked up when a card comes into sight."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.analysis.how import Mode
from coder_app.analysis.passages import Passage
from coder_app.domain.text import Span, paragraphs
from coder_app.gui.analyse.counting import Found
from coder_app.gui.analyse.excerpt import Piece, excerpt
from coder_app.gui.context import Context
from coder_app.i18n import tr
from coder_app.queries.sources import text_of
from coder_app.store.project import Project

Index = QModelIndex | QPersistentModelIndex

PIECES = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1


class PassagesModel(QAbstractListModel):
    """One row per passage. `PIECES` gives its words, `PLACE` where it stands and who coded it."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found = Found()
        self._mode = Mode.SEGMENTS
        self._sources: Mapping[str, str] = {}
        self._coders: Mapping[str, str] = {}
        self._pieces: dict[int, tuple[Piece, ...]] = {}
        self._places: dict[int, str] = {}
        self._text: tuple[str, str] = ("", "")
        self._paragraphs: dict[str, Sequence[Span]] = {}

    def show(self, found: Found, mode: Mode, sources: Mapping[str, str], coders: Mapping[str, str]) -> None:
        """Show other passages. `sources` and `coders` give the names by id."""
        self.beginResetModel()
        self._found, self._mode = found, mode
        self._sources, self._coders = sources, coders
        self._pieces.clear()
        self._places.clear()
        self._paragraphs.clear()
        self._text = ("", "")
        self.endResetModel()

    def clear(self) -> None:
        """Show no passages."""
        self.show(Found(), Mode.SEGMENTS, {}, {})

    @property
    def found(self) -> Found:
        """The passages that are shown."""
        return self._found

    def passage(self, row: int) -> Passage:
        """Return the passage of a row."""
        return self._found.passages[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._found.passages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid() or index.row() >= len(self._found.passages):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "".join(piece.words for piece in self._words(index.row()))
            case Qt.ItemDataRole.AccessibleTextRole:
                words = "".join(piece.words for piece in self._words(index.row()))
                return f"{words} {self._place(index.row())}"
            case _:
                if role == PIECES:
                    return self._words(index.row())
                return self._place(index.row()) if role == PLACE else None

    def _words(self, row: int) -> tuple[Piece, ...]:
        project = self._context.project
        if row not in self._pieces:
            if project is None:
                return ()  # a large edit holds it; the cards are drawn again when it is back
            passage = self.passage(row)
            self._pieces[row] = excerpt(self._text_of(project, passage.source_id), passage, self._mode)
        return self._pieces[row]

    def _place(self, row: int) -> str:
        project = self._context.project
        if row not in self._places:
            if project is None:
                return ""
            passage = self.passage(row)
            if passage.source_id not in self._paragraphs:
                self._paragraphs[passage.source_id] = paragraphs(self._text_of(project, passage.source_id))
            spans = self._paragraphs[passage.source_id]
            number = max(1, bisect_right(spans, passage.start, key=lambda span: span[0]))
            coders = sorted(self._coders.get(one, one) for one in self._found.coder_ids(passage))
            self._places[row] = tr(
                "{source} · ¶ {number} · {coders}",
                source=self._sources.get(passage.source_id, ""),
                number=number,
                coders=", ".join(coders),
            )
        return self._places[row]

    def _text_of(self, project: Project, source_id: str) -> str:
        # Passages come source by source, so the text used last is nearly always the one needed next.
        if self._text[0] != source_id:
            self._text = (source_id, text_of(project, source_id))
        return self._text[1]
