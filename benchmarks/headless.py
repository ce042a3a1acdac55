"""What is measured without a window; each function returns the seconds of one or several things by name."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import material as made

from coder_app.store.project import Project


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds `work` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def open(_: Path, scratch: Path) -> dict[str, float]:  # noqa: A001 (the measurement's name)
    opened: list[Project] = []
    seconds = timed(lambda: opened.append(Project.open(scratch / made.CODED)))
    opened[0].close()
    return {"open": seconds}


def cooccurrence(_: Path, scratch: Path) -> dict[str, float]:
    """From the stored rows to the finished counts, mode after mode in one process."""
    from coder_app.analysis.cooccurrence import cooccurrence as count
    from coder_app.analysis.how import MERGED, Counting, Mode
    from coder_app.domain.text import paragraphs
    from coder_app.queries.codes import code_tree
    from coder_app.queries.codings import coded_spans
    from coder_app.queries.sources import texts

    def of(project: Project, how: Counting) -> None:
        spans = coded_spans(project)
        units = None
        if how.mode is Mode.UNITS:
            units = {source: paragraphs(text) for source, text in texts(project).items()}
        count(spans, code_tree(project), how, units=units)

    with Project.open(scratch / made.CODED, write=False) as project:
        return {
            f"cooccurrence_{mode}": timed(lambda mode=mode: of(project, Counting(mode, coders=MERGED))) for mode in Mode
        }


def import_texts(material: Path, scratch: Path) -> dict[str, float]:
    """As in the window: with progress told and the wish to cancel asked for."""
    from coder_app.edits.sources import import_sources
    from coder_app.importers.files import read_many

    files = sorted((material / made.TEXTS).iterdir())
    told: list[int] = []
    with Project.create(scratch / "new.coder") as project:

        def work() -> None:
            texts = read_many(files, on_progress=lambda done, _of: told.append(done), cancelled=lambda: False)
            import_sources(project, texts)

        return {"import_texts": timed(work)}


def import_texts_cli(material: Path, scratch: Path) -> dict[str, float]:
    """The whole command, from the start of its process to the end."""
    Project.create(scratch / "new.coder").close()
    command = [sys.executable, "-m", "coder_app", "import", str(scratch / "new.coder"), str(material / made.TEXTS)]
    return {"import_texts_cli": timed(lambda: subprocess.run(command, check=True, capture_output=True))}


def import_codings(material: Path, scratch: Path) -> dict[str, float]:
    from coder_app.edits.annotations import import_codings as bring_in
    from coder_app.importers.codings import read_codings

    table = material / made.CODINGS
    with Project.open(scratch / made.UNCODED) as project:
        seconds = timed(lambda: bring_in(project, read_codings(table), table.name, create_codes=True))
    return {"import_codings": seconds}


def undo_import(_: Path, scratch: Path) -> dict[str, float]:
    with Project.open(scratch / made.CODED) as project:
        return {"undo_import": timed(project.undo)}


def export_csv(_: Path, scratch: Path) -> dict[str, float]:
    return _export(scratch, "csv")


def export_xlsx(_: Path, scratch: Path) -> dict[str, float]:
    return _export(scratch, "xlsx")


def _export(scratch: Path, kind: str) -> dict[str, float]:
    from coder_app.exporters.codings import write_codings
    from coder_app.queries.codings import annotations

    with Project.open(scratch / made.CODED, write=False) as project:
        return {f"export_{kind}": timed(lambda: write_codings(annotations(project), scratch / f"codings.{kind}"))}


def verify(_: Path, scratch: Path) -> dict[str, float]:
    from coder_app.store.verify import verify as check

    found: list[str] = []
    with Project.open(scratch / made.CODED, write=False) as project:
        seconds = timed(lambda: found.extend(check(project.db)))
    if found:
        raise SystemExit("\n".join(found))
    return {"verify": seconds}
