"""The left column: which table, what its cells say, whose codings and which part of the project; and what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.analyse.chooser import Chooser
from coder_app.gui.analyse.draws import Draws, seed_row
from coder_app.gui.analyse.number_row import NumberRow
from coder_app.gui.tables import choices as said
from coder_app.gui.tables.kinds import kind_words, measure_names
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import card, heading, words
from coder_app.i18n import tr
from coder_app.reports.table_options import SHUFFLES, TableKind, TableOptions

_CHOOSE = "choose"
_TWO = 2


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from: names by id in their order."""

    coders: dict[str, str] = field(default_factory=dict[str, str])
    sources: dict[str, str] = field(default_factory=dict[str, str])
    sets: dict[str, str] = field(default_factory=dict[str, str])
    cases: dict[str, str] = field(default_factory=dict[str, str])
    variables: dict[str, str] = field(default_factory=dict[str, str])
    conditions: dict[str, str] = field(default_factory=dict[str, str])
    tree: CodeTree = field(default_factory=lambda: CodeTree([]))


class TableOptionsPanel(QFrame):
    """Rows of words, each with a menu; only those that the chosen table asks for are shown."""

    changed = Signal()
    block_changed = Signal(object)
    """The table of another coder is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "left-panel")
        self.options = TableOptions()
        self._offered = Offered()
        self.rows = {name: ChoiceRow(title) for name, title in said.row_titles().items()}
        self.block = ChoiceRow(tr("Table of"))
        self.seed = seed_row()
        self.shuffles = NumberRow(tr("Shuffles"), tr("How often rows are shuffled for p; 0 for no p"), least=0)
        self.draws = Draws((self.seed, self.shuffles))
        self.choosers = {name: Chooser(title, self) for name, title in said.chooser_titles().items()}
        self._reading = words("")
        self._basis = words("", "muted")
        self._arrange()
        self._connect()
        self.offer_blocks((), "")
        self.refresh()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(0)
        apart = {"block": self.block, "draws": self.draws}
        for title, names in said.sections():
            column.addWidget(_padded(heading(title)))
            column.addSpacing(4)
            for name in names:
                column.addWidget(apart[name] if name in apart else self.rows[name])
            column.addSpacing(14)
        frame, lines = card()
        lines.addWidget(self._reading)
        lines.addWidget(self._basis)
        column.addWidget(_padded(heading(tr("Reading"))))
        column.addSpacing(8)
        column.addWidget(_padded(frame))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Which table"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        set_role(scroll, "quiet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        for name, row in self.rows.items():
            row.picked.connect(partial(self._on_picked, name))
        for name, chooser in self.choosers.items():
            chooser.chosen.connect(partial(self._on_ticked, name))
        self.block.picked.connect(self.block_changed)
        self.seed.picked.connect(self._on_seed)
        self.shuffles.picked.connect(self._on_shuffles)

    def _on_picked(self, name: str, value: object) -> None:
        if value == _CHOOSE:
            self._ask(name)
        elif name in said.LISTS:
            self.choose(**{name: ()})
        else:
            self.choose(**{name: value})

    def _on_seed(self, seed: int) -> None:
        self.choose(seed=seed)

    def _on_shuffles(self, number: int) -> None:
        # The usual number is left out of recipes, as where nobody has chosen one.
        self.choose(resamples=None if number == SHUFFLES else number)

    def _ask(self, name: str) -> None:
        offered = self._offered
        things: dict[str, Iterable[tuple[str, str]]] = {
            "sources": offered.sources.items(),
            "sets": offered.sets.items(),
            "cases": offered.cases.items(),
            "where": offered.conditions.items(),
            "codes": self._codes(),
            "exclusive": ((one, path) for one, path in self._codes() if len(offered.tree.children(one)) >= _TWO),
            "pairs": self._codes(),
        }
        chosen = getattr(self.options, name)
        ticked = frozenset(one for some in chosen for one in some) if name == "pairs" else frozenset(chosen)
        everything = name in {"sources", "codes"} and not ticked
        self.choosers[name].ask(list(things[name]), None if everything else ticked, self.rows[name])

    def _codes(self) -> list[tuple[str, str]]:
        tree = self._offered.tree
        return [(code.id, tree.path(code.id)) for code in tree.walk()]

    def _on_ticked(self, name: str, ids: frozenset[str]) -> None:
        offered = self._offered
        if name == "pairs":
            # Two codes make a pair; while one or three are ticked, the last pair stands.
            if len(ids) in {0, _TWO}:
                in_order = [one for one, _ in self._codes() if one in ids]
                self.choose(pairs=((in_order[0], in_order[1]),) if in_order else ())
            return
        every = {"sources": offered.sources.keys(), "codes": {code.id for code in offered.tree.walk()}}
        if name in every and not ids:
            return  # between two ticks; a table of nothing says nothing
        if name in every and ids == every[name]:
            ids = frozenset()
        order: Sequence[str] = [
            *offered.sources,
            *offered.sets,
            *offered.cases,
            *offered.conditions,
            *(one for one, _ in self._codes()),
        ]
        self.choose(**{name: tuple(one for one in order if one in ids)})

    def choose(self, **fields: Any) -> None:  # noqa: ANN401 - fields of TableOptions, each of its own type
        """Change some of what is chosen, and tell."""
        wanted = replace(self.options, **fields)
        if wanted.kind is TableKind.VARIABLE and not wanted.variable:
            wanted = replace(wanted, variable=next(iter(self._offered.variables), ""))
        if wanted.kind is not TableKind.VARIABLE:
            wanted = replace(wanted, tests=False)
        if wanted.kind is TableKind.CODERS and wanted.coders not in self._offered.coders:
            wanted = replace(wanted, coders="")
        if wanted != self.options:
            self.options = wanted
            self.refresh()
            self.changed.emit()

    def reset(self) -> None:
        """Forget what was chosen for another project."""
        self.options = TableOptions()
        for chooser in self.choosers.values():
            chooser.close()

    def offer(self, offered: Offered) -> None:
        """Offer what the project holds now; what was chosen and is gone is left out."""
        self._offered = offered
        known = {
            "sources": offered.sources.keys(),
            "sets": offered.sets.keys(),
            "cases": offered.cases.keys(),
            "where": offered.conditions.keys(),
            "codes": {code.id for code in offered.tree.walk()},
        }
        chosen = self.options
        kept: dict[str, Any] = {
            name: tuple(one for one in getattr(chosen, name) if one in ids) for name, ids in known.items()
        }
        kept["exclusive"] = tuple(one for one in chosen.exclusive if one in known["codes"])
        kept["pairs"] = tuple(pair for pair in chosen.pairs if set(pair) <= known["codes"])
        if chosen.coders not in {"", "each", "merged", *offered.coders} and not chosen.coders.startswith("consensus:"):
            kept["coders"] = ""
        if chosen.variable not in offered.variables:
            kept["variable"] = next(iter(offered.variables), "") if chosen.kind is TableKind.VARIABLE else ""
        self.options = replace(chosen, **kept)
        self.refresh()

    def offer_blocks(self, blocks: Sequence[str], chosen: str) -> None:
        """Offer the tables of these coders, of which one is shown."""
        self.block.setVisible(len(blocks) > 1)
        self.block.offer([(one, one) for one in blocks], chosen)

    def refresh(self) -> None:
        """Show in every row what is chosen, and only the rows that the table asks for."""
        chosen, offered = self.options, self._offered
        wanted = said.asked(chosen)
        for name, row in self.rows.items():
            row.setVisible(name in wanted)
        self.rows["kind"].offer(list(kind_words().items()), chosen.kind)
        self.rows["measure"].offer(list(measure_names().items()), chosen.measure)
        people = said.coder_words(len(offered.coders), chosen.kind) | offered.coders
        self.rows["coders"].offer(list(people.items()), chosen.policy)
        none = None if chosen.variable in offered.variables else tr("none yet")
        self.rows["variable"].offer(list(offered.variables.items()), chosen.variable, shown=none)
        for name, entries in said.fixed().items():
            self.rows[name].offer(entries, getattr(chosen, name))
        for name in said.LISTS:
            shown, none = said.list_words(chosen, name)
            self.rows[name].offer([(None, none), (_CHOOSE, tr("Choose…"))], None, shown=shown)

        self._refresh_draws()

    def _refresh_draws(self) -> None:
        """Show the numbers on which the chosen table depends."""
        chosen = self.options
        shuffled = chosen.tests or chosen.kind is TableKind.SEQUENCE
        self.seed.offer(chosen.seed)
        self.shuffles.offer(chosen.shuffles)
        self.shuffles.setVisible(shuffled)
        self.draws.setVisible(chosen.is_shuffled)
        self.draws.say(changed=chosen.seed != TableOptions().seed or (shuffled and chosen.resamples is not None))

    def read(self, reading: str, basis: str) -> None:
        """Say what is chosen in the table, and what it rests on."""
        for label, text in ((self._reading, reading), (self._basis, basis)):
            label.setText(text)
            label.setVisible(bool(text))

    def reading(self) -> tuple[str, str]:
        """Return what the card says."""
        return self._reading.text(), self._basis.text()


def _padded(inner: QWidget) -> QWidget:
    outer = QWidget()
    row = QVBoxLayout(outer)
    row.setContentsMargins(14, 0, 14, 0)
    row.addWidget(inner)
    return outer
