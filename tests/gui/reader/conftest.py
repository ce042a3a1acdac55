"""A reader in a window of a known size, with a text and a way to make spans."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from coder_app.gui.reader.spans import Span
from coder_app.gui.reader.view import ReaderView
from coder_app.gui.theme import ThemeSource

TEXT = (
    "The first paragraph is about trust. People trust their neighbours; they trust nobody else.\n"
    "The second has an emoji \U0001f600 in it, and goes on for so long that it needs more than one line of the "
    "column in which the text is set, whatever the face may be.\n\n"
    "The last one is short."
)


@pytest.fixture
def themes(qapp: QApplication):
    source = ThemeSource(qapp, "light")
    yield source
    source.deleteLater()


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def reader(qtbot, themes: ThemeSource, text: str) -> ReaderView:
    view = ReaderView(themes)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.set_source(text)
    with qtbot.waitExposed(view):
        view.show()
    return view


@pytest.fixture
def span_of(text: str) -> Callable[..., Span]:
    """Make a span of the words given, or of a range."""

    def make(words: str, coding_id: str = "c1", **values: object) -> Span:
        start = text.index(words)
        usual = {"segment_id": f"s-{coding_id}", "colour": "#b2516e", "code_name": f"Code {coding_id}"}
        return Span(coding_id=coding_id, start=start, stop=start + len(words), **{**usual, **values})

    return make
