"""What a merge brings as a tree: copies, kinds, things; then what both changed and what became of texts."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel

from coder_app.domain.field_words import kind_name
from coder_app.gui.analyse.tips import plain_tip
from coder_app.gui.history.days import moment_words
from coder_app.gui.team.undecided_list import about
from coder_app.i18n import tr, trn
from coder_app.queries.conflicts import CUT, DELETED, DIFFERENT, REVIVED, Conflict, Side
from coder_app.queries.merging import TextTold
from coder_app.team.merge import Report
from coder_app.team.report import ADDED, CopyTold, Item
from coder_app.team.report_tables import how_word

OPEN = Qt.ItemDataRole.UserRole
"""Whether a branch is open to begin with."""

_FEW = 6
_LONGEST = 160
_BESIDE = 90
"""Longer wordings stand under each other."""


class MergeTree(QStandardItemModel):
    """Two columns: what, and what happens to it. Read only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalHeaderLabels([tr("What"), tr("What happens")])

    def show(self, report: Report) -> None:
        """Show another report."""
        self.removeRows(0, self.rowCount())
        root = self.invisibleRootItem()
        for title, kinds in (
            (tr("Both changed"), {DIFFERENT}),
            (tr("Deleted in one, changed in the other"), {DELETED}),
            (tr("Deleted in one, used in the other"), {REVIVED}),
            (tr("Codes moved in a circle"), {CUT}),
        ):
            _undecided(root, title, [one for one in report.new_conflicts if one.kind in kinds])
        _texts(root, report.texts)
        _aligned(root, report)
        for copy in report.copies:
            items = [item for item in report.items if item.copy == copy.file]
            self._kinds(_section(root, copy.file, _who_and_when(copy)), items)
        others = [item for item in report.items if not item.copy]
        if others:
            told = tr("such as what one deleted and the other uses: it is back")
            self._kinds(_section(root, tr("What follows from it"), told), others)
        if report.held_back:
            n = len(report.held_back)
            _section(
                root,
                tr("Waiting"),
                trn("{n} step builds on one that is missing", "{n} steps build on others that are missing", n),
            )

    def _kinds(self, above: QStandardItem, items: Sequence[Item]) -> None:
        for kind, same in groupby(items, key=lambda item: item.kind):
            found = list(same)
            numbers = [
                tr("{n} {how}", n=sum(item.rows for item in found if item.how == how), how=how_word(how))
                for how in dict.fromkeys(item.how for item in found)
            ]
            branch = _add(above, kind_name(kind), ", ".join(numbers), is_open=len(found) <= _FEW)
            for item in found:
                _item(branch, item)


def _add(above: QStandardItem, what: str, told: str, *, is_open: bool = False) -> QStandardItem:
    cells = [QStandardItem(what), QStandardItem(_in_short(told))]
    for cell, said in zip(cells, (what, told), strict=True):
        cell.setEditable(False)
        cell.setToolTip(plain_tip(said))
    cells[0].setData(is_open, OPEN)
    above.appendRow(cells)
    return cells[0]


def _section(root: QStandardItem, what: str, told: str) -> QStandardItem:
    made = _add(root, what, told, is_open=True)
    font = QFont()
    font.setBold(True)
    made.setFont(font)
    return made


def _in_short(told: str) -> str:
    line = " ".join(told.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _who_and_when(copy: CopyTold) -> str:
    if not copy.steps:
        return tr("nothing new: all its steps are here, or come with another copy")
    steps = trn("{n} step", "{n} steps", copy.steps)
    whose = tr("{steps} of {coders}", steps=steps, coders=", ".join(copy.coders)) if copy.coders else steps
    first, last = moment_words(copy.first), moment_words(copy.last)
    return (
        f"{whose} · {first}"
        if first == last
        else tr("{whose} · {first} to {last}", whose=whose, first=first, last=last)
    )


def _item(branch: QStandardItem, item: Item) -> None:
    what = tr("{source}: {coder}", source=item.what, coder=item.coder) if item.coder else item.what
    how = tr("is back") if not item.copy and item.how == ADDED else how_word(item.how)
    if item.rows > 1 or item.coder:
        how = tr("{n} {how}", n=item.rows, how=how)
    if not item.fields:
        _add(branch, what, how)
        return
    above = _add(branch, what, ", ".join(name for name, _, _ in item.fields), is_open=True)
    for name, before, after in item.fields:
        if len(before) + len(after) > _BESIDE:
            both = _add(above, name, "", is_open=True)
            _add(both, tr("before"), before or tr("(empty)"))
            _add(both, tr("after"), after or tr("(empty)"))
        elif before or after:
            _add(above, name, tr("“{before}” → “{after}”", before=before, after=after))


def _undecided(root: QStandardItem, title: str, found: Sequence[Conflict]) -> None:
    if not found:
        return
    told = tr("{n} to decide after the merge; nothing of it is lost", n=len(found))
    branch = _section(root, title, told)
    for one in found:
        row = _add(branch, one.thing or tr("(no words)"), about(one), is_open=len(found) <= _FEW)
        for side in one.sides:
            _side(row, side, stands=side is one.sides[-1] and one.kind == DIFFERENT)


def _side(row: QStandardItem, side: Side, *, stands: bool) -> None:
    who = f"{side.coder or tr('Somebody')}, {moment_words(side.wall_time)}"
    said = side.shown or tr("(empty)")
    _add(row, who, tr("stands until decided: {value}", value=said) if stands else said)


def _texts(root: QStandardItem, texts: Iterable[TextTold]) -> None:
    found = list(texts)
    if not found:
        return
    branch = _section(root, tr("Corrected texts"), tr("what becomes of the passages"))
    for one in found:
        _add(branch, one.source, numbers(one))


def numbers(one: TextTold) -> str:
    """Return what becomes of the segments of a text, such as "412 unchanged, 3 moved, 1 to check"."""
    return tr(
        "{unchanged} unchanged, {moved} moved, {to_check} to check",
        unchanged=one.unchanged,
        moved=one.moved,
        to_check=one.to_check,
    )


def _aligned(root: QStandardItem, report: Report) -> None:
    if report.aligned is None:
        return
    sources, codes = report.aligned
    told = tr(
        "{sources} and {codes} are in both and become one",
        sources=trn("{n} source", "{n} sources", sources),
        codes=trn("{n} code", "{n} codes", codes),
    )
    _section(root, tr("Aligned"), told)
