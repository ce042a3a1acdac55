"""Plain text in any encoding: the byte-order mark, then strict UTF-8, then a guess that the person can correct."""

import codecs
from collections.abc import Iterator

from coder_app.domain.errors import ImportProblem
from coder_app.domain.text import canonical
from coder_app.i18n import tr
from coder_app.importers.parsed import Parsed

# The UTF-32 mark begins with the UTF-16 one, so it comes first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The guess reads this much: more makes it slower, and was seen to make it worse.
_SAMPLE = 64 * 1024
# A preview decodes files up to this size whole; of larger ones only the sample.
_WHOLE = 4 * 1024 * 1024
_PREVIEW = 300
_CANDIDATES = (
    *("utf-8", "cp1252", "cp1251", "cp1250", "iso-8859-15", "mac-roman", "cp1254", "cp1253", "cp1256", "koi8-r"),
    *("gb18030", "shift_jis", "euc_kr", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
)
# Control characters that no text holds; form feed, tab, escape and the old end-of-file mark occur.
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")))
_SURROGATES_IN = ("utf-16", "utf-16-le", "utf-16-be", "utf-8")
# What West European texts write beyond ASCII. š, ž, õ, û, ý and þ are missing on purpose: in cp1252
# they also stand for letters of Czech, Hungarian and Turkish texts in their own code pages.
_WESTERN = frozenset("äöüÄÖÜßéèêëÉÈÊàâáåÀÁÅçÇñÑóòôÓíîïúùÚæÆøØœãÃ€„“”‘’‚–—…•«»¿¡°§£©®™´·½\u00a0\u00ad‰†‡‹›²³ºª")  # noqa: RUF001 - these very characters are meant


def parse_text(name: str, data: bytes, encoding: str | None) -> Parsed:
    """Return the text of a plain text file. Raises ImportProblem."""
    text, used, sure = decode(name, data, encoding)
    return finish_text(text, used, sure=sure)


def finish_text(text: str, encoding: str, *, sure: bool) -> Parsed:
    """Return decoded text in its canonical form, with a warning where a character was replaced."""
    result = canonical(text)
    warnings: tuple[str, ...] = ()
    if "\ufffd" in result and "\ufffd" not in text:
        warnings = (tr("Some damaged characters were replaced by “\ufffd”."),)
    return Parsed(result, warnings=warnings, encoding=encoding, encoding_sure=sure)


def decode(name: str, data: bytes, encoding: str | None) -> tuple[str, str, bool]:
    """Return the text of `data`, the encoding used and whether it is certain.

    Surrogates may remain in the text; `canonical` deals with them. Raises ImportProblem for what is
    no text, holds NUL, or is not in the encoding that its mark or the person names.
    """
    if encoding:
        text, used, sure = _decode_as_told(name, data, encoding), _known_name(encoding), True
    elif marked := next((used for mark, used in _MARKS if data.startswith(mark)), None):
        text, used, sure = _decode_as_marked(name, data, marked), marked, True
    else:
        text, used, sure = _decode_unmarked(name, data)
    if "\0" in text:
        raise ImportProblem(
            tr("“{name}” holds NUL bytes, which no text does. It may be damaged or not a text file.", name=name),
        )
    return text, used, sure


def preview_encodings(data: bytes) -> list[tuple[str, str]]:
    """Return (encoding, the first 300 characters) for each encoding that can read `data`, the best first."""
    names = [used for mark, used in _MARKS if data.startswith(mark)]
    names += ["utf-8", *_guesses(data), *_CANDIDATES]
    found: dict[str, str] = {}
    for used in dict.fromkeys(codecs.lookup(name).name for name in names):
        text = _start_of(data, used)
        if text is not None and "\0" not in text:
            found[used] = canonical(text)[:_PREVIEW]
    return list(found.items())


def _start_of(data: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    whole = len(data) <= _WHOLE
    try:
        return decoder.decode(data if whole else data[:_SAMPLE], final=whole)
    except UnicodeError:
        return None


def _decode_as_told(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        # Half a surrogate pair is a slip inside an otherwise sound file.
        text = _with_surrogates(data, encoding)
        if text is not None:
            return text
        raise ImportProblem(
            tr("“{name}” cannot be read as {encoding}. Choose another encoding.", name=name, encoding=encoding),
        ) from error
    except (LookupError, ValueError) as error:
        raise ImportProblem(
            tr("“{name}” was not read: there is no encoding called “{encoding}”.", name=name, encoding=encoding),
        ) from error


def _decode_as_marked(name: str, data: bytes, encoding: str) -> str:
    text = _strictly(data, encoding)
    if text is None:
        text = _with_surrogates(data, encoding)
    if text is None:
        raise ImportProblem(
            tr(
                "“{name}” is marked as {encoding} but is cut short or not written in it. Choose its encoding.",
                name=name,
                encoding=encoding.upper(),
            ),
        )
    return text


def _decode_unmarked(name: str, data: bytes) -> tuple[str, str, bool]:
    if b"\0" in data:
        return _decode_wide(data)
    _refuse_binary(name, data)
    text = _strictly(data, "utf-8")
    if text is None:
        text = _with_surrogates(data, "utf-8")
    if text is not None:
        return text, "utf-8", True
    for used in _guesses(data):
        text = _strictly(data, used)
        if text is not None:
            return text, used, False
    # This one can read any bytes, so there is always something to show and to correct.
    return data.decode("iso8859-15"), "iso8859-15", False


def _decode_wide(data: bytes) -> tuple[str, str, bool]:
    """Return the text of unmarked UTF-32 or UTF-16, else the bytes as they are, NUL included."""
    for used in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = _strictly(data, used)
        if text is None or "\0" in text:
            continue
        # The wrong byte order, or no text at all, gives characters from all over Unicode.
        sample = text[:_SAMPLE]
        usual = sum(1 for char in sample if char < "\u0700" and (char >= " " or char in "\t\n\r"))
        if usual * 10 >= len(sample) * 8:
            return text, used, False
    return data.decode("iso8859-15"), "iso8859-15", False


def _refuse_binary(name: str, data: bytes) -> None:
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50:
        raise ImportProblem(tr("“{name}” is not a text file; nothing in it can be read.", name=name))


def _guesses(data: bytes) -> Iterator[str]:
    """Yield the encodings that `data` may be in, the likeliest first; each fits the sample, not surely the rest."""
    from charset_normalizer import from_bytes

    sample = data
    if len(data) > _SAMPLE:
        # In no multi-byte encoding is a space the second half of a character.
        stop = max(data.rfind(b" ", 0, _SAMPLE), data.rfind(b"\n", 0, _SAMPLE)) + 1
        sample = data[: stop or _SAMPLE]
    if _looks_western(sample):
        yield "cp1252"
    # Where it cannot tell two apart, a Windows code page is far likelier than one of old Macs or of DOS.
    matches = sorted(from_bytes(sample), key=lambda match: (round(match.chaos, 2), match.encoding[:5] != "cp125"))
    # Unmarked UTF-16 and UTF-32 were looked for before; here they would be Chinese made of chance.
    yield from (codecs.lookup(match.encoding).name for match in matches if not match.encoding.startswith("utf_"))


def _looks_western(sample: bytes) -> bool:
    """Return whether the bytes beyond ASCII are few and make sense in cp1252, which a short text seldom proves."""
    beyond = sample.translate(None, bytes(range(128)))
    text = _strictly(beyond, "cp1252")
    return text is not None and len(beyond) * 4 < len(sample) and set(text) <= _WESTERN


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _with_surrogates(data: bytes, encoding: str) -> str | None:
    """Return the text where halves of surrogate pairs are all that is wrong with `data`."""
    if _known_name(encoding) not in _SURROGATES_IN:
        return None
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeError:
        return None


def _known_name(encoding: str) -> str:
    return codecs.lookup(encoding).name
