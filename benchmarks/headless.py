"""What is measured without a window; each function returns the seconds of one or several things by name."""

import sqlite3
import subprocess
import sys
from itertools import islice
from pathlib import Path

from clock import timed
from material import Material, copied

from coder_app.store.project import Project

MOST_HITS = 50_000
_LONG = 1 << 30
_JOURNAL = ("change_set", "row_change", "row_batch")


def open(made: Material, _: Path) -> dict[str, float]:  # noqa: A001 (the measurement's name)
    opened: list[Project] = []
    seconds = timed(lambda: opened.append(Project.open(made.coded)))
    opened[0].close()
    return {"open": seconds}


def cooccurrence(made: Material, _: Path) -> dict[str, float]:
    """From the stored rows to the finished counts, mode after mode in one process; numpy is loaded before."""
    from coder_app.analysis.columns import columned
    from coder_app.analysis.how import MERGED, Counting, Mode
    from coder_app.analysis.tally import tally
    from coder_app.domain.text import paragraphs
    from coder_app.queries.codes import code_tree
    from coder_app.queries.codings import coded_columns
    from coder_app.queries.sources import texts

    def of(project: Project, how: Counting) -> None:
        tree = code_tree(project)
        codings = columned(coded_columns(project), tree)
        units = None
        if how.mode is Mode.UNITS:
            units = {source: paragraphs(text) for source, text in texts(project).items()}
        tally(codings, tree, how, units=units).table({})

    plain = (Mode.SEGMENTS, Mode.PAIRS, Mode.CHARACTERS, Mode.UNITS)
    ways = {str(mode): Counting(mode, coders=MERGED) for mode in plain}
    ways["roll_up"] = Counting(Mode.SEGMENTS, coders=MERGED, roll_up=True)
    with Project.open(made.coded, write=False) as project:
        return {f"cooccurrence_{name}": timed(lambda how=how: of(project, how)) for name, how in ways.items()}


def import_texts(made: Material, scratch: Path) -> dict[str, float]:
    """As in the window: with progress told and the wish to cancel asked for."""
    from coder_app.edits.sources import import_sources
    from coder_app.importers.files import read_many

    files = sorted(made.texts.iterdir())
    told: list[int] = []
    with Project.create(scratch / "new.coder") as project:

        def work() -> None:
            texts = read_many(files, on_progress=lambda done, _of: told.append(done), cancelled=lambda: False)
            import_sources(project, texts)

        return {"import_texts": timed(work)}


def import_texts_cli(made: Material, scratch: Path) -> dict[str, float]:
    """The whole command, from the start of its process to the end."""
    Project.create(scratch / "new.coder").close()
    command = [sys.executable, "-m", "coder_app", "import", str(scratch / "new.coder"), str(made.texts)]
    return {"import_texts_cli": timed(lambda: subprocess.run(command, check=True, capture_output=True))}


def import_codings(made: Material, scratch: Path) -> dict[str, float]:
    """Read the table, journal and write its rows; and how much more the file has grown than by the rows alone."""
    from coder_app.edits.annotations import import_codings as bring_in
    from coder_app.importers.codings import read_codings

    path = copied(made.uncoded, scratch)
    before, journal_before = _bytes(path)
    with Project.open(path) as project:
        seconds = timed(lambda: bring_in(project, read_codings(made.codings), made.codings.name, create_codes=True))
    after, journal_after = _bytes(path)
    rows = (after - journal_after) - (before - journal_before)
    return {"import_codings": seconds, "import_codings_growth": (after - before) / rows}


def _bytes(path: Path) -> tuple[int, int]:
    """Return how long a project's file is, and how much of it the journal and its indexes take."""
    found = sqlite3.connect(path)
    marks = ", ".join("?" * len(_JOURNAL))
    journal = found.execute(
        "SELECT coalesce(sum(pgsize), 0) FROM dbstat JOIN sqlite_schema AS known ON known.name = dbstat.name"
        f" WHERE tbl_name IN ({marks})",
        _JOURNAL,
    ).fetchone()[0]
    found.close()
    return path.stat().st_size, journal


def undo_import(made: Material, scratch: Path) -> dict[str, float]:
    with Project.open(copied(made.coded, scratch)) as project:
        return {"undo_import": timed(project.undo), "redo_import": timed(project.redo)}


def export_csv(made: Material, scratch: Path) -> dict[str, float]:
    return _export(made, scratch, "csv")


def export_xlsx(made: Material, scratch: Path) -> dict[str, float]:
    return _export(made, scratch, "xlsx")


def _export(made: Material, scratch: Path, kind: str) -> dict[str, float]:
    from coder_app.exporters.codings import write_codings
    from coder_app.queries.codings import annotations

    with Project.open(made.coded, write=False) as project:
        return {f"export_{kind}": timed(lambda: write_codings(annotations(project), scratch / f"codings.{kind}"))}


def verify(made: Material, _: Path) -> dict[str, float]:
    from coder_app.store.verify import verify as check

    found: list[str] = []
    with Project.open(made.coded, write=False) as project:
        seconds = timed(lambda: found.extend(check(project.db)))
    if found:
        raise SystemExit("\n".join(found))
    return {"verify": seconds}


def index(made: Material, scratch: Path) -> dict[str, float]:
    """Index all texts at one go; the window does the same in slices."""
    from coder_app.store import full_text

    with Project.open(copied(made.uncoded, scratch)) as project:
        full_text.clear(project)
        return {"index": timed(lambda: full_text.index_some(project, _LONG))}


def search(made: Material, _: Path) -> dict[str, float]:
    """Each query once, on a connection of its own: nothing of it is in memory but what the disk's cache holds."""
    import corpus

    from coder_app.queries.search import SearchOptions
    from coder_app.queries.search import search as find

    taken: dict[str, float] = {}
    pattern = SearchOptions(regex=True, seconds=600)
    for name, query, options, most in (
        ("first_common", corpus.COMMON, SearchOptions(), 50),
        ("first_rare", corpus.RARE, SearchOptions(), 50),
        ("first_phrase", f'"{corpus.PHRASE}"', SearchOptions(), 50),
        ("first_near", "NEAR(people work, 5)", SearchOptions(), 50),
        ("all_word", corpus.COMMON, SearchOptions(), None),
        ("all_regex", corpus.PATTERN, pattern, None),
    ):
        with Project.open(made.coded, write=False) as project:
            hits = find(project, query, options)
            taken[f"search_{name}"] = timed(lambda hits=hits, most=most: sum(1 for _ in islice(hits, most)))
    return taken


def autocode(made: Material, scratch: Path) -> dict[str, float]:
    """Plan to code the hits of a common word, 50,000 at most, code them, and take the step back."""
    from coder_app.edits.autocode import autocode as code
    from coder_app.edits.autocode import planned
    from coder_app.queries.codes import codes
    from coder_app.queries.search import places

    with Project.open(copied(made.coded, scratch)) as project:
        code_id = codes(project)[-1].id
        ranges = []

        def plan() -> None:
            ranges.extend(planned(project, islice(places(project, "the"), MOST_HITS), code_id))

        return {
            "autocode_plan": timed(plan),
            "autocode": timed(lambda: code(project, ranges)),
            "undo_autocode": timed(project.undo),
        }
