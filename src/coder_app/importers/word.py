"""Word documents (.docx) as text, as they would read with every tracked change accepted.

Each paragraph is a line. Cells of a table row are separated by tabs, rows by newlines; paragraphs
inside a cell stay lines of their own. Text boxes follow the paragraph that holds them. A note's place
is marked "[1]"; foot- and endnotes share one numbering and stand at the end of the text.
"""

from collections import Counter
from collections.abc import Iterator

from coder_app.i18n import tr, trn
from coder_app.importers.elements import Element, attribute, local_name
from coder_app.importers.parsed import Parsed, TextWriter
from coder_app.importers.word_parts import WordParts, child, is_on, outline_level, read_parts, value

_KEPT_CHANGES = {"ins", "moveTo"}
_DROPPED_CHANGES = {"del", "moveFrom"}
_WRAPPERS = _KEPT_CHANGES | {
    *("hyperlink", "fldSimple", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"),
    *("ruby", "rubyBase", "Choice", "Fallback"),
}
_MARKS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
}
_PICTURES = {"blip", "imagedata"}


def parse_word(name: str, data: bytes) -> Parsed:
    """Return the text of a .docx file. Raises ImportProblem."""
    walker = _Walker(read_parts(name, data))
    walker.walk()
    return Parsed(walker.writer.text(), tuple(walker.writer.blocks), walker.warnings())


class _Walker:
    """Walks the document once, in reading order, and counts what it leaves out."""

    def __init__(self, parts: WordParts) -> None:
        self.writer = TextWriter()
        self._parts = parts
        self._notes: dict[tuple[str, str], int] = {}
        self._seen = Counter[str]()
        # The text of paragraphs whose end was deleted: they run on into the next one.
        self._unended = ""

    def walk(self) -> None:
        self._write_blocks(self._parts.body)
        self._end_paragraph("", 0)
        written = 0
        # A note may hold references to further notes.
        while written < len(self._notes):
            for key, number in list(self._notes.items())[written:]:
                self.writer.add(f"[{number}] {self._lines_of(self._parts.notes[key])}", "note")
                written += 1

    def warnings(self) -> tuple[str, ...]:
        """Return what a person should know about this document."""
        seen = self._seen
        found: list[str] = []
        if seen["change"]:
            found.append(tr("Tracked changes were read as accepted: insertions are kept, deletions left out."))
        if seen["comment"]:
            found.append(trn("{n} comment was left out.", "{n} comments were left out.", seen["comment"]))
        if seen["picture"]:
            found.append(trn("{n} picture was left out.", "{n} pictures were left out.", seen["picture"]))
        if seen["hidden"]:
            found.append(tr("Hidden text was left out."))
        if seen["altChunk"]:
            found.append(tr("Another document inside this one was left out."))
        if self._notes:
            found.append(tr("Footnotes and endnotes stand at the end of the text."))
        return tuple(found)

    def _write_blocks(self, parent: Element) -> None:
        for block in self._unwrapped(parent):
            name = local_name(block)
            if name == "p":
                self._write_paragraph(block)
            elif name == "tbl":
                self._end_paragraph("", 0)
                self._write_table(block)
            elif name == "altChunk":
                self._seen[name] += 1

    def _write_paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        boxes: list[Element] = []
        text = "".join(self._inline(paragraph, boxes))
        if any(child(child(properties, "rPr"), name) is not None for name in _DROPPED_CHANGES):
            self._seen["change"] += 1
            self._unended += text
        else:
            level = outline_level(properties)
            if level is None:
                level = self._parts.heading_levels.get(value(child(properties, "pStyle")) or "", 0)
            self._end_paragraph(text, level, always=True)
        for box in boxes:
            self._end_paragraph("", 0)
            self._write_blocks(box)

    def _end_paragraph(self, text: str, level: int, *, always: bool = False) -> None:
        text = self._unended + text
        self._unended = ""
        if text or always:
            self.writer.add(text, "heading" if level else "paragraph", level)

    def _write_table(self, table: Element) -> None:
        for row in self._unwrapped(table):
            if local_name(row) != "tr":
                continue
            if child(child(row, "trPr"), "del") is not None:
                self._seen["change"] += 1
                continue
            cells = [cell for cell in self._unwrapped(row) if local_name(cell) == "tc"]
            for position, cell in enumerate(cells):
                self.writer.add(self._lines_of(cell), "cell", before="\t" if position else "\n")

    def _lines_of(self, element: Element) -> str:
        """Return the text of a cell or note: its lines without the empty ones."""
        outer, self.writer = self.writer, TextWriter()
        self._write_blocks(element)
        self._end_paragraph("", 0)
        inner, self.writer = self.writer, outer
        return "\n".join(line.strip(" ") for line in inner.text().split("\n") if line.strip())

    def _inline(self, parent: Element, boxes: list[Element]) -> Iterator[str]:
        for part in self._unwrapped(parent):
            name = local_name(part)
            if name == "r":
                yield from self._run(part, boxes)
            elif name in {"oMath", "oMathPara"}:
                yield "".join(one.text or "" for one in part.iter() if local_name(one) == "t")

    def _run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        if is_on(child(child(run, "rPr"), "vanish")):
            self._seen["hidden"] += 1
            return
        for part in self._unwrapped(run):
            name = local_name(part)
            if name in {"drawing", "pict", "object"}:
                self._look_into_drawing(part, boxes)
            elif name == "r":
                yield from self._run(part, boxes)
            else:
                yield self._characters(name, part)

    def _characters(self, name: str, part: Element) -> str:
        if name == "t":
            return (part.text or "").replace("\n", " ")
        if name == "sym":
            return _symbol(part)
        if name in {"footnoteReference", "endnoteReference"}:
            return self._note_mark(name.removesuffix("Reference"), attribute(part, "id") or "")
        self._seen["comment"] += name == "commentReference"
        return _MARKS.get(name, "")

    def _note_mark(self, kind: str, note_id: str) -> str:
        if (kind, note_id) not in self._parts.notes:
            return ""
        return f"[{self._notes.setdefault((kind, note_id), len(self._notes) + 1)}]"

    def _look_into_drawing(self, drawing: Element, boxes: list[Element]) -> None:
        """Count the pictures of `drawing` and add its outermost text boxes to `boxes`."""
        waiting = [drawing]
        while waiting:
            element = waiting.pop()
            name = local_name(element)
            if name == "txbxContent":
                boxes.append(element)
                continue
            self._seen["picture"] += name in _PICTURES
            waiting += reversed([_chosen(one) for one in element])

    def _unwrapped(self, parent: Element) -> Iterator[Element]:
        """Yield the children of `parent`, looking through wrappers and passing by what was deleted."""
        open_lists = [iter(parent)]
        while open_lists:
            element = next(open_lists[-1], None)
            if element is None:
                open_lists.pop()
                continue
            element = _chosen(element)
            name = local_name(element)
            self._seen["change"] += name in _KEPT_CHANGES or name in _DROPPED_CHANGES
            if name in _WRAPPERS:
                open_lists.append(iter(element))
            elif name not in _DROPPED_CHANGES:
                yield element


def _chosen(element: Element) -> Element:
    """Return the first alternative where `element` holds the same thing twice, for newer and older programs."""
    if local_name(element) != "AlternateContent":
        return element
    choice = child(element, "Choice")
    if choice is None:
        choice = child(element, "Fallback")
    return element if choice is None else choice


def _symbol(element: Element) -> str:
    try:
        return chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"
