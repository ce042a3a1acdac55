"""Web pages as a reader would read them."""

import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import Block
from coder_app.importers.html_pages import parse_html_page


def text_of(page: str) -> str:
    return parse_html_page("a.html", page.encode()).text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p> much\n  white\t space </p>", "much white space"),
        ("<p>one<br>two<br/>three</p>", "one\ntwo\nthree"),
        ("a&nbsp;b &eacute; &#1046; &amp;lt; &unknown;", "a\u00a0b é Ж &lt; &unknown;"),
        ("<pre>\n  kept\n    as is</pre>", "  kept\n    as is"),
        ("<p>in<b>side</b> a <i>line</i></p>", "inside a line"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "a\nb\nc"),
        ("<div>x<div>y</div>z</div>", "x\ny\nz"),
        ("<table><tr><th>a<th>b<tr><td><td><p>c<p>d</table>", "a\tb\n\tc\nd"),
        ("<table><tr><td><h2>Head</h2><p>layout</p><td>more</table>", "Head\nlayout\nmore"),
        ("<p>no end<p>of any", "no end\nof any"),
        ("just text", "just text"),
        ("<?xml version='1.0' encoding='utf-8'?><html><body><p>é</p></body></html>", "é"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢"),
        ("", ""),
        ("<!-- only a comment -->", ""),
    ],
)
def test_a_page_becomes_exactly_this_text(page: str, text: str) -> None:
    assert text_of(page) == text


@pytest.mark.parametrize(
    "noise",
    [
        "<script>alert('x')</script>",
        "<style>p {}</style>",
        "<nav>menu</nav>",
        "<header>site</header>",
        "<footer>imprint</footer>",
        "<aside>see also</aside>",
        "<p hidden>hidden</p>",
        "<p style='color:red; display: none'>hidden</p>",
        "<template><p>later</p></template>",
        "<noscript>switch it on</noscript>",
        "<!-- comment -->",
        "<?php echo 1 ?>",
        "<iframe src='file:///etc/hostname'>no frames</iframe>",
        "<svg><text>drawn</text></svg>",
        "<select><option>choice</select>",
    ],
)
def test_what_is_no_text_of_the_page_is_dropped_but_not_what_follows_it(noise: str) -> None:
    assert text_of(f"<body><p>before</p>{noise}<p>after</p></body>") == "before\nafter"


def test_words_after_a_dropped_part_stay_in_their_line() -> None:
    assert text_of("<p>one <script>x</script>two</p>") == "one two"


def test_the_main_part_is_preferred_and_keeps_its_own_header() -> None:
    page = "<div>teaser</div><main><header><h1>Title</h1></header><p>The long story.</p></main><div>links</div>"
    parsed = parse_html_page("a.html", page.encode())
    assert parsed.text == "Title\nThe long story."
    assert parsed.warnings == ("Only the main part of the page was read.",)


def test_all_articles_are_read_where_there_is_no_main_part() -> None:
    page = "<div>x</div><article>one<article>reply</article></article><article>two</article>"
    assert text_of(page) == "one\nreply\ntwo"


def test_an_almost_empty_main_part_does_not_hide_the_text() -> None:
    assert text_of("<main> . </main><p>All the text is outside of it.</p>") == ".\nAll the text is outside of it."


def test_headings_paragraphs_and_cells_are_blocks() -> None:
    parsed = parse_html_page("a.html", b"<h2>Head</h2><p>Text</p><table><tr><td>c</td></tr></table>")
    assert parsed.blocks == (Block(0, 4, "heading", 2), Block(5, 9, "paragraph"), Block(10, 11, "cell"))


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='windows-1251'>", "cp1251"),
        ("<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ("<?xml version='1.0' encoding=\"iso-8859-5\"?>", "iso8859-5"),
    ],
)
def test_the_encoding_that_the_page_declares_is_used(head: str, encoding: str) -> None:
    parsed = parse_html_page("a.html", f"{head}<p>Привет, мир</p>".encode(encoding))
    assert (parsed.text, parsed.encoding, parsed.encoding_sure) == ("Привет, мир", encoding, True)


def test_latin_1_means_what_browsers_take_it_for() -> None:
    parsed = parse_html_page("a.html", "<meta charset=iso-8859-1><p>it’s €5</p>".encode("cp1252"))
    assert (parsed.text, parsed.encoding) == ("it’s €5", "cp1252")


def test_japanese_in_escape_sequences_is_read_as_declared() -> None:
    parsed = parse_html_page("a.html", "<meta charset=iso-2022-jp><p>日本語</p>".encode("iso-2022-jp"))
    assert parsed.text == "日本語"


def test_marks_and_the_person_outrank_what_the_page_declares() -> None:
    page = "<meta charset=koi8-r><p>Größe</p>"
    assert parse_html_page("a.html", page.encode("utf-16")).text == "Größe"
    assert parse_html_page("a.html", page.encode("utf-8-sig")).text == "Größe"
    assert parse_html_page("a.html", page.encode("cp1252"), "cp1252").text == "Größe"


def test_a_page_that_is_wrong_about_its_encoding_is_still_read() -> None:
    parsed = parse_html_page("a.html", "<meta charset=utf-8><p>Die Größe ändert sich im Laufe</p>".encode("cp1252"))
    assert parsed.text == "Die Größe ändert sich im Laufe"
    assert not parsed.encoding_sure
    assert parse_html_page("a.html", "<meta charset=nonsense><p>Größe</p>".encode()).text == "Größe"


def test_hundreds_of_unclosed_tags_lose_no_text() -> None:
    assert text_of("<p>start</p>" + "<font>" * 900 + "deep" + "</font>" * 900 + "<p>end</p>") == "start\ndeep\nend"


def test_a_page_nested_beyond_reason_is_refused_and_not_cut() -> None:
    with pytest.raises(ImportProblem, match=r"a\.html.*nested too deeply"):
        text_of("<div>" * 5000 + "deep")


def test_entities_of_a_document_type_are_neither_loaded_nor_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/hostname">]><p>a &secret; b</p>'
    assert "&secret;" in text_of(page)
