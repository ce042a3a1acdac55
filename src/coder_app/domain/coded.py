"""Codings as they travel from the file to the counting: whole columns at a time, never row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Digits(NamedTuple):
    """Some codings by column, each a text of decimal numbers with commas between; the columns are equally long."""

    source: str
    start: str
    stop: str
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class CodedColumns:
    """Text codings in portions that can be read once, and which id each number in them stands for.

    Positions are code points of today's texts. No portion is empty.
    """

    sources: Mapping[int, str]
    codes: Mapping[int, str]
    coders: Mapping[int, str]
    portions: Iterable[Digits]
