"""The codebook as a page for a paper: everything about a code, escaped, without another file, in equal bytes."""

import zipfile

import pytest
from docx import Document
from lxml import html

from coder_app.domain.codebook import Codebook, CodebookEntry, Example
from coder_app.exporters.codebook import write_codebook

HOSTILE = "<script>alert(1)</script> & “x” \x0b\ufffe"
BOOK = Codebook(
    "Village",
    (
        CodebookEntry(
            "1",
            "Trust",
            "#b2516e",
            "Believing others.\nTwo lines.",
            "Someone relies on another",
            "It is about money",
            examples=(Example("We trusted him.", "Interview 1"), Example("She came.")),
            children=(CodebookEntry("2", "Distrust", "#336699", children=(CodebookEntry("3", "Fear"),)),),
        ),
        CodebookEntry("4", "Topics", "red", is_codable=False),
        CodebookEntry("5", HOSTILE, '"><b>', HOSTILE),
    ),
)
COUNTS = {"1": 12, "3": 1}


@pytest.fixture(params=[".html", ".docx"])
def written(request, tmp_path):
    """Write BOOK as either page; gives the path of the page."""

    def write(counts=None, name="page"):
        path = tmp_path / (name + request.param)
        write_codebook(BOOK, path, counts)
        return path

    return write


def words(path):
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    return html.fromstring(path.read_text("utf-8")).text_content()


def test_all_about_a_code_is_on_the_page(written):
    said = words(written())
    for part in (
        "Codebook: Village",
        "5 codes",
        "Believing others.",
        "Use when: Someone relies on another",
        "Do not use when: It is about money",
        "“We trusted him.”",
        "(Interview 1)",
        "“She came.”",
        "groups other codes",
    ):
        assert part in said
    assert "coding" not in said


def test_counts_are_told_where_they_are_asked_for(written):
    said = words(written(COUNTS))
    assert "13 codings" in said
    assert "12 codings" in said
    assert "1 coding" in said


def test_the_same_codebook_gives_the_same_bytes(written):
    assert written(COUNTS, "a").read_bytes() == written(COUNTS, "b").read_bytes()


def test_the_html_page_needs_nothing_else_and_takes_no_names_for_markup(tmp_path):
    path = tmp_path / "page.html"
    write_codebook(BOOK, path, COUNTS)
    page = html.fromstring(path.read_text("utf-8"))
    assert page.xpath("//script | //link | //img | //@src") == []
    assert all(link.startswith("#code") for link in page.xpath("//@href"))
    assert [len(page.xpath(f"//*[@id='{link[1:]}']")) for link in page.xpath("//nav//@href")] == [1] * 5
    assert "alert(1)" in page.text_content()
    assert [section.getparent().tag for section in page.xpath("//section")] == [
        "body", "section", "section", "body", "body"
    ]  # fmt: skip


def test_the_word_document_has_headings_as_deep_as_the_tree(tmp_path):
    path = tmp_path / "page.docx"
    write_codebook(BOOK, path)
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in Document(str(path)).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings[:3] == [("Heading 1", "■ Trust"), ("Heading 2", "■ Distrust"), ("Heading 3", "Fear")]
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        assert b"python-docx" not in parts.read("docProps/core.xml")
