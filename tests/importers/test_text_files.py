"""Plain text in every encoding that people have on their disks."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import ImportProblem
from coder_app.domain.text import canonical
from coder_app.importers.text_files import decode, parse_text, preview_encodings

_RUSSIAN = "Мы приехали в город поздно вечером. Никто нас не ждал, и мы пошли искать гостиницу."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"plain", "plain", "utf-8"),
        ("Größe 😀".encode(), "Größe 😀", "utf-8"),
        (codecs.BOM_UTF8 + "é".encode(), "é", "utf-8"),
        ("Größe".encode("utf-16"), "Größe", "utf-16"),
        (codecs.BOM_UTF16_BE + "Größe 😀".encode("utf-16-be"), "Größe 😀", "utf-16"),
        (codecs.BOM_UTF32_LE + "Größe".encode("utf-32-le"), "Größe", "utf-32"),
        (codecs.BOM_UTF32_BE + "Größe".encode("utf-32-be"), "Größe", "utf-32"),
        (b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour", "utf-8"),
        ("a\r\nb\rc".encode("utf-16"), "a\nb\nc", "utf-16"),
        (b"page\x0cpage\x1a", "page\x0cpage\x1a", "utf-8"),
    ],
)
def test_marks_and_utf_8_are_certain(data: bytes, text: str, encoding: str) -> None:
    parsed = parse_text("a.txt", data, None)
    assert (parsed.text, parsed.encoding, parsed.encoding_sure, parsed.warnings) == (text, encoding, True, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (_RUSSIAN, "cp1251"),
        ("“I don’t know,” she said – it’s the café’s fault. Müller, naïve.", "cp1252"),
        ("She said it’s fine.", "cp1252"),
        ("Die Straße war naß und öde. Größe ändern über Österreich.", "cp1252"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.", "cp1250"),
        ("私は昨日、友達と一緒に映画を見ました。とても面白かったです。", "cp932"),
        ("我们昨天去了城市，没有人等我们。", "gb18030"),
        ("We came to the town late.\nNobody knew.", "utf-16-le"),
        ("We came to the town late.\nNobody knew.", "utf-16-be"),
        (_RUSSIAN, "utf-16-le"),
        (_RUSSIAN, "utf-16-be"),
        (_RUSSIAN, "utf-32-le"),
        ("Hello, world", "utf-32-be"),
    ],
)
def test_without_a_mark_the_encoding_is_guessed_and_said_to_be_unsure(text: str, encoding: str) -> None:
    parsed = parse_text("a.txt", text.encode(encoding), None)
    assert (parsed.text, parsed.encoding, parsed.encoding_sure) == (text, encoding, False)


def test_the_guess_from_the_start_of_a_long_file_fits_all_of_it() -> None:
    text = (_RUSSIAN + "\n") * 4_000
    parsed = parse_text("a.txt", text.encode("cp1251"), None)
    assert (parsed.text, parsed.encoding) == (text, "cp1251")


def test_bytes_that_fit_no_guess_still_give_something_to_correct() -> None:
    text, encoding, sure = decode("a.txt", b"ab \x81 \x8d \xff \x90 \x9d cd" * 3, None)
    assert text.startswith("ab")
    assert encoding
    assert not sure


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "mac-cyrillic", "iso-8859-5", "UTF-16LE", "utf_8"])
def test_the_encoding_that_the_person_names_wins(encoding: str) -> None:
    parsed = parse_text("a.txt", _RUSSIAN.encode(encoding), encoding)
    assert (parsed.text, parsed.encoding, parsed.encoding_sure) == (_RUSSIAN, codecs.lookup(encoding).name, True)


def test_even_a_wrong_encoding_wins_where_it_can_read_the_file() -> None:
    assert parse_text("a.txt", "é".encode(), "cp1252").text == "Ã©"


@pytest.mark.parametrize(
    ("data", "encoding", "hint"),
    [
        (b"caf\xe9", "utf-8", "cannot be read as utf-8"),
        (b"\x81", "cp1252", "cannot be read as cp1252"),
        (b"abc", "utf-16", "cannot be read as utf-16"),
        (b"abc", "no-such", "no encoding called “no-such”"),
        (b"abc", "hex", "no encoding called “hex”"),
        (b"abc", "a\0b", "no encoding called"),
        (b"a\0b", None, "NUL"),
        (b"a\0b", "utf-8", "NUL"),
        (b"hello\0world!", None, "NUL"),
        ("a\0b".encode("utf-16"), None, "NUL"),
        (codecs.BOM_UTF16_LE + b"a", None, "cut short"),
        (codecs.BOM_UTF32_LE + b"abc", None, "cut short"),
        (codecs.BOM_UTF8 + b"caf\xe9", None, "marked as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10", None, "NUL"),
        (bytes(range(1, 256)), None, "not a text file"),
        (b"\x01\x02\x03\x04 text", None, "not a text file"),
    ],
)
def test_what_is_no_text_in_this_encoding_is_refused_by_name(data: bytes, encoding: str | None, hint: str) -> None:
    with pytest.raises(ImportProblem, match=hint) as caught:
        parse_text("interview.txt", data, encoding)
    assert "interview.txt" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    ["a\ud83db".encode("utf-16", "surrogatepass"), "a\ud83db".encode("utf-8", "surrogatepass")],
)
def test_half_a_surrogate_pair_is_replaced_and_said(data: bytes) -> None:
    parsed = parse_text("a.txt", data, None)
    assert parsed.text == "a\ufffdb"
    assert len(parsed.warnings) == 1
    assert parse_text("a.txt", data, parsed.encoding).text == "a\ufffdb"


def test_two_halves_of_a_pair_written_apart_are_joined_without_a_word() -> None:
    parsed = parse_text("a.txt", "a\ud83d\ude00b".encode("utf-8", "surrogatepass"), None)
    assert (parsed.text, parsed.warnings) == ("a😀b", ())


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives_utf_8_and_marked_utf_16_and_utf_32(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert parse_text("a.txt", text.encode(encoding), None).text == canonical(text)


@given(st.binary(max_size=80), st.sampled_from([None, "utf-8", "utf-16", "cp1251", "gb18030", "utf-7", "idna"]))
def test_any_bytes_give_a_canonical_text_or_a_clear_refusal(data: bytes, encoding: str | None) -> None:
    try:
        text = parse_text("a.txt", data, encoding).text
    except ImportProblem as problem:
        text = str(problem)
    assert canonical(text) == text


def test_the_preview_shows_what_each_encoding_makes_of_the_file_best_first() -> None:
    previews = preview_encodings(_RUSSIAN.encode("cp1251"))
    assert previews[0] == ("cp1251", _RUSSIAN)
    names = [name for name, _ in previews]
    assert len(set(names)) == len(names)
    assert "utf-8" not in names
    assert {"iso8859-15", "koi8-r", "mac-roman"} <= set(names)
    for name, text in previews:
        assert parse_text("a.txt", _RUSSIAN.encode("cp1251"), name).text == text


def test_the_preview_of_a_marked_file_begins_with_its_mark_and_shows_only_the_start() -> None:
    previews = preview_encodings(("é" * 1000).encode("utf-16"))
    assert previews[0] == ("utf-16", "é" * 300)
    assert preview_encodings("é\r\nü".encode())[0] == ("utf-8", "é\nü")


def test_the_preview_of_a_large_file_reads_only_its_start() -> None:
    data = ("я" * 99 + "\n").encode() * 30_000
    assert preview_encodings(data)[0] == ("utf-8", ("я" * 99 + "\n") * 3)
