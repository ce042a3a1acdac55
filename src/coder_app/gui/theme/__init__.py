"""How the window looks: the only place with colours in hex and with a style sheet."""

from coder_app.gui.theme.icons import icon
from coder_app.gui.theme.look import apply_theme, set_role
from coder_app.gui.theme.source import ThemeSource
from coder_app.gui.theme.values import THEMES, Sizes, Theme, contrast, load_theme, mix, readable_on

__all__ = [
    "THEMES",
    "Sizes",
    "Theme",
    "ThemeSource",
    "apply_theme",
    "contrast",
    "icon",
    "load_theme",
    "mix",
    "readable_on",
    "set_role",
]
