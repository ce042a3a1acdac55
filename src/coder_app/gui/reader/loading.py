"""Turns the codings of a project into the spans that a text shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from sys import intern

from coder_app.domain.model import Coding
from coder_app.domain.tree import CodeTree
from coder_app.gui.reader.initials import initials
from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view_settings import CodeEntry
from coder_app.i18n import tr
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.places import Place
from coder_app.queries.quotations import Quotation
from coder_app.store.project import Project


@dataclass(frozen=True, slots=True)
class Names:
    """What codes and coders are called: colour and name by code id, initials by coder id."""

    tree: CodeTree
    looks: dict[str, tuple[str, str]]
    initials: dict[str, str]


NO_NAMES = Names(CodeTree([]), {}, {})


def names_of(project: Project) -> Names:
    """Return the names of today; initials only where several people code."""
    tree = code_tree(project)
    everybody = coders(project)
    letters = initials(everybody) if len(everybody) > 1 else {}
    return Names(tree, {code.id: (code.colour, code.name) for code in tree.walk()}, letters)


def span_of(one: Coding, names: Names) -> Span:
    """Return a coding as it is shown."""
    letters = names.initials.get(one.coder_id, "")
    look = names.looks[one.code_id]
    return Span(one.id, one.segment_id, one.start, one.stop, *look, letters, one.code_id, one.coder_id)


def spans_of(places: Iterable[Place], names: Names) -> list[Span]:
    """Return codings as they are shown."""
    looks = names.looks
    letters: Callable[[str, str], str] = names.initials.get
    # One string for each code and coder, in place of one for each coding: 8 MiB in a text of 50,000 codings.
    return [
        Span(coding_id, segment, start, stop, *looks[code_id], letters(coder_id, ""), intern(code_id), intern(coder_id))
        for coding_id, segment, start, stop, code_id, coder_id in places
    ]


def quoted_span(one: Quotation, names: Names) -> Span:
    """Return a quotation as it is shown."""
    coder_id = one.coder_id or ""
    letters = names.initials.get(coder_id, "")
    return Span(one.id, one.segment_id, one.start, one.stop, "", tr("Quotation"), letters, "", coder_id)


def entries_of(tree: CodeTree) -> list[CodeEntry]:
    """Return the codes as the settings of the text offer them."""
    return [CodeEntry(code.id, code.name, code.colour, tree.depth(code.id)) for code in tree.walk()]
