"""Taking in a table of attributes: variables, cases, values and members as one step, as it was planned."""

from coder_app.domain.attributes import AttributePlan
from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.edits.cases import insert_case, put_sources
from coder_app.edits.variables import Cell, insert_variable, write_values
from coder_app.i18n import tr
from coder_app.store.project import Project


def import_attributes(project: Project, plan: AttributePlan, on_progress: OnProgress = tell_nobody) -> None:
    """Do what `queries.attributes.planned_attributes` planned on this project, as one step.

    Raises BadInput where there is nothing to do because nothing in the table can be taken in.
    `on_progress` is told (done, all) now and then, and may raise Cancelled.
    """
    if plan.problems and not (plan.values or plan.members or plan.new_cases or plan.new_variables):
        raise BadInput(tr("Nothing of {file} can be taken in; nothing was changed.", file=plan.file))
    with project.edit(f"Import values of {plan.on}s from {plan.file}"):
        variables = {name: insert_variable(project, name, type_) for name, type_ in plan.new_variables}
        cases = {name.casefold(): insert_case(project, name) for name in plan.new_cases}
        on_progress(1, 3)
        write_values(
            project,
            [
                Cell(
                    one.variable_id or variables[one.variable],
                    plan.on,
                    one.on_id or cases[one.name.casefold()],
                    one.text,
                )
                for one in plan.values
            ],
        )
        on_progress(2, 3)
        members: dict[str, list[str]] = {}
        for name, case_id, source_id in plan.members:
            members.setdefault(case_id or cases[name.casefold()], []).append(source_id)
        for case_id, source_ids in members.items():
            put_sources(project, case_id, source_ids)
