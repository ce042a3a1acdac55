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

# The modules below are loaded in the functions, on a worker, because they bring numpy and much else with them.
IN_BAR = ("view.code", "view.cases", "view.query", "view.analyse", "view.words", "view.team", "view.history")
"""The actions of the layouts that have a button at the head of the window, from the left."""


def late_pages(context: Context, visit: "Visit") -> dict[str, Page]:
    """Return the layouts by their actions; the history looks at the project as it was through `visit`."""
    return {
        "view.cases": LatePage(context, tr("Cases"), _cases),
        "view.query": LatePage(context, tr("Query"), _query),
        "view.analyse": TabbedPage(
            tr("Analyse"),
            [
                LatePage(context, tr("Co-occurrence"), _cooccurrence),
                LatePage(context, tr("Tables"), _tables),
                LatePage(context, tr("Agreement"), _agreement),
            ],
        ),
        "view.words": LatePage(context, tr("Words"), _words),
        "view.history": LatePage(context, tr("History"), lambda: partial(_history(), visit)),
    }


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
