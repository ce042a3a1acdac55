"""One line of the builder: a code, words or a condition, to be chosen and changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QWidget

from coder_app.domain.query_language.meaning import Book
from coder_app.domain.query_language.tree import Below, Coded, Every, Leaf, Saved, Where
from coder_app.gui.theme import set_role
from coder_app.i18n import tr

KIND_WIDTH = 84
_OPERATOR_WIDTH = 64
_NAME_WIDTH = 150
_OPERATORS = ("=", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line can ask for: its name, the first such line, and what can be written in it."""

    id: str
    name: str
    first: Leaf | None
    """None where the project has nothing of the kind."""


def kinds(book: Book) -> list[Kind]:
    """Return what can be asked for in a project."""
    codes = [book.tree.path(code.id) for code in book.tree.walk()]

    def of(field: str) -> Leaf | None:
        known = known_names(book, field)
        return Where(field, known[0]) if known else None

    variables = known_names(book, "variable")
    return [
        Kind("code", tr("Code"), Coded(codes[0], Below.NONE) if codes else None),
        Kind("every", tr("Any code"), Every()),
        Kind("text", tr("Words"), Where("text", "…")),
        Kind("coder", tr("Coder"), of("coder")),
        Kind("source", tr("Source"), of("source")),
        Kind("folder", tr("Folder"), of("folder")),
        Kind("case", tr("Case"), of("case")),
        Kind("set", tr("Set"), of("set")),
        Kind("variable", tr("Variable"), Where("variable", "", "", variables[0]) if variables else None),
        Kind("memo", tr("Memo"), Where("memo", "*")),
        Kind("made", tr("Made"), Where("made", "2026", ">=")),
        Kind("query", tr("Saved query"), Saved(book.saved[0].name) if book.saved else None),
    ]


def known_names(book: Book, field: str) -> list[str]:
    """Return the names that can stand in a line of a kind, each once."""
    if field == "code":
        return [book.tree.path(code.id) for code in book.tree.walk()]
    if field == "query":
        return [one.name for one in book.saved]
    return list(dict.fromkeys(name for _, name in book.names.get(field, ())))


class LeafLine(QWidget):
    """Shows a leaf; `changed` carries the one that takes its place."""

    changed = Signal(object)

    def __init__(self, leaf: Leaf, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leaf = leaf
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self._told = QLabel(_kind_name(leaf))
        set_role(self._told, "muted")
        self._told.setFixedWidth(KIND_WIDTH)
        self.row.addWidget(self._told)
        match leaf:
            case Coded():
                self._code(leaf, book)
            case Saved():
                self._edit(leaf.name, known_names(book, "query"), Saved)
            case Where(kind="variable"):
                self._variable(leaf, book)
            case Where():
                self._where(leaf, book)
            case _:
                self.row.addStretch(1)

    def first_field(self) -> QLineEdit | None:
        """Return the field that a new line begins with."""
        return self.findChild(QLineEdit, "value")

    def _tell(self, leaf: Leaf) -> None:
        if leaf != self.leaf:
            self.leaf = leaf
            self.changed.emit(leaf)

    def _edit(self, text: str, known: Sequence[str], made: Callable[[str], Leaf]) -> QLineEdit:
        line = QLineEdit(text)
        line.setObjectName("value")
        line.setAccessibleName(self._told.text())

        def keep(*_: object) -> None:
            if line.text().strip():
                self._tell(made(line.text().strip()))
            else:
                line.setText(text)

        line.editingFinished.connect(keep)
        if known:
            completer = QCompleter(list(known), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
            # What is chosen from the list stands in the field only after it was told.
            completer.activated.connect(keep, Qt.ConnectionType.QueuedConnection)
        self.row.addWidget(line, 1)
        return line

    def _choice(self, name: str, entries: Sequence[tuple[str, str]], chosen: str, made: Callable[[str], Leaf]) -> None:
        box = QComboBox()
        box.setAccessibleName(name)
        for value, said in entries:
            box.addItem(said, value)
        box.setCurrentIndex(max(0, [value for value, _ in entries].index(chosen)))

        def keep(place: int) -> None:
            self._tell(made(entries[place][0]))

        box.activated.connect(keep)
        self.row.addWidget(box)

    def _code(self, leaf: Coded, book: Book) -> None:
        self._edit(leaf.name, known_names(book, "code"), lambda text: replace(self._as(leaf), name=text))
        entries = [
            (Below.NONE.value, tr("alone")),
            (Below.WITH.value, tr("with sub-codes")),
            (Below.ONLY.value, tr("sub-codes only")),
        ]
        self._choice(tr("Sub-codes"), entries, leaf.below, lambda below: replace(self._as(leaf), below=Below(below)))

    def _as(self, _leaf: Coded) -> Coded:
        return self.leaf if isinstance(self.leaf, Coded) else _leaf

    def _now(self, leaf: Where) -> Where:
        return self.leaf if isinstance(self.leaf, Where) else leaf

    def _where(self, leaf: Where, book: Book) -> None:
        if leaf.kind == "made":
            signs = [(sign, sign) for sign in _OPERATORS]
            self._choice(tr("Compared"), signs, leaf.operator, lambda sign: replace(self._now(leaf), operator=sign))
        self._edit(leaf.value, known_names(book, leaf.kind), lambda text: replace(self._now(leaf), value=text))

    def _variable(self, leaf: Where, book: Book) -> None:
        name = self._edit(leaf.name, known_names(book, "variable"), lambda text: replace(self._now(leaf), name=text))
        name.setMinimumWidth(_NAME_WIDTH)
        signs = [("", tr("has a value")), *((sign, sign) for sign in _OPERATORS), ("~", tr("contains"))]

        def with_sign(sign: str) -> Where:
            now = self._now(leaf)
            return replace(now, operator=sign, value=(now.value or "…") if sign else "")

        self._choice(tr("Compared"), signs, leaf.operator, with_sign)
        if leaf.operator:
            value = self._edit(leaf.value, (), lambda text: replace(self._now(leaf), value=text))
            value.setAccessibleName(tr("Value"))


def _kind_name(leaf: Leaf) -> str:
    match leaf:
        case Coded():
            return tr("Code")
        case Every():
            return tr("Any code")
        case Saved():
            return tr("Saved query")
        case Where():
            return {
                "coder": tr("Coder"),
                "source": tr("Source"),
                "folder": tr("Folder"),
                "case": tr("Case"),
                "set": tr("Set"),
                "variable": tr("Variable"),
                "memo": tr("Memo"),
                "made": tr("Made"),
                "text": tr("Words"),
            }[leaf.kind]
        case _:
            return ""
