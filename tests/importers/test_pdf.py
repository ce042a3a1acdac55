"""PDF files as the text of their pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import Block
from coder_app.importers.pdf import parse_pdf

MakePdf = Callable[..., bytes]


def test_pages_are_joined_by_an_empty_line_and_known_by_their_number(pdf_of: MakePdf) -> None:
    parsed = parse_pdf("a.pdf", pdf_of(["First line", "second line"], [], ["Third page"]))
    assert parsed.text == "First line\nsecond line\n\n\n\nThird page"
    assert parsed.blocks == (Block(0, 22, "page", 1), Block(24, 24, "page", 2), Block(26, 36, "page", 3))
    assert parsed.warnings == (
        "Lines follow the page layout of the PDF.",
        "1 page has no text; it may be a picture.",
    )
    assert parsed.importer_version.startswith("1+pypdfium2-")


def test_letters_beyond_latin_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with PdfPages(path) as pages:
        figure = Figure()
        figure.text(0.1, 0.5, "Größe Привет ελλ")
        pages.savefig(figure)
    assert parse_pdf("a.pdf", path.read_bytes()).text == "Größe Привет ελλ"


def test_a_hyphen_that_only_ended_a_line_becomes_a_soft_one(pdf_of: MakePdf) -> None:
    assert parse_pdf("a.pdf", pdf_of(["A hyphen-", "ated word"])).text == "A hyphen\u00adated word"


def test_a_scan_is_refused_with_what_to_do(pdf_of: MakePdf) -> None:
    with pytest.raises(ImportProblem, match=r"a\.pdf.*scan.*text recognition"):
        parse_pdf("a.pdf", pdf_of([], []))


@pytest.mark.parametrize("cut", [0, 9, 200])
def test_a_cut_off_file_is_refused(pdf_of: MakePdf, cut: int) -> None:
    with pytest.raises(ImportProblem, match=r"a\.pdf.*damaged"):
        parse_pdf("a.pdf", pdf_of(["text"])[:cut])


def test_a_file_with_a_password_is_refused(pdf_of: MakePdf) -> None:
    locked = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> "
        f"/ID [<{'22' * 16}> <{'22' * 16}>] /Root"
    )
    data = pdf_of(["secret"]).replace(b"/Root", locked.encode())
    with pytest.raises(ImportProblem, match=r"a\.pdf.*password"):
        parse_pdf("a.pdf", data)
