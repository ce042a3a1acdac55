"""One text that holds a code's definition, when to use it, when not, and its examples, and comes apart again.

Formats of other programs have one description per code. People read it there as paragraphs:

    The definition.

    Use when: …

    Do not use when: …

    Example (name of the source): …
"""

import re

from coder_app.domain.codebook import CodebookEntry, Example

_USE, _NOT, _EXAMPLE = "Use when: ", "Do not use when: ", "Example"
_START = rf"{_USE}|{_NOT}|{_EXAMPLE}: |{_EXAMPLE} \("
_SECTION = re.compile(rf"(?:\A|\n\n?)(?={_START})")
_TO_MARK = re.compile(rf"^(?=\\*(?:{_START}))", re.MULTILINE)
_MARKED = re.compile(rf"^\\(?=\\*(?:{_START}))", re.MULTILINE)
_WITH_SOURCE = re.compile(rf"{_EXAMPLE} \((.*?)\): ")
_ESCAPED = re.compile(r"\\(.)")


def description_of(entry: CodebookEntry) -> str:
    """Return what the code `entry` says about itself as one text."""
    parts = [_marked(entry.definition)] if entry.definition else []
    if entry.use_when:
        parts.append(_USE + _marked(entry.use_when))
    if entry.not_when:
        parts.append(_NOT + _marked(entry.not_when))
    parts += [f"{_EXAMPLE}{_source(example.source)}: {_marked(example.text)}" for example in entry.examples]
    return "\n\n".join(parts)


def apart(description: str) -> tuple[str, str, str, tuple[Example, ...]]:
    """Return (definition, use when, not when, examples) as `description_of` put them together.

    A text without these sections is a definition as a whole.
    """
    definition, *sections = _split(description)
    texts: dict[str, list[str]] = {_USE: [], _NOT: []}
    examples: list[Example] = []
    for section in sections:
        mark = next((mark for mark in texts if section.startswith(mark)), None)
        if mark:
            texts[mark].append(_plain(section.removeprefix(mark)))
        elif example := _example(section):
            examples.append(example)
        else:
            definition += ("\n\n" if definition else "") + section
    return _plain(definition), "\n".join(texts[_USE]), "\n".join(texts[_NOT]), tuple(examples)


def _split(description: str) -> list[str]:
    borders = [match.span() for match in _SECTION.finditer(description)]
    stops = [start for start, _ in borders] + [len(description)]
    starts = [0] + [stop for _, stop in borders]
    return [description[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _example(section: str) -> Example | None:
    if section.startswith(f"{_EXAMPLE}: "):
        return Example(_plain(section.removeprefix(f"{_EXAMPLE}: ")))
    match = _WITH_SOURCE.match(section)
    if match is None:
        return None
    source = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], match[1])
    return Example(_plain(section[match.end() :]), source)


def _source(name: str) -> str:
    if not name:
        return ""
    return " (" + name.replace("\\", "\\\\").replace("\n", "\\n").replace("): ", ")\\: ") + ")"


def _marked(text: str) -> str:
    """Return `text` with a backslash before each line that would look like the start of a section."""
    return _TO_MARK.sub(r"\\", text)


def _plain(text: str) -> str:
    return _MARKED.sub("", text)
