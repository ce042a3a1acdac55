"""What a table was made from and how, as a small document that travels with the table."""

import dataclasses
import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

import coder_app
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr
from coder_app.queries.fingerprint import fingerprint
from coder_app.queries.settings import project_id
from coder_app.reports.kinds import content_of
from coder_app.store.project import Project

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Origin(BaseModel):
    """The project: its id, which copies share, its name and the name of its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    file: str


class Recipe(BaseModel):
    """All that a file is made from besides the project's content, whose fingerprint it holds.

    `time` is when it was first made (UTC), `suffix` the format; `options` are those of the kind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipe: Literal["coder-app"] = "coder-app"
    version: Literal[1] = 1
    kind: str
    options: dict[str, JsonValue]
    suffix: str = Field(pattern=r"^\.[a-z0-9.]{1,20}$")
    project: Origin
    fingerprint: str
    app_version: str
    seed: int | None
    time: str
    settings: dict[str, str] = Field(default={}, exclude=True)
    """How the table was counted, as the file beside a .csv says it for people; no part of what is followed."""

    def text(self) -> str:
        """Return the recipe as one line of ASCII, as it is written into files."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":"))


def recipe_for(project: Project, kind: str, options: dict[str, Any], suffix: str, seed: int | None = None) -> Recipe:
    """Return the recipe of a table that is made now; `options` are plain JSON values."""
    name = project.rows("SELECT name FROM project")[0][0]
    return Recipe(
        kind=kind,
        options=options,
        suffix=suffix.lower(),
        project=Origin(id=project_id(project), name=name, file=project.path.name),
        fingerprint=fingerprint(project, content_of(kind)),
        app_version=coder_app.__version__,
        seed=seed,
        time=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )


def recipe_from(text: str, path: Path) -> Recipe:
    """Return the recipe that a file holds. Raises BadInput, naming the file, where it is none of ours."""
    try:
        known = TypeAdapter(dict[str, JsonValue]).validate_json(text)
        if known.get("recipe") == "coder-app" and known.get("version") != 1:
            raise BadInput(tr("{file}: this recipe is from a newer version of the app; update it.", file=path.name))
        return Recipe.model_validate(known)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or tr("the whole")
        raise BadInput(
            tr(
                "{file} holds no recipe of this app ({place}: {reason}).",
                file=path.name,
                place=place,
                reason=first["msg"],
            )
        ) from error


def plain(options: "DataclassInstance") -> dict[str, Any]:
    """Return a frozen dataclass of options as plain JSON values, the same each time: sets are sorted."""
    return json.loads(json.dumps(dataclasses.asdict(options), default=sorted))
