"""The page of the history reads well anywhere and runs nothing that people wrote."""

import re
from html.parser import HTMLParser

import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Column, Kind, Table
from coder_app.exporters.history import write_history

HOSTILE = "<script>alert('x')</script> & \"quoted\" 🙂\nsecond line"
TABLE = Table(
    "History of <b>Talks</b>",
    (Column("what", "What"), Column("rows", "Rows", Kind.COUNT), Column("undone_by", "Undone by"), Column("x", "X")),
    ((HOSTILE, 3, None, None), ("Plain", 0, "step-1", None)),
    {"Project": "<i>Talks</i>"},
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    def handle_data(self, data) -> None:
        self.text += data


def test_the_page_is_escaped_and_stands_alone(tmp_path):
    write_history(TABLE, tmp_path / "page.html", Table("In numbers", (Column("n", "N"),), ((5,),)))
    page = (tmp_path / "page.html").read_text("utf-8")
    tags = Tags()
    tags.feed(page)
    assert not {"script", "b", "i", "link", "img"} & set(tags.tags)
    assert HOSTILE in tags.text
    assert "In numbers" in tags.text
    assert "http" not in page
    assert "@media print" in page


def test_columns_without_content_are_left_out_and_undone_steps_are_marked(tmp_path):
    write_history(TABLE, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert re.findall(r"<th [^>]*>(.*?)</th>", page) == ["What", "Rows", "Undone by"]
    assert page.count('<tr class="undone">') == 1


def test_an_empty_history_says_so(tmp_path):
    write_history(Table("Empty", TABLE.columns, ()), tmp_path / "page.html")
    assert "Nothing." in (tmp_path / "page.html").read_text("utf-8")


def test_other_suffixes_are_tables_and_unknown_ones_are_refused(tmp_path):
    write_history(TABLE, tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text("utf-8-sig").startswith("what,rows")
    with pytest.raises(BadInput):
        write_history(TABLE, tmp_path / "table.pdf")
