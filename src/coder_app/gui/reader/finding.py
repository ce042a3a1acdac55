"""Lets the find bar work on what a reader shows: the text, or the draft while it is being corrected."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from coder_app.gui.reader.coded import CodedText
from coder_app.gui.reader.find_bar import FindBar


class Finding(QObject):
    """Hands words from the page to the bar, and hits from the bar to the page."""

    def __init__(self, bar: FindBar, view: CodedText, draft: Callable[[], CodedText | None]) -> None:
        """`draft` returns what is shown instead of `view`, if anything."""
        super().__init__(bar)
        self._bar = bar
        self._view = view
        self._draft = draft
        bar.hits_changed.connect(self._set_hits)
        bar.hit_chosen.connect(self._go_to)
        bar.left.connect(self._leave)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what finding does for the window's actions."""
        return {
            "edit.find": self._open,
            "edit.find_next": lambda: self._step(1),
            "edit.find_previous": lambda: self._step(-1),
        }

    def _page(self) -> CodedText:
        return self._draft() or self._view

    def _open(self) -> None:
        page = self._page()
        start, stop = page.selection()
        text = page.text
        chosen = text[start:stop]
        self._bar.open(text, "" if "\n" in chosen else chosen, start)

    def _step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1); in a draft, which may be another by now, from the caret."""
        page = self._draft()
        if page is None:
            self._bar.step(by)
            return
        start, stop = page.selection()
        self._open()
        if start < stop:
            self._bar.step(by)
        page.setFocus()

    def _set_hits(self, hits: list[tuple[int, int]], current: int | None) -> None:
        self._page().set_hits(hits, current)

    def _go_to(self, start: int, stop: int) -> None:
        self._page().select(start, stop)
        self._page().reveal(start, stop)

    def _leave(self) -> None:
        self._bar.end()
        self._page().setFocus()
