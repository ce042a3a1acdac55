"""The command line as a whole: what commands there are, and what becomes of an error."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

import coder_app
from coder_app.cli import (
    agreement,
    assignments,
    backups,
    cases,
    coders,
    codes,
    codings,
    counting,
    disagreements,
    drift,
    history,
    output,
    places,
    projects,
    queries,
    quotations,
    recipes,
    restoring,
    search,
    sets,
    sources,
    tables,
    team,
    texts,
    variables,
)
from coder_app.domain.errors import AppError, Finding
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.i18n import tr

DONE, FINDING, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class InOrder(click.Group):
    """A group that lists its commands in the order in which a project needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order in which they were added."""
        return list(self.commands)


@click.group(
    cls=InOrder,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(coder_app.__version__, message="Coder App %(version)s")
def program() -> None:
    """Code texts and count what occurs together. Without a command, a window opens.

    SOURCE and CODE are an id or a name; a code's name is its path, “Parent > Child”.
    """


for command in (
    projects.demo,
    projects.new,
    projects.open_,
    projects.info,
    sources.import_,
    sources.sources,
    sources.text,
    texts.replace_text,
    texts.to_check,
    texts.settle,
    cases.cases,
    variables.variables,
    sets.sets,
    coders.coders,
    search.search,
    search.kwic_,
    search.words,
    search.stopwords,
    drift.codebook,  # begun in cli/codes.py, goes on in cli/sharing.py and cli/drift.py
    codes.codes,
    codings.code,
    codings.codings,
    quotations.quote,
    quotations.quotations,
    search.autocode_,
    queries.query,
    queries.queries,
    counting.cooccurrence,
    tables.table,
    recipes.picture,
    recipes.rerun,
    assignments.assignments,
    agreement.agreement,
    agreement.agreement_report,
    disagreements.disagreements,
    disagreements.adjudicate_,
    history.undo,
    history.redo,
    history.history,
    history.revert,
    restoring.deleted_,
    restoring.restore,
    restoring.as_it_was,
    team.merge,
    team.conflicts,
    team.decide,
    team.team,
    projects.dump,
    projects.verify,
    projects.backup,
    backups.backups,
    backups.restore_backup,
    backups.repair,
    places.local_copy,
    places.copy_back,
    counting.statistics,
):
    program.add_command(command)


def main(arguments: Sequence[str], show: Callable[[Path], int] | None = None) -> int:
    """Run the command that `arguments` name and return the exit code: 0 done, 1 a finding, 2 bad input.

    `show` is what opens a project in the window, for `open` and `demo --open`. Every error becomes one
    line on stderr; one that nobody foresaw is written to the log.
    """
    output.use_utf8()
    try:
        return _run(list(arguments), show)
    except BrokenPipeError:
        output.drop(sys.stdout)
        return DONE
    except (KeyboardInterrupt, click.Abort):
        return _fail(tr("Stopped; what was not finished was not kept."), INTERRUPTED)
    except OSError as error:
        named = f" ({error.filename})" if error.filename else ""
        return _fail(tr("The system refused: {reason}{named}.", reason=error.strerror or error, named=named), BAD_INPUT)
    except Exception as error:  # noqa: BLE001 - the border: whatever happened, people get one line and a log
        return _fail(_unforeseen(error), BAD_INPUT)


def _run(arguments: list[str], show: Callable[[Path], int] | None) -> int:
    try:
        with program.make_context("coder-app", arguments, obj=show) as context:
            program.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        sys.stdout.flush()
        return end.exit_code
    except click.UsageError as error:
        if error.ctx is not None:
            output.note(error.ctx.get_usage())
        return _fail(error.format_message(), BAD_INPUT)
    except QueryMistake as error:
        sys.stdout.flush()
        _fail(error.words, BAD_INPUT)
        # Below the sentence stands the query with a sign at the place.
        for line in error.shown().splitlines():
            output.note(line)
        return BAD_INPUT
    except AppError as error:
        sys.stdout.flush()
        return _fail(str(error), FINDING if isinstance(error, Finding) else BAD_INPUT)
    return DONE


def _fail(message: str, code: int) -> int:
    # Scripts look for this word, so it is the same in every language.
    output.note(f"error: {message}")
    return code


def _unforeseen(error: Exception) -> str:
    from coder_app import crash_log

    log = crash_log.write(error)
    if log is None:
        return tr("Something went wrong that nobody foresaw ({kind}).", kind=type(error).__name__)
    return tr(
        "Something went wrong that nobody foresaw ({kind}); {log} says where, without a word of your texts.",
        kind=type(error).__name__,
        log=log,
    )
