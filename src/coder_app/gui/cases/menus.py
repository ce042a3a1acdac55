"""Menus on columns and rows of the grid, and the one by which sources elsewhere get into cases and sets."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from coder_app.domain.text import Span
from coder_app.domain.values import TYPES, type_name
from coder_app.edits import cases as of_cases
from coder_app.edits import sets as of_sets
from coder_app.edits import variables as of_variables
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.widgets.words import unmarked
from coder_app.i18n import tr, trn
from coder_app.queries.cases import cases
from coder_app.queries.sets import sets
from coder_app.queries.variables import Variable
from coder_app.store.project import Project

_MOST = 30
"""So many cases or sets at most stand in a menu; more are chosen in the layout for cases."""


def fill_putting_menu(menu: QMenu, context: Context, parent: QWidget, source_ids: Sequence[str]) -> None:
    """Add to a menu what puts sources into cases and sets."""
    project = context.project
    if project is None or not source_ids:
        return
    ids = list(source_ids)
    menu.addSeparator()
    into_case = menu.addMenu(tr("Put into a case"))
    for one in cases(project)[:_MOST]:
        into_case.addAction(unmarked(one.name), lambda one=one: _put(context, one.id, one.name, ids))
    into_case.addSeparator()
    into_case.addAction(tr("New case…"), lambda: _ask_case(context, parent, ids))
    into_case.addAction(
        tr("A case of its own") if len(ids) == 1 else tr("A case for each"),
        lambda: context.attempt(of_cases.add_case_for_each, ids),
    )
    into_set = menu.addMenu(tr("Put into a set"))
    for one in sets(project)[:_MOST]:
        into_set.addAction(
            unmarked(one.name), lambda one=one: context.attempt(of_sets.put_into_set, one.id, "source", ids)
        )
    into_set.addSeparator()
    into_set.addAction(tr("New set…"), lambda: _ask_set(context, parent, ids))
    for made in (into_case, into_set):
        made.setEnabled(context.writable)


def do_and_say(context: Context, edit: Callable[[Project], object], said: str) -> None:
    """Do a small edit and say so with Undo beside it; where it is refused, that is told instead."""
    context.attempt_large("", 1, lambda project, _: edit(project), lambda _: context.say(said, undo=True))


def _put(context: Context, case_id: str, name: str, ids: list[str]) -> None:
    said = trn("{n} source belongs to “{name}” now.", "{n} sources belong to “{name}” now.", len(ids), name=name)
    do_and_say(context, lambda project: of_cases.put_sources(project, case_id, ids), said)


def ask_case_of_passage(context: Context, parent: QWidget, source_id: str, passage: Span) -> None:
    """Ask to which case a passage of a source belongs; a new name makes a case."""
    project = context.project
    if project is None:
        return
    known = {one.name.casefold(): one for one in cases(project)}

    def put(name: str) -> None:
        case = known.get(name.casefold())

        def edit(project: Project) -> None:
            with project.edit(f"Put a passage into case “{case.name if case else name}”"):
                case_id = case.id if case else of_cases.add_case(project, name)
                of_cases.put_passage(project, case_id, source_id, *passage)

        do_and_say(context, edit, tr("The passage belongs to “{name}” now.", name=case.name if case else name))

    Ask(
        context,
        parent,
        tr("Case that the passage belongs to"),
        put,
        choices=[one.name for one in known.values()],
        hint=tr("A new name makes a new case."),
    )


def _ask_case(context: Context, parent: QWidget, ids: list[str]) -> None:
    def make(project: Project, name: str) -> None:
        with project.edit(f"Add case “{name}” with sources"):
            of_cases.put_sources(project, of_cases.add_case(project, name), ids)

    Ask(context, parent, tr("Name of the new case"), lambda name: context.attempt(make, name))


def _ask_set(context: Context, parent: QWidget, ids: list[str]) -> None:
    def make(project: Project, name: str) -> None:
        with project.edit(f"Add set “{name}” with sources"):
            of_sets.put_into_set(project, of_sets.add_set(project, name), "source", ids)

    Ask(context, parent, tr("Name of the new set"), lambda name: context.attempt(make, name))


def variable_menu(menu: QMenu, context: Context, parent: QWidget, every: Sequence[Variable], place: int) -> None:
    """Fill the menu of a column: its variable's name, meaning, type and place."""
    variable = every[place]

    def ask(title: str, edit: Callable[..., object], text: str, *, empty: bool = False) -> None:
        Ask(
            context,
            parent,
            title.format(name=variable.name),
            lambda typed: context.attempt(edit, variable.id, typed),
            text=text,
            choices=("",) if empty else (),
        )

    menu.addAction(tr("Rename…"), lambda: ask(tr("Rename “{name}”"), of_variables.rename_variable, variable.name))
    menu.addAction(
        tr("Describe…"),
        lambda: ask(tr("What “{name}” means"), of_variables.describe_variable, variable.description, empty=True),
    )
    types = menu.addMenu(tr("Type"))
    for type_ in TYPES:
        action = types.addAction(type_name(type_))
        action.setCheckable(True)
        action.setChecked(type_ == variable.type)
        action.triggered.connect(
            lambda _=False, type_=type_: context.attempt(of_variables.retype_variable, variable.id, type_)
        )
    menu.addSeparator()
    left = every[place - 1].id if place else None
    right = every[place + 2].id if place + 2 < len(every) else None
    _enabled(
        menu.addAction(tr("Move to the left"), lambda: context.attempt(of_variables.move_variable, variable.id, left)),
        on=place > 0,
    )
    _enabled(
        menu.addAction(
            tr("Move to the right"), lambda: context.attempt(of_variables.move_variable, variable.id, right)
        ),
        on=place + 1 < len(every),
    )
    menu.addSeparator()
    menu.addAction(tr("Delete variable"), lambda: _delete_variable(context, variable))


def _enabled(action: QAction, *, on: bool) -> None:
    action.setEnabled(on)


def _delete_variable(context: Context, variable: Variable) -> None:
    said = tr("“{name}” was deleted with its values.", name=variable.name)
    do_and_say(context, lambda project: of_variables.delete_variables(project, [variable.id]), said)
