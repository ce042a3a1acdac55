"""The middle column: title, whose table, export, and the table itself or the sentence that stands for it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from coder_app.analysis.block import Block
from coder_app.analysis.layouts.clustering import clustered
from coder_app.analysis.layouts.material import LEAST_CODES, material
from coder_app.domain.pictures import PictureKind
from coder_app.gui.analyse.blocks import BlockChooser
from coder_app.gui.analyse.counting import Answer
from coder_app.gui.analyse.details import Details, tested_details
from coder_app.gui.analyse.export import ExportButton, Shown
from coder_app.gui.analyse.heat_model import HeatModel
from coder_app.gui.analyse.heat_view import HeatView
from coder_app.gui.analyse.pictures.choices import PictureChoices
from coder_app.gui.analyse.pictures.methods import MethodsButton
from coder_app.gui.analyse.pictures.panel import PicturePanel
from coder_app.gui.analyse.pictures.switch import ViewSwitch
from coder_app.gui.analyse.sentences import hidden_words, note
from coder_app.gui.context import Context
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.cut import CutLabel
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr


class TablePanel(QFrame):
    """Shows one block of a table at a time."""

    pair_chosen = Signal(str, str)
    block_chosen = Signal(object)
    passages_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "paper")
        title = CutLabel()
        title.setText(tr("Code co-occurrence"))
        set_role(title, "heading")
        self.blocks = BlockChooser()
        self.methods = MethodsButton()
        self.export = ExportButton(context)
        self.model = HeatModel(self)
        self.view = HeatView(context.theme, self.model)
        self.switch = ViewSwitch()
        self.choices = PictureChoices()
        self.pictures = PicturePanel(context, self.choices)
        self._shown: tuple[Answer, Block | None] | None = None
        self._hidden: Collection[str] = ()
        self._pair: tuple[str, str] | None = None
        self.note = words("", "muted")
        self.empty = words("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._arrange(title)
        for part in (self.view, self.pictures):
            part.pair_chosen.connect(self._on_pair)
            part.passages_wanted.connect(self.passages_wanted)
        self.switch.picked.connect(self._on_view)
        self.choices.changed.connect(self._offer_export)
        self.blocks.picked.connect(self.block_chosen)

    def _arrange(self, title: QLabel) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.blocks)
        head.addStretch(1)
        head.addWidget(self.methods)
        head.addWidget(self.export)
        views = QHBoxLayout()
        views.setSpacing(14)
        views.addWidget(self.switch)
        views.addStretch(1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.view, 1)
        column.addWidget(self.note)
        column.addStretch(0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(full)
        self._pages.addWidget(self.pictures)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 20, 34, 20)
        whole.setSpacing(14)
        whole.addLayout(head)
        whole.addLayout(views)
        whole.addWidget(self.choices)
        whole.addWidget(self._pages, 1)

    def show_block(self, table: Answer, block: Block | None, hidden: Collection[str] = ()) -> None:
        """Show one block of a counted table, or the sentence that says why there is nothing to show.

        `hidden` are the ids of the coders whose codings are not shown in the texts.
        """
        how = table.result.how
        self.blocks.offer(table.result.blocks, block)
        self._shown = table, block
        self._hidden = hidden
        self._offer_export()
        chosen = table.options
        tip = None if block is None else partial(tested_details, table, block)
        self.model.show(self._in_order(table, block), how, table.tree, chosen.colour, chosen.shows, _of_two(tip))
        if block is None or len(block.codes) < LEAST_CODES:
            self._say(_why_empty(table, block))
            return
        said = note(block, how, table.options.colour, self.model.highest)
        order = [tr("codes in the order of their clusters (average linkage on 1 − Jaccard)")] * self._is_heatmap
        self.note.setText(" · ".join([said, *order, *hidden_words(_counted(table, block, hidden))]))
        self.pictures.show_block(table, block)
        self._pages.setCurrentIndex(1 if self._is_table else 2)

    @property
    def _is_heatmap(self) -> bool:
        return self.switch.kind is PictureKind.HEATMAP

    @property
    def _is_table(self) -> bool:
        """Whether the cells show; the heatmap is the same cells in another order."""
        return self.switch.kind is None or self._is_heatmap

    def _in_order(self, table: Answer, block: Block | None) -> Block | None:
        """Return the block with its codes in the order in which they are shown."""
        if block is None or not self._is_heatmap or len(block.codes) < LEAST_CODES:
            return block
        return replace(block, codes=clustered(material(block, table.result.how, table.tree)))

    def _offer_export(self) -> None:
        """Let what is shown be written: the table, and the picture as it is chosen."""
        table, block = self._shown or (None, None)
        known = table is not None and block is not None and block.codes
        self.export.take(Shown(table, block, self.switch.kind, self.pictures.choices()) if table and known else None)
        self.methods.take(table if known else None)

    def _on_view(self, kind: PictureKind | None) -> None:
        self.pictures.show_kind(None if self._is_table else kind)
        table, block = self._shown or (None, None)
        if table is not None:
            self.show_block(table, block, self._hidden)
        self.choose(self._pair)

    def _on_pair(self, code_a: str, code_b: str) -> None:
        self._pair = (code_a, code_b)
        self.pair_chosen.emit(code_a, code_b)

    def choose(self, pair: tuple[str, str] | None) -> bool:
        """Make a cell the current one and say whether it is there."""
        self._pair = pair
        self.pictures.choose(pair)
        return self.view.choose(pair)

    def say_nothing_is_coded(self) -> None:
        """Show what to do first."""
        self._say_instead(_nothing_coded())

    def say_counting(self) -> None:
        """Say that a worker is counting; the table before stays in sight where there is one."""
        self.export.take(None)
        if self._pages.currentIndex() == 0:
            self._say(tr("Counting…"))
        else:
            self.note.setText(tr("Counting again…"))

    def say_failed(self, reason: str = "") -> None:
        """Show that there is no table, and why."""
        self._say_instead(reason or tr("The table could not be counted. Choose other options at the left."))

    def _say_instead(self, sentence: str) -> None:
        self.blocks.offer((), None)
        self._shown = None
        self._offer_export()
        self.pictures.clear()
        self.model.clear()
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.empty.setText(sentence)
        self._pages.setCurrentIndex(0)


def _of_two(tip: Callable[[tuple[str, str]], Details] | None) -> Callable[[str, str], Details] | None:
    return None if tip is None else lambda code_a, code_b: tip((code_a, code_b))


def _counted(table: Answer, block: Block, among: Collection[str]) -> list[str]:
    """Return the names of those among these coders whose codings the block counts."""
    counted = [block.coder_id] if block.coder_id is not None else list(table.tally.codings.ids.coders)
    return sorted(table.names.get(coder, coder) for coder in counted if coder in among)


def _nothing_coded() -> str:
    return tr(
        "Nothing is coded yet. Code some passages in the texts (Ctrl+1); this table then counts which codes meet there."
    )


def _why_empty(table: Answer, block: Block | None) -> str:
    if not len(table.tally.codings):
        return _nothing_coded()
    if block is None or not block.codes:
        return tr("None of the chosen codes is used in the chosen sources by the chosen coders. Widen the scope.")
    return tr(
        "Only one code is used here: {name}. A table needs two; code some passages with another one, "
        "or widen the scope.",
        name=table.tree[block.codes[0]].name,
    )
