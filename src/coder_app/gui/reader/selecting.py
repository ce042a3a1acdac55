"""Selecting without the mouse: by units of the text, as a block between two marks, from coding to coding."""

from coder_app.gui.reader.coded import CodedText
from coder_app.gui.reader.extend import Unit, contracted, extended
from coder_app.gui.reader.spans import Span


class SelectingText(CodedText):
    """A coded text whose selection follows keys. Positions are code points."""

    def extend_selection(self, unit: Unit, by: int) -> None:
        """Select one unit more, after the selection (1) or before it (-1); the end that moved comes in sight."""
        start, stop = extended(self.text, *self.selection(), unit, by)
        self.select_towards(start, stop, by)

    def contract_selection(self, unit: Unit) -> None:
        """Leave the last unit of the selection out again."""
        start, stop = contracted(self.text, *self.selection(), unit)
        self.select_towards(start, stop, 1)

    def select_towards(self, start: int, stop: int, by: int) -> None:
        """Select a range, the caret at its stop (1) or its start (-1), and scroll to the caret."""
        if (start, stop) == self.selection():
            return
        if by > 0:
            self.select(start, stop)
        else:
            self.select(stop, start)  # the caret at the start, which the arrow keys move then
        self.ensureCursorVisible()

    def block_start(self) -> int | None:
        """Return where a block was begun and not yet ended."""
        return self._block_start

    def mark_block(self) -> bool:
        """Begin a block at the caret or, where one was begun, select from there to the caret.

        Returns whether a block is begun now.
        """
        begun, self._block_start = self._block_start, None
        if begun is None:
            self._block_start = self.selection()[0]
        elif begun != self.caret():
            start, stop = self.selection()
            self.select(min(begun, start), max(begun, stop))
        self.viewport().update()
        return self._block_start is not None

    def drop_block(self) -> None:
        """Forget where a block was begun."""
        self._block_start = None
        self.viewport().update()

    def coding_of(self, code_id: str, position: int, by: int) -> Span | None:
        """Return the next coding of a code that starts after `position` (1), or the last one before it (-1)."""
        return self._index.next_of(code_id, position, by)
