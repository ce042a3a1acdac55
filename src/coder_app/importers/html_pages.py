"""Web pages (.html) as text: what a reader would read, block by block; nothing is ever loaded or run.

Each paragraph, heading, list item and table row is a line; table cells are separated by tabs.
"""

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Literal, TypeAlias

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr
from coder_app.importers.elements import Element, local_name, parse_html
from coder_app.importers.parsed import Parsed, TextWriter
from coder_app.importers.text_files import decode

_Event: TypeAlias = tuple[Literal["open", "text", "close"], Element, str]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED = {
    *("head", "script", "style", "template", "noscript", "nav", "aside", "footer"),
    *("iframe", "object", "embed", "svg", "canvas", "audio", "video"),
    *("button", "select", "textarea", "datalist", "rt", "rp"),
}
_BLOCKS = {
    *_HEADINGS,
    *("body", "main", "article", "section", "header", "hgroup", "address", "details", "summary", "dialog", "div"),
    *("p", "pre", "blockquote", "center", "hr", "ul", "ol", "menu", "li", "dl", "dt", "dd", "figure", "figcaption"),
    *("form", "fieldset", "legend", "table", "caption", "thead", "tbody", "tfoot", "tr"),
}
_CELLS = frozenset({"td", "th"})
# A header of the whole page is dropped; one of an article holds its title.
_SECTIONS = frozenset({"article", "main", "section"})
# A main part with less than this share of the page's words is not where the text is.
_MAIN_SHARE = 4

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
# As browsers do: the old names stand for the larger sets that pages were really written in.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
_SPACE = re.compile("[ \t\n\r\f]+")


def parse_html_page(name: str, data: bytes, encoding: str | None = None) -> Parsed:
    """Return the readable text of a web page. Raises ImportProblem."""
    text, used, sure = _decoded(name, data, encoding)
    root = parse_html(name, text.removeprefix("\ufeff"))
    if root is None:
        return Parsed("", encoding=used, encoding_sure=sure)
    parts = _main_parts(root)
    page = _Page()
    for part in parts:
        page.write(part)
    warnings: tuple[str, ...] = ()
    if parts != [root]:
        warnings = (tr("Only the main part of the page was read."),)
    # How ill-formed pages are mended differs between versions of lxml.
    return Parsed(page.writer.text(), tuple(page.writer.blocks), warnings, used, sure, f"1+lxml-{version('lxml')}")


def _decoded(name: str, data: bytes, encoding: str | None) -> tuple[str, str, bool]:
    """Return text, encoding and whether that is certain: as told, by mark, as UTF-8, as the page says, guessed."""
    text, used, sure = decode(name, data, encoding)
    declared = _DECLARED.search(data, 0, _HEAD)
    # Escape characters tell the Japanese encodings that are made of ASCII bytes alone.
    if encoding or declared is None or (sure and b"\x1b" not in data):
        return text, used, sure
    said = declared[1].decode("ascii").lower()
    try:
        text, used, sure = decode(name, data, _MEANT.get(said, said))
    except ImportProblem:
        # The page is wrong about itself, so the first reading stands.
        return text, used, sure
    return text, used, True


def _main_parts(root: Element) -> list[Element]:
    """Return the elements that hold the page's own text: `main`, else its articles, else all of it."""
    for tag in ("main", "article"):
        parts = [part for part in root.iter(tag) if not _is_inside(part, tag) and not _is_hidden(part)]
        if parts and sum(map(_length, parts)) * _MAIN_SHARE >= _length(root):
            return parts
    return [root]


def _is_inside(element: Element, *tags: str) -> bool:
    parent = element.getparent()
    while parent is not None:
        if local_name(parent) in tags:
            return True
        parent = parent.getparent()
    return False


def _length(element: Element) -> int:
    return sum(len(text.strip()) for kind, _, text in _events(element) if kind == "text")


def _events(root: Element) -> Iterator[_Event]:
    """Yield the start, texts and end of `root` and all that is read inside it, in reading order."""
    waiting: list[_Event] = [("open", root, "")]
    while waiting:
        event = waiting.pop()
        yield event
        kind, element, _ = event
        if kind != "open":
            continue
        waiting.append(("close", element, ""))
        inside: list[_Event] = [("text", element, element.text or "")]
        for child in element:
            if not _is_dropped(child):
                inside.append(("open", child, ""))
            inside.append(("text", element, child.tail or ""))
        waiting += reversed([one for one in inside if one[0] == "open" or one[2]])


def _is_dropped(element: Element) -> bool:
    name = local_name(element)
    if name == "header":
        return not _is_inside(element, *_SECTIONS)
    return name in _DROPPED or not name or _is_hidden(element)


def _is_hidden(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_layout(table: Element) -> bool:
    """Return whether `table` only places things on the page: it holds headings or further tables."""
    return any(one is not table for one in table.iter("table", *_HEADINGS))


class _Page:
    """Collects a line until a block begins or ends, then writes it."""

    def __init__(self) -> None:
        self.writer = TextWriter()
        self._line: list[str] = []
        self._level = 0
        self._in_pre = 0
        # What is written outside the cell that is being read, and how many cells its row has so far.
        self._outer: TextWriter | None = None
        self._cells = 0

    def write(self, root: Element) -> None:
        """Append the text of `root`."""
        data_tables = {table for table in root.iter("table") if not _is_layout(table)}
        for kind, element, text in _events(root):
            name = local_name(element)
            if kind == "text":
                self._line.append(text if self._in_pre else _SPACE.sub(" ", text))
            elif name in _CELLS and _table_of(element) in data_tables:
                self._open_cell() if kind == "open" else self._close_cell()
            elif name in _BLOCKS or name in _CELLS:
                self._end_line()
                self._enter(name) if kind == "open" else self._leave(name)
            elif name == "br" and kind == "open":
                self._line.append("\n")
        self._end_line()

    def _enter(self, name: str) -> None:
        self._level = _HEADINGS.get(name, self._level)
        self._in_pre += name == "pre"
        if name == "tr":
            self._cells = 0

    def _leave(self, name: str) -> None:
        if name in _HEADINGS:
            self._level = 0
        self._in_pre -= name == "pre"

    def _open_cell(self) -> None:
        self._end_line()
        self._outer, self.writer = self.writer, TextWriter()

    def _close_cell(self) -> None:
        self._end_line()
        if self._outer is not None:
            inner, self.writer, self._outer = self.writer, self._outer, None
            self.writer.add(inner.text(), "cell", before="\t" if self._cells else "\n")
            self._cells += 1

    def _end_line(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        if self._in_pre:
            text = text.strip("\n")
        else:
            text = "\n".join(_SPACE.sub(" ", line).strip(" ") for line in text.split("\n")).strip("\n")
        if text.strip():
            self.writer.add(text, "heading" if self._level else "paragraph", self._level)


def _table_of(cell: Element) -> Element | None:
    table = cell.getparent()
    while table is not None and local_name(table) != "table":
        table = table.getparent()
    return table
