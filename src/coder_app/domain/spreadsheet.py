"""What spreadsheets would run instead of showing, and the apostrophe that keeps them from it."""

# What they take for the start of a formula, full-width forms of East Asian keyboards included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 (these very ones)
# They look past these at the start of a cell.
_SKIPPED = " '\u00a0\u200b\ufeff"
# Nearly every cell begins with something else, and a million rows have nine million of them.
_FIRST = frozenset(_FORMULA_STARTS) | set(_SKIPPED)


def looks_like_formula(value: str) -> bool:
    """Say whether a spreadsheet might run `value` instead of showing it."""
    return value[:1] in _FIRST and value.lstrip(_SKIPPED).startswith(_FORMULA_STARTS)


def safe_text(value: str) -> str:
    """Return free text fit for a cell of a .csv file: what could run as a formula gets a leading apostrophe.

    Nothing is lost: `plain_text` gives back exactly what went in.
    """
    return f"'{value}" if looks_like_formula(value) else value


def plain_text(cell: str) -> str:
    """Return the text that `safe_text` made `cell` from."""
    return cell[1:] if cell.startswith("'") and looks_like_formula(cell[1:]) else cell
