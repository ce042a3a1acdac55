"""One way in for files, drops and pastes: the right reader, or one clear sentence that names the file."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from coder_app.domain.errors import Cancelled, ImportProblem
from coder_app.domain.text import canonical
from coder_app.importers import files
from coder_app.importers.files import read_bytes, read_file, read_many, text_from_paste

MakePdf = Callable[..., bytes]


def word_file(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def mixed(tmp_path: Path, pdf_of: MakePdf) -> list[Path]:
    contents = {
        "a.txt": b"plain",
        "b.md": b"# marked",
        "c.docx": word_file("word"),
        "d.pdf": pdf_of(["portable"]),
        "e.HTM": b"<p>hyper</p>",
        "notes": b"no suffix",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in contents]


def test_each_file_gets_its_reader(mixed: list[Path]) -> None:
    texts = [read_file(path, in_process=True) for path in mixed]
    assert [(text.name, text.importer, text.text) for text in texts] == [
        ("a.txt", "text", "plain"),
        ("b.md", "markdown", "# marked"),
        ("c.docx", "word", "word"),
        ("d.pdf", "pdf", "portable"),
        ("e.HTM", "html", "hyper"),
        ("notes", "text", "no suffix"),
    ]
    assert [text.original for text in texts] == [path.read_bytes() for path in mixed]
    assert {text.kind for text in texts} == {"text"}
    assert [text.encoding for text in texts] == ["utf-8", "utf-8", "", "", "utf-8", "utf-8"]


def test_a_child_reads_the_same_as_this_process(mixed: list[Path]) -> None:
    done: list[tuple[int, int]] = []
    together = read_many(mixed, on_progress=lambda now, all_: done.append((now, all_)))
    assert together == [read_file(path, in_process=True) for path in mixed]
    assert done == [(number, 6) for number in range(1, 7)]
    assert read_file(mixed[2]) == together[2]


def test_the_content_outranks_the_suffix(pdf_of: MakePdf) -> None:
    assert read_bytes("report.txt", pdf_of(["x"]), in_process=True).importer == "pdf"
    assert read_bytes("new.doc", word_file("x"), in_process=True).importer == "word"
    assert read_bytes("download", word_file("x"), in_process=True).importer == "word"


def test_the_encoding_given_reaches_text_and_web_pages_alike() -> None:
    data = "<p>Привет</p>".encode("cp1251")
    assert read_bytes("a.html", data, "cp1251").text == "Привет"
    assert read_bytes("a.txt", data, "cp1251").text == "<p>Привет</p>"


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        ("x.txt", b"", "is empty"),
        ("x.txt", b" \r\n\t\xc2\xa0", "is empty"),
        ("x.html", b"<p> </p>", "is empty"),
        ("x.docx", b"", "damaged"),
        ("x.pdf", b"", "damaged"),
        ("x.txt", b"a\0b", "NUL"),
        ("x.docx", b"plain text", "damaged or not what its name says"),
        ("x.pdf", b"plain text", "damaged or not a PDF"),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W" * 99, r"old \.doc format.*Save it as \.docx"),
        ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not a file that can be read"),
        ("x.rtf", rb"{\rtf1 Hello}", "Rich Text"),
        ("x.zip", b"PK\x03\x04" + b"\0" * 30, "not a file that can be read"),
        ("x.png", b"\x89PNG\r\n\x1a\n\0\0\0\r", "NUL"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, data: bytes, hint: str) -> None:
    with pytest.raises(ImportProblem, match=hint) as caught:
        read_bytes(name, data, in_process=True)
    assert f"“{name}”" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"no file .*gone\.txt"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(ImportProblem, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(ImportProblem, match="cannot be read"):
        read_file(tmp_path / ("x" * 5000))
    with pytest.raises(ImportProblem, match="cannot be read"):
        read_file(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ImportProblem, match=r"pipe\.txt.*no ordinary file"):
        read_file(tmp_path / "pipe.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another matter here")
def test_a_file_that_may_not_be_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("secret")
    path.chmod(0)
    me = os.geteuid()
    nobody = 65534
    try:
        if me == 0:
            os.seteuid(nobody)
        with pytest.raises(ImportProblem, match=r"secret\.txt.*permission"):
            read_file(path)
    finally:
        if me == 0:
            os.seteuid(me)


def test_a_huge_file_is_refused_before_any_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(files.LARGEST + 1)
    with pytest.raises(ImportProblem, match=r"huge\.txt.*512 MB"):
        read_file(path)


@pytest.mark.skipif(os.name != "posix", reason="only there can a name be no Unicode")
def test_a_name_that_is_no_unicode_becomes_one(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_bytes(b"text")
    except OSError:
        pytest.skip("this disk allows only Unicode names")
    assert read_file(path).name == "caf\ufffd.txt"
    path.write_bytes(b"a\0b")
    with pytest.raises(ImportProblem) as caught:
        read_file(path)
    assert str(caught.value).encode()


def test_one_bad_file_refuses_all(tmp_path: Path, mixed: list[Path]) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"no pdf")
    done: list[int] = []
    with pytest.raises(ImportProblem, match=r"bad\.pdf"):
        read_many(
            [*mixed[:4], tmp_path / "bad.pdf", *mixed[4:]],
            on_progress=lambda now, _: done.append(now),
        )
    assert done == [1, 2, 3, 4]


def test_cancelling_ends_it_between_two_files(mixed: list[Path]) -> None:
    done: list[int] = []
    with pytest.raises(Cancelled, match="nothing was added"):
        read_many(mixed, on_progress=lambda now, _: done.append(now), cancelled=lambda: len(done) == 3)
    assert done == [1, 2, 3]


def test_no_files_give_no_texts() -> None:
    assert read_many([]) == []


def test_two_hundred_texts_are_read_without_starting_a_child(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(200)]
    for path in paths:
        path.write_text(f"Interview {path.stem}")
    assert [text.text for text in read_many(paths)] == [f"Interview {number}" for number in range(200)]


def test_a_paste_is_a_source_with_its_utf_8_as_original() -> None:
    text = text_from_paste("Field note", "one\r\ntwo\0 \ud83d")
    assert (text.name, text.text, text.importer) == ("Field note", "one\ntwo\ufffd \ufffd", "paste")
    assert text.original.decode() == text.text == canonical(text.text)


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_an_empty_paste_is_refused(blank: str) -> None:
    with pytest.raises(ImportProblem, match="no text to paste"):
        text_from_paste("Field note", blank)
