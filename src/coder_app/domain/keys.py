"""How the name of a key is spelled, so that one key has one name in the window and on the command line."""

from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

_MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")
_MOST_STROKES = 2


def clean_key(typed: str) -> str:
    """Return a key or chord such as "H", "Ctrl+Alt+H" or "G, H" as it is kept: in Qt's portable spelling.

    Raises BadInput where `typed` is none.
    """
    strokes = [stroke.strip() for stroke in typed.split(", ")]
    cleaned = [_stroke(stroke) for stroke in strokes]
    if not 0 < len(cleaned) <= _MOST_STROKES or not all(cleaned):
        raise BadInput(tr("“{key}” is no key; write one such as H, Shift+H or Ctrl+Alt+H.", key=typed))
    return ", ".join(cleaned)


def _stroke(stroke: str) -> str:
    """Return one stroke of keys cleaned, "" where it is none."""
    is_plus = stroke == "+" or stroke.endswith("++")
    *held, key = [*stroke[:-2].split("+"), "+"] if is_plus else stroke.split("+")
    wanted = {name.strip().capitalize() for name in held if name.strip()}
    key = key.strip()
    if not key or " " in key or not key.isprintable() or not wanted <= set(_MODIFIERS):
        return ""
    key = key.upper() if len(key) == 1 else key[0].upper() + key[1:]
    return "+".join([*(name for name in _MODIFIERS if name in wanted), key])
