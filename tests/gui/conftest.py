"""Runs every window test without a display, and tells when one leaves a widget behind."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from coder_app.domain.imported import ImportedText
from coder_app.domain.text import canonical
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, set_codable
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.context import Context
from coder_app.gui.layouts import LatePage, Page
from coder_app.gui.main_window import MainWindow
from coder_app.gui.theme import Theme, ThemeSource, load_theme
from coder_app.importers.sample import build_sample
from coder_app.settings import SettingsFile
from coder_app.store.project import Project

INTERVIEW = (
    "Trust is everything here. We trust our neighbours.\n"
    "Nobody trusts the police. They came twice.\n"
    "Work is scarce. The young leave for work."
)
DIARY = "A day without work. The neighbours helped."


@pytest.fixture(autouse=True)
def no_garbage_in_workers() -> Iterator[None]:
    """As in the app: a window of the test before that a worker happens to collect takes the process along."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def light() -> Theme:
    return load_theme("light")


@pytest.fixture
def context(qapp: QApplication, tmp_path: Path) -> Iterator[Context]:
    """A context without a project, with settings of its own; an open project is closed at the end."""
    themes = ThemeSource(qapp, "light")
    settings = SettingsFile(tmp_path / "settings.json")
    # Copies are made when a project is closed, which takes time; tests of backups turn them on.
    settings.values.backups = False
    made = Context(themes, settings)
    yield made
    made.close()
    made.deleteLater()
    themes.deleteLater()


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """Two short texts, four codes and two coders; Ann is at work. Ids are under the names of things."""
    project = Project.create(tmp_path / "coded.coder", name="Village", coder="Ann")
    made = SimpleNamespace(project=project, ann=project.coder_id, ben=add_coder(project, "Ben"))
    made.interview, made.diary = import_sources(project, [_text("Interview", INTERVIEW), _text("Diary", DIARY)])
    made.trust = add_code(project, "Trust")
    made.institutions = add_code(project, "Institutions", made.trust)
    made.work = add_code(project, "Work & pay")
    made.topics = add_code(project, "Topics")
    set_codable(project, made.topics, is_codable=False)

    def code(words: str, code_id: str, coder_id: str, source_id: str = made.interview) -> str:
        start = (INTERVIEW if source_id == made.interview else DIARY).index(words)
        return apply_code(project, source_id, start, start + len(words), code_id, coder_id)

    made.first = code("Trust is everything here.", made.trust, made.ann)
    made.second = code("Trust is everything here.", made.work, made.ann)
    made.bens = code("We trust our neighbours.", made.trust, made.ben)
    made.police = code("Nobody trusts the police.", made.institutions, made.ann)
    made.diary_work = code("work", made.work, made.ann, made.diary)
    yield made
    project.close()


def _text(name: str, words: str) -> ImportedText:
    return ImportedText(name, "text", canonical(words), words.encode(), "text", "1", "utf-8")


def pytest_sessionfinish() -> None:
    # What a test has put there belongs to Python, which has gone when Qt would let go of it.
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()


@pytest.fixture
def window(qtbot, context: Context) -> MainWindow:
    """The whole window, active, without a project."""
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def shown(window: MainWindow, coded: SimpleNamespace, qtbot) -> MainWindow:
    """The whole window with the small project, the caret at the start of the interview."""
    window.context.show(coded.project)
    qtbot.waitUntil(window.reader.view.hasFocus)
    window.reader.view.select(0, 0)
    return window


@pytest.fixture
def turned_to(qtbot) -> Callable[[MainWindow, str], Page]:
    """Turn to a layout that is built late, and return its panel."""

    def turn(window: MainWindow, action_id: str) -> Page:
        window.actions_by_id[action_id].trigger()
        page = window.late[action_id]
        assert isinstance(page, LatePage)
        qtbot.waitUntil(lambda: page.panel is not None)
        assert page.panel is not None
        # What it shows it reads in the next event.
        QCoreApplication.processEvents()
        return page.panel

    return turn


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project that ships with the app; to be copied, not changed."""
    path = tmp_path_factory.mktemp("sample") / "sample.coder"
    build_sample(path)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Project]:
    """The sample project, to be done with as one likes."""
    with Project.open(shutil.copy(sample_file, tmp_path / "sample.coder")) as project:
        yield project


@pytest.fixture(autouse=True)
def _no_widget_is_left(qapp: QApplication) -> Iterator[None]:
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not left, f"still shown after the test: {left}"
