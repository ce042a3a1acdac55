"""A panel of sources over a real project with three texts."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from coder_app.domain.imported import ImportedText
from coder_app.edits.sources import import_sources
from coder_app.gui.actions import ActionSet
from coder_app.gui.context import Context
from coder_app.gui.sources.panel import SourcesPanel
from coder_app.store.project import Project

TEXTS = {"one.txt": "Trust is all.", "two.txt": "Nobody trusts anybody here.", "three.txt": "The border is near."}


@pytest.fixture
def project(context: Context, tmp_path: Path) -> Project:
    opened = Project.create(tmp_path / "p.coder", name="P", coder="Ann")
    texts = [ImportedText(name, "text", text, text.encode(), "text", "1", "utf-8") for name, text in TEXTS.items()]
    import_sources(opened, texts)
    context.show(opened)
    return opened


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 400)
    return made


@pytest.fixture
def panel(qtbot, context: Context, window: QWidget) -> SourcesPanel:
    made = SourcesPanel(context, ActionSet(window, {}), window)
    made.resize(window.size())
    with qtbot.waitExposed(window):
        window.show()
    return made


@pytest.fixture
def ids(project: Project) -> dict[str, str]:
    return dict(project.rows("SELECT name, id FROM source"))
