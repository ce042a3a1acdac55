"""A text while it is being corrected: an ordinary editor that looks like the reader, its codings going along.

Inside, a place is a unit of Qt's, before and after each edit; `draft` turns what was changed into code points.
"""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QMouseEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from coder_app.domain.alignment import same_before, same_from
from coder_app.domain.imported import Block
from coder_app.domain.text import canonical
from coder_app.gui.correcting.drift import Drift
from coder_app.gui.reader.coded import CodedText
from coder_app.gui.reader.layout import ReaderStyle
from coder_app.gui.reader.positions import Positions, as_units, shown
from coder_app.gui.reader.spans import Span, in_order
from coder_app.gui.theme import ThemeSource
from coder_app.i18n import tr

_PARAGRAPH = "\u2029"


class CorrectingText(CodedText):
    """Today's text of a source, to be edited. What was not touched stays as it is, letter for letter."""

    edited = Signal()
    """The draft is another than before."""

    def __init__(self, themes: ThemeSource, style: ReaderStyle, parent: QWidget | None = None) -> None:
        super().__init__(themes, style, parent)
        self._was = ""
        self._places = Positions("")
        self._drift = Drift()
        self._units = 0
        self._revision = 0
        self._headings: list[tuple[int, int]] = []
        self.setAccessibleName(tr("Text to be corrected"))
        self.setReadOnly(False)
        self.document().contentsChange.connect(self._on_contents)

    # what is edited

    def begin(self, text: str, spans: Iterable[Span], blocks: Iterable[Block]) -> None:
        """Show `text` with its codings (code points), ready to be edited; Undo goes back to here."""
        self.document().setUndoRedoEnabled(False)
        self._was, self._places, self._drift = text, Positions(text), Drift()
        to_qt = self._places.to_qt
        placed = [Block(to_qt(one.start), to_qt(one.stop), one.kind, one.level) for one in blocks]
        self._headings = [(one.start, one.level) for one in placed if one.kind == "heading"]
        self.set_source(as_units(text), self._in_units(spans), placed)
        self._units = self._length()
        self.document().setUndoRedoEnabled(True)
        self._revision = self.document().revision()

    @property
    def text(self) -> str:
        """The draft, a character for each unit."""
        return as_units(self.draft())

    def setPlainText(self, text: str) -> None:
        """Qt's slot, which the column calls with what stands for the text in units."""
        super().setPlainText(shown(self._was))

    def take_spans(self, spans: Iterable[Span]) -> None:
        """Show other codings of the text as it was (code points)."""
        self.set_spans(self._in_units(spans))

    def _in_units(self, spans: Iterable[Span]) -> list[Span]:
        if len(self._was) == self._places.to_qt(len(self._was)):
            return list(spans)
        to_qt = self._places.to_qt
        return [span._replace(start=to_qt(span.start), stop=to_qt(span.stop)) for span in spans]

    def _length(self) -> int:
        return self.document().characterCount() - 1

    def _on_contents(self, place: int, removed: int, added: int) -> None:
        revision, before, self._units = self.document().revision(), self._units, self._length()
        if revision == self._revision or not self.document().isUndoRedoEnabled():
            return  # how the text is set has changed, not what it says
        self._revision = revision
        # Qt counts its own last paragraph mark among what a change of the whole text replaces.
        beyond = max(place + removed - before, place + added - self._units, 0)
        if before - removed + added == self._units and beyond <= min(removed, added):
            self._drift.edit(place, removed - beyond, added - beyond)
        else:
            self._drift.edit(0, before, self._units)
        if self._headings:
            self._layout.set_headings((self._drift.now(one, one)[0], level) for one, level in self._headings)
        if self._hits:
            self.set_hits([])
        self.edited.emit()

    def draft(self) -> str:
        """Return the text as it would be kept."""
        return "".join(self._pieces())

    def _pieces(self) -> Iterable[str]:
        from_qt, at = self._places.from_qt, 0
        for one in self._drift.changed():
            yield self._was[at : from_qt(one.old)]
            at = from_qt(one.old_stop)
            was, words = self._was[from_qt(one.old) : at], self._words_between(one.new, one.new_stop)
            # After Undo a stretch reads as it did, but for letters that Qt cannot show.
            yield was if shown(was) == words else canonical(words)
        yield self._was[at:]

    def _words_between(self, start: int, stop: int) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace(_PARAGRAPH, "\n")

    def places_changed(self) -> int:
        """Return in how many places the draft reads other than the text did."""
        from_qt = self._places.from_qt
        return sum(
            self._was[from_qt(one.old) : from_qt(one.old_stop)] != self._words_between(one.new, one.new_stop)
            for one in self._drift.changed()
        )

    def replace_all(self, draft: str) -> None:
        """Let the draft read `draft`, as one step that Undo takes back; only what differs is touched."""
        was = self.draft()
        start = same_from(was, 0, draft, 0, min(len(was), len(draft)))
        same_end = same_before(was, len(was), draft, len(draft), min(len(was), len(draft)) - start)
        places = Positions(was)
        cursor = QTextCursor(self.document())
        cursor.setPosition(places.to_qt(start))
        cursor.setPosition(places.to_qt(len(was) - same_end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(shown(draft[start : len(draft) - same_end]))

    # places, in code points of the draft

    def where(self) -> tuple[int, int]:
        """Return the first place on the screen and the caret's, as code points of the draft."""
        return self._point(self.first_position()), self._point(self.textCursor().position())

    def _point(self, unit: int) -> int:
        found = 0
        for piece in self._pieces():
            places = Positions(piece)
            size = places.to_qt(len(piece))
            if unit <= size:
                return found + places.from_qt(unit)
            unit -= size
            found += len(piece)
        return found

    # drawn along

    def _find(self, start: int, stop: int) -> list[Span]:
        found: list[Span] = []
        for span in self._index.overlapping(*_widened(*self._drift.then(start, stop))):
            first, last = self._drift.now(span.start, span.stop)
            if first < stop and last > start:
                found.append(span._replace(start=first, stop=last))
        return in_order(found)

    def codings_between(self, start: int, stop: int) -> list[Span]:
        """Return the codings that share a unit with [start, stop), outer ones first."""
        return self._find(start, stop)

    def _line_words(self, block: QTextBlock, start: int, length: int) -> str:
        units = block.text().encode("utf-16-le", "surrogatepass")
        return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")

    # the hands

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt's override: what is pasted or dropped comes in as plain text, as texts are kept."""
        self.textCursor().insertText(shown(canonical(source.text())))
        self.ensureCursorVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(self.snapped(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self.snapped(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self.snapped(event))


def _widened(start: int, stop: int) -> tuple[int, int]:
    return start, max(stop, start + 1)
