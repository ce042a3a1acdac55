"""The codebook as Qt's tree sees it: a view-model over the queries that keeps no truth of its own."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from coder_app.domain.change import ChangeSet
from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.gui.reader.mime import CODE_MIME, SELECTION_MIME, code_data, codes_in, selection_in
from coder_app.gui.widgets.words import swatch
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree, code_uses
from coder_app.store.project import Project

Index = QModelIndex | QPersistentModelIndex

ID = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
KEYS = Qt.ItemDataRole.UserRole + 2
_SHAPE = {"parent_id", "order_key"}
"""The fields that say where in the tree a code stands."""


_MANY = 500


class CodebookModel(QAbstractItemModel):
    """One column: the codes under their parents, with colour and number of codings."""

    move_requested = Signal(list, object, object)
    """Code ids were dropped: the ids, the new parent's id or None, the id of the code before which or None."""
    rename_requested = Signal(str, str)
    selection_dropped = Signal(str, int, int)
    """A selection of the open text, start and stop in code points, was dropped on the code with this id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = CodeTree([])
        self._order: list[str] = []
        self._place: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self.keys: dict[str, list[str]] = {}
        """The keys that apply each code, by its id, as people read them."""
        self.writable = False

    @property
    def tree(self) -> CodeTree:
        """The codebook that is shown."""
        return self._tree

    def load(self, project: Project | None) -> None:
        """Read the whole codebook anew."""
        self.beginResetModel()
        self._tree = code_tree(project) if project is not None else CodeTree([])
        self._order = [code.id for code in self._tree.walk()]
        self._place = {code_id: place for place, code_id in enumerate(self._order)}
        self._counts = {id_: use.codings for id_, use in code_uses(project).items()} if project is not None else {}
        self.writable = project is not None and project.writable
        self.endResetModel()

    def take_codes(self, project: Project, change: ChangeSet) -> bool:
        """Show codes under their new names, colours and texts; False where the tree's shape has changed."""
        rows = list(change.of("code"))
        if any(row.before is None or row.after is None or row.changed() & _SHAPE for row in rows):
            return False
        self._tree = code_tree(project)
        for row in rows:
            index = self.index_of(row.row_id)
            self.dataChanged.emit(index, index)
        return True

    def take_codings(self, change: ChangeSet, project: Project) -> None:
        """Keep the counts right by what a change set did to codings; a large one is looked up instead."""
        if change.count("coding") > _MANY:
            self._counts = {id_: use.codings for id_, use in code_uses(project).items()}
            self.layoutChanged.emit()
            return
        touched: set[str] = set()
        for row in change.of("coding"):
            for image, step in ((row.before, -1), (row.after, 1)):
                if image is not None:
                    code_id = str(image["code_id"])
                    self._counts[code_id] = self._counts.get(code_id, 0) + step
                    touched.add(code_id)
        for code_id in touched & self._place.keys():
            index = self.index_of(code_id)
            self.dataChanged.emit(index, index, [COUNT])

    def index_of(self, code_id: str | None) -> QModelIndex:
        """Return the index of a code; an invalid one for None or an unknown code."""
        if code_id is None or code_id not in self._place:
            return QModelIndex()
        siblings = self._tree.children(self._tree.parent(code_id))
        row = next(n for n, code in enumerate(siblings) if code.id == code_id)
        return self.createIndex(row, 0, self._place[code_id])

    def code_id(self, index: Index) -> str | None:
        """Return the id of the code at an index, None for the root."""
        return self._order[index.internalId()] if index.isValid() else None

    def _code(self, index: Index) -> Code | None:
        code_id = self.code_id(index)
        return self._tree[code_id] if code_id is not None else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        children = self._tree.children(self.code_id(parent))
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, self._place[children[row].id])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - QObject.parent() too
        code_id = self.code_id(index)
        return self.index_of(self._tree.parent(code_id)) if code_id is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return len(self._tree.children(self.code_id(parent))) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        code = self._code(index)
        return self._value(code, role) if code is not None else None

    def _value(self, code: Code, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return code.name
            case Qt.ItemDataRole.DecorationRole:
                return swatch(code.colour)
            case Qt.ItemDataRole.ToolTipRole:
                return _plain_tip(part for part in (self._tree.path(code.id), code.definition) if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._in_words(code)
            case Qt.ItemDataRole.FontRole if not code.is_codable:
                return _italic()
            case _:
                count = self._counts.get(code.id, 0)
                return {ID: code.id, COUNT: count, KEYS: self.keys.get(code.id, [])}.get(role)

    def _in_words(self, code: Code) -> str:
        count = self._counts.get(code.id, 0)
        said = [self._tree.path(code.id), trn("{n} coding", "{n} codings", count)]
        if not code.is_codable:
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
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.writable else Qt.ItemFlag.NoItemFlags
        return flags | (Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsEditable if self.writable else flags)

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
        siblings = self._tree.children(target)
        before = siblings[row].id if 0 <= row < len(siblings) else None
        self.move_requested.emit(codes_in(data), target, before)
        # False: the rows move when the change set comes back, Qt must not remove them itself.
        return False


def _italic() -> QFont:
    font = QFont()
    font.setItalic(True)
    return font


def _plain_tip(lines: Iterable[str]) -> str:
    # Qt would take a definition that begins with a tag for markup.
    return f"<qt>{'<br>'.join(escape(line) for line in lines)}</qt>"
