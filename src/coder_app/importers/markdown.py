"""Markdown files: the source itself is the text, so that positions never move; tokens only tell the blocks."""

from itertools import accumulate

from coder_app.domain.imported import Block
from coder_app.importers.parsed import Parsed
from coder_app.importers.text_files import decode, finish_text

_KINDS = {"heading_open": "heading", "paragraph_open": "paragraph"}
# Nobody writes longer ones by hand, and finding the blocks of a hostile one could take minutes.
_LONGEST = 1_000_000


def parse_markdown(name: str, data: bytes, encoding: str | None = None) -> Parsed:
    """Return the source of a Markdown file with its headings and paragraphs. Raises ImportProblem."""
    text, used, sure = decode(name, data, encoding)
    parsed = finish_text(text, used, sure=sure)
    return Parsed(parsed.text, markdown_blocks(parsed.text), parsed.warnings, used, sure)


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """Return the headings (level 1-6) and paragraphs of canonical `text`, marks and underlines included."""
    if len(text) > _LONGEST:
        return ()
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Only blocks are wanted; what is inside them is the larger part of the work.
    parser.core.ruler.enableOnly(["normalize", "block"])
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    blocks: list[Block] = []
    for token in parser.parse(text):
        if token.map is None or token.type not in _KINDS:
            continue
        start, stop = starts[token.map[0]], starts[token.map[1]] - 1
        stop = start + len(text[start:stop].rstrip())
        if start < stop:
            blocks.append(Block(start, stop, _KINDS[token.type], _level(token.tag)))
    return tuple(blocks)


def _level(tag: str) -> int:
    return int(tag[1]) if tag[:1] == "h" else 0
