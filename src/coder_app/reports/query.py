"""Writes what a query finds, with the recipe that finds it again."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.domain.query_language.meaning import references
from coder_app.domain.table import Table
from coder_app.exporters.quotes import SUFFIXES, write_quotes
from coder_app.i18n import tr
from coder_app.queries.quotes import CONTEXT, Quotes, quote_table
from coder_app.queries.retrieval import run
from coder_app.queries.saved_queries import book_of
from coder_app.queries.scope import Scope, scope_of
from coder_app.reports.recipe import Recipe
from coder_app.store.project import Project

CONTENT = ("memo", "saved_query")
"""What the passages rest on besides sources, codes and codings."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for and how it is shown.

    `refers` is what the names of the query mean, `scope` a part of the project as `Scope.as_json` gives it. `columns`,
    `sort` and `group` are those of `quote_table`; `context` counts code points on either side, `limit` rows.
    """

    text: str
    refers: dict[str, str] = field(default_factory=dict[str, str])
    scope: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    group: str = ""
    context: int = CONTEXT
    limit: int | None = None
    hidden: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Coders whose codings were left out, by source; "" stands for all sources."""


def meaning_now(project: Project, text: str) -> dict[str, str]:
    """Return what the names of a query mean today, for `Options.refers`. Raises QueryMistake."""
    return references(text, book_of(project))


def found_table(project: Project, options: Options) -> Table:
    """Return the passages that a query finds. Raises QueryMistake and BadInput as `run` and `quote_table` do."""
    scope = scope_in(options)
    found = run(project, options.text, scope=scope, refers=options.refers, hidden=options.hidden)
    settings = {tr("Query"): options.text, tr("Passages"): str(len(found))}
    if scope:
        parts = [", ".join(values) for values in scope.as_json().values() if values]
        settings[tr("Looked at")] = "; ".join(parts)
    if options.hidden:
        settings[tr("Left out")] = tr("codings that were hidden in the window")
    if options.limit is not None and options.limit < len(found):
        settings[tr("Shown")] = str(options.limit)
    quotes = Quotes(project, found, options.context)
    return quote_table(quotes, options.columns, options.sort, options.group, settings, options.limit)


def write(project: Project, recipe: Recipe, path: Path, on_progress: OnProgress = tell_nobody) -> None:
    """Write the passages of a recipe. Raises BadInput for options that make no sense, and where the disk refuses."""
    if recipe.suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise BadInput(tr("“{path}”: passages can be written as {known}; choose one.", path=path, known=known))
    on_progress(0, 2)
    options = options_of(recipe)
    table = found_table(project, options)
    on_progress(1, 2)
    write_quotes(table, path, recipe.text(), group=options.group)


def options_of(recipe: Recipe) -> Options:
    """Return the options of a recipe. Raises BadInput where they are none."""
    try:
        return TypeAdapter(Options).validate_python(recipe.options)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(
            tr("The recipe’s options make no sense: {place}: {reason}.", place=place, reason=first["msg"])
        ) from error


def scope_in(options: Options) -> Scope:
    """Return the scope that the options name. Raises BadInput for a condition that is none."""
    return scope_of(*(options.scope.get(name, []) for name in ("sources", "sets", "cases", "where")))
