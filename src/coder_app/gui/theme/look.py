"""Gives a theme to the application: Fusion, one palette, one style sheet."""

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from coder_app.bundled import bundled
from coder_app.gui.theme.fonts import TEXT_FAMILIES, add_bundled_fonts, interface_font
from coder_app.gui.theme.values import Theme, mix


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Show the whole application in `theme`; may be called again at any time."""
    if not app.styleSheet():  # once: a style sheet wraps the style and hides its name
        app.setStyle("Fusion")
    add_bundled_fonts()
    app.setFont(interface_font(theme.sizes.interface))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def set_role(widget: QWidget, role: str) -> None:
    """Let `widget` look as `role` says (see resources/themes/window.qss), now and later."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of `theme`, for all that the style sheet leaves to Fusion."""
    role = QPalette.ColorRole
    made = QPalette()
    for where, colour in (
        (role.Window, theme.background),
        (role.WindowText, theme.ink),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.panel),
        (role.ToolTipBase, theme.paper),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.muted),
        (role.Text, theme.ink),
        (role.Button, theme.panel),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.error),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.ink),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, mix(theme.paper, theme.line, 0.5)),
        (role.Midlight, theme.line),
        (role.Mid, mix(theme.ink, theme.line, 0.2)),
        (role.Dark, mix(theme.ink, theme.line, 0.4)),
        (role.Shadow, mix(theme.ink, theme.line, 0.6)),
    ):
        made.setColor(where, colour)
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, where, disabled(theme))
    return made


def disabled(theme: Theme) -> QColor:
    """Return the colour of words that cannot be used now."""
    return mix(theme.muted, theme.panel, 0.6)


def style_sheet(theme: Theme) -> str:
    """Return the window's style sheet with every role filled in from `theme`."""
    folder = bundled("resources") / "themes"
    template = (folder / "window.qss").read_text(encoding="utf-8")
    colours = {name: value.name() for name in Theme.__slots__ if isinstance(value := getattr(theme, name), QColor)}
    sizes = theme.sizes
    return Template(template).substitute(
        colours,
        folder=folder.as_posix(),
        tick="black" if theme.is_dark else "white",
        disabled=disabled(theme).name(),
        handle=mix(theme.muted, theme.panel, 0.45).name(),
        line_width=f"{theme.line_width}px",
        label_size=f"{sizes.label}px",
        small_size=f"{sizes.note}px",
        quote_size=f"{sizes.interface + 2}px",
        heading_size=f"{sizes.heading}px",
        title_size=f"{sizes.title}px",
        text_families=", ".join(f'"{family}"' for family in TEXT_FAMILIES),
    )
