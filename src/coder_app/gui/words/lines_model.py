"""Words in their context as Qt's table sees them; the context of a line is read when it comes into sight."""

import unicodedata
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coder_app.analysis.kwic import KwicRow, kwic
from coder_app.domain.hits import Hit
from coder_app.domain.model import Source
from coder_app.gui.context import Context
from coder_app.gui.words.material import Line, Lines
from coder_app.i18n import tr

Index = QModelIndex | QPersistentModelIndex
LEFT, WORD, RIGHT, SOURCE = range(4)
_CONTEXT = 110
_MOST_TEXTS = 4
_MOST_ROWS = 2_000


class Shown(NamedTuple):
    """A line as it is drawn. In a text from right to left what comes before the word stands at its right."""

    left: str
    word: str
    right: str
    source: str
    is_mirrored: bool = False


class LinesModel(QAbstractTableModel):
    """One row per place."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines = Lines()
        self._sources: Mapping[str, Source] = {}
        self._rows: dict[int, Shown] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()

    @property
    def lines(self) -> Lines:
        """The places that are shown, in their order."""
        return self._lines

    def show(self, lines: Lines, sources: Mapping[str, Source]) -> None:
        """Show other places; `sources` are by id."""
        self.beginResetModel()
        self._lines, self._sources = lines, sources
        self._rows.clear()
        self._texts.clear()
        self.endResetModel()

    def name_again(self, sources: Mapping[str, Source]) -> None:
        """Show the same places in sources that may have other names."""
        self._sources = sources
        self._rows.clear()
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, SOURCE))

    def shown(self, row: int) -> Shown:
        """Return a line with its words."""
        if row not in self._rows:
            found = self._context_of(self._lines[row])
            if found is None:
                return Shown("", "", "", "")
            if len(self._rows) >= _MOST_ROWS:
                self._rows.clear()
            if is_right_to_left(found.word):
                self._rows[row] = Shown(found.right, found.word, found.left, found.source, is_mirrored=True)
            else:
                self._rows[row] = Shown(found.left, found.word, found.right, found.source)
        return self._rows[row]

    def _context_of(self, line: Line) -> KwicRow | None:
        source = self._sources[line.source_id]
        text = self._text(source.text_hash)
        if text is None:
            return None
        before, after = text[max(0, line.start - _CONTEXT) : line.start], text[line.stop : line.stop + _CONTEXT]
        words = text[line.start : line.stop]
        return kwic([Hit(line.source_id, source.name, line.start, line.stop, words, before, after)])[0]

    def _text(self, digest: str) -> str | None:
        if digest in self._texts:
            self._texts.move_to_end(digest)
        elif self._context.project is None:
            return None  # a large edit holds the project
        else:
            self._texts[digest] = self._context.project.text(digest)
            if len(self._texts) > _MOST_TEXTS:
                self._texts.popitem(last=False)
        return self._texts[digest]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else SOURCE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.shown(index.row())[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Left"), tr("Word"), tr("Right"), tr("Source"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {LEFT: Qt.AlignmentFlag.AlignRight, WORD: Qt.AlignmentFlag.AlignHCenter}
            return side.get(section, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None


def is_right_to_left(word: str) -> bool:
    """Say whether a word is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in word)
