"""A theme as plain values: a colour for every role, and the sizes that all themes share."""

import tomllib
from dataclasses import dataclass, fields

from PySide6.QtGui import QColor

from coder_app.bundled import bundled

THEMES = ("light", "dark", "high_contrast")
_DARKEST_CURVED = 0.04045  # below it sRGB is a straight line


@dataclass(frozen=True, slots=True)
class Sizes:
    """Distances and type sizes in device-independent pixels."""

    tight: int = 4
    small: int = 8
    medium: int = 14
    large: int = 20
    wide: int = 34
    radius: int = 6
    card_radius: int = 9
    label: int = 11
    note: int = 12
    interface: int = 13
    heading: int = 16
    title: int = 20
    text: int = 17

    def scaled(self, factor: float) -> "Sizes":
        """Return the same distances with the type larger or smaller by `factor`."""
        return Sizes(
            label=round(self.label * factor),
            note=round(self.note * factor),
            interface=round(self.interface * factor),
            heading=round(self.heading * factor),
            title=round(self.title * factor),
            text=round(self.text * factor),
        )


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour for each role. Paint code takes roles from here and never names a colour.

    `tint` is the share of a code's colour in a highlight over the paper; `line_width` is in pixels.
    """

    name: str
    is_dark: bool
    line_width: int
    tint: float
    background: QColor
    panel: QColor
    paper: QColor
    ink: QColor
    muted: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    hover: QColor
    text_selection: QColor
    warning: QColor
    error: QColor
    success: QColor
    hit: QColor
    hit_current: QColor
    chosen: QColor
    heat_low: QColor
    heat_high: QColor
    sizes: Sizes


def load_theme(name: str, text_scale: float = 1.0) -> Theme:
    """Return the theme `name`, one of THEMES, with its type sizes multiplied by `text_scale`.

    Raises OSError if there is no such theme and ValueError if its file names an unknown role or lacks one.
    """
    with (bundled("resources") / "themes" / f"{name}.toml").open("rb") as file:
        table = tomllib.load(file)
    table |= {role: QColor(value) for role, value in table.pop("colours").items()}
    odd = {field.name for field in fields(Theme)} ^ {*table, "sizes"}
    if odd:
        raise ValueError(f"theme {name}: roles missing or unknown: {', '.join(sorted(odd))}")
    return Theme(**table, sizes=Sizes().scaled(text_scale))


def mix(over: QColor, under: QColor, share: float) -> QColor:
    """Return `under` with `share` (0 to 1) of `over` laid on it."""
    rest = 1 - share
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * rest,
        over.greenF() * share + under.greenF() * rest,
        over.blueF() * share + under.blueF() * rest,
    )


def luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2) of `colour`, 0 to 1."""
    return 0.2126 * _linear(colour.redF()) + 0.7152 * _linear(colour.greenF()) + 0.0722 * _linear(colour.blueF())


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DARKEST_CURVED else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio (WCAG 2) of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(ground: QColor, theme: Theme) -> QColor:
    """Return the theme's ink or paper, whichever is read more easily on `ground`."""
    return max((theme.ink, theme.paper), key=lambda colour: contrast(colour, ground))
