"""Makes small real Word and PDF files for the tests of their readers."""

import io
import zipfile
from collections.abc import Callable

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def relations(**targets: str) -> bytes:
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{_TYPES}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'.encode()


@pytest.fixture
def docx_of() -> Callable[..., bytes]:
    """Return a maker of .docx files from the XML inside `w:body` and, by name, inside other parts."""

    def make(body: str, **parts: str) -> bytes:
        members = {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": relations(**{name: f"{name}.xml" for name in parts}),
        }
        for name, inside in parts.items():
            members[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{inside}</w:{name}>".encode()
        return zipped(members)

    return make


@pytest.fixture
def pdf_of() -> Callable[..., bytes]:
    """Return a maker of PDF files from the lines of each page."""

    def make(*pages: list[str]) -> bytes:
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for number, lines in enumerate(pages):
            shown = " 0 -14 Td ".join(f"({line}) Tj" for line in lines)
            drawing = f"BT /F1 12 Tf 20 150 Td {shown} ET"
            place = f"/Parent 2 0 R /MediaBox [0 0 300 200] /Contents {5 + 2 * number} 0 R"
            objects += [
                f"<< /Type /Page {place} /Resources << /Font << /F1 3 0 R >> >> >>",
                f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
            ]
        out = b"%PDF-1.4\n"
        places: list[int] = []
        for number, text in enumerate(objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        size = len(objects) + 1
        end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
        return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()

    return make
