"""The project that a command works on: opened, closed, and named in every error."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from coder_app.cli import output
from coder_app.domain.errors import BadInput, ImportProblem, ProjectProblem
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.i18n import tr
from coder_app.store import driver
from coder_app.store.places import Place, kind_of_place
from coder_app.store.project import Project

FILE = click.Path(path_type=Path)
"""A path of any kind; whether it must exist is for the command to say, in its own words."""


def name(typed: str) -> str:
    """Return a name as text, whatever the terminal sent; what no text can hold is replaced."""
    return typed.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def project_path(typed: str) -> Path:
    """Return the path of a project. Raises BadInput for bytes that are no text, which SQLite cannot open."""
    if any("\ud800" <= char <= "\udfff" for char in typed):
        raise BadInput(tr("{file} has bytes in its name that are no text; rename the file.", file=typed))
    return Path(typed)


project_argument = click.argument("project", type=project_path)
json_option = click.option("--json", "as_json", is_flag=True, help=tr("Print one JSON document."))


@contextmanager
def reading(path: Path, *others: Path) -> Generator[Project]:
    """Open a project for reading; `others` are files that errors may name in its place."""
    with _opened(path, others, write=False) as project:
        yield project


@contextmanager
def writing(path: Path, *others: Path) -> Generator[Project]:
    """Open a project for changing it; `others` are files that errors may name in its place."""
    _warn_of_place(path)
    with _opened(path, others, write=True) as project:
        yield project


def _warn_of_place(path: Path) -> None:
    place = kind_of_place(path)
    if place is not Place.LOCAL:
        kind = tr("on a network") if place is Place.NETWORK else tr("in a synced folder")
        output.note(
            tr(
                "warning: {file} is {kind}, where a project can be damaged; work on a copy made by “local-copy”.",
                file=path.name,
                kind=kind,
            )
        )


@contextmanager
def _opened(path: Path, others: tuple[Path, ...], *, write: bool) -> Generator[Project]:
    try:
        with Project.open(path, write=write) as project:
            yield project
    except driver.DatabaseError as error:
        raise ProjectProblem(
            tr("{file} is damaged ({reason}); “verify” says more. Use a backup.", file=path.name, reason=error)
        ) from error
    except BadInput as error:
        names = [path.name, *(other.name for other in others)]
        if isinstance(error, ImportProblem | QueryMistake) or any(name in str(error) for name in names):
            raise
        raise BadInput(tr("{file}: {problem}", file=path.name, problem=error)) from error


def refuse_project_as_target(project: Path, target: Path) -> None:
    """Raise BadInput where a command would write its result over the project itself."""
    if target.exists() and project.exists() and target.samefile(project):
        raise BadInput(tr("{file} is the project itself; choose another file to write to.", file=target))
