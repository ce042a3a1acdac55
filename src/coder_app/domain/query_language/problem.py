"""The error of a query that cannot be read or means nothing: it points at the place."""

from coder_app.domain.errors import BadInput
from coder_app.domain.text import Span


class QueryMistake(BadInput):
    """A query that cannot be read; `at` is the stretch of its text that makes no sense, in code points.

    `words` is the sentence alone; as a whole the error shows the line of the query with a caret below the place.
    """

    def __init__(self, words: str, text: str, at: Span) -> None:
        self.words = words
        self.text = text
        self.at = (min(at[0], len(text)), min(max(at[1], at[0]), len(text)))
        super().__init__(f"{words}\n{self.shown()}")

    def shown(self) -> str:
        """Return the line of the query that holds the place, and carets below it."""
        start = self.text.rfind("\n", 0, self.at[0]) + 1
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end].replace("\t", " ")
        carets = max(1, min(self.at[1], start + len(line)) - self.at[0])
        return f"  {line}\n  {' ' * (self.at[0] - start)}{'^' * carets}"
