"""The list of a preview: Space or a click ticks what is marked."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from coder_app.domain.hits import Placed
from coder_app.gui.passages.hits_list import HitList
from coder_app.gui.passages.plan_model import PlanModel
from coder_app.gui.theme import ThemeSource

_TICKS = range(28, 58)


class PlanList(HitList):
    """As the list of hits, with ticks."""

    apply_wanted = Signal()
    """Enter: do what is ticked."""

    def __init__(self, themes: ThemeSource, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(themes, model, parent)
        self._plan = model

    def _press(self, row: int, at: QPoint) -> bool:
        if at.x() not in _TICKS:
            return super()._press(row, at)
        self.go_to(row)
        self._look(None)
        return True

    def _look(self, place: Placed | None) -> None:
        """Tick all that is marked, or tick it off where the current row is ticked."""
        row = self.currentIndex().row()
        is_kept = self._plan.state(row).value == 0
        self._plan.tick_rows({row, *self.marked_rows()}, is_kept=is_kept)

    def _choose(self, row: int, place: Placed | None) -> None:
        self.apply_wanted.emit()
