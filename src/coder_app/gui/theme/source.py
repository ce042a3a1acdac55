"""Says which theme is shown now: handed to widgets by their constructor, never a global."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from coder_app.gui.theme.look import apply_theme
from coder_app.gui.theme.values import Theme, load_theme

SYSTEM = "system"


class ThemeSource(QObject):
    """The theme that the application shows. `changed` brings the new Theme, after it was applied."""

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: str = SYSTEM, text_scale: float = 1.0) -> None:
        """Apply the theme `choice`: a name of THEMES, or "system" to follow the desktop, light or dark."""
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._text_scale = text_scale
        self._theme = load_theme(self._name(), text_scale)
        apply_theme(app, self._theme)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """The theme shown now."""
        return self._theme

    @property
    def choice(self) -> str:
        """What the person chose: a name of THEMES, or "system"."""
        return self._choice

    def choose(self, choice: str, text_scale: float | None = None) -> None:
        """Show the theme `choice` (a name of THEMES, or "system") from now on.

        Raises OSError if there is no such theme; then the old one stays.
        """
        before = self._choice, self._text_scale
        self._choice = choice
        self._text_scale = text_scale or self._text_scale
        try:
            self._show()
        except OSError:
            self._choice, self._text_scale = before
            raise

    def _name(self) -> str:
        if self._choice != SYSTEM:
            return self._choice
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _show(self) -> None:
        theme = load_theme(self._name(), self._text_scale)
        if theme == self._theme:
            return
        self._theme = theme
        apply_theme(self._app, theme)
        self.changed.emit(theme)

    def _follow_system(self) -> None:
        if self._choice == SYSTEM:
            self._show()
