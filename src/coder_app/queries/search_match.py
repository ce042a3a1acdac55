"""Decides where in a text a search is fulfilled, exactly; the search index only narrows down where to look."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import islice

from coder_app.domain.folding import folded, index_form, is_letter, is_unspaced, origins, without_accents
from coder_app.domain.text import Span
from coder_app.domain.text import words as words_in
from coder_app.queries.search_query import All, Either, Expression, Near, Phrase, Without, parse

Finder = Callable[[str, int, int], list[Span]]
"""Takes a text and a stretch [start, stop) of it; returns the hits in the stretch as places in the text."""

# Long pasted passages are found by a few of their words as surely as by all.
_MOST_WORDS = 8

FURTHER_FORMS = "İıſ\u212a"
"""The characters beyond ASCII that patterns take for letters of ASCII where case does not matter (\u212a is Kelvin)."""


def find_in(text: str, query: str, *, whole_words: bool = False) -> list[Span]:
    """Return the places of `query` in `text`, ignoring case and the kind of white space; they never overlap."""
    wanted = parse(query, operators=False)
    if wanted is None:
        return []
    return finder(wanted, match_case=False, match_accents=True, whole_words=whole_words)(text, 0, len(text))


def finder(wanted: Expression, *, match_case: bool, match_accents: bool, whole_words: bool) -> Finder:
    """Return what finds the hits of an expression in a stretch of a text, in order, none twice."""
    one = partial(_phrase_finder, match_case=match_case, match_accents=match_accents, whole_words=whole_words)
    if isinstance(wanted, Phrase):
        return one(wanted)
    holds = _prepared(wanted, one)

    def find(text: str, start: int, stop: int) -> list[Span]:
        found = holds(text, start, stop)
        return sorted(set(found)) if found else []

    return find


_Held = Callable[[str, int, int], list[Span] | None]
_MakeFinder = Callable[[Phrase], Finder]


def _prepared(wanted: Expression, one: _MakeFinder) -> _Held:
    """Return what gives the hits of an expression in a stretch, or None where it does not hold there."""
    match wanted:
        case Phrase():
            find = one(wanted)
            return lambda text, start, stop: find(text, start, stop) or None
        case All(parts):
            return partial(_all_of, [_prepared(part, one) for part in parts])
        case Either(parts):
            return partial(_any_of, [_prepared(part, one) for part in parts])
        case Without(first, second):
            return partial(_one_without, _prepared(first, one), _prepared(second, one))
        case Near(parts, distance):
            return partial(_near, [one(part) for part in parts], distance)


def _all_of(parts: list[_Held], text: str, start: int, stop: int) -> list[Span] | None:
    found: list[Span] = []
    for part in parts:
        hits = part(text, start, stop)
        if hits is None:
            return None
        found += hits
    return found


def _any_of(parts: list[_Held], text: str, start: int, stop: int) -> list[Span] | None:
    found = [hits for part in parts if (hits := part(text, start, stop)) is not None]
    return [hit for hits in found for hit in hits] if found else None


def _one_without(wanted: _Held, unwanted: _Held, text: str, start: int, stop: int) -> list[Span] | None:
    found = wanted(text, start, stop)
    return found if found is not None and unwanted(text, start, stop) is None else None


def _near(parts: list[Finder], distance: int, text: str, start: int, stop: int) -> list[Span] | None:
    """Return the shortest stretches that hold all the parts with few enough words between first and last."""
    places: list[tuple[int, int, int]] = []
    for number, find in enumerate(parts):
        hits = find(text, start, stop)
        if not hits:
            return None
        places += [(*hit, number) for hit in hits]
    places.sort()
    found: list[Span] = []
    latest: dict[int, Span] = {}
    for first, last, number in places:
        latest[number] = (first, last)
        if len(latest) < len(parts):
            continue
        opening, closing = min(latest.values()), max(latest.values())
        apart = opening != closing and len(set(latest.values())) == len(parts)
        if apart and _words_between(text, opening[1], closing[0], distance + 1) <= distance:
            found.append((opening[0], max(place[1] for place in latest.values())))
            latest.clear()
    return found or None


def _words_between(text: str, start: int, stop: int, most: int) -> int:
    """Return how many words stand in a stretch, counted up to `most`."""
    return sum(1 for _ in islice(words_in(text, start, stop), most))


def _phrase_finder(phrase: Phrase, *, match_case: bool, match_accents: bool, whole_words: bool) -> Finder:
    fold: Callable[[str], str] | None = None
    if not match_accents:
        fold = without_accents if match_case else folded
    words = [fold(word) if fold else word for word in phrase.words]
    if not all(words):
        return lambda _text, _start, _stop: []
    flags = re.NOFLAG if match_case or fold else re.IGNORECASE
    pattern = re.compile(r"\s+".join(map(re.escape if fold else _either_form, words)), flags)
    if fold is None:
        exact = partial(_exact, pattern, starts=phrase.starts, whole_words=whole_words)
        if flags and len(words) == 1 and words[0].isascii() and "?" not in words[0]:
            word = words[0].lower().encode()
            return partial(_plain, word, exact, starts=phrase.starts, whole_words=whole_words)
        return exact
    return partial(_loose, pattern, fold, starts=phrase.starts, whole_words=whole_words)


def _either_form(word: str) -> str:
    """Return a pattern for a word, whether accents are signs of their own in the text or one with their letters."""
    composed, apart = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    if composed == apart == word:
        return re.escape(word)
    # Letter by letter: a pattern that begins with plain letters is searched for more quickly.
    pattern = "".join(map(_either_letter, composed))
    return pattern if word in (composed, apart) else f"(?:{re.escape(word)}|{pattern})"


def _either_letter(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"


def _plain(
    word: bytes, otherwise: Finder, text: str, start: int, stop: int, *, starts: bool, whole_words: bool
) -> list[Span]:
    """Find a word of plain English among bytes, one for each character, in a third of the time a pattern takes."""
    stretch = text[start:stop]
    if not stretch.isascii() and any(form in stretch for form in FURTHER_FORMS):
        return otherwise(text, start, stop)
    # What has no byte of its own becomes a question mark; lower case is that of ASCII alone.
    lower = stretch.encode("latin-1", "replace").lower()
    found: list[Span] = []
    at = lower.find(word)
    while at >= 0:
        first, last = start + at, start + at + len(word)
        if starts:
            last = _word_end(text, last)
        is_hit = not whole_words or _is_whole(text, first, last)
        if is_hit:
            found.append((first, last))
        at = lower.find(word, last - start if is_hit else at + 1)
    return found


def _exact(
    pattern: re.Pattern[str], text: str, start: int, stop: int, *, starts: bool, whole_words: bool
) -> list[Span]:
    found: list[Span] = []
    match = pattern.search(text, start, stop)
    while match:
        first, last = match.span()
        if starts:
            last = _word_end(text, last)
        is_hit = not whole_words or _is_whole(text, first, last)
        if is_hit:
            found.append((first, last))
        match = pattern.search(text, last if is_hit else first + 1, stop)
    return found


def _loose(
    pattern: re.Pattern[str],
    fold: Callable[[str], str],
    text: str,
    start: int,
    stop: int,
    *,
    starts: bool,
    whole_words: bool,
) -> list[Span]:
    """Find in the folded text and lead the places back to the text itself, accents included."""
    stretch = text[start:stop]
    plain = fold(stretch)
    match = pattern.search(plain)
    if match is None:
        return []
    places = origins(stretch, fold)
    found: list[Span] = []
    while match:
        first, last = match.span()
        is_hit = _between(places, first) and _between(places, last)
        span = (start + places[first], _past_accents(text, start + places[last - 1] + 1, stop, fold))
        if starts:
            span = span[0], _word_end(text, span[1])
        is_hit = is_hit and (not whole_words or _is_whole(text, *span))
        if is_hit:
            found.append(span)
            while last < len(places) and start + places[last] < span[1]:
                last += 1
        match = pattern.search(plain, last if is_hit else first + 1)
    return found


def _between(places: list[int], at: int) -> bool:
    """Say whether a place in the folded text is the border of a character and not inside what came of one."""
    return at in (0, len(places)) or places[at - 1] != places[at]


def _past_accents(text: str, at: int, stop: int, fold: Callable[[str], str]) -> int:
    while at < stop and not fold(text[at]):
        at += 1
    return at


def _inside_word(text: str, at: int) -> bool:
    """Say whether `at` lies inside a word; scripts without spaces have no such places."""
    return 0 < at < len(text) and _joins(text[at]) and _joins(text[at - 1])


@cache
def _joins(character: str) -> bool:
    return is_letter(character) and not is_unspaced(character)


def _is_whole(text: str, start: int, stop: int) -> bool:
    return not _inside_word(text, start) and not _inside_word(text, stop)


def _word_end(text: str, at: int) -> int:
    while _inside_word(text, at):
        at += 1
    return at


def index_terms(wanted: Expression, *, whole_words: bool) -> tuple[str, ...]:
    """Return expressions of FTS5 that each hold in every text with a hit; with one only, in the line of each hit.

    None at all means that the index cannot help: it knows whole words, and no signs.
    """
    if not whole_words:
        return ()
    if isinstance(wanted, Phrase) and wanted.across:
        words = sorted(set(wanted.words), key=lambda word: (-len(word), word))
        terms = [term for word in words if (term := _line_term(Phrase((word,))))]
        return tuple(terms[:_MOST_WORDS])
    term = _line_term(wanted)
    return (term,) if term else ()


def _line_term(wanted: Expression) -> str:
    """Return what must hold in the line of a hit, as an expression of FTS5; "" where nothing must."""
    match wanted:
        case Phrase(words, starts):
            return _phrase_term(" ".join(words), starts=starts)
        case All(parts) | Near(parts):
            return _joined(" AND ", [term for part in parts if (term := _line_term(part))])
        case Either(parts):
            terms = [_line_term(part) for part in parts]
            return _joined(" OR ", terms) if all(terms) else ""
        case Without(first, _):
            # What is unwanted in the index's eyes may differ in case or accents and do no harm.
            return _line_term(first)


def _joined(operator: str, terms: Iterable[str]) -> str:
    several = list(terms)
    return several[0] if len(several) == 1 else f"({operator.join(several)})" if several else ""


def _phrase_term(words: str, *, starts: bool) -> str:
    form = index_form(words)
    # SQLite knows the letters of 2012 and takes later ones for signs; those of 2002 are safe.
    if not any(unicodedata.ucd_3_2_0.category(character)[0] in "LN" for character in form):
        return ""
    escaped = form.replace('"', '""').replace("\0", " ")
    return f'"{escaped}"' + (" *" if starts else "")
