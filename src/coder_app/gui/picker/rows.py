"""What the picker lists for what was typed: codes that fit, and codes that could be made. Free of widgets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from coder_app.domain.tree import SEPARATOR, CodeTree
from coder_app.gui.picker.ranking import Entry, entries_of, plain, ranked
from coder_app.i18n import tr

_SHOWN = 60
_PARENTS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line. A code has `code_id`; one to be made has `path`; `asks_parent` goes on to the question under which."""

    text: str
    note: str = ""
    code_id: str = ""
    path: str = ""
    asks_parent: bool = False


class Choices:
    """The codebook as it was when the picker opened, asked anew for every letter."""

    def __init__(self, tree: CodeTree, recent: Mapping[str, int], uses: Mapping[str, int]) -> None:
        """`recent` gives by code id a number that grows with each use, `uses` how often a code is used."""
        self.tree = tree
        self._recent = recent
        self._uses = uses
        self._entries: Sequence[Entry] = entries_of(tree)

    def codes(self, typed: str, *, groups: bool, without: Collection[str] = ()) -> list[Row]:
        """Return the codes that fit, the best first; `groups` with those that only group others."""
        found = ranked(self._entries, typed, self._recent, self._uses, groups=groups)
        return [self._row(code_id) for code_id in found if code_id not in without][:_SHOWN]

    def _row(self, code_id: str) -> Row:
        parent = self.tree.parent(code_id)
        return Row(self.tree[code_id].name, self.tree.path(parent) if parent else "", code_id)

    def new(self, typed: str) -> list[Row]:
        """Return what could be made of what was typed: a code, a sub-code where it names a parent, nothing."""
        parent, separator, name = (part.strip() for part in f"{typed} ".rpartition(SEPARATOR.rstrip() + " "))
        if separator and not name:
            return []
        if not name or self._is_there(typed.strip()):
            return []
        if not separator:
            asking = Row(tr("Create “{name}” under…", name=name), path=name, asks_parent=True)
            made = Row(tr("Create “{name}”", name=name), path=name)
            return [made, asking] if len(self.tree) else [made]
        return self._new_under(parent, name)

    def _new_under(self, parent: str, name: str) -> list[Row]:
        known = [code.id for code in self.tree.walk() if plain(self.tree.path(code.id)) == plain(parent)]
        fitting = known or ranked(self._entries, parent, self._recent, self._uses, groups=True)[:_PARENTS]
        rows = [self.under(code_id, name) for code_id in fitting]
        rows = [row for row in rows if not self._is_there(row.path)]
        whole = parent + SEPARATOR + name
        return rows if known else [*rows, Row(tr("Create “{name}”", name=whole), path=whole)]

    def under(self, parent_id: str, name: str) -> Row:
        """Return what makes a code under another one."""
        path = self.tree.path(parent_id)
        return Row(tr("New code “{name}” under “{parent}”", name=name, parent=path), path=path + SEPARATOR + name)

    def _is_there(self, name: str) -> bool:
        """Say whether a code has this name or path; one letter's case makes no other code."""
        wanted = plain(name)
        return any(wanted in (entry.name, entry.path) for entry in self._entries)
