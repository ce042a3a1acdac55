"""The codebook as a tree: paths, order and descendants, computed once and safe against cycles."""

from collections.abc import Iterable, Iterator

from coder_app.domain.errors import BadInput
from coder_app.domain.model import Code
from coder_app.i18n import tr

SEPARATOR = " > "


class CodeTree:
    """The codes of one project. A code whose parent is unknown, or that stands in a cycle, is a root."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._codes = {code.id: code for code in codes}
        self._parents = {code.id: self._sound_parent(code) for code in self._codes.values()}
        self._children: dict[str | None, list[Code]] = {}
        for code in sorted(self._codes.values(), key=lambda code: (code.order_key, code.id)):
            self._children.setdefault(self._parents[code.id], []).append(code)
        self._paths: dict[str, str] = {}
        for code in self.walk():
            parent = self._parents[code.id]
            self._paths[code.id] = self._paths[parent] + SEPARATOR + code.name if parent else code.name

    def grow(self, code: Code) -> None:
        """Take in a new code, the last child of a parent that is here, for a tree that nobody else holds."""
        self._codes[code.id] = code
        self._parents[code.id] = code.parent_id
        self._children.setdefault(code.parent_id, []).append(code)
        self._paths[code.id] = self._paths[code.parent_id] + SEPARATOR + code.name if code.parent_id else code.name

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code_id: object) -> bool:
        return code_id in self._codes

    def __getitem__(self, code_id: str) -> Code:
        return self._codes[code_id]

    def _sound_parent(self, code: Code) -> str | None:
        if code.parent_id not in self._codes:
            return None
        seen: set[str] = set()
        parent = code.parent_id
        while parent in self._codes and parent not in seen:
            if parent == code.id:
                return None
            seen.add(parent)
            parent = self._codes[parent].parent_id
        return code.parent_id

    def parent(self, code_id: str) -> str | None:
        """Return the id of the parent, or None for a root."""
        return self._parents[code_id]

    def children(self, code_id: str | None) -> list[Code]:
        """Return the children of a code, or the roots for None, in their order."""
        return self._children.get(code_id, [])

    def walk(self, below: str | None = None) -> Iterator[Code]:
        """Yield the codes below `below` (all for None), each parent before its children."""
        stack = self.children(below)[::-1]
        while stack:
            code = stack.pop()
            yield code
            stack.extend(self.children(code.id)[::-1])

    def path(self, code_id: str) -> str:
        """Return the names from the root to the code, joined by " > "."""
        return self._paths[code_id]

    def depth(self, code_id: str) -> int:
        """Return how many ancestors a code has."""
        return len(self.ancestors(code_id))

    def ancestors(self, code_id: str) -> list[str]:
        """Return the ids of the ancestors, the nearest first."""
        found: list[str] = []
        parent = self._parents[code_id]
        while parent is not None:
            found.append(parent)
            parent = self._parents[parent]
        return found

    def matches(self, wanted: str) -> list[Code]:
        """Return the codes that `wanted` may mean: by id, else by path, else by name."""
        if wanted in self._codes:
            return [self._codes[wanted]]
        fits = [self._codes[id_] for id_, path in self._paths.items() if path == wanted]
        return fits or [code for code in self._codes.values() if code.name == wanted]

    def find(self, wanted: str) -> Code:
        """Return the code with this id, this path, or this name where only one code has it.

        Raises BadInput where nothing fits, or where several codes do.
        """
        fits = self.matches(wanted)
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise BadInput(tr("Several codes are called “{name}”; use the id of the one you mean.", name=wanted))
        raise BadInput(tr("There is no code “{name}” in the codebook; check its spelling, or add it.", name=wanted))
