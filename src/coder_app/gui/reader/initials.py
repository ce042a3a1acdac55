"""One or two letters for each coder, to stand beside the names of codes."""

from collections.abc import Iterable

from coder_app.domain.model import Coder


def initials(coders: Iterable[Coder]) -> dict[str, str]:
    """Return letters by coder id: "Coder A" is A, "Ana Bruno" is AB; where two would be alike they are numbered."""
    found: dict[str, str] = {}
    for coder in coders:
        letters, number = _letters(coder.name), 2
        wanted = letters
        while wanted in found.values():
            wanted, number = f"{letters}{number}", number + 1
        found[coder.id] = wanted
    return found


def _letters(name: str) -> str:
    parts = name.split()
    if parts and len(parts[-1]) == 1:
        return parts[-1]
    return "".join(part[0] for part in parts[:2]).upper()
