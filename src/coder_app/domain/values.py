"""How the value of a variable is read: what is kept is text, and the variable's type says what it means."""

import datetime
import re
from decimal import Decimal
from typing import TypeAlias

from coder_app.domain.errors import BadInput
from coder_app.domain.text import canonical
from coder_app.i18n import tr

Typed: TypeAlias = str | bool | int | Decimal | datetime.date | datetime.datetime
"""What a value means. Within one type any two can be compared."""

TYPES = ("text", "boolean", "integer", "decimal", "date", "datetime")
"""The types of variables, by the names that REFI-QDA gives them, but for "decimal"."""

# Spreadsheets turn TRUE into WAHR, VRAI, VERDADERO, and people write what they say.
_YES = {"true", "yes", "y", "1", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "si", "да"}
_NO = {"false", "no", "n", "0", "falsch", "nein", "faux", "non", "falso", "нет"}
_INTEGER = re.compile(r"[+-]?\d{1,1000}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,1000}(?:[.,]\d{0,1000})?|[.,]\d{1,1000})(?:[eE][+-]?\d{1,2})?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def type_name(type_: str) -> str:
    """Return what people call a type of variable."""
    return {
        "text": tr("Text"),
        "boolean": tr("Yes or no"),
        "integer": tr("Whole number"),
        "decimal": tr("Decimal number"),
        "date": tr("Date"),
        "datetime": tr("Date and time"),
    }[type_]


def read_value(type_: str, text: str) -> Typed:
    """Return what `text` means as a value of this type. Raises BadInput, a sentence that names the text."""
    try:
        return _READERS[type_](text.strip())
    except ValueError as error:
        raise BadInput(_unreadable(type_, text.strip())) from error


def is_readable(type_: str, text: str) -> bool:
    """Say whether `text` is a value of this type."""
    try:
        _READERS[type_](text.strip())
    except ValueError:
        return False
    return True


def written(type_: str, text: str) -> str:
    """Return a value in the one spelling in which it is kept: true, 12, 0.5, 2026-03-01, 2026-03-01T09:30:00.

    Raises BadInput as `read_value` does.
    """
    value = read_value(type_, text)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        digits = format(value, "f")
        return (digits.rstrip("0").rstrip(".") if "." in digits else digits) if value else "0"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def plainly(type_: str, text: str) -> str:
    """Return a value in its one spelling where it can be read, else as it is: two copies may disagree on a type."""
    return written(type_, text) if is_readable(type_, text) else text


def fitting_type(texts: list[str]) -> str:
    """Return the narrowest type that can read all of `texts`; 0 and 1 are numbers, and nothing at all is text.

    N may be a place and not a no, so single letters are text.
    """
    for type_ in ("integer", "decimal", "date", "datetime", "boolean"):
        if texts and all(is_readable(type_, text) for text in texts):
            return "text" if type_ == "boolean" and any(len(text) == 1 for text in texts) else type_
    return "text"


def _unreadable(type_: str, text: str) -> str:
    shown = text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 (as much as one reads at a glance)
    return {
        "boolean": tr("“{text}” is neither yes nor no; write true or false.", text=shown),
        "integer": tr("“{text}” is no whole number.", text=shown),
        "decimal": tr("“{text}” is no number.", text=shown),
        "date": tr("“{text}” is no date; write it as 2026-03-01.", text=shown),
        "datetime": tr("“{text}” is no date with a time; write it as 2026-03-01 09:30.", text=shown),
    }[type_]


def _boolean(text: str) -> bool:
    plain = text.casefold()
    if plain not in _YES | _NO:
        raise ValueError
    return plain in _YES


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError
    return int(text)


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError
    return Decimal(text.replace(",", "."))


def _date(text: str) -> datetime.date:
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DOTTED_DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise ValueError
    return datetime.date(year, month, day)


def _datetime(text: str) -> datetime.datetime:
    if _ISO_DATE.fullmatch(text) or _DOTTED_DATE.fullmatch(text):
        day = _date(text)
        return datetime.datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a time as people wrote it down)
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d", text):
        raise ValueError
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(datetime.UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError from error


_READERS = {
    "text": canonical,
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
}
