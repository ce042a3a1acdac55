"""What can be chosen about a picture besides how it is counted: the least weight, the seed, the sides of a Sankey."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QMenu, QSpinBox, QToolButton, QWidget

from coder_app.analysis.layouts.material import COUNT, JACCARD, Choices
from coder_app.domain.pictures import PictureKind
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.tips import plain_label
from coder_app.i18n import tr, trn

_MOST_COUNT = 1_000_000
_WIDE = 130


class PictureChoices(QWidget):
    """Shows what the kind of picture knows; nothing for most."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.least = QDoubleSpinBox()
        self.least.setAccessibleName(tr("Least weight of a link"))
        self.least.setSpecialValueText(tr("automatic"))
        self.least.setKeyboardTracking(False)
        self.least.setMinimumWidth(_WIDE)
        self.seed = QSpinBox()
        self.seed.setAccessibleName(tr("Seed of the network"))
        self.seed.setRange(1, 9999)
        self.seed.setKeyboardTracking(False)
        self.seed.setMinimumWidth(_WIDE // 2)
        self.rows = Side(tr("Rows"))
        self.columns = Side(tr("Columns"))
        for box in (self.least, self.seed):
            box.lineEdit().setTextMargins(6, 0, 0, 0)
        self._least_label, self._seed_label = QLabel(tr("Least weight")), QLabel(tr("Seed"))
        self._least_label.setBuddy(self.least)
        self._seed_label.setBuddy(self.seed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self.rows, self.columns, self._least_label, self.least, self._seed_label, self.seed):
            line.addWidget(part)
        line.addStretch(1)
        self.least.valueChanged.connect(self.changed)
        self.seed.valueChanged.connect(self.changed)
        self.rows.changed.connect(self.changed)
        self.columns.changed.connect(self.changed)
        self._weight = JACCARD
        self.show_for(None)

    def show_for(self, kind: PictureKind | None) -> None:
        """Show what this kind of picture knows."""
        network, sankey = kind is PictureKind.NETWORK, kind is PictureKind.SANKEY
        for part in (self.least, self._least_label):
            part.setVisible(network or sankey)
        self._least_label.setText(tr("Least count") if sankey else tr("Least weight"))
        for part in (self.seed, self._seed_label):
            part.setVisible(network)
        for part in (self.rows, self.columns):
            part.setVisible(sankey)
        self._scale(counts=sankey or self._weight == COUNT)
        self.setVisible(network or sankey)

    def offer(self, tree: CodeTree, used: tuple[str, ...], weight: str) -> None:
        """Offer the codes of a table; links weigh `weight`, "jaccard" or "count"."""
        self._weight = weight
        for side in (self.rows, self.columns):
            side.offer(tree, used)

    def _scale(self, *, counts: bool) -> None:
        before = self.least.blockSignals(True)  # noqa: FBT003 (Qt's own)
        self.least.setDecimals(0 if counts else 3)
        self.least.setRange(0, _MOST_COUNT if counts else 1)
        self.least.setSingleStep(1 if counts else 0.01)
        self.least.blockSignals(before)

    def choices(self, kind: PictureKind) -> Choices:
        """Return what is chosen, as far as this kind of picture knows it."""
        network, sankey = kind is PictureKind.NETWORK, kind is PictureKind.SANKEY
        return Choices(
            self._weight,
            self.least.value() or None if network or sankey else None,
            self.seed.value() if network else 1,
            self.rows.codes if sankey else None,
            self.columns.codes if sankey else None,
        )


class Side(QToolButton):
    """Which codes stand at one side of a Sankey diagram: all, or some with all below them."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._tree = CodeTree([])
        self._used: tuple[str, ...] = ()
        self._chosen: set[str] = set()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        self._say()

    @property
    def codes(self) -> frozenset[str] | None:
        """The ids of the chosen codes with all below them; None for all."""
        chosen = [one for one in self._chosen if one in self._tree]
        if not chosen:
            return None
        return frozenset(chosen).union(below.id for one in chosen for below in self._tree.walk(one))

    def offer(self, tree: CodeTree, used: tuple[str, ...]) -> None:
        """Offer the codes that are used, and those above them."""
        self._tree, self._used = tree, used
        self._say()

    def _say(self) -> None:
        count = len([one for one in self._chosen if one in self._tree])
        said = tr("all") if not count else trn("{n} code", "{n} codes", count)
        self.setText(f"{self._name}: {said} ▾")
        self.setAccessibleName(f"{self._name}: {said}")

    def _fill(self) -> None:
        self.menu().clear()
        self.menu().addAction(tr("All")).triggered.connect(self._take_all)
        self.menu().addSeparator()
        shown = {above for one in self._used for above in (one, *self._tree.ancestors(one))}
        for code in self._tree.walk():
            if code.id in shown:
                words = "    " * self._tree.depth(code.id) + plain_label(code.name)
                action = self.menu().addAction(words)
                action.setCheckable(True)
                action.setChecked(code.id in self._chosen)
                action.triggered.connect(lambda _=False, code_id=code.id: self._turn(code_id))

    def _take_all(self) -> None:
        self._chosen.clear()
        self._say()
        self.changed.emit()

    def _turn(self, code_id: str) -> None:
        self._chosen ^= {code_id}
        self._say()
        self.changed.emit()
