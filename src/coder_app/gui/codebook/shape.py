"""Which codes the tree shows and in which rows: plain numbers, so that 1,000 codes are filtered between two letters."""

from collections.abc import Sequence

from coder_app.domain.tree import CodeTree
from coder_app.gui.picker.ranking import plain


class Shape:
    """The codes by place, each before those below it, and where the shown ones stand. Place -1 is the root."""

    def __init__(self, tree: CodeTree) -> None:
        """Show all codes of `tree`."""
        self.order = [code.id for code in tree.walk()]
        """The ids of the codes by place."""
        self._places = {code_id: place for place, code_id in enumerate(self.order)}
        above = (tree.parent(code_id) for code_id in self.order)
        self.parents = [-1 if parent is None else self._places[parent] for parent in above]
        """The place above each place."""
        self.rename(tree)
        self.show([])

    def rename(self, tree: CodeTree) -> None:
        """Take new names of the same codes."""
        self._names = [plain(tree[code_id].name) for code_id in self.order]

    def show(self, words: Sequence[str]) -> None:
        """Show the codes whose names hold all `words`, which are plain, and the codes above them."""
        shown = [all(word in name for word in words) for name in self._names]
        for place in range(len(shown) - 1, -1, -1):
            if shown[place] and self.parents[place] >= 0:
                shown[self.parents[place]] = True
        self.children: dict[int, list[int]] = {place: [] for place in range(-1, len(shown))}
        self.rows = [-1] * len(shown)
        for place, is_shown in enumerate(shown):
            if is_shown:
                siblings = self.children[self.parents[place]]
                self.rows[place] = len(siblings)
                siblings.append(place)

    def place_of(self, code_id: str | None) -> int | None:
        """Return the place of a code that is shown, else None."""
        place = self._places.get(code_id) if code_id is not None else None
        return place if place is not None and self.rows[place] >= 0 else None

    def first_fitting(self, words: Sequence[str]) -> str | None:
        """Return the first code whose own name holds all `words`."""
        fits = (place for place, name in enumerate(self._names) if all(word in name for word in words))
        place = next(fits, None)
        return None if place is None else self.order[place]
