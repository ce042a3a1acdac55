"""What the tests of the search in the window share."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages.autocode import AutocodePreview
from coder_app.gui.passages.found import FoundHits


@pytest.fixture
def search(shown: MainWindow, qtbot) -> Callable[..., FoundHits]:
    """Returns what searches all sources for `query` with these boxes ticked and waits for the end."""

    def run(query: str, *boxes: str) -> FoundHits:
        shown.passages.show_search("")
        found = shown.passages.found
        for box in boxes:
            getattr(found.bar, box).setChecked(True)
        found.bar.field.setText(query)
        found.run()
        qtbot.waitUntil(lambda: not found.search.running, timeout=15_000)
        QApplication.processEvents()
        return found

    return run


@pytest.fixture
def rows() -> Callable[[FoundHits], list[str]]:
    """Returns what is listed: headings as “# title”, hits as their words."""

    def listed(found: FoundHits) -> list[str]:
        model = found.model
        return [
            str(model.index(row, 0).data()) if model.place_at(row) else f"# {model.index(row, 0).data()}"
            for row in range(model.rowCount())
        ]

    return listed


@pytest.fixture
def previewed(shown: MainWindow, qtbot) -> Callable[[], AutocodePreview]:
    """Returns what waits until the preview has looked through the texts."""

    def wait() -> AutocodePreview:
        window = shown.findChild(AutocodePreview)
        qtbot.waitUntil(lambda: window._job is None, timeout=10_000)
        QApplication.processEvents()
        return window

    return wait
