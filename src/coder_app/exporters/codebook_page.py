"""Writes a codebook as a page for the appendix of a paper, to read and print; codebook_docx.py writes one to edit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from coder_app.domain.codebook import Codebook, CodebookEntry
from coder_app.i18n import tr, trn

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 Georgia, "Noto Serif", serif; max-width: 44em; margin: 2.5em auto; padding: 0 1.5em; }
h1 { font-size: 1.7em; line-height: 1.2; margin: 0 0 .2em; }
p.about { color: GrayText; margin: 0 0 2em; }
nav ol { list-style: none; padding-left: 1.2em; margin: 0; } nav > ol { padding: 0; columns: 2 18em; }
nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; }
nav { font-size: .92em; border-bottom: 1px solid #8886; padding-bottom: 1.5em; margin-bottom: 1em; }
section { margin: 1.6em 0 0; } section section { margin-left: 1.2em; }
h2, h3, h4, h5, h6 { margin: 0; font-size: 1.08em; break-after: avoid; }
h2 { font-size: 1.3em; }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: .15em; margin-right: .45em; }
.note { color: GrayText; font-weight: normal; font-size: .85em; margin-left: .5em; }
p { margin: .35em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
p b { font-weight: 600; }
blockquote { margin: .35em 0 .35em 1em; padding-left: .8em; border-left: 2px solid #8886; white-space: pre-wrap; }
cite { color: GrayText; font-style: normal; font-size: .9em; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; } nav { columns: auto; }
  .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  blockquote, h2, h3 { break-inside: avoid; } }
"""
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A code as the page tells of it: how deep it stands (0 at the top) and its labelled texts."""

    entry: CodebookEntry
    depth: int
    note: str
    texts: tuple[tuple[str, str], ...]


def shown_codes(book: Codebook, counts: Mapping[str, int] | None) -> Iterator[Shown]:
    """Yield the codes in the order of the tree; `counts` are codings by id, None leaves them out."""
    waiting = [(root, 0) for root in reversed(book.roots)]
    while waiting:
        entry, depth = waiting.pop()
        notes = [tr("groups other codes")] if not entry.is_codable else []
        if counts is not None and (entry.is_codable or counts.get(entry.id)):
            notes.append(trn("{n} coding", "{n} codings", counts.get(entry.id, 0)))
        texts = (
            ("", entry.definition),
            (tr("Use when"), entry.use_when),
            (tr("Do not use when"), entry.not_when),
        )
        yield Shown(entry, depth, " · ".join(notes), tuple((label, text) for label, text in texts if text.strip()))
        waiting += [(child, depth + 1) for child in reversed(entry.children)]


def about(book: Codebook, counts: Mapping[str, int] | None) -> str:
    """Return the line under the title: how much there is."""
    shown = list(shown_codes(book, counts))
    told = [trn("{n} code", "{n} codes", len(shown))]
    if counts is not None:
        told.append(trn("{n} coding", "{n} codings", sum(counts.get(one.entry.id, 0) for one in shown)))
    return " · ".join(told)


def write_html(book: Codebook, path: Path, counts: Mapping[str, int] | None = None) -> None:
    """Write a page that needs no other file and no network."""
    path.write_text("".join(_page(book, counts)), encoding="utf-8", newline="\n")


def _page(book: Codebook, counts: Mapping[str, int] | None) -> Iterator[str]:
    title = escape(tr("Codebook: {name}", name=book.name))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    yield f'<p class="about">{escape(about(book, counts))}</p>\n'
    yield f'<nav aria-label="{escape(tr("Codes"))}">\n'
    yield from _nested(book, counts, "<ol>", "</ol>", _link)
    yield "</nav>\n"
    yield from _nested(book, counts, "", "", _section)
    yield "</body>\n</html>\n"


_Part = tuple[str, str]
"""What comes before the codes below a code, and what after them."""


def _nested(
    book: Codebook, counts: Mapping[str, int] | None, begin: str, end: str, part: Callable[[int, Shown], _Part]
) -> Iterator[str]:
    """Yield each code with those below it inside."""
    open_: list[str] = []
    yield begin
    for number, one in enumerate(shown_codes(book, counts)):
        while len(open_) > one.depth:
            yield open_.pop()
        before, after = part(number, one)
        yield before + begin
        open_.append(end + after)
    yield "".join(reversed(open_)) + end


def _link(number: int, one: Shown) -> _Part:
    return f'<li><a href="#code{number}">{escape(one.entry.name)}</a>', "</li>\n"


def _section(number: int, one: Shown) -> _Part:
    entry, level = one.entry, min(one.depth + 2, _DEEPEST_HEADING)
    colour = entry.colour if entry.colour.startswith("#") else "#888888"
    note = f'<span class="note">{escape(one.note)}</span>' if one.note else ""
    swatch = f'<span class="swatch" style="background:{escape(colour)}"></span>'
    lines = [f'<section id="code{number}">\n<h{level}>{swatch}{escape(entry.name)}{note}</h{level}>\n']
    lines += [
        f"<p>{f'<b>{escape(label)}:</b> ' if label else ''}{escape(text.strip())}</p>\n" for label, text in one.texts
    ]
    for example in entry.examples:
        source = f" <cite>({escape(example.source)})</cite>" if example.source else ""
        lines.append(f"<blockquote>“{escape(example.text.strip())}”{source}</blockquote>\n")
    return "".join(lines), "</section>\n"
