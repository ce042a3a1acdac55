"""Word documents as they read with every tracked change accepted."""

import io
from collections.abc import Callable

import docx
import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import Block
from coder_app.importers.parsed import Parsed
from coder_app.importers.word import parse_word

MakeDocx = Callable[..., bytes]


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def quotes(parsed: Parsed, kind: str) -> list[str]:
    return [parsed.text[block.start : block.stop] for block in parsed.blocks if block.kind == kind]


def test_a_document_of_word_processors_keeps_headings_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_heading("A chapter", 2)
    document.add_paragraph("First line\nsecond line\tafter a tab")
    document.add_paragraph("An item", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b\nc"
    table.cell(1, 1).text = "d"
    stream = io.BytesIO()
    document.save(stream)
    parsed = parse_word("a.docx", stream.getvalue())
    assert parsed.text == "The title\nA chapter\nFirst line\nsecond line\tafter a tab\nAn item\na\tb\nc\n\td"
    assert parsed.blocks[:2] == (Block(0, 9, "heading", 1), Block(10, 19, "heading", 2))
    assert quotes(parsed, "paragraph") == ["First line\nsecond line\tafter a tab", "An item"]
    assert quotes(parsed, "cell") == ["a", "b\nc", "d"]
    assert parsed.warnings == ()


def test_insertions_are_kept_and_deletions_and_moved_text_left_out(docx_of: MakeDocx) -> None:
    body = paragraph(
        run("We ")
        + f"<w:ins>{run('really ')}</w:ins>"
        + "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('old place ')}</w:moveFrom><w:moveTo>{run('new place ')}</w:moveTo>"
        + run("went."),
    )
    parsed = parse_word("a.docx", docx_of(body))
    assert parsed.text == "We really new place went."
    assert ["Tracked changes" in warning for warning in parsed.warnings] == [True]


def test_paragraphs_whose_end_was_deleted_run_on(docx_of: MakeDocx) -> None:
    body = paragraph(run("one "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("two")) + paragraph(run("three"))
    assert parse_word("a.docx", docx_of(body)).text == "one two\nthree"


def test_a_deleted_table_row_is_left_out(docx_of: MakeDocx) -> None:
    rows = [
        f"<w:tr>{deleted}<w:tc>{paragraph(run(text))}</w:tc></w:tr>"
        for deleted, text in [("", "kept"), ("<w:trPr><w:del/></w:trPr>", "gone"), ("", "also kept")]
    ]
    assert parse_word("a.docx", docx_of(f"<w:tbl>{''.join(rows)}</w:tbl>")).text == "kept\nalso kept"


def test_notes_are_marked_where_they_stand_and_listed_at_the_end(docx_of: MakeDocx) -> None:
    body = paragraph(
        run("Claim")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
        + run(", proof")
        + '<w:r><w:footnoteReference w:id="1"/></w:r>'
        + run("."),
    ) + paragraph(run("After."))
    parsed = parse_word(
        "a.docx",
        docx_of(
            body,
            footnotes=f'<w:footnote w:id="1">{paragraph(run(" See p. 5."))}{paragraph(run("More."))}</w:footnote>',
            endnotes=f'<w:endnote w:id="2">{paragraph(run("Rao 2020."))}</w:endnote>',
        ),
    )
    assert parsed.text == "Claim[1], proof[2].\nAfter.\n[1] Rao 2020.\n[2] See p. 5.\nMore."
    assert quotes(parsed, "note") == ["[1] Rao 2020.", "[2] See p. 5.\nMore."]
    assert parsed.warnings == ("Footnotes and endnotes stand at the end of the text.",)


def test_notes_that_refer_to_each_other_are_each_written_once(docx_of: MakeDocx) -> None:
    def note(own: int, other: int) -> str:
        reference = f'<w:r><w:footnoteReference w:id="{other}"/></w:r>'
        return f'<w:footnote w:id="{own}">{paragraph(run(f"note {own}") + reference)}</w:footnote>'

    body = paragraph(run("x") + '<w:r><w:footnoteReference w:id="1"/><w:footnoteReference w:id="9"/></w:r>')
    parsed = parse_word("a.docx", docx_of(body, footnotes=note(1, 2) + note(2, 1)))
    assert parsed.text == "x[1]\n[1] note 1[2]\n[2] note 2[1]"


def test_links_fields_controls_tags_and_formulas_keep_their_text(docx_of: MakeDocx) -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('control'))}</w:sdtContent></w:sdt>" + paragraph(
        f"<w:hyperlink>{run('link ')}</w:hyperlink><w:smartTag>{run('tag ')}</w:smartTag>"
        f"<w:fldSimple>{run('7 ')}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>"
        '<w:r><w:sym w:char="00e9"/><w:noBreakHyphen/><w:t>a\nb</w:t><w:br/><w:t>c</w:t></w:r>',
    )
    assert parse_word("a.docx", docx_of(body)).text == "control\nlink tag 7 x+yé\u2011a b\nc"


