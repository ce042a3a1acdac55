"""Markdown keeps its source as the text; only its blocks are worked out."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.text import canonical
from coder_app.importers.markdown import markdown_blocks, parse_markdown

_SOURCE = """# One #

Some *text*
in two lines.

Two
===

- item
  ## Inside

```
# no heading
```

> quoted

| a | b |
|---|---|
| 1 | 2 |
"""


def test_the_text_is_the_source_with_its_marks() -> None:
    parsed = parse_markdown("a.md", b"\xef\xbb\xbf# A\r\n\r\n*b* &amp; <b>c</b>\r\n")
    assert parsed.text == "# A\n\n*b* &amp; <b>c</b>\n"
    assert (parsed.encoding, parsed.encoding_sure) == ("utf-8", True)


def test_headings_and_paragraphs_are_found_with_their_levels() -> None:
    blocks = [(block.kind, block.level, _SOURCE[block.start : block.stop]) for block in markdown_blocks(_SOURCE)]
    assert blocks == [
        ("heading", 1, "# One #"),
        ("paragraph", 0, "Some *text*\nin two lines."),
        ("heading", 1, "Two\n==="),
        ("paragraph", 0, "- item"),
        ("heading", 2, "  ## Inside"),
        ("paragraph", 0, "> quoted"),
    ]


def test_another_encoding_is_read_as_in_plain_text() -> None:
    parsed = parse_markdown("a.md", "# Größe".encode("cp1252"), "cp1252")
    assert (parsed.text, parsed.blocks[0].stop) == ("# Größe", 7)


@given(st.text(st.sampled_from("#=- >\n`a1.|*[]()<\t\u0085\x0c\x1c\u00a0"), max_size=80).map(canonical))
def test_blocks_lie_inside_the_text_whatever_it_is(text: str) -> None:
    for block in markdown_blocks(text):
        assert 0 <= block.start < block.stop <= len(text)
        assert text[block.start : block.stop].strip()


def test_a_source_too_long_to_be_written_by_hand_goes_without_blocks() -> None:
    assert markdown_blocks("# a\n" * 300_000) == ()
