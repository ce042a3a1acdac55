"""Which reader a file gets: by its suffix, unless its first bytes say something else."""

from pathlib import PurePath

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr
from coder_app.importers.parsed import Parsed

_BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "word",
    ".docm": "word",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
# These are read by C code, or unpacked, and therefore in a process of their own.
RISKY = frozenset({"word", "pdf", "html"})

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_PDF = b"%PDF-"


def is_supported(name: str) -> bool:
    """Return whether a file called `name` is one that a folder is searched for."""
    return PurePath(name).suffix.lower() in _BY_SUFFIX


def importer_for(name: str, data: bytes) -> str:
    """Return "text", "markdown", "word", "pdf" or "html". Raises ImportProblem for what none of them reads."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_OLE):
        raise ImportProblem(_about_ole(name, data, suffix))
    if data.startswith(_RTF):
        raise ImportProblem(
            tr("“{name}” is in Rich Text format, which is not read. Save it as .docx and import that.", name=name),
        )
    if data.startswith(_PDF):
        return "pdf"
    if data.startswith(_ZIP):
        if suffix in _BY_SUFFIX or suffix == ".doc" or b"word/document.xml" in data:
            return "word"
        raise ImportProblem(
            tr("“{name}” is not a file that can be read. Save it as .docx, .pdf or .txt and import that.", name=name),
        )
    return _BY_SUFFIX.get(suffix, "text")


def parse(importer: str, name: str, data: bytes, encoding: str | None) -> Parsed:
    """Return what the reader called `importer` finds in `data`. Raises ImportProblem."""
    if importer == "word":
        from coder_app.importers.word import parse_word

        return parse_word(name, data)
    if importer == "pdf":
        from coder_app.importers.pdf import parse_pdf

        return parse_pdf(name, data)
    if importer == "html":
        from coder_app.importers.html_pages import parse_html_page

        return parse_html_page(name, data, encoding)
    if importer == "workbook":
        from coder_app.importers.workbook import parse_workbook

        return parse_workbook(name, data)
    if importer == "markdown":
        from coder_app.importers.markdown import parse_markdown

        return parse_markdown(name, data, encoding)
    from coder_app.importers.text_files import parse_text

    return parse_text(name, data, encoding)


def _about_ole(name: str, data: bytes, suffix: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return tr("“{name}” is protected by a password. Save it without one and import that.", name=name)
    if suffix in {".doc", ".dot", ".docx", ".docm"}:
        return tr("“{name}” is in the old .doc format. Save it as .docx and import that.", name=name)
    return tr("“{name}” is not a file that can be read. Save it as .docx, .pdf or .txt and import that.", name=name)
