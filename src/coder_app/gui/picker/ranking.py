"""Which codes fit what was typed, the best first. Free of Qt."""

import re
import unicodedata
from collections.abc import Mapping

from coder_app.domain.tree import CodeTree

_INITIALS = re.compile(r"\w+")


def plain(text: str) -> str:
    """Return `text` without accents and case, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fit(typed: str, name: str, path: str) -> int | None:
    """Return how well a code fits what was typed, 0 is best; None where it does not fit at all."""
    wanted, name, path = plain(typed), plain(name), plain(path)
    if not wanted:
        return 0
    words = _INITIALS.findall(name)
    tests = (
        name == wanted,
        name.startswith(wanted),
        any(word.startswith(wanted) for word in words),
        wanted in name,
        "".join(word[0] for word in words).startswith(wanted),
        all(part in path for part in wanted.split()),
    )
    return next((place for place, fits in enumerate(tests) if fits), None)


def ranked(
    tree: CodeTree, typed: str, recent: Mapping[str, int], uses: Mapping[str, int], *, groups: bool = False
) -> list[str]:
    """Return the ids of the codes that fit `typed`: the best fit first, then the latest used, then the most used.

    `recent` gives a number that grows with each use. With nothing typed the codes never used lately
    keep the order of the tree. Codes that only group others are left out unless `groups`.
    """
    found: list[tuple[int, int, int, int, str]] = []
    for place, code in enumerate(tree.walk()):
        how = fit(typed, code.name, tree.path(code.id))
        if how is not None and (groups or code.is_codable):
            often = uses.get(code.id, 0) if typed else 0
            found.append((how, -recent.get(code.id, 0), -often, place, code.id))
    return [row[-1] for row in sorted(found)]
