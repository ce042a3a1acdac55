"""Taking in a table of attributes: what it would do is shown first, and nothing is done before one button."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from coder_app.domain.attributes import AttributePlan, AttributeTable
from coder_app.domain.values import type_name
from coder_app.edits.attributes import import_attributes
from coder_app.gui.context import Context
from coder_app.gui.jobs import Progress
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr, trn
from coder_app.importers.attributes import read_attributes
from coder_app.queries.attributes import planned_attributes

_WIDTH = 520
_NAMED = 8
_LINE, _LINES_SHOWN = 26, 8


def look_at_table(context: Context, parent: QWidget, path: Path, on: str) -> None:
    """Read a table for cases or sources (`on`) and show what taking it in would do."""

    def work(_: Progress) -> AttributeTable:
        return read_attributes(path)

    context.jobs.run(
        tr("Reading {file}", file=path.name), work, lambda table: _show(context, parent, table, on), failed=context.tell
    )


def _show(context: Context, parent: QWidget, table: AttributeTable, on: str) -> None:
    if context.project is not None:
        ImportPreview(context, parent, table, on)


class ImportPreview(QDialog):
    """Says what is new, what would change and which lines cannot be taken in. Goes when the project goes."""

    def __init__(self, context: Context, parent: QWidget, table: AttributeTable, on: str) -> None:
        super().__init__(parent)
        self._context, self._table, self._on = context, table, on
        self.plan = AttributePlan(table.file, on)
        self.setWindowTitle(tr("Import values"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        title = tr("Values of cases in {file}") if on == "case" else tr("Values of sources in {file}")
        self.told = sentence("", "", self)
        self.bad = sentence("", "warning", self)
        self.problems = QListWidget()
        self.problems.setAccessibleName(tr("What cannot be taken in"))
        self.problems.setWordWrap(True)
        self.clear = QCheckBox(tr("An empty cell takes the value away"))
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        sizes = context.theme.theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.medium)
        parts = (
            sentence(title.format(file=table.file), "heading", self),
            self.told,
            self.bad,
            self.problems,
            self.clear,
        )
        for part in (*parts, buttons):
            column.addWidget(part)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.clear.toggled.connect(self._plan)
        context.signals.closed.connect(self.reject)
        context.signals.changed.connect(self._plan)
        self._plan()
        self.show()

    def _plan(self, *_: object) -> None:
        project = self._context.project
        if project is None:
            return
        self.plan = planned_attributes(project, self._table, self._on, clear=self.clear.isChecked())
        self.told.setText(told(self.plan))
        n = len(self.plan.problems)
        self.bad.setText(
            trn(
                "One thing cannot be taken in. The rest can; or cancel, mend the file, and choose it again.",
                "{n} things cannot be taken in. The rest can; or cancel, mend the file, and choose it again.",
                n,
            )
        )
        self.problems.clear()
        self.problems.addItems(list(self.plan.problems))
        self.problems.setFixedHeight(_LINE * min(max(n, 2), _LINES_SHOWN) + 2)
        self.bad.setVisible(n > 0)
        self.problems.setVisible(n > 0)
        self.ok.setText(tr("Import the rest") if n else tr("Import"))
        self.ok.setEnabled(has_work(self.plan))

    def accept(self) -> None:
        if not self.ok.isEnabled() or not self.isVisible():
            return
        # Its own change must not be planned again.
        self._context.signals.changed.disconnect(self._plan)
        super().accept()
        plan, context = self.plan, self._context

        def done(_: None) -> None:
            said = trn("{n} value was imported.", "{n} values were imported.", len(plan.values))
            context.say(said, undo=True)

        context.attempt_large(
            tr("Importing the values of {file}", file=plan.file),
            len(plan.values),
            lambda project, on_progress: import_attributes(project, plan, on_progress),
            done,
        )


def has_work(plan: AttributePlan) -> bool:
    """Say whether a plan would change anything."""
    return bool(plan.values or plan.members or plan.new_cases or plan.new_variables)


def told(plan: AttributePlan) -> str:
    """Return what a plan would do, a line each."""
    lines: list[str] = []
    if plan.new_variables:
        names = [tr("{name} ({type})", name=name, type=type_name(type_)) for name, type_ in plan.new_variables]
        lines.append(tr("New variables: {names}", names=_listed(names)))
    if plan.new_cases:
        lines.append(tr("New cases: {names}", names=_listed(list(plan.new_cases))))
    if plan.values:
        lines.append(trn("{n} value will be set", "{n} values will be set", len(plan.values)))
    if plan.members:
        lines.append(trn("{n} source will belong to a case", "{n} sources will belong to cases", len(plan.members)))
    if plan.same:
        lines.append(trn("{n} value is there already", "{n} values are there already", plan.same))
    return "\n".join(lines) or tr("There is nothing to take in.")


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return shown if more <= 0 else tr("{names} and {n} more", names=shown, n=more)
