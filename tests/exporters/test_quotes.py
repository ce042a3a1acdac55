import json
from pathlib import Path

import docx
import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Column, Kind, Table
from coder_app.exporters.quotes import SUFFIXES, write_quotes

TABLE = Table(
    "Passages found by a query",
    (
        Column("codes", "Codes"),
        Column("before", "Before"),
        Column("text", "Passage"),
        Column("after", "After"),
        Column("memo", "Memo"),
        Column("start", "From", Kind.COUNT),
    ),
    (
        ("Fear", "It was ", "<dark>\nand\x01cold", " then", "Not sure & so", 7),
        ("Fear", "", "late", "", None, 0),
        ("", "", "=1+1", "", "", 3),
    ),
    {"Query": "Fear AND <x>"},
)


def test_a_page_has_headings_passages_and_what_is_known_of_them(tmp_path: Path) -> None:
    write_quotes(TABLE, tmp_path / "q.html", '{"recipe":"coder-app","x":"</script>"}', group="codes")

    page = (tmp_path / "q.html").read_text("utf-8")
    assert "<h2>Fear <small>2 passages</small></h2>" in page
    assert "<h2>(none) <small>1 passage</small></h2>" in page
    assert "<span>It was </span>&lt;dark&gt;\nand\x01cold<span> then</span>" in page
    assert "Memo: Not sure &amp; so · From: 7" in page
    assert "Fear AND &lt;x&gt;" in page
    assert page.count("</script>") == 1


def test_a_document_has_the_same_in_words_of_its_own_styles(tmp_path: Path) -> None:
    write_quotes(TABLE, tmp_path / "q.docx", '{"recipe":"coder-app"}', group="codes")

    paragraphs = [one.text for one in docx.Document(str(tmp_path / "q.docx")).paragraphs]
    assert paragraphs[:3] == ["Passages found by a query", "Query: Fear AND <x>", "Fear (2 passages)"]
    assert paragraphs[3] == "It was <dark>\nand\ufffdcold then"
    assert paragraphs[4] == "Memo: Not sure & so · From: 7"
    assert json.loads((tmp_path / "q.docx.recipe.json").read_text()) == {"recipe": "coder-app"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_equal_passages_give_equal_bytes_and_none_are_said_to_be_none(tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        write_quotes(TABLE, tmp_path / f"{name}{suffix}", group="codes")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()

    write_quotes(Table("None", TABLE.columns, ()), tmp_path / f"none{suffix}")
    if suffix == ".html":
        assert "No passage was found." in (tmp_path / "none.html").read_text()


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.csv"):
        write_quotes(TABLE, tmp_path / "q.odt")
    assert list(tmp_path.iterdir()) == []
