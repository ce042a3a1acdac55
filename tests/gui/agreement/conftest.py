"""A project that two people coded, and the layout that compares them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from coder_app.domain.imported import ImportedText
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.agreement.panel import AgreementPanel
from coder_app.gui.context import Context
from coder_app.store.project import Project

TEXT = "Alpha beta gamma delta.\nEpsilon zeta eta theta.\nIota kappa lambda mu."
# Agreed on “Alpha beta”; Ann alone on “zeta”; Fear against Hope on “Iota kappa”; other borders of Work on “lambda mu”.
CODINGS = (
    ("Ann", "Fear", "Alpha beta"),
    ("Ben", "Fear", "Alpha beta"),
    ("Ann", "Work", "zeta"),
    ("Ann", "Fear", "Iota kappa"),
    ("Ben", "Hope", "Iota kappa"),
    ("Ann", "Work", "lambda mu"),
    ("Ben", "Work", "lambda"),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[SimpleNamespace]:
    project = Project.create(tmp_path / "study.coder", coder="Ann")
    words = [ImportedText(name, "text", TEXT, name.encode(), "text", "1", "utf-8") for name in ("One.txt", "Two.txt")]
    first, second = import_sources(project, words)
    codes = {name: add_code(project, name) for name in ("Fear", "Hope", "Work")}
    people = {"Ann": str(project.coder_id), "Ben": add_coder(project, "Ben")}
    for who, code, stretch in CODINGS:
        start = TEXT.index(stretch)
        apply_code(project, first, start, start + len(stretch), codes[code], people[who])
    yield SimpleNamespace(project=project, first=first, second=second, codes=codes, **people)
    project.close()


@pytest.fixture
def shown(qtbot, context: Context) -> Callable[[Project], AgreementPanel]:
    """Show a project in the layout and wait until it is compared."""

    def show(project: Project) -> AgreementPanel:
        panel = AgreementPanel(context)
        qtbot.addWidget(panel)
        panel.resize(1400, 820)
        context.show(project)
        with qtbot.waitExposed(panel):
            panel.show()
        qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)
        return panel

    return show
