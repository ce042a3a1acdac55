"""The layout for cases with three people, four variables and two sources."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from coder_app.edits.cases import add_case, put_passage, put_sources
from coder_app.edits.variables import Cell, add_variable, set_values
from coder_app.gui.cases.page import CasesPage
from coder_app.gui.context import Context


@pytest.fixture
def people(coded: SimpleNamespace) -> SimpleNamespace:
    """Aida has the interview, Bek a passage of the diary; ids are under the names of things."""
    project = coded.project
    for name in ("Aida", "Bek", "Cholpon"):
        setattr(coded, name, add_case(project, name))
    for name, type_ in (("Age", "integer"), ("Region", "text"), ("Met", "date"), ("Urban", "boolean")):
        setattr(coded, name, add_variable(project, name, type_))
    put_sources(project, coded.Aida, [coded.interview])
    put_passage(project, coded.Bek, coded.diary, 0, 5)
    values = ((coded.Age, "Aida", "31"), (coded.Age, "Bek", "9"), (coded.Region, "Aida", "north"),
              (coded.Region, "Bek", "South"), (coded.Urban, "Aida", "yes"))  # fmt: skip
    set_values(project, [Cell(variable, "case", getattr(coded, name), text) for variable, name, text in values])
    return coded


@pytest.fixture
def page(qtbot, context: Context, people: SimpleNamespace) -> CasesPage:
    made = CasesPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    context.show(people.project)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter()
    return made


@pytest.fixture
def shown(page: CasesPage) -> Callable[[], list[list[str]]]:
    """Return what the grid shows: the name and the cells of each row."""

    def read() -> list[list[str]]:
        model = page.grid.model
        return [
            [row.name, *(str(model.index(n, m).data()) for m in range(model.columnCount()))]
            for n, row in enumerate(model.rows)
        ]

    return read


@pytest.fixture
def notices(context: Context) -> list[str]:
    said: list[str] = []
    context.notice_requested.connect(lambda sentence, _: said.append(sentence))
    return said
