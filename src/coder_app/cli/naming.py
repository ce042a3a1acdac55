"""The commands that all kinds of things with a name and a description have: rename, describe, delete."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import click

from coder_app.cli.project import name, project_argument, writing
from coder_app.store.project import Project


class Thing(Protocol):
    """What can be found by its name."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """How things of a kind are found and changed; `metavar` stands for one of them in the help."""

    metavar: str
    find: Callable[[Project, str], Thing]
    rename: Callable[[Project, str, str], object]
    describe: Callable[[Project, str, str], object]
    delete: Callable[[Project, Sequence[str]], object]


def add_naming(group: click.Group, kind: Named, *, rename: str, describe: str, delete: str) -> None:
    """Give a group of commands these three; the words are what the help says of each."""

    def rename_(project: Path, wanted: str, name_: str) -> None:
        with writing(project) as opened:
            kind.rename(opened, kind.find(opened, wanted).id, name_)

    def describe_(project: Path, wanted: str, description: str) -> None:
        with writing(project) as opened:
            kind.describe(opened, kind.find(opened, wanted).id, description)

    def delete_(project: Path, names: tuple[str, ...]) -> None:
        with writing(project) as opened:
            kind.delete(opened, [kind.find(opened, one).id for one in names])

    one = click.argument("wanted", metavar=kind.metavar, type=name)
    some = click.argument("names", metavar=f"{kind.metavar}...", type=name, nargs=-1, required=True)
    new_name = click.argument("name_", metavar="NEW-NAME", type=name)
    description = click.argument("description", type=name)
    group.command("rename", help=rename)(project_argument(one(new_name(rename_))))
    group.command("describe", help=describe)(project_argument(one(description(describe_))))
    group.command("delete", help=delete)(project_argument(some(delete_)))
