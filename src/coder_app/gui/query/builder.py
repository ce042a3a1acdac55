"""Builds a query out of nested groups; it shows and changes the tree that the text stands for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.domain.query_language.meaning import Book
from coder_app.domain.query_language.tree import (
    FAR,
    All,
    Distance,
    Either,
    Every,
    Lies,
    OnlyOne,
    Placed,
    Query,
    Unit,
    Without,
    parts_of,
)
from coder_app.gui.query.builder_leaf import KIND_WIDTH, LeafLine, kinds
from coder_app.gui.query.building import (
    GROUPS,
    Way,
    added,
    denied,
    grouped_as,
    lying,
    part_at,
    related,
    removed,
    replaced,
)
from coder_app.gui.theme import set_role
from coder_app.i18n import tr

_MOST_DISTANCE = 100_000


class Builder(QScrollArea):
    """A line for each code and condition, a frame for each group; what is changed is told as a whole tree."""

    changed = Signal(object)
    """Another query: its tree, None where nothing is left of it."""
    built = Signal(int)
    """The lines were made anew; carries the height that they take."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._query: Query | None = None
        self._focus: Way | None = None
        self.setAccessibleName(tr("Build the query"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self, "quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._build)

    @property
    def query(self) -> Query | None:
        """The query that is shown."""
        return self._query

    def show_query(self, query: Query | None, book: Book) -> None:
        """Show another query; nothing is built anew where it is the same."""
        if query == self._query and book is self._book and self.widget() is not None:
            return
        self._query, self._book = query, book
        self._build()

    def _change(self, query: Query | None, focus: Way | None = None, *, anew: bool = True) -> None:
        """Take another query; the lines are made anew once the widget that asked has returned."""
        self._query = query
        if anew:
            self._focus = focus
            self._timer.start()
        self.changed.emit(query)

    def _build(self) -> None:
        if self._book is None:
            return
        self._timer.stop()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        if self._query is not None:
            column.addWidget(self._node(self._query, (), denied_=False))
        foot = QHBoxLayout()
        if not isinstance(self._query, All | Either | OnlyOne):
            foot.addWidget(self._add_button((), joins=self._query is not None))
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self.setWidget(body)
        self.built.emit(body.sizeHint().height())
        self._focus_line(body)

    def _focus_line(self, body: QWidget) -> None:
        way, self._focus = self._focus, None
        for line in body.findChildren(LeafLine):
            if way is not None and line.property("way") == str(way):
                field = line.first_field()
                if field is not None:
                    field.setFocus(Qt.FocusReason.OtherFocusReason)
                    field.selectAll()

    def _node(self, query: Query, way: Way, *, denied_: bool) -> QWidget:
        if isinstance(query, Without) and not denied_:
            return self._node(query.part, (*way, 0), denied_=True)
        if isinstance(query, All | Either | OnlyOne | Placed | Without):
            return self._group(query, way, denied_=denied_)
        return self._leaf(query, way, denied_=denied_)

    def _leaf(self, leaf: Query, way: Way, *, denied_: bool) -> QWidget:
        if self._book is None or isinstance(leaf, All | Either | OnlyOne | Placed | Without):
            return QWidget()
        line = LeafLine(leaf, self._book)
        line.setProperty("way", str(way))
        line.changed.connect(partial(self._replace, way))
        line.row.insertWidget(0, self._not(way, denied_=denied_))
        line.row.addWidget(self._more(way))
        return line

    def _replace(self, way: Way, new: Query) -> None:
        if self._query is not None:
            before = part_at(self._query, way)
            # Another operator may ask for a value, which needs another field.
            anew = getattr(before, "operator", "") != getattr(new, "operator", "")
            self._change(replaced(self._query, way, new), way, anew=anew)

    def _group(self, query: Query, way: Way, *, denied_: bool) -> QWidget:
        frame = QFrame()
        if way:
            set_role(frame, "card")
        column = QVBoxLayout(frame)
        around = 8 if way else 0
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._not(way, denied_=denied_))
        parts = [self._node(part, (*way, place), denied_=False) for place, part in enumerate(parts_of(query))]
        if isinstance(query, Placed):
            column.addWidget(parts[0])
            self._relation(head, query, way)
            column.addLayout(head)
            column.addWidget(parts[1])
        else:
            self._operator(head, query, way)
            column.addLayout(head)
            inside = QVBoxLayout()
            inside.setContentsMargins(KIND_WIDTH // 4, 0, 0, 0)
            inside.setSpacing(6)
            for part in parts:
                inside.addWidget(part)
            column.addLayout(inside)
        head.addStretch(1)
        head.addWidget(self._more(way))
        return frame

    def _operator(self, head: QHBoxLayout, query: Query, way: Way) -> None:
        if isinstance(query, Without):
            head.addWidget(QLabel(tr("not")))
            return
        box = QComboBox()
        box.setAccessibleName(tr("How the parts go together"))
        box.addItems([tr("All of these"), tr("Any of these"), tr("Only one of these")])
        box.setCurrentIndex(0 if isinstance(query, All) else 1 if isinstance(query, Either) else 2)
        box.activated.connect(partial(self._regroup, way))
        head.addWidget(box)
        head.addWidget(self._add_button(way, joins=False))

    def _regroup(self, way: Way, place: int) -> None:
        if self._query is not None:
            self._change(grouped_as(self._query, way, list(GROUPS)[place]))

    def _relation(self, head: QHBoxLayout, query: Placed, way: Way) -> None:
        box = QComboBox()
        box.setAccessibleName(tr("How the passages lie"))
        relations = list(Lies)
        for one in relations:
            box.addItem(relation_name(one), one.value)
        box.setCurrentIndex(relations.index(query.how))
        box.activated.connect(partial(self._relate, way))
        head.addWidget(box)
        if query.how not in FAR:
            return
        number = QSpinBox()
        number.setAccessibleName(tr("Distance"))
        number.setRange(0, _MOST_DISTANCE)
        number.setValue(query.distance.number if query.distance else 1)
        number.setEnabled(query.distance is not None)
        unit = QComboBox()
        unit.setAccessibleName(tr("Unit of the distance"))
        units = [None, *Unit]
        for one in units:
            unit.addItem(_unit_name(one, query.how))
        unit.setCurrentIndex(units.index(query.distance.unit if query.distance else None))

        def tell(*_: object) -> None:
            chosen = units[unit.currentIndex()]
            self._lie(way, query.how, None if chosen is None else Distance(number.value(), chosen))

        number.editingFinished.connect(tell)
        unit.activated.connect(tell)
        head.addWidget(number)
        head.addWidget(unit)

    def _relate(self, way: Way, place: int) -> None:
        there = part_at(self._query, way) if self._query is not None else None
        if isinstance(there, Placed):
            self._lie(way, list(Lies)[place], there.distance)

    def _lie(self, way: Way, how: Lies, distance: Distance | None) -> None:
        if self._query is not None:
            new = lying(self._query, way, how, distance)
            if new != self._query:
                self._change(new)

    def _not(self, way: Way, *, denied_: bool) -> QToolButton:
        button = QToolButton()
        button.setText(tr("not"))
        button.setCheckable(True)
        button.setChecked(denied_)
        button.setAccessibleName(tr("Not"))
        set_role(button, "not")
        button.clicked.connect(lambda: self._deny(way))
        return button

    def _deny(self, way: Way) -> None:
        if self._query is not None:
            self._change(denied(self._query, way))

    def _add_button(self, way: Way, *, joins: bool) -> QToolButton:
        button = QToolButton()
        button.setText((tr("And…") if joins else tr("Add")) + " ▾")
        button.setAccessibleName(tr("Add a part"))
        set_role(button, "quiet")
        self._give_menu(button, lambda menu: self._fill_add(menu, way))
        return button

    def _give_menu(self, button: QToolButton, fill: Callable[[QMenu], None]) -> None:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        button.setMenu(menu)
        menu.aboutToShow.connect(lambda: (menu.clear(), fill(menu)))

    def _fill_add(self, menu: QMenu, way: Way) -> None:
        if self._book is None:
            return
        for kind in kinds(self._book):
            action = menu.addAction(kind.name)
            action.setEnabled(kind.first is not None)
            action.triggered.connect(lambda _=False, new=kind.first: self._add(way, new))
        menu.addSeparator()
        menu.addAction(tr("Group")).triggered.connect(lambda: self._add(way, Either((Every(), Every()))))

    def _add(self, way: Way, new: Query | None) -> None:
        if new is None:
            return
        grown = added(self._query, way, new)
        last = len(parts_of(part_at(grown, way))) - 1
        self._change(grown, (*way, last) if last >= 0 else ())

    def _more(self, way: Way) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setAccessibleName(tr("More about this part"))
        set_role(button, "quiet")
        self._give_menu(button, lambda menu: self._fill_more(menu, way))
        return button

    def _fill_more(self, menu: QMenu, way: Way) -> None:
        query = self._query
        if query is None:
            return
        lies = menu.addMenu(tr("Lies to other passages"))
        for how in Lies:
            lies.addAction(relation_name(how)).triggered.connect(
                lambda _=False, how=how: self._change(related(query, way, how, Every()), (*way, 1))
            )
        groups = menu.addMenu(tr("Put into a group"))
        for group, name in ((All, tr("All of these")), (Either, tr("Any of these"))):
            groups.addAction(name).triggered.connect(
                lambda _=False, group=group: self._change(
                    replaced(query, way, group((part_at(query, way), Every()))), (*way, 1)
                )
            )
        menu.addAction(tr("Remove")).triggered.connect(lambda: self._change(removed(query, way)))


def relation_name(how: Lies) -> str:
    """Return how a passage lies to another one in words."""
    return {
        Lies.WITHIN: tr("lies within"),
        Lies.ENCLOSES: tr("holds"),
        Lies.OVERLAPS: tr("overlaps"),
        Lies.FOLLOWS: tr("follows"),
        Lies.PRECEDES: tr("comes before"),
        Lies.NEAR: tr("is near"),
    }[how]


def _unit_name(unit: Unit | None, how: Lies) -> str:
    if unit is None:
        return tr("within 1 paragraph") if how is Lies.NEAR else tr("anywhere in the source")
    return {
        Unit.CHARACTERS: tr("characters"),
        Unit.WORDS: tr("words"),
        Unit.SENTENCES: tr("sentences"),
        Unit.PARAGRAPHS: tr("paragraphs"),
    }[unit]
