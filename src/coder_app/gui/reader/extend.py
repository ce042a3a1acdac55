"""Selecting by keys: whole words, sentences, paragraphs and turns are taken in or left out, one at a time."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder_app.domain.text import Span, paragraph_at, sentence_at, word_at


@dataclass(frozen=True, slots=True)
class Unit:
    """What a selection grows by: `at` returns the stretch that a position belongs to.

    Only characters that `counts` belong to a stretch for certain; the others, such as blanks, lie between two.
    """

    at: Callable[[str, int], Span]
    counts: Callable[[str], bool]


def _is_black(character: str) -> bool:
    return not character.isspace()


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _trimmed_paragraph(text: str, position: int) -> Span:
    start, stop = paragraph_at(text, position)
    words = text[start:stop]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


WORD = Unit(word_at, _is_of_word)
SENTENCE = Unit(sentence_at, _is_black)
PARAGRAPH = Unit(_trimmed_paragraph, _is_black)


def of_spans(spans: Sequence[Span]) -> Unit:
    """Return a unit made of given stretches in order of place, such as the turns of speakers.

    A position before the first or between two belongs to its paragraph.
    """

    def at(text: str, position: int) -> Span:
        number = bisect_right(spans, position, key=lambda span: span[0]) - 1
        if number >= 0 and position < spans[number][1]:
            return spans[number]
        return _trimmed_paragraph(text, position)

    return Unit(at, _is_black)


def extended(text: str, start: int, stop: int, unit: Unit, by: int) -> Span:
    """Return the selection with one unit more, after its stop (`by` 1) or before its start (-1), in code points.

    Of an empty selection comes the unit it stands in, or the next one that way. At the end of the text nothing
    changes.
    """
    if start == stop:
        return _unit_around(text, start, unit, by) or (start, stop)
    place = _next_in(text, stop, unit) if by > 0 else _last_in(text, start, unit)
    if place is None:
        return start, stop
    first, last = unit.at(text, place)
    return (start, max(last, stop)) if by > 0 else (min(first, start), stop)


def contracted(text: str, start: int, stop: int, unit: Unit) -> Span:
    """Return the selection without its last unit; one that holds a single unit stays."""
    place = _last_in(text, stop, unit)
    if place is None or place < start:
        return start, stop
    last = unit.at(text, place)[0]
    kept = text[start:last].rstrip()
    return (start, start + len(kept)) if last > start and kept else (start, stop)


def _unit_around(text: str, position: int, unit: Unit, by: int) -> Span | None:
    if position < len(text) and unit.counts(text[position]):
        return unit.at(text, position)
    after, before = _next_in(text, position, unit), _last_in(text, position, unit)
    place = after if (by > 0 and after is not None) or before is None else before
    return unit.at(text, place) if place is not None else None


def _next_in(text: str, position: int, unit: Unit) -> int | None:
    return next((at for at in range(position, len(text)) if unit.counts(text[at])), None)


def _last_in(text: str, position: int, unit: Unit) -> int | None:
    return next((at for at in range(position - 1, -1, -1) if unit.counts(text[at])), None)
