"""What can be chosen for each kind of table, and what the choices are called."""

from coder_app.i18n import tr, trn
from coder_app.reports.table_options import CROSSES, TableKind, TableOptions

LISTS = ("exclusive", "pairs", "sources", "sets", "cases", "where", "codes")
"""Choices that are several things, ticked in a list."""

_BASES, _RUNS = range(2, 11), range(1, 6)
_THRESHOLDS = (0.0, 0.01, 0.05, 0.1)
_LEAST = (1, 20, 50, 100, 300)
_LAGS = (1, 2, 3, 4, 5)


def row_titles() -> dict[str, str]:
    """Return what stands at the left of each row."""
    return {
        "kind": tr("Table"),
        "measure": tr("Cells"),
        "variable": tr("Variable"),
        "over": tr("Values of"),
        "tests": tr("Show"),
        "exclusive": tr("Sub-codes exclude"),
        "pairs": tr("Two codes exclude"),
        "least": tr("Shortest"),
        "lag": tr("Follows as"),
        "base": tr("Base"),
        "run": tr("Run"),
        "threshold": tr("New information"),
        "order": tr("Order"),
        "coders": tr("Coders"),
        "roll_up": tr("Sub-codes"),
        "sources": tr("Sources"),
        "sets": tr("Sets"),
        "cases": tr("Cases"),
        "where": tr("Values"),
        "codes": tr("Codes"),
    }


def sections() -> list[tuple[str, tuple[str, ...]]]:
    """Return the headings of the column with their rows; two are no menus of options: "block" and "draws"."""
    kind = ("kind", "measure", "variable", "over", "tests", "exclusive", "pairs", "least")
    method = ("lag", "base", "run", "threshold", "order", "draws", "coders", "block", "roll_up")
    return [(tr("Table"), (*kind, *method)), (tr("Scope"), ("sources", "sets", "cases", "where", "codes"))]


def chooser_titles() -> dict[str, str]:
    """Return the titles of the lists to tick."""
    return {
        "sources": tr("Sources to count"),
        "sets": tr("Sets of sources to count"),
        "cases": tr("Cases to count"),
        "where": tr("Values of variables that must all hold"),
        "codes": tr("Codes to count, with their sub-codes"),
        "exclusive": tr("Codes whose sub-codes exclude each other"),
        "pairs": tr("Two codes that exclude each other"),
    }


def asked(options: TableOptions) -> set[str]:
    """Return the rows that the chosen table asks for."""
    wanted = {"kind", "coders", "sources", "sets", "cases", "where"}
    kind = options.kind
    if kind in CROSSES or kind is TableKind.FREQUENCIES:
        wanted |= {"codes", "roll_up"}
    if kind in CROSSES:
        wanted.add("measure")
    more: dict[TableKind, set[str]] = {
        TableKind.VARIABLE: {"variable", "over", "tests"},
        TableKind.UNCODED: {"least", "codes"},
        TableKind.COVERAGE: {"codes"},
        TableKind.CONTRADICTIONS: {"exclusive", "pairs"},
        TableKind.SEQUENCE: {"lag", "codes", "roll_up"},
        TableKind.SATURATION: {"base", "run", "threshold", "order", "codes", "roll_up"},
    }
    return wanted | more.get(kind, set())


def coder_words(coders: int, kind: TableKind) -> dict[str, str]:
    """Return the policies that name no coder, as far as so many coders and the kind allow them."""
    policies = {"each": tr("each separately")}
    if kind is not TableKind.CODERS:
        policies["merged"] = tr("all as one")
        if kind is not TableKind.CONTRADICTIONS:
            policies |= {f"consensus:{n}": tr("where {n} agree", n=n) for n in range(2, min(coders, 5) + 1)}
    return policies


def fixed() -> dict[str, list[tuple[object, str]]]:
    """Return the choices that do not depend on the project."""
    return {
        "over": [("", tr("what has them")), ("sources", tr("sources")), ("cases", tr("cases"))],
        "tests": [(False, tr("counts")), (True, tr("tests"))],
        "roll_up": [(False, tr("own only")), (True, tr("rolled up"))],
        "least": [(n, trn("{n} character", "{n} characters", n)) for n in _LEAST],
        "lag": [(n, tr("next") if n == 1 else tr("{n} later", n=n)) for n in _LAGS],
        "base": [(n, trn("{n} source", "{n} sources", n)) for n in _BASES],
        "run": [(n, trn("{n} source", "{n} sources", n)) for n in _RUNS],
        "threshold": [(share, tr("at most {n} %", n=f"{100 * share:g}")) for share in _THRESHOLDS],
        "order": [("sources", tr("as listed")), ("import", tr("as imported")), ("shuffled", tr("shuffled"))],
    }


def list_words(options: TableOptions, name: str) -> tuple[str, str]:
    """Return what a row of several things shows, and what its entry for none of them is called."""
    none = {
        "sources": tr("all"),
        "sets": tr("any"),
        "cases": tr("any"),
        "where": tr("any"),
        "codes": tr("all"),
        "exclusive": tr("none chosen"),
        "pairs": tr("none chosen"),
    }[name]
    many = len(getattr(options, name))
    return (tr("{n} chosen", n=many) if many else none), none
