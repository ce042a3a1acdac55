"""Archives that lie, swell or name what they should not."""

import io
import struct
import warnings
import zipfile

import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.importers.zip_guard import ZipGuard

_MB = 1024 * 1024


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as opened:
        warnings.simplefilter("ignore")  # zipfile warns of the double names that are wanted here
        for name, data in members:
            opened.writestr(name, data)
    return stream.getvalue()


def test_a_sound_archive_gives_its_members() -> None:
    guard = ZipGuard("a.docx", archive(("word/document.xml", b"text"), ("empty/", b"")))
    assert "word/document.xml" in guard
    assert "other.xml" not in guard
    assert guard.read("word/document.xml") == b"text"


def test_a_missing_member_is_a_clear_problem() -> None:
    with pytest.raises(ImportProblem, match=r"a\.docx"):
        ZipGuard("a.docx", archive(("x", b""))).read("y")


@pytest.mark.parametrize("name", ["../up.xml", "/etc/passwd", "a/../../b", "..\\up.xml", "C:evil.xml"])
def test_names_that_lead_out_of_the_archive_are_refused(name: str) -> None:
    with pytest.raises(ImportProblem, match="not safe"):
        ZipGuard("a.docx", archive((name, b"x")))


def test_two_members_of_one_name_are_refused() -> None:
    with pytest.raises(ImportProblem, match="not safe"):
        ZipGuard("a.docx", archive(("x", b"1"), ("x", b"2")))


def test_a_link_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        opened.writestr(info, "/etc/passwd")
    with pytest.raises(ImportProblem, match="not safe"):
        ZipGuard("a.docx", stream.getvalue())


@pytest.mark.parametrize(
    "data",
    [
        archive(("bomb.xml", bytes(20 * _MB))),
        archive(*((str(number), b"") for number in range(5_001))),
    ],
    ids=["swells", "crowded"],
)
def test_bombs_are_refused_by_their_directory_alone(data: bytes) -> None:
    with pytest.raises(ImportProblem, match="far more data"):
        ZipGuard("a.docx", data)


def test_a_directory_that_lies_about_a_size_is_found_out_while_reading() -> None:
    data = bytearray(archive(("bomb.xml", bytes(20 * _MB))))
    directory = data.rindex(b"PK\x01\x02")
    for place in (data.index(b"PK\x03\x04") + 22, directory + 24):
        data[place : place + 4] = struct.pack("<I", 1000)
    guard = ZipGuard("a.docx", bytes(data))
    with pytest.raises(ImportProblem, match="damaged"):
        guard.read("bomb.xml")


def test_members_that_are_small_each_but_too_much_in_all_are_refused() -> None:
    # Half a megabyte each is too small to count as a bomb by itself.
    half = bytes(_MB // 2)
    with pytest.raises(ImportProblem, match="far more data"):
        ZipGuard("a.docx", archive(*((f"{number}.xml", half) for number in range(601))))


def test_a_member_with_a_password_or_in_a_rare_packing_is_refused() -> None:
    data = bytearray(archive(("x.xml", b"text")))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(ImportProblem, match="password"):
        ZipGuard("a.docx", bytes(data)).read("x.xml")
    with pytest.raises(ImportProblem, match="damaged"):
        ZipGuard("a.docx", archive(("x.xml", b"text"), method=zipfile.ZIP_LZMA)).read("x.xml")


def test_a_changed_byte_is_noticed() -> None:
    data = bytearray(archive(("x.xml", b"some text"), method=zipfile.ZIP_STORED))
    data[data.index(b"some")] ^= 1
    with pytest.raises(ImportProblem, match="damaged"):
        ZipGuard("a.docx", bytes(data)).read("x.xml")
