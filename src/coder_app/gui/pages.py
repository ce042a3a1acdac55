"""The layouts that are built when they are first looked at, and in which order they stand: one line for each."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QWidget

from coder_app.gui.context import Context
from coder_app.gui.layouts import LatePage, Page, TabbedPage
from coder_app.i18n import tr

if TYPE_CHECKING:
    from coder_app.gui.history.page import HistoryPage
    from coder_app.gui.history.visit import Visit

Build: TypeAlias = Callable[[Context, QWidget], Page]

# The modules below are loaded in the functions, when the page is looked at, because they bring much else with them;
# numpy and what else takes long and knows no Qt is loaded on a worker before.
IN_BAR = ("view.code", "view.cases", "view.query", "view.analyse", "view.words", "view.team", "view.history")
"""The actions of the layouts that have a button at the head of the window, from the left."""


def late_pages(context: Context, visit: "Visit") -> dict[str, Page]:
    """Return the layouts by their actions; the history looks at the project as it was through `visit`."""
    return {
        "view.cases": LatePage(context, tr("Cases"), _cases, _without_qt("importers.attributes", "queries.attributes")),
        "view.query": LatePage(
            context, tr("Query"), _query, _without_qt("reports.query", "reports.run", "queries.quotes")
        ),
        "view.analyse": TabbedPage(
            tr("Analyse"),
            [
                LatePage(
                    context,
                    tr("Co-occurrence"),
                    _cooccurrence,
                    _without_qt("reports.cooccurrence", "reports.run", "analysis.methods", "analysis.layouts.pictures"),
                ),
                LatePage(
                    context,
                    tr("Tables"),
                    _tables,
                    _without_qt("reports.tables", "reports.run", "exporters.figures.table_chart"),
                ),
                LatePage(
                    context,
                    tr("Agreement"),
                    _agreement,
                    _without_qt("reports.agreement", "reports.run", "queries.agreeing"),
                ),
            ],
        ),
        "view.words": LatePage(context, tr("Words"), _words, _without_qt("analysis.kwic", "analysis.words")),
        "view.history": LatePage(context, tr("History"), lambda: partial(_history(), visit)),
    }


def _without_qt(*modules: str) -> list[str]:
    return [f"coder_app.{module}" for module in modules]


def _cases() -> Build:
    from coder_app.gui.cases.page import CasesPage

    return CasesPage


def _query() -> Build:
    from coder_app.gui.query.page import QueryPage

    return QueryPage


def _cooccurrence() -> Build:
    from coder_app.gui.analyse.panel import AnalysePanel

    return AnalysePanel


def _tables() -> Build:
    from coder_app.gui.tables.panel import TablesPanel

    return TablesPanel


def _agreement() -> Build:
    from coder_app.gui.agreement.panel import AgreementPanel

    return AgreementPanel


def _words() -> Build:
    from coder_app.gui.words.panel import WordsLayout

    return WordsLayout


def _history() -> "type[HistoryPage]":
    from coder_app.gui.history.page import HistoryPage

    return HistoryPage
