"""A row of an agreement table in plain words."""

from coder_app.domain.number_words import decimal
from coder_app.domain.table import Cell, Table
from coder_app.i18n import tr


def reading(table: Table, row: int) -> tuple[str, str]:
    """Return what a row says, and what it rests on."""
    cells = {column.id: table.rows[row][place] for place, column in enumerate(table.columns)}
    if "krippendorff_alpha" not in cells:
        return "", ""
    code = cells.get("code")
    alpha = cells["krippendorff_alpha"]
    said = [_alpha(str(code or ""), alpha, cells.get("alpha_low"), cells.get("alpha_high"))]
    percent = cells.get("percent_agreement")
    if isinstance(percent, float):
        said.append(tr("They agree on {percent} % of the decisions.", percent=f"{100 * percent:.1f}"))
    note = cells.get("note")
    if note:
        said.append(str(note))
    units, needed = cells.get("units"), cells.get("units_needed")
    basis: list[str] = []
    if isinstance(units, int | float):
        basis.append(tr("{n} units.", n=f"{units:,.0f}"))
    if isinstance(needed, int | float) and isinstance(units, int | float) and needed > units:
        basis.append(
            tr("To tell an alpha of .800 from a lower one, a code this rare needs {n} units.", n=f"{needed:,.0f}")
        )
    basis.append(tr("The dotted marks are Krippendorff’s .667 and .800; they are no verdict."))
    return "\n\n".join(said), " ".join(basis)


def _alpha(code: str, alpha: Cell, low: Cell, high: Cell) -> str:
    if not isinstance(alpha, int | float):
        return tr("{code}: alpha is undefined.", code=code)
    if isinstance(low, int | float) and isinstance(high, int | float):
        return tr(
            "{code}: Krippendorff’s alpha is {alpha} (95 % {low} to {high}).",
            code=code,
            alpha=decimal(alpha),
            low=decimal(low),
            high=decimal(high),
        )
    return tr("{code}: Krippendorff’s alpha is {alpha}.", code=code, alpha=decimal(alpha))
