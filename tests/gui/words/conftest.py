"""Texts whose words can be counted by hand, and the layout for words that shows them."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coder_app.domain.imported import ImportedText
from coder_app.domain.text import canonical
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources, move_sources
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.context import Context
from coder_app.gui.words.panel import WordsLayout
from coder_app.store.project import Project

_LEFT = Qt.MouseButton.LeftButton

INTERVIEW = "Anna: Trust is slow. We trust neighbours.\nBen: No trust in 2019! The state’s plan is slow.\n"
DIARY = "The neighbours helped. Trust came late, and the state's men came twice."


def text(name: str, words: str) -> ImportedText:
    return ImportedText(name, "text", canonical(words), f"{name}{words}".encode(), "text", "1", "utf-8")


@pytest.fixture
def small(tmp_path: Path) -> SimpleNamespace:
    """Two texts, the second in a folder, two codes; Ann has coded one "trust" already. Ids under names."""
    project = Project.create(tmp_path / "small.coder", coder="Ann")
    made = SimpleNamespace(project=project)
    made.interview, made.diary = import_sources(project, [text("Interview", INTERVIEW), text("Diary", DIARY)])
    move_sources(project, [made.diary], "Diaries/2019")
    made.trust = add_code(project, "Trust")
    made.near = add_code(project, "Near", made.trust)
    start = INTERVIEW.index("trust neighbours")
    made.first = apply_code(project, made.interview, start, start + 5, made.trust)
    return made


@pytest.fixture
def shown(qtbot, context: Context) -> Callable[[Project], WordsLayout]:
    """Show a project in the layout for words."""

    def show(project: Project) -> WordsLayout:
        panel = WordsLayout(context)
        qtbot.addWidget(panel)
        panel.resize(1400, 820)
        context.show(project)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
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
                QTest.mouseClick(menu, _LEFT, pos=menu.actionGeometry(action).center())

        QTimer.singleShot(50, click)
        QTest.mouseClick(row.button, _LEFT)
        assert words in found

    return choose


@pytest.fixture
def choose() -> Callable[[WordsLayout, str], None]:
    """Choose a word by a click of the mouse; with a modifier it is added to those that are chosen."""

    def click(panel: WordsLayout, word: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        table = panel.words.table
        index = panel.words.model.index(panel.words.model.rows_of([word])[0], 0)
        table.scrollTo(index)
        QTest.mouseClick(table.viewport(), _LEFT, modifier, table.visualRect(index).center())

    return click


@pytest.fixture(name="text")
def text_() -> Callable[[str, str], ImportedText]:
    """Make a text to import."""
    return text


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "empty.coder", coder="Ann")
