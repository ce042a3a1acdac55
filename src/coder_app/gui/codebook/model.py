"""The codebook as Qt's tree sees it: a view-model over the queries that keeps no truth of its own."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QIcon

from coder_app.domain.change import ChangeSet
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.gui.codebook.shape import Shape
from coder_app.gui.picker.ranking import plain
from coder_app.gui.reader.mime import CODE_MIME, SELECTION_MIME, code_data, codes_in, selection_in
from coder_app.gui.widgets.words import plain_tip, swatch
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree, code_uses
from coder_app.queries.sharing import retired_codes
from coder_app.store.project import Project

Index = QModelIndex | QPersistentModelIndex

ID = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
KEYS = Qt.ItemDataRole.UserRole + 2
_SHAPE = {"parent_id", "order_key"}
"""The fields that say where in the tree a code stands."""


_MANY = 500
# Put together once: the view asks for each of 1,000 rows.
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_WRITABLE = _READABLE | Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsEditable


class CodebookModel(QAbstractItemModel):
    """One column: the codes under their parents, with colour and number of codings."""

    move_requested = Signal(list, object, object)
    """Code ids were dropped: the ids, the new parent's id or None, the id of the code before which or None."""
    rename_requested = Signal(str, str)
    selection_dropped = Signal(str, int, int)
    """A selection of the open text, start and stop in code points, was dropped on the code with this id."""

    def __init__(self, parent: QObject | None = None, uses: Callable[[Project], dict[str, int]] | None = None) -> None:
        """`uses` counts the codings of each code by its id; all codings without it."""
        super().__init__(parent)
        self._uses = uses or _all_uses
        self._tree = CodeTree([])
        self._shape = Shape(self._tree)
        self._words: list[str] = []
        self._counts: dict[str, int] = {}
        self._swatches: dict[str, QIcon] = {}
        self.keys: dict[str, list[str]] = {}
        """The keys that apply each code, by its id, as people read them."""
        self.writable = False
        self._retired: set[str] = set()

    @property
    def tree(self) -> CodeTree:
        """The codebook that is shown."""
        return self._tree

    def load(self, project: Project | None) -> None:
        """Read the whole codebook anew."""
        self.beginResetModel()
        self._tree = code_tree(project) if project is not None else CodeTree([])
        self._shape = Shape(self._tree)
        self._shape.show(self._words)
        self._counts = self._uses(project) if project is not None else {}
        self.writable = project is not None and project.writable
        self._retired = retired_codes(project) if project is not None else set()
        self.endResetModel()

    @property
    def is_filtering(self) -> bool:
        """Whether only the codes that fit some words are shown."""
        return bool(self._words)

    def show_fitting(self, typed: str) -> None:
        """Show the codes whose names hold all words of `typed`, and the codes above them; all where it is empty."""
        self.beginResetModel()
        self._words = plain(typed).split()
        self._shape.show(self._words)
        self.endResetModel()

    def first_fitting(self) -> str | None:
        """Return the first code whose own name holds all words; None where nothing is typed."""
        return self._shape.first_fitting(self._words) if self._words else None

    def take_codes(self, project: Project, change: ChangeSet) -> bool:
        """Show codes under their new names, colours and texts; False where the tree's shape has changed."""
        rows = list(change.of("code"))
        if any(row.before is None or row.after is None or row.changed() & _SHAPE for row in rows):
            return False
        self._tree = code_tree(project)
        self._retired = retired_codes(project)
        self._shape.rename(self._tree)
        for row in rows:
            index = self.index_of(row.row_id)
            if index.isValid():
                self.dataChanged.emit(index, index)
        return True

    def take_codings(self, change: ChangeSet, project: Project) -> None:
        """Keep the counts right by what a change set did to codings; a large one is looked up instead."""
        if change.count("coding") > _MANY:
            self.count_again(project)
            return
        touched: set[str] = set()
        for row in change.of("coding"):
            for image, step in ((row.before, -1), (row.after, 1)):
                if image is not None:
                    code_id = str(image["code_id"])
                    self._counts[code_id] = self._counts.get(code_id, 0) + step
                    touched.add(code_id)
        for index in map(self.index_of, touched):
            if index.isValid():
                self.dataChanged.emit(index, index, [COUNT])

    def count_again(self, project: Project) -> None:
        """Count all codings anew."""
        self._counts = self._uses(project)
        self.layoutChanged.emit()

    def index_of(self, code_id: str | None) -> QModelIndex:
        """Return the index of a code; an invalid one for None, and for a code that is unknown or not shown."""
        place = self._shape.place_of(code_id)
        return self.createIndex(self._shape.rows[place], 0, place) if place is not None else QModelIndex()

    def code_id(self, index: Index) -> str | None:
        """Return the id of the code at an index, None for the root."""
        return self._shape.order[index.internalId()] if index.isValid() else None

    def _code(self, index: Index) -> Code | None:
        code_id = self.code_id(index)
        return self._tree[code_id] if code_id is not None else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        children = self._shape.children[parent.internalId() if parent.isValid() else -1]
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - QObject.parent() too
        above = self._shape.parents[index.internalId()] if index.isValid() else -1
        return self.createIndex(self._shape.rows[above], 0, above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return len(self._shape.children[parent.internalId() if parent.isValid() else -1])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        code = self._code(index)
        return self._value(code, role) if code is not None else None

    def _value(self, code: Code, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                marked = role == Qt.ItemDataRole.DisplayRole and code.id in self._retired
                return tr("{name} (retired)", name=code.name) if marked else code.name
            case Qt.ItemDataRole.DecorationRole:
                return self._swatch(code.colour)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(part for part in (self._tree.path(code.id), code.definition) if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._in_words(code)
            case Qt.ItemDataRole.FontRole if not code.is_codable:
                return _italic()
            case _:
                count = self._counts.get(code.id, 0)
                return {ID: code.id, COUNT: count, KEYS: self.keys.get(code.id, [])}.get(role)

    def _swatch(self, colour: str) -> QIcon:
        if colour not in self._swatches:
            self._swatches[colour] = swatch(colour)
        return self._swatches[colour]

    def _in_words(self, code: Code) -> str:
        count = self._counts.get(code.id, 0)
        said = [self._tree.path(code.id), trn("{n} coding", "{n} codings", count)]
        if code.id in self._retired:
            said.append(tr("retired in the shared codebook"))
        elif not code.is_codable:
            said.append(tr("only groups other codes"))
        said += [tr("key {key}", key=key) for key in self.keys.get(code.id, [])]
        return ", ".join(said)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's
        code = self._code(index)
        if role != Qt.ItemDataRole.EditRole or code is None or not str(value).strip() or value == code.name:
            return False
        self.rename_requested.emit(code.id, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.writable else Qt.ItemFlag.NoItemFlags
        return _WRITABLE if self.writable else _READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        return tr("Codes") if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal else None

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [CODE_MIME, SELECTION_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return code_data([code_id for index in indexes if (code_id := self.code_id(index)) is not None])

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not self.writable:
            return False
        if data.hasFormat(SELECTION_MIME):
            return parent.isValid() and row == -1
        target = self.code_id(parent)
        moved = codes_in(data)
        return bool(moved) and all(
            code_id in self._tree
            and target != code_id
            and (target is None or code_id not in self._tree.ancestors(target))
            for code_id in moved
        )

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = self.code_id(parent)
        selection = selection_in(data)
        if selection is not None:
            self.selection_dropped.emit(target, *selection)
            return True
        before = self.code_id(self.index(row, 0, parent))
        self.move_requested.emit(codes_in(data), target, before)
        # False: the rows move when the change set comes back, Qt must not remove them itself.
        return False


def _all_uses(project: Project) -> dict[str, int]:
    return {code_id: use.codings for code_id, use in code_uses(project).items()}


def _italic() -> QFont:
    font = QFont()
    font.setItalic(True)
    return font