def test_a_text_box_is_read_once_after_its_paragraph(docx_of: MakeDocx) -> None:
    box = f"<w:txbxContent>{paragraph(run('in the box'))}</w:txbxContent>"
    body = paragraph(
        run("before ")
        + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        + f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        + "</mc:AlternateContent></w:r>"
        + run("after"),
    )
    assert parse_word("a.docx", docx_of(body + paragraph(run("next")))).text == "before after\nin the box\nnext"


def test_pictures_comments_and_hidden_text_are_left_out_and_said(docx_of: MakeDocx) -> None:
    body = paragraph(
        run("seen")
        + "<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r>"
        + "<w:r><w:commentReference w:id='0'/></w:r>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
        + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> too</w:t></w:r>',
    )
    parsed = parse_word("a.docx", docx_of(body))
    assert parsed.text == "seen too"
    assert parsed.warnings == ("1 comment was left out.", "2 pictures were left out.", "Hidden text was left out.")


def test_heading_levels_come_from_styles_their_parents_and_the_paragraph_itself(docx_of: MakeDocx) -> None:
    styles = (
        '<w:style w:styleId="berschrift3"><w:name w:val="heading 3"/></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="berschrift3"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
        '<w:style w:styleId="Deep"><w:pPr><w:outlineLvl w:val="8"/></w:pPr></w:style>'
    )
    pieces = ['<w:pStyle w:val="berschrift3"/>', '<w:pStyle w:val="Own"/>', '<w:pStyle w:val="Loop"/>']
    pieces += [
        '<w:pStyle w:val="Deep"/>',
        '<w:outlineLvl w:val="0"/>',
        '<w:pStyle w:val="Own"/><w:outlineLvl w:val="9"/>',
    ]
    parsed = parse_word("a.docx", docx_of("".join(paragraph(run("x"), piece) for piece in pieces), styles=styles))
    assert [block.level for block in parsed.blocks] == [3, 3, 0, 6, 1, 0]


def test_a_table_in_a_table_keeps_all_its_text(docx_of: MakeDocx) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('x'))}</w:tc><w:tc>{paragraph(run('y'))}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{inner}{paragraph('')}</w:tc><w:tc>{paragraph(run('z'))}</w:tc></w:tr></w:tbl>"
    assert parse_word("a.docx", docx_of(body)).text == "x\ty\tz"


@pytest.mark.parametrize(
    ("data", "hint"),
    [(b"no zip", "damaged"), (b"PK\x05\x06" + b"\0" * 18, "not a Word document")],
)
def test_what_is_no_word_document_is_refused(data: bytes, hint: str) -> None:
    with pytest.raises(ImportProblem, match=hint):
        parse_word("a.docx", data)


def test_ill_formed_xml_is_refused(docx_of: MakeDocx) -> None:
    with pytest.raises(ImportProblem, match=r"a\.docx.*damaged"):
        parse_word("a.docx", docx_of("<w:p>"))


def test_parts_nested_beyond_reason_are_refused(docx_of: MakeDocx) -> None:
    with pytest.raises(ImportProblem, match="damaged"):
        parse_word("a.docx", docx_of("<w:sdt>" * 400 + "</w:sdt>" * 400))
    deep = "<w:tbl><w:tr><w:tc>" * 80 + paragraph(run("deep")) + "</w:tc></w:tr></w:tbl>" * 80
    assert parse_word("a.docx", docx_of(deep)).text == "deep"
