"""The options by which a command looks at a part of the project: --source, --set, --case, --where."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from coder_app.cli.project import name
from coder_app.i18n import tr
from coder_app.queries.scope import Scope, scope_of

_OPTIONS = (
    ("--source", "SOURCE", tr("Only this source; repeat for more.")),
    ("--set", "SET", tr("Only the sources of this set; repeat.")),
    ("--case", "CASE", tr("Only what belongs to this case; repeat.")),
    ("--where", "CONDITION", tr("Such as Region=North or “Age >= 30”; repeat: all must hold.")),
)


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as one argument `scope`, a Scope."""

    @wraps(command)
    def with_scope(*args: Any, **options: Any) -> Any:  # noqa: ANN401 (click's values, handed through)
        names: list[tuple[str, ...]] = [options.pop(f"only_{option[2:]}") for option, _, _ in _OPTIONS]
        scope: Scope = scope_of(*names)
        return command(*args, scope=scope, **options)

    for option, metavar, told in reversed(_OPTIONS):
        with_scope = click.option(option, f"only_{option[2:]}", type=name, multiple=True, metavar=metavar, help=told)(
            with_scope
        )
    return with_scope
