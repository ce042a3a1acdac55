"""Files made to do harm, and sound ones with random damage: a text or one clear refusal, nothing else."""

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.domain.text import canonical
from coder_app.importers.files import read_bytes

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]

_PRIVATE = "the content of a private file"


def with_document(data: bytes, document: bytes) -> bytes:
    """Return a .docx like `data` but with another main part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return stream.getvalue()


def document_with(doctype: str, text: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{namespace}">{body}</w:document>'.encode()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text(_PRIVATE)
    return path.as_uri()


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE w:document>",
        '<!DOCTYPE w [<!ENTITY x "y">]>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "{secret}">]>',
        '<!DOCTYPE w SYSTEM "{secret}">',
        '<!DOCTYPE w [<!ENTITY % p SYSTEM "{secret}"> %p;]>',
    ],
)
def test_a_word_file_that_declares_a_document_type_is_refused(docx_of: MakeDocx, secret: str, doctype: str) -> None:
    document = document_with(doctype.format(secret=secret), "text")
    with pytest.raises(ImportProblem, match=r"evil\.docx") as caught:
        read_bytes("evil.docx", with_document(docx_of(""), document), in_process=True)
    assert _PRIVATE not in str(caught.value)


def test_an_outside_entity_is_never_read(docx_of: MakeDocx, secret: str) -> None:
    document = document_with(f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret}">]>', "&x;")
    with pytest.raises(ImportProblem, match=r"evil\.docx"):
        read_bytes("evil.docx", with_document(docx_of(""), document), in_process=True)
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret}">]><p>a &x; <embed src="{secret}"><iframe src="{secret}"> b'
    assert _PRIVATE not in read_bytes("evil.html", page.encode(), in_process=True).text


def test_a_billion_laughs_are_refused_at_once(docx_of: MakeDocx) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = document_with(f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>', "&l9;")
    begin = time.monotonic()
    with pytest.raises(ImportProblem, match=r"evil\.docx"):
        read_bytes("evil.docx", with_document(docx_of(""), document), in_process=True)
    assert time.monotonic() - begin < 5


def test_a_zip_bomb_is_refused_at_once(docx_of: MakeDocx) -> None:
    bomb = with_document(docx_of(""), bytes(60 * 1024 * 1024))
    begin = time.monotonic()
    with pytest.raises(ImportProblem, match="far more data"):
        read_bytes("bomb.docx", bomb, in_process=True)
    assert time.monotonic() - begin < 1


def test_a_part_that_refers_outside_the_archive_finds_nothing_there(docx_of: MakeDocx) -> None:
    stream = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_rels/.rels", f'<R><r Type="{kind}" Target="../../../../etc/hostname"/></R>')
    with pytest.raises(ImportProblem, match="not a Word document"):
        read_bytes("evil.docx", stream.getvalue(), in_process=True)


def damaged(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Yield `count` copies of `data`, each with some bytes changed, cut out, doubled or cut off."""
    chance = random.Random(seed)  # noqa: S311 - the same damage in every run
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            start = chance.randrange(len(copy))
            stop = start + chance.randint(1, 40)
            change = chance.randrange(4)
            if change == 0:
                copy[start] = chance.randrange(256)
            elif change == 1:
                del copy[start:stop]
            elif change == 2:
                copy[start:start] = copy[start:stop]
            else:
                copy[start:stop] = chance.randbytes(stop - start)
            if not copy:
                break
        yield bytes(copy)


def outcome(name: str, data: bytes) -> str:
    """Return the text, or "" for a clear refusal; any other error fails the test."""
    try:
        text = read_bytes(name, data, in_process=True)
    except ImportProblem as problem:
        return "" if name in str(problem) else pytest.fail(f"not named: {problem}")
    assert canonical(text.text) == text.text
    assert all(0 <= block.start <= block.stop <= len(text.text) for block in text.blocks)
    return text.text


def test_damaged_word_files_give_a_text_or_a_refusal(docx_of: MakeDocx) -> None:
    document = docx.Document()
    document.add_heading("Head", 1)
    document.add_table(2, 2).cell(0, 0).text = "cell"
    stream = io.BytesIO()
    document.save(stream)
    outcomes = [outcome("d.docx", data) for data in damaged(stream.getvalue(), 1, 60)]
    note = "<w:footnote w:id='1'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>"
    small = docx_of("<w:p><w:r><w:t>text</w:t><w:footnoteReference w:id='1'/></w:r></w:p>", footnotes=note)
    outcomes += [outcome("d.docx", data) for data in damaged(small, 2, 150)]
    assert "" in outcomes


def test_word_files_with_damaged_xml_give_a_text_or_a_refusal(docx_of: MakeDocx) -> None:
    xml = document_with("", "one </w:t><w:tab/><w:t>two").replace(
        b"<w:body>", b"<w:body><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"
    )
    whole = docx_of("")
    outcomes = {outcome("d.docx", with_document(whole, data)) for data in damaged(xml, 3, 120)}
    assert "" in outcomes
    assert len(outcomes) > 2


def test_damaged_pdf_files_give_a_text_or_a_refusal(pdf_of: MakePdf) -> None:
    whole = pdf_of(["one", "two"], ["three"])
    outcomes = {outcome("d.pdf", data) for data in damaged(whole, 4, 120)}
    assert "" in outcomes
    assert len(outcomes) > 2


def test_damaged_web_pages_give_a_text_or_a_refusal() -> None:
    page = (
        "<!DOCTYPE html><meta charset=utf-8><main><h1>Größe</h1><p hidden>x</p><table><tr><td>a<td>b</table>"
        "<pre> k </pre><ul><li>é &amp; &#233;</ul></main><aside>no</aside>"
    ).encode()
    outcomes = {outcome("d.html", data) for data in damaged(page, 5, 150)}
    assert len(outcomes) > 20


def test_random_bytes_are_refused_or_read_by_every_reader() -> None:
    chance = random.Random(6)  # noqa: S311 - the same bytes in every run
    for name in ("r.txt", "r.md", "r.docx", "r.pdf", "r.html"):
        for start in (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"# "):
            outcome(name, start + chance.randbytes(chance.randint(1, 600)))
