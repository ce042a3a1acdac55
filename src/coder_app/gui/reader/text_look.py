"""How the text of a reader is shown: follows the settings of the person, and changes them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coder_app.domain.tree import CodeTree
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.reader.loading import entries_of
from coder_app.gui.reader.view import ReaderView
from coder_app.gui.reader.view_settings import ViewSettings, style_of
from coder_app.gui.theme import Theme

_SMALLEST, _LARGEST = 8, 48


class TextLook(QObject):
    """Face, size, width, numbers, margin and map of one reader, and which codes it shows."""

    style_changed = Signal()
    """The settings of the person were changed here; other readers should follow."""
    codes_wanted = Signal(object)
    """The codings of these codes are to be shown, None for all."""

    def __init__(
        self, context: Context, actions: ActionSet, view: ReaderView, button: QWidget, tree: Callable[[], CodeTree]
    ) -> None:
        """`button` opens the settings, and they stand below it; `tree` returns the codebook of today."""
        super().__init__(view)
        self._context = context
        self._actions = actions
        self._view = view
        self._button = button
        self._tree = tree
        self._popup: ViewSettings | None = None
        for action_id in ("view.margin", "view.minimap"):
            actions[action_id].setCheckable(True)
        self._check_actions()
        view.zoom_requested.connect(self._zoom)
        context.theme.changed.connect(self._on_theme)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what is done here for the window's actions."""
        return {
            "view.margin": lambda: self._flip("reader_margin"),
            "view.minimap": lambda: self._flip("reader_minimap"),
            "view.text": self.open,
        }

    def follow(self) -> None:
        """Show the text as the settings of the person say."""
        self._view.set_reader_style(style_of(self._context.settings.values))
        self._check_actions()

    def open(self) -> None:
        """Open the settings."""
        if self._popup is None:
            self._popup = ViewSettings(self._context.settings.values, self._button)
            self._popup.style_changed.connect(self._keep)
            self._popup.codes_shown_changed.connect(self.codes_wanted)
        self._popup.set_codes(entries_of(self._tree()), self._view.codes_shown())
        self._popup.open(self._button.mapToGlobal(self._button.rect().bottomRight()))

    def _keep(self) -> None:
        self.follow()
        self._context.settings.save()
        self.style_changed.emit()

    def _check_actions(self) -> None:
        values = self._context.settings.values
        self._actions["view.margin"].setChecked(values.reader_margin)
        self._actions["view.minimap"].setChecked(values.reader_minimap)

    def _flip(self, name: str) -> None:
        values = self._context.settings.values
        setattr(values, name, not getattr(values, name))
        self._keep()

    def _zoom(self, steps: int) -> None:
        values = self._context.settings.values
        values.reader_size = min(_LARGEST, max(_SMALLEST, values.reader_size + steps))
        self._keep()

    def _on_theme(self, _: Theme) -> None:
        self.follow()
