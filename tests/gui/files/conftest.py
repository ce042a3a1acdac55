"""The flows over a real window and project, and what the person was told."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget

from coder_app.gui.context import Context
from coder_app.gui.files.flows import FileFlows
from coder_app.store.project import Project

Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(500, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def flows(context: Context, window: QWidget) -> FileFlows:
    return FileFlows(context, window)


@pytest.fixture
def told(context: Context) -> list[str]:
    """All sentences told so far."""
    sentences: list[str] = []

    def hear(sentence: str) -> None:
        sentences.append(sentence)

    context.notice_requested.connect(hear)
    context.lasting_notice_requested.connect(hear)
    return sentences


@pytest.fixture
def project(context: Context, tmp_path: Path) -> Project:
    opened = Project.create(tmp_path / "p.coder", name="Study", coder="Ann")
    context.show(opened)
    return opened


@pytest.fixture
def until_idle(qtbot, context: Context) -> Callable[[], None]:
    """Wait until no job runs."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)

    return wait


@pytest.fixture
def dialog(window: QWidget) -> Callable[[type[Widget]], Widget]:
    """Return the one window of a kind that is shown."""

    def find(kind: type[Widget]) -> Widget:
        found = [one for one in window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    return find
