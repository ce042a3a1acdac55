"""Two small sources coded by two people, in cases with values, and the tab for tables that shows them."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coder_app.domain.imported import ImportedText
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.context import Context
from coder_app.gui.tables.panel import TablesPanel
from coder_app.queries.coders import coders
from coder_app.store.project import Project

FIRST = "Alpha beta gamma delta.\nEpsilon zeta eta theta."
SECOND = "Iota kappa lambda mu.\nNu xi omicron pi."
CODINGS = (
    ("Ann", "Fear", "One", "Alpha beta"),
    ("Ann", "Hope", "One", "beta gamma"),
    ("Ann", "Fear", "One", "zeta"),
    ("Ann", "Work", "Two", "Iota"),
    ("Ben", "Hope", "One", "Alpha"),
    ("Ben", "Work", "Two", "kappa lambda"),
)


def text(name: str, words: str) -> ImportedText:
    return ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8")


@pytest.fixture
def small(tmp_path: Path) -> SimpleNamespace:
    """Fear and Hope under Emotion, and Work beside it."""
    project = Project.create(tmp_path / "small.coder", coder="Ann")
    ids = import_sources(project, [text("One", FIRST), text("Two", SECOND)])
    emotion = add_code(project, "Emotion")
    codes = {"Emotion": emotion, "Fear": add_code(project, "Fear", emotion), "Hope": add_code(project, "Hope", emotion)}
    codes["Work"] = add_code(project, "Work")
    people = {"Ann": coders(project)[0].id, "Ben": add_coder(project, "Ben")}
    texts = {"One": FIRST, "Two": SECOND}
    sources = dict(zip(texts, ids, strict=True))
    for who, code, source, words in CODINGS:
        start = texts[source].index(words)
        apply_code(project, sources[source], start, start + len(words), codes[code], people[who])
    return SimpleNamespace(project=project, codes=codes, sources=sources, people=people)


@pytest.fixture
def shown(qtbot, context: Context) -> Callable[[Project], TablesPanel]:
    """Show a project in the tab."""

    def show(project: Project) -> TablesPanel:
        panel = TablesPanel(context)
        qtbot.addWidget(panel)
        panel.resize(1400, 820)
        context.show(project)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.enter()
        qtbot.waitUntil(lambda: panel.table.empty.text() != "Counting…" or panel.table.view.isVisible())
        return panel

    return show


@pytest.fixture
def pick(qapp: QApplication) -> Callable[[ChoiceRow, str], None]:
    """Choose an entry of an option's menu by two clicks of the mouse."""

    def choose(row: ChoiceRow, words: str) -> None:
        found: list[str] = []

        def click() -> None:
            menu = qapp.activePopupWidget()
            assert isinstance(menu, QMenu)
            found.extend(action.text() for action in menu.actions())
            action = next((one for one in menu.actions() if one.text() == words), None)
            if action is None:
                menu.close()
            else:
                QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

        QTimer.singleShot(50, click)
        QTest.mouseClick(row.button, Qt.MouseButton.LeftButton)
        assert words in found

    return choose
