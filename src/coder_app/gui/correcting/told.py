"""The sentences about passages whose text was corrected."""

from coder_app.i18n import tr, trn
from coder_app.queries.placing import Placement, SegmentToCheck

_LONGEST = 60


def numbers(placement: Placement) -> str:
    """Return what becomes of the passages, in numbers."""
    if not (placement.unchanged or placement.moved or placement.to_check):
        return tr("it has no passages yet")
    return tr(
        "{unchanged} unchanged, {moved} moved, {to_check}",
        unchanged=placement.unchanged,
        moved=placement.moved,
        to_check=number_to_check(len(placement.to_check)),
    )


def number_to_check(number: int) -> str:
    """Return how many passages are to check."""
    return trn("{n} to check", "{n} to check", number)


def codes_and_coders(one: SegmentToCheck) -> str:
    """Return what a passage is coded with, and by whom."""
    return " · ".join((", ".join(one.codes) or tr("Quotation"), ", ".join(one.coders)))


def shortened(words: str) -> str:
    """Return the start of a passage on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 2].rstrip() + " …"
