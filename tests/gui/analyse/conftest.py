"""Projects whose co-occurrences can be counted by hand, and the layout for counting that shows them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coder_app.bundled import bundled
from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.imported import ImportedText
from coder_app.domain.text import canonical
from coder_app.edits.annotations import import_codings
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.analyse.panel import AnalysePanel
from coder_app.gui.context import Context
from coder_app.queries.coders import coders
from coder_app.store.project import Project

_LEFT = Qt.MouseButton.LeftButton

TEXT = "Alpha beta gamma delta.\nEpsilon zeta eta theta.\nIota kappa lambda mu."

# Whose coding, which code, which words. Ann's Fear and Work meet in "beta" and in "zeta"; Ben's Fear and Hope in
# "kappa". Everything else lies apart, though all of Ann's codes are in the third paragraph.
CODINGS = (
    ("Ann", "Fear", "Alpha beta"),
    ("Ann", "Work", "beta gamma"),
    ("Ann", "Fear", "Epsilon zeta"),
    ("Ann", "Work", "zeta"),
    ("Ann", "Work", "Iota"),
    ("Ann", "Fear", "mu"),
    ("Ann", "Hope", "kappa"),
    ("Ben", "Fear", "Iota kappa"),
    ("Ben", "Hope", "kappa"),
)


def text(name: str, words: str) -> ImportedText:
    return ImportedText(name, "text", canonical(words), f"{name}{words}".encode(), "text", "1", "utf-8")


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "empty.coder", coder="Ann")


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """Fear and Hope under Emotion, which is not used itself, and Work, on one text; two coders."""
    project = Project.create(tmp_path / "small.coder", coder="Ann")
    source_id = import_sources(project, [text("One.txt", TEXT)])[0]
    emotion = add_code(project, "Emotion")
    codes = {
        "Fear": add_code(project, "Fear", emotion),
        "Hope": add_code(project, "Hope", emotion),
        "Work": add_code(project, "Work"),
    }
    people = {"Ann": coders(project)[0].id, "Ben": add_coder(project, "Ben")}
    for who, code, words in CODINGS:
        start = TEXT.index(words)
        apply_code(project, source_id, start, start + len(words), codes[code], people[who])
    return project


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory) -> Path:
    """The texts and codings that ship with the app."""
    path = tmp_path_factory.mktemp("sample") / "sample.coder"
    with Project.create(path, coder="Coder A") as project:
        files = sorted(bundled("seeds").glob("*.txt"))
        import_sources(project, [text(file.name, file.read_text(encoding="utf-8")) for file in files])
        rows = [
            ImportedCoding(line, file.name, one["start"], one["stop"], one["code"], one["coder"], one["memo"])
            for file in files
            for line, one in enumerate(map(json.loads, _codings(file.stem).splitlines()), start=1)
        ]
        import_codings(project, rows, "codings", create_codes=True)
    return path


def _codings(stem: str) -> str:
    return (bundled("projects") / "central-asia" / "codings" / f"{stem}.jsonl").read_text(encoding="utf-8")


@pytest.fixture
def shown(qtbot, context: Context) -> Callable[[Project], AnalysePanel]:
    """Show a project in the layout for counting."""

    def show(project: Project) -> AnalysePanel:
        panel = AnalysePanel(context)
        qtbot.addWidget(panel)
        panel.resize(1400, 820)
        context.show(project)
        with qtbot.waitExposed(panel):
            panel.show()
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
