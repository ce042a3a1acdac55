"""Layouts that are built late load on a worker only what knows no Qt: classes of Qt's made there end the process."""

import subprocess
import sys

from PySide6.QtCore import QCoreApplication

from coder_app.gui.layouts import LatePage, TabbedPage
from coder_app.gui.main_window import MainWindow

TOLD = "import sys, importlib; [importlib.import_module(one) for one in sys.argv[1:]]; print(*sys.modules)"


def test_what_a_worker_loads_knows_no_qt_and_brings_numpy_where_a_page_needs_it(shown: MainWindow, coded) -> None:
    late = [one for page in shown.late.values() for one in (page.pages if isinstance(page, TabbedPage) else [page])]
    needs = [module for page in late if isinstance(page, LatePage) for module in page._needs]
    told = subprocess.run([sys.executable, "-c", TOLD, *needs], capture_output=True, text=True, check=True)
    loaded = told.stdout.split()
    assert "numpy" in loaded
    assert [one for one in loaded if one.startswith(("PySide6", "coder_app.gui"))] == []


def test_a_page_is_not_built_for_a_project_that_was_closed_meanwhile(shown: MainWindow, coded) -> None:
    page = shown.late["view.cases"]
    assert isinstance(page, LatePage)
    page._loading = True
    page._on_needs(None)
    shown.context.close()
    QCoreApplication.processEvents()
    assert page.panel is None
