"""Counts as streams from codes to codes: the same numbers as in the table, as wide as they are large."""

from coder_app.analysis.layouts.material import Choices, Material, settings_of, shown
from coder_app.domain.errors import BadInput
from coder_app.domain.pictures import Link, PictureKind, Sankey
from coder_app.domain.table import Column, Kind, Table
from coder_app.i18n import tr, trn

# More streams than these cannot be told apart.
_MOST = 120


def sankey(given: Material, choices: Choices) -> Sankey:
    """Return the streams, the widest first. Raises BadInput where no chosen codes occur together.

    Without chosen sides each pair is there once, the code that stands first in the codebook at the left.
    """
    found = sorted(_all(given, choices), key=lambda link: (-link.count, link.a, link.b))
    least = choices.threshold or 1
    kept = [link for link in found if link.count >= least][:_MOST]
    if not kept:
        raise BadInput(tr("There is nothing to draw: none of these codes occur together. Choose others."))
    title = tr("Codes that occur together")
    columns = (
        Column("row", tr("Row")),
        Column("column", tr("Column")),
        Column("n_ab", tr("Together"), Kind.COUNT),
    )
    rows = tuple((given.names[link.a], given.names[link.b], int(link.count)) for link in kept)
    left_out = len(found) - len(kept)
    caption = [tr("Row codes at the left, column codes at the right; a stream is as wide as its count.")]
    if _once(given, choices):
        caption.append(tr("Each pair is drawn once."))
    if left_out:
        caption.append(
            trn("{n} thinner stream is not drawn.", "{n} thinner streams are not drawn.", left_out)
            + " "
            + tr("The least drawn is {least}.", least=f"{kept[-1].count:,.0f}")
        )
    settings = settings_of(given, least=f"{kept[-1].count:g}", not_drawn=str(left_out))
    return Sankey(shown(PictureKind.SANKEY, given, title, Table(title, columns, rows, settings), caption), tuple(kept))


def _once(given: Material, choices: Choices) -> bool:
    return choices.rows is None and choices.columns is None and not given.how.is_directed


def _all(given: Material, choices: Choices) -> list[Link]:
    size = len(given.codes)
    left = [n for n in range(size) if choices.rows is None or given.codes[n] in choices.rows]
    right = [n for n in range(size) if choices.columns is None or given.codes[n] in choices.columns]
    once = _once(given, choices)
    return [
        Link(a, b, float(given.counts[a, b]), float(given.counts[a, b]))
        for a in left
        for b in right
        if a != b and given.counts[a, b] > 0 and (a < b or not once)
    ]
