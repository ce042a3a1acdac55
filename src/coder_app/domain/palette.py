"""The colours of codes: which one a new code gets, and whether a colour can be read on its paper.

The palette was computed once: 24 hues, 15° apart in OKLCH, chroma 0.13 or what sRGB allows. Neighbours
differ slightly in lightness (0.565, 0.65), because two neighbouring hues of exactly equal lightness are one
colour to people who cannot tell red from green. Each has a contrast of at least 3:1 with both papers.
"""

import colorsys
import re
from collections import Counter
from collections.abc import Iterable

PALETTE = (
    "#b2516e", "#d26b71", "#b55541", "#ce7443", "#a96202", "#ba8416", "#8d7302", "#979420",
    "#688217", "#65a150", "#258b4f", "#0ba880", "#03897b", "#04a3a7", "#038498", "#049dcb",
    "#157dbc", "#5b90dd", "#5d6ec2", "#8c81d9", "#8661b4", "#b074c2", "#a25696", "#c86c9d",
)  # fmt: skip
"""The colours around the circle of hues, as "#rrggbb"."""

# Greedy: each next one is farthest from those before, half by normal vision and half by the worst of three
# simulated deficiencies (Machado 2009); the first six stay well apart for everybody.
_BY_DISTANCE = (17, 4, 23, 9, 20, 12, 5, 0, 13, 16, 21, 8, 22, 1, 2, 3, 10, 18, 15, 19, 7, 11, 6, 14)
_RANK = {PALETTE[place]: rank for rank, place in enumerate(_BY_DISTANCE)}

# A family reaches 45° to either side of its parent.
_FAMILY_REACH = 3
_GREY_BELOW = 0.12

_BASIC = {
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "magenta": "#ff00ff",
    "green": "#008000", "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080",
    "blue": "#0000ff", "teal": "#008080", "aqua": "#00ffff", "cyan": "#00ffff", "orange": "#ffa500",
    "pink": "#ffc0cb", "brown": "#a52a2a", "violet": "#ee82ee", "gold": "#ffd700", "turquoise": "#40e0d0",
}  # fmt: skip
_HEX = re.compile(r"#?(?:[0-9a-f]{2})?([0-9a-f]{6})|#([0-9a-f])([0-9a-f])([0-9a-f])")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*(?:[,/]\s*[\d.]+%?\s*)?\)")
_DOTNET = re.compile(r"color\s*\[\s*(?:a=\d{1,3},\s*)?r=(\d{1,3}),\s*g=(\d{1,3}),\s*b=(\d{1,3})\s*\]")
_DOTNET_NAME = re.compile(r"color\s*\[\s*([a-z]+)\s*\]")


def colour_for(siblings: Iterable[str], parent: str | None, used: Iterable[str]) -> str:
    """Return the palette's colour for a new code, given its siblings', its parent's and all colours in use.

    No sibling has it as long as the palette has another. A child takes it from the hues beside its
    parent's where one of them is free. The same arguments always give the same colour.
    """
    beside = Counter(colour.lower() for colour in siblings)
    everywhere = Counter(colour.lower() for colour in used)
    family = [colour for colour in _family(parent) if not beside[colour]]
    return min(family or PALETTE, key=lambda colour: (beside[colour], everywhere[colour], _RANK[colour]))


def _family(parent: str | None) -> list[str]:
    place = _place_of(parent) if parent else None
    if place is None:
        return []
    reach = range(-_FAMILY_REACH, _FAMILY_REACH + 1)
    near = [PALETTE[(place + step) % len(PALETTE)] for step in reach]
    return [colour for colour in near if colour != parse_colour(parent or "")]


def _place_of(colour: str) -> int | None:
    """Return the place of the palette's colour with the nearest hue; None for greys and for no colour."""
    known = parse_colour(colour)
    if known is None:
        return None
    if known in _RANK:
        return PALETTE.index(known)
    hue, saturation = _hue_and_saturation(known)
    if saturation < _GREY_BELOW:
        return None
    return min(range(len(PALETTE)), key=lambda place: _apart(_hue_and_saturation(PALETTE[place])[0], hue))


def _hue_and_saturation(colour: str) -> tuple[float, float]:
    red, green, blue = _channels(colour)
    hue, saturation, _ = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    return hue, saturation


def _apart(one: float, other: float) -> float:
    return min(abs(one - other), 1 - abs(one - other))


def parse_colour(text: str) -> str | None:
    """Return the colour that `text` names as "#rrggbb" in lower case, or None where it names none.

    Understood are #rgb, #rrggbb (with or without #), #aarrggbb, rgb(…), rgba(…), `Color [A=…, R=…, G=…, B=…]`
    and the basic colour names. Opacity is dropped.
    """
    wanted = text.strip().lower()
    named = _DOTNET_NAME.fullmatch(wanted)
    name = named[1] if named else wanted
    if name in _BASIC:
        return _BASIC[name]
    if found := _HEX.fullmatch(wanted):
        return "#" + (found[1] or "".join(digit * 2 for digit in found.groups()[1:]))
    found = _RGB.fullmatch(wanted) or _DOTNET.fullmatch(wanted)
    if found is None:
        return None
    channels = [int(number) for number in found.groups()]
    return _as_text(channels) if max(channels) <= 255 else None  # noqa: PLR2004 (a byte)


def contrast(a: str, b: str) -> float:
    """Return the contrast of two "#rrggbb" colours as WCAG 2 defines it, from 1 (equal) to 21."""
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def blend(colour: str, paper: str, share: float) -> str:
    """Return `paper` with `share` (0 to 1) of `colour` laid over it, as a screen shows a half-clear tint."""
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    return _as_text(round(share * over + (1 - share) * under) for over, under in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _as_text(channels: Iterable[int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
