"""The place of the layout for counting, which is built when it is first looked at: it loads what takes long to load."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coder_app.gui.context import Context
from coder_app.i18n import tr

if TYPE_CHECKING:
    from coder_app.gui.analyse.panel import AnalysePanel


class AnalysePage(QWidget):
    """Empty until it is shown for the first time."""

    place_chosen = Signal(str, int, int)
    """A passage is to be read in its text: source id, start and stop in code points."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.panel: AnalysePanel | None = None
        self.setAccessibleName(tr("Analyse"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def refresh(self) -> None:
        """Count again if anything has changed since the last time."""
        if self.panel is None:
            self._build()
        else:
            self.panel.refresh()

    def _build(self) -> None:
        from coder_app.gui.analyse.panel import AnalysePanel

        self.panel = AnalysePanel(self._context, self)
        self.panel.place_chosen.connect(self.place_chosen)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.panel)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
