"""What the palette can lead to, and how well each fits what was typed. Free of Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

from coder_app.gui.picker.ranking import fit


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette; `kind` is "source", "code", "action", "words" or "later".

    What is for later is an action that something has to be chosen for first, which `note` says.
    """

    kind: str
    id: str
    text: str
    note: str = ""
    colour: str = ""


_ORDER = {"code": 0, "source": 1, "action": 2, "later": 3}


def ranked(entries: Iterable[Entry], typed: str, most: int) -> list[Entry]:
    """Return the entries that fit, the best fit first; codes before sources before actions."""
    found = [
        (how, _ORDER[entry.kind], place, entry)
        for place, entry in enumerate(entries)
        if (how := fit(typed, entry.text, f"{entry.note} {entry.text}")) is not None
    ]
    return [row[-1] for row in sorted(found, key=lambda row: row[:3])[:most]]
