"""Numbers that lead to their passages: in a spreadsheet and on a page."""

from dataclasses import replace

import openpyxl
import pytest
from lxml import html

from coder_app.domain.behind import Behind, Quoted
from coder_app.domain.table import Column, Kind, Table
from coder_app.exporters.html import write_cooccurrence, write_html
from coder_app.exporters.linked import write_linked
from coder_app.exporters.recipes import found_recipe

PAIRS = Table(
    "Code co-occurrence",
    (
        Column("coders", "Coders"),
        Column("code_a", "Code A"),
        Column("code_b", "Code B"),
        Column("n_ab", "Together", Kind.COUNT),
        Column("code_a_id", "Id of A"),
        Column("code_b_id", "Id of B"),
    ),
    (
        ("Ann", "Fear", "=Work", 2, "c1", "c2"),
        ("Ann", "Fear", "Joy", 0, "c1", "c3"),
        ("Ann", "=Work", "Joy", 1, "c2", "c3"),
    ),
    {"mode": "segments"},
)
MATRIX = Table(
    "Code co-occurrence",
    (
        Column("coders", "Coders"),
        Column("code", "Code"),
        *(Column(one, one, Kind.COUNT) for one in ("Fear", "=Work", "Joy")),
    ),
    (("Ann", "Fear", 5, 2, 0), ("Ann", "=Work", 2, 4, 1), ("Ann", "Joy", 0, 1, 3)),
)
BEHIND = Behind(
    {
        ("Ann", "c1", "c2"): [Quoted("One", 0, 4, "<b>Fear</b>"), Quoted("Two", 5, 9, "=1+1")],
        ("Ann", "c2", "c3"): [Quoted("One", 7, 9, "خوف")],
    }
)
RECIPE = '{"recipe":"coder-app","version":1,"odd":"</script><&\\u00e9"}'


@pytest.fixture
def book(tmp_path):
    write_linked(PAIRS, MATRIX, BEHIND, tmp_path / "t.xlsx", RECIPE)
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


def test_a_spreadsheet_has_pairs_matrix_passages_and_settings(book, tmp_path):
    assert book.sheetnames == ["Pairs", "Matrix", "Passages", "Settings"]
    assert list(book["Matrix"].values)[1] == ("Ann", "Fear", 5, 2, 0)
    assert list(book["Passages"].values)[2][3:] == ("Two", 5, 9, "=1+1")
    assert ("mode", "segments") in list(book["Settings"].values)
    assert found_recipe(tmp_path / "t.xlsx") == RECIPE


def test_counts_lead_to_their_first_passage_and_stay_numbers(book):
    assert (book["Pairs"]["D2"].value, book["Pairs"]["D2"].hyperlink.location) == (2, "'Passages'!A2")
    assert book["Pairs"]["D3"].hyperlink is None
    assert book["Pairs"]["D4"].hyperlink.location == "'Passages'!A4"
    # Both halves of the matrix lead there; the diagonal has no passages of a pair.
    assert book["Matrix"]["D2"].hyperlink.location == book["Matrix"]["C3"].hyperlink.location == "'Passages'!A2"
    assert book["Matrix"]["C2"].hyperlink is None


def test_the_matrix_can_stand_first(tmp_path):
    write_linked(PAIRS, MATRIX, BEHIND, tmp_path / "t.xlsx", matrix_first=True)
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames[:2] == ["Matrix", "Pairs"]


@pytest.fixture
def page(tmp_path):
    pairs = replace(PAIRS, settings=PAIRS.settings | {"methods": "Counted <so>."})
    write_cooccurrence(pairs, MATRIX, BEHIND, tmp_path / "t.html", RECIPE)
    return html.fromstring((tmp_path / "t.html").read_bytes())


def test_a_page_needs_nothing_else_and_names_rows_and_columns(page, tmp_path):
    text = (tmp_path / "t.html").read_text()
    assert "http" not in text
    assert "src=" not in text
    assert page.get("lang")
    for table in page.iter("table"):
        assert table.find("caption").text
        assert all(head.get("scope") == "col" for head in table.find("thead").iter("th"))
        assert all(row[0].get("scope") == "row" for row in table.find("tbody"))
    assert page.find(".//p[@class='methods']").text == "Counted <so>."


def test_every_link_of_a_page_leads_to_its_passages(page):
    ids = {section.get("id"): section for section in page.iter("section")}
    links = list(page.iter("a"))
    assert len(links) == 2 + 4
    assert all(link.get("href")[1:] in ids for link in links)
    assert all("read the passages" in link.get("aria-label") for link in links)
    quotes = [quote.text for quote in ids[links[0].get("href")[1:]].iter("blockquote")]
    assert quotes == ["<b>Fear</b>", "=1+1"]
    assert next(iter(ids.values())).find("blockquote").get("dir") == "auto"


def test_a_recipe_on_a_page_cannot_end_its_script(page, tmp_path):
    assert len(list(page.iter("script"))) == 1
    assert "</script><" not in (tmp_path / "t.html").read_text().replace("</script>\n", "")
    import json

    assert json.loads(found_recipe(tmp_path / "t.html")) == json.loads(RECIPE)


def test_any_table_can_be_a_page(tmp_path):
    write_html(PAIRS, tmp_path / "t.html")
    assert len(list(html.fromstring((tmp_path / "t.html").read_bytes()).iter("tr"))) == 4
