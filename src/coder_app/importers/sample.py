"""Builds the coded sample project from the texts, the codebook and the codings that ship with the app."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from coder_app.bundled import bundled
from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import ImportedText
from coder_app.edits.annotations import import_codings
from coder_app.edits.codebook import import_codebook
from coder_app.edits.sources import import_sources
from coder_app.i18n import tr
from coder_app.importers.codebook import read_codebook
from coder_app.importers.files import read_file
from coder_app.importers.problem import problem
from coder_app.store.project import Project

SAMPLE = "central-asia"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Source(_Strict):
    file: str
    name: str


class _Plan(_Strict):
    name: str
    coders: list[str]
    codebook: str
    sources: list[_Source]


class _Coding(_Strict):
    start: int
    stop: int
    code: str
    coder: str
    memo: str
    text: str


def build_sample(path: Path) -> None:
    """Make the sample project at `path`, complete or not at all.

    All that is in it came in one step, so that one Undo leaves an empty project.
    Raises ProjectProblem where `path` exists or cannot be written to.
    """
    folder = bundled("projects") / SAMPLE
    plan = _plan(folder / "project.json")
    Project.create(
        path, name=plan.name, coder=plan.coders[0], fill=lambda project: _fill(project, plan, folder)
    ).close()


def _plan(file: Path) -> _Plan:
    try:
        return _Plan.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise _incomplete(file) from error


def _fill(project: Project, plan: _Plan, folder: Path) -> None:
    texts = [replace(read_file(bundled("seeds") / source.file), name=source.name) for source in plan.sources]
    book = read_codebook(bundled("codebooks") / plan.codebook)
    with project.edit(tr("Build the sample project")):
        import_sources(project, texts)
        import_codebook(project, book)
        for source, text in zip(plan.sources, texts, strict=True):
            file = folder / "codings" / f"{Path(source.file).stem}.jsonl"
            import_codings(project, list(_codings(file, text, plan)), file.name)


def _codings(file: Path, text: ImportedText, plan: _Plan) -> Iterator[ImportedCoding]:
    try:
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
        found = [_Coding.model_validate_json(line) for line in lines]
    except (OSError, ValidationError) as error:
        raise _incomplete(file) from error
    for line, one in enumerate(found, start=1):
        if text.text[one.start : one.stop] != one.text or one.coder not in plan.coders:
            raise problem(file.name, tr("This coding of the sample does not quote its text."), line)
        yield ImportedCoding(line, text.name, one.start, one.stop, one.code, one.coder, one.memo)


def _incomplete(file: Path) -> ImportProblem:
    return problem(file.name, tr("The sample that ships with the app is incomplete here; install the app again."))
