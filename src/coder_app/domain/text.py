"""What counts as the text of a source, and its paragraphs, sentences and words.

All positions are code points of the canonical text: LF newlines, no byte-order mark, no NUL,
no lone surrogates; everything else is left as it came (no Unicode normalisation).
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from coder_app.domain.folding import UNSPACED

Span = tuple[int, int]

_NEWLINES = re.compile("\r\n?")
# Qt draws these as line breaks or drops them, so what is counted and what is seen would differ.
_REPLACED = {"\0": "\ufffd", "\u2028": "\n", "\u2029": "\n", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"}
_GAP = re.compile(r"\s")
_PARAGRAPH = re.compile(r"[^\n]+")
# Latin, then the full stops of Arabic, Urdu, Hindi (two) and Armenian.
_STOPS = ".!?…\u061f\u06d4\u0964\u0965\u0589"
_CLOSING = "\"'”’»\u203a)\\]"
# The look-behind starts a run of stops at its first one only: a million dots are read once.
_SENTENCE_END = re.compile(rf"(?<![{_STOPS}])[{_STOPS}]++[{_CLOSING}]*+(?=\s)|[。！？｡]++[」』”’\uff09]*+|\n")
# "I" alone is the pronoun in a transcript far more often than an initial.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|cf|e\.g|i\.e|approx|U\.S)|(?P<initial>\b(?!I)[^\W\d_]))\.$",
)
_BEFORE_NUMBER = re.compile(r"\b(?:No|Nos|Vol|Fig|pp?|Art|Sec)\.$")
# So many characters are searched in some two milliseconds.
_AT_ONCE = 1 << 16


def _marks() -> str:
    r"""Return the accents and vowel signs of the world's scripts as the inside of a character class.

    `\w` knows letters only, so a Hindi word or a decomposed "é" would be cut at each of them.
    """
    marks = [code for code in range(0x300, 0x1E00) if unicodedata.category(chr(code)).startswith("M")]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


# Between two halves of a word: apostrophes, hyphens, the soft hyphen and the (non-)joiners of Persian and Hindi.
_WORD = re.compile(rf"\w[\w{_marks()}]*(?:[’'\-\u00ad\u2010\u2011\u200c\u200d]\w[\w{_marks()}]*)*")
_PIECE = re.compile(rf"[{UNSPACED}][{_marks()}]*|[^{UNSPACED}]+")


def canonical(text: str) -> str:
    """Return `text` as it is stored; the result has the same words, and positions refer to it.

    Surrogate pairs that came in as two halves are joined; a half alone becomes U+FFFD.
    """
    text = _NEWLINES.sub("\n", text.lstrip("\ufeff"))
    # Not `translate`: that asks about each single character, which takes longer than all the rest.
    for character, shown in _REPLACED.items():
        text = text.replace(character, shown)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def sha256(text: str) -> str:
    """Return the hash by which a text body is known: SHA-256 of its UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(text: str, start: int = 0, stop: int | None = None) -> Iterator[Span]:
    """Yield the spans of the words that `count_words` counts, within [start, stop)."""
    return (match.span() for match in _WORD.finditer(text, start, len(text) if stop is None else stop))


def split_words(text: str) -> list[str]:
    """Return the words that `count_words` counts."""
    return _WORD.findall(text)


def word_pieces(text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield the spans of the words within [start, stop), cut where hands may want to stop.

    Scripts that put no blanks between words, such as Chinese or Thai, give letter after letter.
    """
    for first, last in words(text, start, stop):
        yield from (piece.span() for piece in _PIECE.finditer(text, first, last))


def count_words(text: str) -> int:
    """Return the number of words: runs of letters and digits, inner apostrophes and hyphens included."""
    # In pieces, since a search holds the interpreter to its end: a million words stopped the window for 0.2 s.
    return sum(len(_WORD.findall(text, start, stop)) for start, stop in stretches(text, _AT_ONCE))


def stretches(text: str, length: int) -> Iterator[Span]:
    """Yield spans that make up `text`, each longer than `length` by no more than it takes to cut no word."""
    start = 0
    while start < len(text):
        gap = _GAP.search(text, start + length)
        stop = gap.end() if gap else len(text)
        yield start, stop
        start = stop


def paragraphs(text: str) -> list[Span]:
    """Return the spans of the lines of `text` that hold more than white space."""
    return [match.span() for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences, without the white space around them.

    A sentence never crosses a line; a full stop after an initial or a common abbreviation ends none.
    """
    found: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match[0] == "." and _is_abbreviation(text, start, match.end()):
            continue
        _add_trimmed(found, text, start, match.end())
        start = match.end()
    _add_trimmed(found, text, start, len(text))
    return found


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    """Return whether the full stop before `stop` belongs to a word that a sentence goes on after."""
    start = max(start, stop - 13)
    found = _ABBREVIATION.search(text, start, stop)
    if found:
        return found["initial"] is None or found["initial"].isupper()
    return _BEFORE_NUMBER.search(text, start, stop) is not None and text[stop : stop + 2].strip().isdecimal()


def _add_trimmed(found: list[Span], text: str, start: int, stop: int) -> None:
    inside = text[start:stop]
    start += len(inside) - len(inside.lstrip())
    stop = start + len(inside.strip())
    if stop > start:
        found.append((start, stop))


def paragraph_at(text: str, position: int) -> Span:
    """Return the span of the line at `position`, without its newline."""
    start = text.rfind("\n", 0, position) + 1
    stop = text.find("\n", position)
    return start, len(text) if stop < 0 else stop


def sentence_at(text: str, position: int, *, reach: int = 5_000) -> Span:
    """Return the span of the sentence at `position`; an empty span where there is none.

    Of a long paragraph only some of it is read at first, `reach` characters to both sides.
    """
    start, stop = paragraph_at(text, position)
    while True:
        first, last = max(start, position - reach), min(stop, position + reach)
        found = [(first + begun, first + ended) for begun, ended in sentences(text[first:last])]
        # At its ends a piece of a paragraph shows no borders of sentences that could be relied on.
        sure = found[2 if first > start else 0 : len(found) - (2 if last < stop else 0)]
        if (first == start or (sure and sure[0][0] <= position)) and (
            last == stop or (sure and sure[-1][0] > position)
        ):
            return _last_begun(sure, position)
        reach *= 8


def _last_begun(spans: list[Span], position: int) -> Span:
    """Return the last of the spans that begins no later than `position`, else the first, else an empty one."""
    at = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return spans[max(at, 0)] if spans else (position, position)


def word_at(text: str, position: int) -> Span:
    """Return the span of the word at `position`, of two that touch the later; an empty span where there is none.

    In scripts that put no blanks between words it is a single letter, as `word_pieces` says.
    """
    start, stop = paragraph_at(text, position)
    found = position, position
    # No word has a blank in it, so what stands before the last one need not be read.
    for first, last in word_pieces(text, max(start, text.rfind(" ", start, position) + 1), stop):
        if first > position:
            break
        if position <= last:
            found = first, last
    return found
