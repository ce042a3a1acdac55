"""Lets through the codes that fit what is typed over the tree."""

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel

from coder_app.gui.picker.ranking import plain


class CodeFilter(QSortFilterProxyModel):
    """Shows the codes whose name holds all typed words, and the codes above them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)

    @property
    def is_filtering(self) -> bool:
        """Whether anything is typed."""
        return bool(self._words)

    def set_words(self, typed: str) -> None:
        """Show what fits `typed`, everything where it is empty."""
        self._words = plain(typed).split()
        self.invalidate()

    def fits(self, name: str) -> bool:
        """Say whether a name holds all that is typed."""
        comparable = plain(name)
        return all(word in comparable for word in self._words)

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]  # the stubs' union
        return self.fits(str(self.sourceModel().index(row, 0, parent).data()))
