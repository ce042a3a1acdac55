"""How many passages the saved queries find, as far as the window shows them."""

from dataclasses import dataclass

from coder_app.domain.errors import BadInput
from coder_app.domain.progress import OnProgress
from coder_app.domain.query_language.meaning import Book
from coder_app.domain.query_language.problem import QueryMistake
from coder_app.gui.context import Context
from coder_app.queries.query_material import Hidden
from coder_app.queries.retrieval import run_saved
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Count:
    """How many passages a saved query finds; None and a sentence where it cannot be used."""

    passages: int | None
    problem: str = ""

    @property
    def shown(self) -> str:
        """What stands beside the query's name."""
        return "!" if self.passages is None else f"{self.passages:,}"


def counted(project: Project, book: Book, hidden: Hidden, on_progress: OnProgress) -> dict[str, Count]:
    """Return what the saved queries find now, by their ids."""
    found: dict[str, Count] = {}
    for done, one in enumerate(book.saved):
        on_progress(done, len(book.saved))
        try:
            found[one.id] = Count(len(run_saved(project, one, book=book, hidden=hidden)))
        except BadInput as problem:
            found[one.id] = Count(None, problem.words if isinstance(problem, QueryMistake) else str(problem))
    return found


def hidden_of(context: Context) -> dict[str, tuple[str, ...]]:
    """Return the coders whose codings are not shown in the window, and those whose codings a round keeps back."""
    blinding, unshown = context.blinding, tuple(sorted(context.hidden_coders))
    found = {one: tuple(sorted(blinding.hidden_in(one))) for one in sorted(blinding.sources)}
    return found | ({"": unshown} if unshown else {})
