"""The sources as a tree of folders: what Qt's view asks for, read from queries and never kept as a truth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from coder_app.domain.model import Source
from coder_app.gui.correcting.told import number_to_check
from coder_app.gui.widgets.words import plain_tip
from coder_app.i18n import tr, trn

MIME = "application/x-coder-app-sources"
"""What a dragged source is called: its id, several of them on lines of their own."""
CODINGS = int(Qt.ItemDataRole.UserRole)
"""The role under which a row tells how many codings it holds."""
ID = CODINGS + 1
"""The role under which a row tells the id of its source; None for a folder."""
TO_CHECK = CODINGS + 2
"""The role under which a row tells how many of its passages are to check."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_FLAGS = {
    (True, False): _READ | Qt.ItemFlag.ItemNeverHasChildren,
    (True, True): _READ | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren,
    (False, False): _READ,
    (False, True): _READ | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled,
}
"""By whether a row is a source (or else a folder), and whether it may be changed."""


@dataclass(slots=True)
class _Node:
    """A source, or a folder with what is in it; the sources of a folder stand before its folders."""

    number: int
    parent: "_Node | None"
    folder: str
    source: Source | None = None
    codings: int = 0
    to_check: int = 0
    row: int = 0
    children: "list[_Node]" = field(default_factory=list["_Node"])

    @property
    def name(self) -> str:
        return self.source.name if self.source else self.folder.rpartition("/")[2]


