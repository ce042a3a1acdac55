"""Which codes fit what was typed, the best first. Free of Qt."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.domain.tree import CodeTree
from coder_app.gui.picker.typos import allowed, letters, slips

_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """Return `text` without accents and case, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Entry:
    """A code made ready to be compared with what is typed, letter after letter."""

    code_id: str
    is_codable: bool
    name: str
    path: str
    words: tuple[str, ...]
    initials: str


def entry_of(code_id: str, name: str, path: str, *, is_codable: bool = True) -> Entry:
    """Return a code made ready; its names as people wrote them."""
    comparable = plain(name).strip()
    words = tuple(_WORD.findall(comparable))
    return Entry(code_id, is_codable, comparable, plain(path), words, "".join(word[0] for word in words))


def entries_of(tree: CodeTree) -> list[Entry]:
    """Return all codes made ready, in the order of the tree."""
    return [entry_of(code.id, code.name, tree.path(code.id), is_codable=code.is_codable) for code in tree.walk()]


def fitting(typed: str) -> Callable[[Entry], int | None]:
    """Return what says how well a code fits `typed`: 0 is best, None where it does not fit at all.

    The whole name, its start, starts of its words, their initials, any part of it, parts of its path, and
    last the starts of its words with a slip of the finger.
    """
    wanted = plain(typed).strip()
    parts = wanted.split()
    is_near = _forgiving(parts)

    tests: tuple[Callable[[Entry], bool], ...] = (
        lambda entry: not wanted or entry.name == wanted,
        lambda entry: entry.name.startswith(wanted),
        lambda entry: all(any(word.startswith(part) for word in entry.words) for part in parts),
        lambda entry: entry.initials.startswith(wanted),
        lambda entry: wanted in entry.name,
        lambda entry: all(part in entry.path for part in parts),
        lambda entry: is_near(entry.words),
    )
    return lambda entry: next((place for place, fits in enumerate(tests) if fits(entry)), None)


def fit(typed: str, name: str, path: str) -> int | None:
    """Return how well one name fits `typed`, as `fitting` says it."""
    return fitting(typed)(entry_of("", name, path))


def _forgiving(parts: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Return what says whether each part is the start of one of these words but for slips; a word is judged once."""
    known: dict[tuple[str, str], bool] = {}
    wanted = [(part, allowed(part), letters(part)) for part in parts]

    def is_near(part: str, most: int, bits: int, word: str) -> bool:
        found = known.get((part, word))
        if found is None:
            strange = (bits & ~letters(word)).bit_count()
            found = strange <= most and slips(part, word, most) is not None
            known[part, word] = found
        return found

    return lambda words: all(any(is_near(*part, word) for word in words) for part in wanted)


def ranked(
    entries: Sequence[Entry],
    typed: str,
    recent: Mapping[str, int],
    uses: Mapping[str, int],
    *,
    groups: bool = False,
) -> list[str]:
    """Return the ids of the codes that fit `typed`: the best fit first, then the latest used, then the most used.

    `recent` gives a number that grows with each use. With nothing typed the codes never used lately
    keep the order of the tree. Codes that only group others are left out unless `groups`.
    """
    fit = fitting(typed)
    found: list[tuple[int, int, int, int, str]] = []
    for place, entry in enumerate(entries):
        how = fit(entry) if groups or entry.is_codable else None
        if how is not None:
            often = uses.get(entry.code_id, 0) if typed else 0
            found.append((how, -recent.get(entry.code_id, 0), -often, place, entry.code_id))
    return [row[-1] for row in sorted(found)]
