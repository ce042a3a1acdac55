"""PDF files as text: PDFium's reading of each page, in page order, with an empty line between two pages."""

from importlib.metadata import version
from typing import Any

from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import Block
from coder_app.domain.text import canonical
from coder_app.i18n import tr, trn
from coder_app.importers.parsed import Parsed

_BETWEEN_PAGES = "\n\n"
# PDFium's own sign for a hyphen that only ended a line; as it is no character, a soft hyphen takes its place.
_LINE_END_HYPHENS = {0xFFFE: 0xAD, 0x02: 0xAD}


def parse_pdf(name: str, data: bytes) -> Parsed:
    """Return the text of a PDF file, with a block of kind "page" for each page, its number as level.

    A page without text has an empty block. Raises ImportProblem, also where no page has any text.
    """
    pypdfium2 = _pdfium()
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = [_page_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            message = tr("“{name}” is protected by a password. Save it without one and import that.", name=name)
        else:
            message = tr("“{name}” is damaged or not a PDF file.", name=name)
        raise ImportProblem(message) from error
    empty = sum(1 for text in pages if not text.strip())
    if empty == len(pages):
        raise ImportProblem(
            tr("“{name}” has no text, only pictures of pages (a scan). Run text recognition on it first.", name=name),
        )
    return _joined(pages, empty)


def _joined(pages: list[str], empty: int) -> Parsed:
    blocks: list[Block] = []
    start = 0
    for number, text in enumerate(pages, 1):
        blocks.append(Block(start, start + len(text), "page", number))
        start += len(text) + len(_BETWEEN_PAGES)
    warnings = [tr("Lines follow the page layout of the PDF.")]
    if empty:
        warnings.append(
            trn("{n} page has no text; it may be a picture.", "{n} pages have no text; they may be pictures.", empty),
        )
    # Another PDFium may place characters elsewhere.
    reading = f"1+pypdfium2-{version('pypdfium2')}"
    return Parsed(_BETWEEN_PAGES.join(pages), tuple(blocks), tuple(warnings), importer_version=reading)


def _page_text(document: Any, number: int) -> str:  # noqa: ANN401 - pypdfium2 comes without types
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_range()
            return canonical(text.translate(_LINE_END_HYPHENS))
        finally:
            text_page.close()
    finally:
        page.close()


def _pdfium() -> Any:  # noqa: ANN401 - pypdfium2 comes without types
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it has none

    return pypdfium2
