"""The values of variables that a scope may ask for, as conditions."""

from coder_app.domain.values import plainly
from coder_app.queries.scope import Condition
from coder_app.queries.variables import ON, values_on, variables
from coder_app.store.project import Project

_MOST_VALUES = 20


def conditions_of(project: Project) -> dict[str, str]:
    """Return conditions such as Region = North, as `parse_condition` reads them, for variables with few values."""
    values: dict[str, set[str]] = {}
    for on in ON:
        for variable_id, by_thing in values_on(project, on).items():
            values.setdefault(variable_id, set()).update(by_thing.values())
    found: dict[str, str] = {}
    for variable in variables(project):
        plain = sorted({plainly(variable.type, one) for one in values.get(variable.id, ())})
        if len(plain) <= _MOST_VALUES:
            for value in filter(None, plain):
                condition = str(Condition(variable.name, "=", value))
                found[condition] = condition
    return found
