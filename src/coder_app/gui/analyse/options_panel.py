"""The left column: how to count, what to count, and what the chosen cell says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coder_app.analysis.how import EACH, Mode, Unit
from coder_app.analysis.inference import Against, Inference
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse import options as said
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.analyse.chooser import Chooser
from coder_app.gui.analyse.detail_rows import DetailRows
from coder_app.gui.analyse.draws import Draws, seed_row
from coder_app.gui.analyse.number_row import NumberRow
from coder_app.gui.analyse.options import Options
from coder_app.gui.analyse.sentences import Reading
from coder_app.gui.cases.scope_popup import scope_said
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import card, heading, words
from coder_app.i18n import tr
from coder_app.queries.scope import EVERYTHING, Scope

_TOPS = (10, 20, 40)
_CHOOSE = "choose"


@dataclass(frozen=True, slots=True)
class Material:
    """What can be chosen from: names by id in their order, and the codes that are used anywhere.

    `lengths` are those of the sources in code points. `people` are the coders without the consensus.
    """

    coders: dict[str, str]
    sources: dict[str, str]
    tree: CodeTree
    used: frozenset[str]
    lengths: Mapping[str, int] = field(default_factory=dict[str, int])
    people: int = 0


class OptionsPanel(QFrame):
    """Rows of words, each with a menu. Keeps what is chosen and tells of every change."""

    changed = Signal()
    part_requested = Signal()
    """Sets, cases and conditions are to be chosen."""
    inference_requested = Signal()
    """Tests and intervals are to be computed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options()
        self._material = Material({}, {}, CodeTree([]), frozenset())
        self.setAccessibleName(tr("How to count"))
        set_role(self, "left-panel")
        self.count = ChoiceRow(tr("Count"))
        self.relation = ChoiceRow(tr("The row’s coding"))
        self.distance = ChoiceRow(tr("Distance"))
        self.stanza = ChoiceRow(tr("Window"))
        self.unit = ChoiceRow(tr("Unit for statistics"))
        self.window_length = ChoiceRow(tr("Its length"))
        self.coders = ChoiceRow(tr("Coders"))
        self.sub_codes = ChoiceRow(tr("Sub-codes"))
        self.colour = ChoiceRow(tr("Colour"))
        self.shows = ChoiceRow(tr("Numbers"))
        self.test = ChoiceRow(tr("Test"))
        self.intervals = ChoiceRow(tr("Intervals"))
        self.over = ChoiceRow(tr("Drawn"))
        self.seed = seed_row()
        self.resamples = NumberRow(tr("Resamples"), tr("How often documents are drawn anew for an interval"))
        self.least_units = NumberRow(
            tr("Least units"), tr("Tested are pairs whose codes are both in so many units"), most=10_000
        )
        self.least_documents = NumberRow(
            tr("Least documents"), tr("Tested are pairs whose codes are both in so many documents"), most=10_000
        )
        self.draws = Draws((self.seed, self.resamples, self.least_units, self.least_documents))
        self.compute = QPushButton(tr("Compute"))
        self.compute.setToolTip(tr("Tests and intervals take a while; they can be stopped at the bottom"))
        self._computed = words("", "muted")
        self._computed_row = _padded(self._computed, above=8)
        self.sources = ChoiceRow(tr("Sources"))
        self.part = ChoiceRow(tr("Part"))
        self.codes = ChoiceRow(tr("Codes"))
        self.source_chooser = Chooser(tr("Sources to count"), self)
        self.code_chooser = Chooser(tr("Codes to count"), self)
        self._reading = words("")
        self._coefficient = words("", "strong")
        self._basis = words("", "muted")
        self._details = DetailRows()
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(0)
        frame, lines = card()
        for part in (self._reading, self._coefficient, self._basis, self._details):
            lines.addWidget(part)
        testing = (self.test, self.intervals, self.over, self.draws, _padded(self.compute, above=8), self._computed_row)
        parts = (
            (tr("Co-occurrence"), self._counted_by()),
            (tr("Scope"), (self.sources, self.part, self.codes)),
            (tr("Reading"), (_padded(frame, above=4),)),
            (tr("Test and intervals"), testing),
        )
        for title, rows in parts:
            column.addWidget(_padded(heading(title)))
            column.addSpacing(4)
            for row in rows:
                column.addWidget(row)
            column.addSpacing(14)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("What to count"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        set_role(scroll, "quiet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _counted_by(self) -> tuple[ChoiceRow, ...]:
        counted = (self.count, self.relation, self.distance, self.stanza, self.unit, self.window_length)
        return (*counted, self.coders, self.sub_codes, self.colour, self.shows)

    def _connect(self) -> None:
        rows = {
            "mode": self.count,
            "relation": self.relation,
            "distance": self.distance,
            "stanza": self.stanza,
            "window": self.window_length,
            "shows": self.shows,
            "unit": self.unit,
            "coders": self.coders,
            "roll_up": self.sub_codes,
            "colour": self.colour,
        }
        for option, row in rows.items():
            row.picked.connect(partial(self._take, option))
        self.test.picked.connect(partial(self._infer, "test"))
        self.intervals.picked.connect(partial(self._infer, "intervals"))
        self.over.picked.connect(partial(self._infer, "over_cases"))
        for option, row in self._numbers().items():
            row.picked.connect(partial(self._infer, option))
        self.compute.clicked.connect(self.inference_requested)
        self.sources.picked.connect(self._on_sources)
        self.part.picked.connect(self._on_part)
        self.codes.picked.connect(self._on_codes)
        self.source_chooser.chosen.connect(self._on_sources_ticked)
        self.code_chooser.chosen.connect(self._on_codes_ticked)

    def _numbers(self) -> dict[str, NumberRow]:
        return {
            "seed": self.seed,
            "resamples": self.resamples,
            "fewest_units": self.least_units,
            "fewest_documents": self.least_documents,
        }

    def _take(self, field: str, value: object) -> None:
        self._choose(**{field: value})

    def _choose(self, **fields: Any) -> None:  # noqa: ANN401 - fields of Options, each of its own type
        wanted = replace(self.options, **fields)
        if wanted != self.options:
            self.options = wanted
            self.refresh()
            self.changed.emit()

    def _infer(self, option: str, value: Any) -> None:  # noqa: ANN401 - a field of Inference, each of its own type
        self._choose(inference=replace(self.options.inference, **{option: value}))

    def _on_sources_ticked(self, ids: frozenset[str]) -> None:
        self._choose(sources=None if ids == self._material.sources.keys() else ids)

    def _on_codes_ticked(self, ids: frozenset[str]) -> None:
        self._choose(codes=ids, top=None)

    def _on_sources(self, value: object) -> None:
        if value == _CHOOSE:
            self.source_chooser.ask(list(self._material.sources.items()), self.options.sources, self.sources)
        else:
            self._choose(sources=None)

    def _on_part(self, value: object) -> None:
        if value == _CHOOSE:
            self.part_requested.emit()
        else:
            self.take_scope(EVERYTHING)

    def take_scope(self, scope: Scope) -> None:
        """Count this part of the project alone."""
        self._choose(scope=scope)

    def _on_codes(self, value: object) -> None:
        if value == _CHOOSE:
            tree, used = self._material.tree, self._material.used
            listed = used.union(*(tree.ancestors(code_id) for code_id in used)) if self.options.roll_up else used
            things = [(code.id, tree.path(code.id)) for code in tree.walk() if code.id in listed]
            self.code_chooser.ask(things, self.options.codes, self.codes)
        else:
            self._choose(codes=None, top=value)

    def reset(self) -> None:
        """Forget what was chosen for another project."""
        self.options = Options()
        self.source_chooser.close()
        self.code_chooser.close()

    def offer(self, material: Material) -> None:
        """Offer what the project holds now; what was chosen and is gone is left out."""
        self._material = material
        chosen = self.options
        if chosen.coders not in {*said.coder_words(material.people), *material.coders}:
            chosen = replace(chosen, coders=EACH)
        if chosen.sources is not None:
            chosen = replace(chosen, sources=chosen.sources & material.sources.keys())
        if chosen.codes is not None:
            chosen = replace(chosen, codes=frozenset(code_id for code_id in chosen.codes if code_id in material.tree))
        self.options = chosen
        self.refresh()

    def refresh(self) -> None:
        """Show in every row what is chosen."""
        chosen, material = self.options, self._material
        self.count.offer(list(said.mode_words().items()), chosen.mode)
        self.unit.offer(list(said.unit_words().items()), chosen.unit)
        policies = said.coder_words(material.people)
        self.coders.offer(list((policies | material.coders).items()), chosen.coders)
        self.sub_codes.offer(list(said.roll_up_words().items()), chosen.roll_up)
        self.colour.offer(list(said.colour_words().items()), chosen.colour)
        self.shows.offer(list(said.shows_words().items()), chosen.shows)
        self._refresh_what_depends()
        choose = (_CHOOSE, tr("Choose…"))
        self.sources.say(said.sources_words(chosen, len(material.sources)))
        self.sources.offer(
            [(None, tr("All sources")), choose], None if chosen.sources is None else _CHOOSE, shown=tr("change")
        )
        self.part.say(scope_said(chosen.scope) or tr("Sets, cases, values"))
        parts = [(EVERYTHING, tr("everything")), (_CHOOSE, tr("Choose…"))]
        self.part.offer(parts, chosen.scope or EVERYTHING, shown=tr("change") if chosen.scope else tr("everything"))
        self.codes.say(said.codes_words(chosen, len(material.used)))
        tops = [(n, tr("{n} most used", n=n)) for n in _TOPS if n < len(material.used)]
        of_codes = _CHOOSE if chosen.codes is not None else chosen.top
        self.codes.offer([(None, tr("All used codes")), *tops, choose], of_codes, shown=tr("change"))

    def _refresh_what_depends(self) -> None:
        """Show the rows that the mode and the unit ask for, and no others."""
        chosen = self.options
        self.relation.offer(list(said.relation_words().items()), chosen.relation)
        self.relation.setVisible(chosen.mode is Mode.RELATION)
        self.distance.offer(said.distances(), chosen.distance)
        self.distance.setVisible(chosen.mode is Mode.PROXIMITY)
        self.stanza.offer(said.stanzas(), chosen.stanza)
        self.stanza.setVisible(chosen.mode is Mode.WINDOWS)
        self.window_length.offer(said.fixed_windows(), chosen.window)
        self.window_length.setVisible(chosen.unit is Unit.WINDOW)
        self.test.offer(list(said.test_words().items()), chosen.inference.test)
        self.intervals.offer(list(said.interval_words().items()), chosen.inference.intervals)
        self.over.offer(list(said.over_words().items()), chosen.inference.over_cases)
        self.over.setVisible(bool(chosen.inference.intervals) and chosen.unit is not Unit.CASE)
        self._refresh_draws()
        self.compute.setEnabled(chosen.inference.is_long)

    def _refresh_draws(self) -> None:
        """Show the numbers on which the chosen test and intervals depend."""
        inference = self.options.inference
        for option, row in self._numbers().items():
            row.offer(getattr(inference, option))
        tested = inference.test is not Against.NONE
        self.resamples.setVisible(bool(inference.intervals))
        self.least_units.setVisible(tested)
        self.least_documents.setVisible(tested)
        self.draws.setVisible(inference.is_long)
        usual = Inference()
        self.draws.say(changed=any(getattr(inference, one) != getattr(usual, one) for one in self._numbers()))

    def say_computed(self, sentence: str) -> None:
        """Say what was tested and resampled, or that nothing was."""
        self._computed.setText(sentence)
        self._computed_row.setVisible(bool(sentence))

    def read(self, said: Reading) -> None:
        """Say the chosen cell in words."""
        self._details.show_details(said.details)
        lines = ((self._reading, said.counted), (self._coefficient, said.coefficient), (self._basis, said.basis))
        for label, text in lines:
            label.setText(text)
            label.setVisible(bool(text))

    def reading(self) -> Reading:
        """Return what the card says."""
        return Reading(self._reading.text(), self._coefficient.text(), self._basis.text(), self._details.details)


def _padded(inner: QWidget, *, above: int = 0) -> QWidget:
    outer = QWidget()
    row = QVBoxLayout(outer)
    row.setContentsMargins(14, above, 14, 0)
    row.addWidget(inner)
    return outer
