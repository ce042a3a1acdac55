"""The text once for each coder, side by side: the same place, scrolled together, each with their codings alone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coder_app.domain.disagreement import Disagreement
from coder_app.gui.context import Context
from coder_app.gui.reader.layout import ReaderStyle
from coder_app.gui.reader.loading import names_of, spans_of
from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view import ReaderView
from coder_app.gui.reader.view_settings import style_of
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.cut import CutLabel
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr
from coder_app.queries.places import places_from
from coder_app.queries.sources import blocks_of, text_of
from coder_app.store.project import Project

_ALL = 1 << 40
_BRACKETS = 48
MOST = 4
"""So many texts stand side by side at most; of more coders those who marked something come first."""


def _style(context: Context) -> ReaderStyle:
    """Return how the person likes texts, without the map and the names, for which there is no room."""
    return replace(style_of(context.settings.values), minimap=False, margin=_BRACKETS)


class _Column(QFrame):
    """One coder's text."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "paper")
        self.name = words("", "strong")
        self.name.setWordWrap(False)
        self.said = CutLabel(self)
        set_role(self.said, "muted")
        self.view = ReaderView(context.theme, _style(context), self)
        self.view.setMinimumWidth(120)
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 4)
        head.setSpacing(8)
        head.addWidget(self.name)
        head.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)


class SideBySide(QWidget):
    """Shows a disagreement in the text of each of its coders."""

    selected = Signal(int, int)
    """A passage was selected in one of the texts: start and stop in code points."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._scrolling = False
        self._filled: tuple[str, ...] = ()
        self.columns: list[_Column] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self.setAccessibleName(tr("Coders side by side"))

    def clear(self) -> None:
        """Show nothing."""
        self._filled = ()
        self._scrolling = True
        for column in self.columns:
            column.view.set_source("")
            column.hide()
        self._scrolling = False

    def show_place(self, project: Project, place: Disagreement, shown: Sequence[tuple[str, str, str]]) -> None:
        """Show a place. `shown` are id, name and what they said of each coder whose text is to be seen."""
        while len(self.columns) < len(shown):
            self._add()
        self._scrolling = True  # while texts are filled, lines of different texts would be taken for each other
        wanted = (place.source_id, *(coder_id for coder_id, _, _ in shown))
        if wanted != self._filled:
            self._fill(project, place.source_id, [coder_id for coder_id, _, _ in shown])
            self._filled = wanted
        for number, column in enumerate(self.columns):
            column.setVisible(number < len(shown))
            if number >= len(shown):
                continue
            coder_id, name, said = shown[number]
            column.name.setText(name)
            column.said.setText(said)
            column.view.setAccessibleName(tr("Text as {coder} coded it", coder=name))
            own_mark = next(iter(place.of(coder_id)), None)
            # Who marked nothing is shown where others did; one's own marks are seen as they are.
            seen = own_mark is not None or coder_id not in place.coders
            column.view.set_hits([] if seen else [(place.start, place.stop)])
            column.view.choose(own_mark.coding_ids[0] if own_mark else None)
        self._reveal(place)

    def forget(self) -> None:
        """Read the codings again the next time."""
        self._filled = ()

    def _fill(self, project: Project, source_id: str, coder_ids: Sequence[str]) -> None:
        names = names_of(project)
        places, _ = places_from(project, source_id, 0, _ALL)
        by_coder: dict[str, list[Span]] = {}
        for span in spans_of(places, names):
            by_coder.setdefault(span.coder_id, []).append(span._replace(coder_initial=""))
        text, blocks = text_of(project, source_id), blocks_of(project, source_id)
        for column, coder_id in zip(self.columns, coder_ids, strict=False):
            own = by_coder.get(coder_id, [])
            if column.view.text == text:
                column.view.set_spans(own)
            else:
                column.view.set_source(text, own, blocks)

    def _reveal(self, place: Disagreement) -> None:
        self._scrolling = True
        for column in self.columns:
            if not column.isHidden():
                column.view.scroll_to(place.start, column.view.viewport().height() / 3)
        self._scrolling = False

    def _add(self) -> None:
        column = _Column(self._context, self)
        self.columns.append(column)
        self._row.addWidget(column, 1)
        column.view.verticalScrollBar().valueChanged.connect(partial(self._follow, column))
        column.view.selection_changed.connect(self._on_selected)

    def _follow(self, moved: _Column, _value: int = 0) -> None:
        """Scroll the others to the line that is first in the one that was moved."""
        if self._scrolling:
            return
        self._scrolling = True
        top = moved.view.first_position()
        for column in self.columns:
            if column is not moved and not column.isHidden() and column.view.text == moved.view.text:
                column.view.scroll_to(top)
        self._scrolling = False

    def _on_selected(self, start: int, stop: int) -> None:
        if stop > start:
            self.selected.emit(start, stop)
