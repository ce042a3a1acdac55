"""The left column: whose codings of what are compared, in which units, and what the table says in words."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from coder_app.analysis.agreement.scope import Unit
from coder_app.domain.disagreement import Round
from coder_app.domain.tree import CodeTree
from coder_app.gui.agreement.comparing import GAMMA, RESAMPLED
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.analyse.chooser import Chooser
from coder_app.gui.analyse.draws import Draws, seed_row
from coder_app.gui.analyse.number_row import NumberRow
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import card, heading, words
from coder_app.i18n import tr, trn
from coder_app.queries.agreeing import Stage
from coder_app.queries.scope import EVERYTHING, Scope
from coder_app.reports.agreement import Options
from coder_app.reports.ground import scope_words

_CHOOSE = "choose"
_PART = "part"
_LAST = "last"
_BORDERS = (0.5, 0.9, 1.0)
_PRECISIONS = (0.01, 0.02, 0.05, 0.1)


@dataclass(frozen=True, slots=True)
class Material:
    """What can be chosen from: names by id in their order."""

    coders: dict[str, str]
    sources: dict[str, str]
    tree: CodeTree
    rounds: tuple[Round, ...]


NOTHING = Material({}, {}, CodeTree([]), ())


class OptionsPanel(QFrame):
    """Rows of words, each with a menu. Keeps what is chosen and tells of every change."""

    changed = Signal()
    part_requested = Signal()
    """A part of the project is to be chosen by sets, cases and values of variables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options()
        self.scope = EVERYTHING
        self._follows_last = True
        self._material = NOTHING
        self.setAccessibleName(tr("What to compare"))
        set_role(self, "left-panel")
        self.table = ChoiceRow(tr("Table"))
        self.unit = ChoiceRow(tr("Unit"))
        self.sub_codes = ChoiceRow(tr("Sub-codes"))
        self.coders = ChoiceRow(tr("Coders"))
        self.codes = ChoiceRow(tr("Codes"))
        self.sources = ChoiceRow(tr("Sources"))
        self.round = ChoiceRow(tr("Done in"))
        self.stage = ChoiceRow(tr("Codings"))
        self.borders = ChoiceRow(tr("Same borders"))
        self.seed = seed_row()
        self.resamples = NumberRow(
            tr("Resamples"), tr("How often sources are drawn anew for an interval; 0 for no intervals"), least=0
        )
        self.precision = ChoiceRow(tr("Chance known to"))
        self.draws = Draws((self.seed, self.resamples, self.precision))
        self.coder_chooser = Chooser(tr("Coders to compare"), self)
        self.code_chooser = Chooser(tr("Codes to compare"), self)
        self.source_chooser = Chooser(tr("Sources to compare"), self)
        self._reading = words("")
        self._basis = words("", "muted")
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(0)
        parts = (
            (tr("Agreement"), (self.table, self.unit, self.sub_codes, self.round, self.stage, self.draws)),
            (tr("Scope"), (self.coders, self.codes, self.sources)),
            (tr("Disagreements"), (self.borders,)),
        )
        for title, rows in parts:
            column.addWidget(_padded(heading(title)))
            column.addSpacing(4)
            for row in rows:
                column.addWidget(row)
            column.addSpacing(14)
        self._card, lines = card()
        lines.addWidget(self._reading)
        lines.addWidget(self._basis)
        self._title = _padded(heading(tr("Reading")))
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(_padded(self._card))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("What to compare"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        set_role(scroll, "quiet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        for field, row in (
            ("table", self.table),
            ("unit", self.unit),
            ("roll_up", self.sub_codes),
            ("stage", self.stage),
            ("borders", self.borders),
            ("seed", self.seed),
            ("resamples", self.resamples),
            ("precision", self.precision),
        ):
            row.picked.connect(partial(self._take, field))
        self.round.picked.connect(self._on_round)
        for row, chooser, ask in (
            (self.coders, self.coder_chooser, self._ask_coders),
            (self.codes, self.code_chooser, self._ask_codes),
            (self.sources, self.source_chooser, self._ask_sources),
        ):
            row.picked.connect(ask)
            chooser.chosen.connect(partial(self._on_ticked, chooser))

    def _take(self, field: str, value: object) -> None:
        self._choose(**{field: value})

    def _choose(self, **fields: Any) -> None:  # noqa: ANN401 - fields of Options, each of its own type
        wanted = replace(self.options, **fields)
        if wanted != self.options:
            self.options = wanted
            self.refresh()
            self.changed.emit()

    def _on_round(self, value: object) -> None:
        self._follows_last = value == _LAST
        self._choose(round=self._last() if self._follows_last else value)

    def _last(self) -> str | None:
        every = self._material.rounds
        open_ = [one for one in every if one.closed_at is None]
        return (open_ or list(every))[-1].id if every else None

    def _ask_coders(self, value: object) -> None:
        if value == _CHOOSE:
            chosen = None if self.options.coders is None else frozenset(self.options.coders)
            self.coder_chooser.ask(list(self._material.coders.items()), chosen, self.coders)
        else:
            self._choose(coders=None)

    def _ask_codes(self, value: object) -> None:
        if value == _CHOOSE:
            tree = self._material.tree
            things = [(code.id, tree.path(code.id)) for code in tree.walk() if code.is_codable]
            self.code_chooser.ask(things, self.options.codes, self.codes)
        else:
            self._choose(codes=None)

    def take_scope(self, scope: Scope) -> None:
        """Compare only what is in a part of the project."""
        if scope != self.scope:
            self.scope = scope
            self.refresh()
            self.changed.emit()

    def _ask_sources(self, value: object) -> None:
        if value == _PART:
            self.part_requested.emit()
        elif value == _CHOOSE:
            self.source_chooser.ask(list(self._material.sources.items()), self.options.sources, self.sources)
        else:
            self.take_scope(EVERYTHING)
            self._choose(sources=None)

    def _on_ticked(self, chooser: Chooser, ids: frozenset[str]) -> None:
        if chooser is self.coder_chooser:
            people = tuple(coder for coder in self._material.coders if coder in ids)
            self._choose(coders=people)
        elif chooser is self.code_chooser:
            self._choose(codes=ids)
        else:
            self._choose(sources=None if ids == self._material.sources.keys() else ids)

    def reset(self) -> None:
        """Forget what was chosen for another project."""
        self.options = Options()
        self.scope = EVERYTHING
        self._follows_last = True
        for chooser in (self.coder_chooser, self.code_chooser, self.source_chooser):
            chooser.close()

    def offer(self, material: Material) -> None:
        """Offer what the project holds now; what was chosen and is gone is left out."""
        self._material = material
        chosen = self.options
        if chosen.coders is not None:
            chosen = replace(chosen, coders=tuple(one for one in chosen.coders if one in material.coders))
        if chosen.codes is not None:
            chosen = replace(chosen, codes=frozenset(one for one in chosen.codes if one in material.tree))
        if chosen.sources is not None:
            chosen = replace(chosen, sources=chosen.sources & material.sources.keys())
        if self._follows_last or chosen.round not in {None, *(one.id for one in material.rounds)}:
            chosen = replace(chosen, round=self._last())
        self.options = chosen
        self.refresh()

    def refresh(self) -> None:
        """Show in every row what is chosen."""
        chosen, material = self.options, self._material
        self.table.offer(list(table_words().items()), chosen.table)
        self.unit.offer(list(unit_words().items()), chosen.unit)
        roll_up: dict[object, str] = {False: tr("on their own"), True: tr("count for their parents")}
        self.sub_codes.offer(list(roll_up.items()), chosen.roll_up)
        self.stage.offer(list(stage_choices().items()), chosen.stage)
        self.borders.offer([(one, tr("{n} % in common", n=round(100 * one))) for one in _BORDERS], chosen.borders)
        self._refresh_draws()
        rounds: list[tuple[object, str]] = [(one.id, one.name) for one in material.rounds]
        named = next((one.name for one in material.rounds if one.id == chosen.round), "")
        last: list[tuple[object, str]] = [(_LAST, tr("The last round"))] if rounds else []
        shown = tr("{name}", name=named) if chosen.round else tr("every coded source")
        self.round.offer(
            [*last, *rounds, (None, tr("Every source that was coded"))],
            _LAST if self._follows_last and rounds else chosen.round,
            shown=shown,
        )
        all_, choose = tr("All"), (_CHOOSE, tr("Choose…"))
        for row, whole, number in (
            (self.coders, chosen.coders is None, len(chosen.coders or ())),
            (self.codes, chosen.codes is None, len(chosen.codes or ())),
        ):
            row.offer([(None, all_), choose], None if whole else _CHOOSE, shown=all_ if whole else str(number))
        part = (_PART, tr("By sets, cases, variables…"))
        shown = str(len(chosen.sources)) if chosen.sources is not None else scope_words(self.scope) or all_
        everything = chosen.sources is None and not self.scope
        at = None if everything else _CHOOSE if chosen.sources is not None else _PART
        self.sources.offer([(None, all_), choose, part], at, shown=shown)

    def _refresh_draws(self) -> None:
        """Show the numbers on which the chosen table depends."""
        chosen, usual = self.options, Options()
        resampled, is_gamma = chosen.table in RESAMPLED, chosen.table == GAMMA
        self.seed.offer(chosen.seed)
        self.resamples.offer(chosen.resamples)
        self.resamples.setVisible(resampled)
        self.precision.offer([(one, tr("{n} %", n=f"{100 * one:g}")) for one in _PRECISIONS], chosen.precision)
        self.precision.setVisible(is_gamma)
        self.draws.setVisible(resampled or is_gamma)
        drawn = ("seed", "resamples") if resampled else ("seed", "precision")
        self.draws.say(changed=any(getattr(chosen, one) != getattr(usual, one) for one in drawn))

    def read(self, said: str, basis: str) -> None:
        """Say the chosen row in words."""
        for label, text in ((self._reading, said), (self._basis, basis)):
            label.setText(text)
            label.setVisible(bool(text))
        for part in (self._title, self._card):
            part.setVisible(bool(said or basis))


def table_words() -> dict[object, str]:
    """Return what each table is called."""
    return {
        "codes": tr("By code"),
        "values": tr("Coefficients with intervals"),
        "pairs": tr("Counts by pair of coders"),
        "stretches": tr("Stretches as they were drawn"),
        "sets": tr("Sets of codes"),
        "domain": tr("Codes that exclude one another"),
        "gamma": tr("Gamma (slow)"),
    }


def unit_words() -> dict[object, str]:
    """Return what each unit is called."""
    return {
        Unit.PARAGRAPH: tr("Paragraphs"),
        Unit.SENTENCE: tr("Sentences"),
        Unit.TURN: tr("Turns of speakers"),
        Unit.DOCUMENT: tr("Sources"),
        Unit.CASE: tr("Cases"),
        Unit.CHARACTER: tr("Characters"),
    }


def stage_choices() -> dict[object, str]:
    """Return what can be compared."""
    return {
        Stage.NOW: tr("of today"),
        Stage.BEFORE: tr("before negotiation"),
        Stage.AFTER: tr("after negotiation"),
    }


def hidden_words(hidden: int) -> list[str]:
    """Say that sources are hidden while one has not finished them; nothing where none is."""
    said = trn(
        "{n} source is hidden until you have marked it as done",
        "{n} sources are hidden until you have marked them as done",
        hidden,
    )
    return [said] if hidden else []


def _padded(inner: QWidget) -> QWidget:
    outer = QWidget()
    row = QVBoxLayout(outer)
    row.setContentsMargins(14, 0, 14, 0)
    row.addWidget(inner)
    return outer
