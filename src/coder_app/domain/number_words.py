"""Numbers as people read them, one way in tables, sentences and pictures; files for machines have them in full."""

from coder_app.i18n import tr

_LEAST = 0.001
_SIGNIFICANT = 3


def decimal(value: float, digits: int = _SIGNIFICANT) -> str:
    """Return a number with so many digits behind the point, none in front of it that is zero: “.317”, “1.000”, “0”."""
    if not value:
        return "0"
    shown = f"{value:,.{digits}f}"
    return shown.replace("0.", ".", 1) if shown.startswith(("0.", "-0.")) else shown


def figure(value: float) -> str:
    """Return a number with three digits that count, whole ones whole: “.317”, “3.17”, “31.7”, “3,170”, “1”."""
    if float(value).is_integer():
        return f"{value:,.0f}"
    whole = len(f"{abs(value):.0f}") if abs(value) >= 1 else 0
    return decimal(value, max(0, _SIGNIFICANT - whole))


def probability(value: float) -> str:
    """Return a p value with three digits behind the point, or that it is below the least of these."""
    return tr("< .001") if value < _LEAST else decimal(value)