class SourcesModel(QAbstractItemModel):
    """A view-model over the sources. Wishes to rename or move go out as signals; `show` brings the outcome in."""

    source_name_requested = Signal(str, str)
    """A source (its id) should have another name."""
    folder_name_requested = Signal(str, str)
    """A folder (its path) should have another path."""
    move_requested = Signal(list, str, object)
    """Sources (ids) should go into a folder, in front of a source or, for None, to its end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editable = False
        self._numbers = 0
        self._nodes: dict[int, _Node] = {}
        self._sources: dict[str, _Node] = {}
        self._folders: dict[str, _Node] = {}
        self._root = self._new_node(None, "")

    def show(self, sources: Sequence[Source]) -> None:
        """Show these sources; where their places are as before, only names and counts are told anew."""
        shown = [(node.folder, node.source.id) for node in self._in_order(self._root) if node.source]
        wanted = [(one.folder, one.id) for one in sources]
        if sorted(shown, key=_folder) == sorted(wanted, key=_folder):
            for one in sources:
                self._sources[one.id].source = one
                self._sources[one.id].codings = one.codings
            self._count_folders()
            self._tell_all()
            return
        self.beginResetModel()
        self._nodes.clear()
        self._sources.clear()
        self._folders.clear()
        self._root = self._new_node(None, "")
        for one in sources:
            node = self._new_node(self._folder_node(one.folder), one.folder, one)
            node.codings = one.codings
            self._sources[one.id] = node
        self._put_folders_last(self._root)
        self._count_folders()
        self.endResetModel()

    def set_to_check(self, numbers: Mapping[str, int]) -> None:
        """Tell how many passages of each source (by id) are to check; folders tell those of all in them."""
        before = [node.to_check for node in self._nodes.values()]
        for node in self._nodes.values():
            node.to_check = numbers.get(node.source.id, 0) if node.source else 0
        for node in [node for node in self._sources.values() if node.to_check]:
            above = node.parent
            while above is not None:
                above.to_check += node.to_check
                above = above.parent
        if before != [node.to_check for node in self._nodes.values()]:
            self._tell_all()

    def set_codings(self, numbers: Mapping[str, int]) -> None:
        """Tell anew how many codings each source (by id) holds; of one that is not named, none."""
        for source_id, node in self._sources.items():
            number = numbers.get(source_id, 0)
            if node.source is not None and number != node.codings:
                node.codings = number
                node.source = replace(node.source, codings=number)
        self._count_folders()
        self._tell_all()

    def add_codings(self, added: Mapping[str, int]) -> None:
        """Count codings up or down, by source id."""
        for source_id, number in added.items():
            node = self._sources.get(source_id)
            while node is not None and number:
                node.codings += number
                if node.source is not None:
                    node.source = replace(node.source, codings=node.codings)
                if node is not self._root:
                    index = self._index_of(node)
                    self.dataChanged.emit(index, index)
                node = node.parent

    def _new_node(self, parent: "_Node | None", folder: str, source: Source | None = None) -> _Node:
        self._numbers += 1
        node = _Node(self._numbers, parent, folder, source, row=len(parent.children) if parent else 0)
        if parent is not None:
            parent.children.append(node)
        self._nodes[node.number] = node
        if source is None:
            self._folders[folder] = node
        return node

    def _folder_node(self, folder: str) -> _Node:
        there = self._folders.get(folder)
        return there or self._new_node(self._folder_node(folder.rpartition("/")[0]), folder)

    def _put_folders_last(self, node: _Node) -> None:
        node.children.sort(key=lambda child: (child.source is None, child.folder if child.source is None else ""))
        for row, child in enumerate(node.children):
            child.row = row
            self._put_folders_last(child)

    def _count_folders(self) -> None:
        for node in reversed(list(self._in_order(self._root))):
            if node.source is None:
                node.codings = sum(child.codings for child in node.children)

    def _in_order(self, node: _Node) -> Iterator[_Node]:
        for child in node.children:
            yield child
            yield from self._in_order(child)

    def _tell_all(self) -> None:
        for node in (self._root, *self._folders.values()):
            if node.children:
                self.dataChanged.emit(self._index_of(node.children[0]), self._index_of(node.children[-1]))

    def _index_of(self, node: _Node) -> QModelIndex:
        return _NOWHERE if node is self._root else self.createIndex(node.row, 0, node.number)

    def _node(self, index: Index) -> _Node:
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def source_at(self, index: Index) -> Source | None:
        """Return the source in this row, or None for a folder."""
        return self._node(index).source

    def folder_at(self, index: Index) -> str:
        """Return the path of the folder in this row, or of the one that the source in this row is in."""
        return self._node(index).folder

    def index_of(self, source_id: str) -> QModelIndex:
        """Return where a source stands; an invalid index where it does not."""
        node = self._sources.get(source_id)
        return self._index_of(node) if node else _NOWHERE

    def index_of_folder(self, folder: str) -> QModelIndex:
        """Return where a folder stands; an invalid index where it does not."""
        node = self._folders.get(folder)
        return self._index_of(node) if node else _NOWHERE

    def folder_paths(self) -> list[str]:
        """Return the paths of all folders, in their order."""
        return sorted(folder for folder in self._folders if folder)

    def siblings(self, source_id: str) -> list[str]:
        """Return the ids of the sources in the folder of this one, in their order."""
        parent = self._sources[source_id].parent or self._root
        return [child.source.id for child in parent.children if child.source]

    def count(self) -> int:
        """Return the number of sources."""
        return len(self._sources)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        # Not by hasIndex(), which asks twice more: the view wants each row of a list of thousands.
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, column, children[row].number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is another function
        parent = self._node(index).parent if index.isValid() else None
        return self._index_of(parent) if parent else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own shape
        node = self._node(index)
        if node is self._root:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return node.name
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(node)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{node.name}, {_numbers(node)}"
            case _ if role in (CODINGS, TO_CHECK):
                return node.codings if role == CODINGS else node.to_check
            case _:
                return node.source.id if role == ID and node.source else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self._node(index)
        name = str(value).strip()
        if not self.editable or not name or name == node.name:
            return False
        if node.source is not None:
            self.source_name_requested.emit(node.source.id, name)
        else:
            above = node.folder.rpartition("/")[0]
            self.folder_name_requested.emit(node.folder, f"{above}/{name}" if above else name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self._node(index)
        if node is self._root:
            return Qt.ItemFlag.ItemIsDropEnabled if self.editable else Qt.ItemFlag.NoItemFlags
        return _FLAGS[node.source is not None, self.editable]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [node.source.id for node in map(self._node, indexes) if node.source]
        data.setData(MIME, "\n".join(ids).encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        # Ids from another window's project mean nothing here.
        return self.editable and self._node(parent).source is None and set(_ids(data)) <= self._sources.keys()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        ids = _ids(data)
        if ids and self.canDropMimeData(data, action, row, column, parent):
            folder = self._node(parent)
            behind = folder.children[row:] if row >= 0 else []
            before = next((node.source.id for node in behind if node.source and node.source.id not in ids), None)
            self.move_requested.emit(ids, folder.folder, before)
        # False: the view must not take the rows away; the change brings them to their place.
        return False


def _folder(place: tuple[str, str]) -> str:
    return place[0]


def _ids(data: QMimeData) -> list[str]:
    return bytes(data.data(MIME).data()).decode("utf-8", "replace").split()


def _numbers(node: _Node) -> str:
    codings = trn("{n} coding", "{n} codings", node.codings)
    return f"{codings}, {number_to_check(node.to_check)}" if node.to_check else codings


def _tip(node: _Node) -> str:
    if node.source is None:
        return plain_tip([node.folder, _numbers(node)])
    words = trn("{n} word", "{n} words", node.source.words)
    return plain_tip([node.source.name, tr("{words}, {codings}", words=words, codings=_numbers(node))])
