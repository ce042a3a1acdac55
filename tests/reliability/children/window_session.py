"""A session in the window: import, code, memo, search, an error, a crash report; every text holds the marker.

Arguments: the folder to work in, and the marker. "done" is printed at the end.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import coder_app.app
from coder_app.edits.codes import add_code, describe_code
from coder_app.edits.codings import apply_code
from coder_app.edits.settings import pin_code
from coder_app.gui.context import Context
from coder_app.gui.main_window import MainWindow
from coder_app.queries.sources import sources

folder, marker = Path(sys.argv[1]), sys.argv[2]
TEXT = f"We told {marker} everything. Then the clan came. {marker} again.\n" * 20


def wait(context: Context) -> None:
    QTest.qWait(50)
    while context.jobs.running:
        QTest.qWait(20)
    QTest.qWait(50)


def import_files(window: MainWindow) -> None:
    good, bad = folder / f"{marker} one.txt", folder / f"{marker} broken.docx"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04 " + marker.encode())
    window.flows.import_paths([good, bad])
    wait(window.context)
    for dialog in QApplication.topLevelWidgets():
        if dialog is not window and dialog.isVisible():
            dialog.close()


def code(window: MainWindow) -> None:
    project = window.context.project
    code_id = add_code(project, f"Code {marker}")
    describe_code(project, code_id, {"definition": f"About {marker}"})
    pin_code(project, 1, code_id)
    source = sources(project)[0].id
    window.readers.show_source(source)
    view = window.reader.view
    window.activateWindow()
    view.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_V):
        view.select(3, 20)
        QTest.qWait(100)
        QTest.keyClick(view, key)
        QTest.qWait(100)
    window.reader.view.choose(project.rows("SELECT max(id) FROM coding")[0][0])
    window.actions_by_id["coding.memo"].trigger()
    QTest.qWait(100)
    QTest.keyClicks(QApplication.focusWidget(), f"A thought on {marker}")
    window.context.signals.save_requested.emit()


def search(window: MainWindow) -> None:
    window.passages.show_search(f"{marker} again")
    wait(window.context)
    window.actions_by_id["view.analyse"].trigger()
    wait(window.context)
    window.palette_panel.open()
    QTest.keyClicks(QApplication.focusWidget() or window, marker)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)


def go_wrong(window: MainWindow) -> None:
    context = window.context
    # An error that is foreseen, and one that is not.
    context.attempt(apply_code, sources(context.project)[0].id, 10**6, 10**6 + 1, marker)
    QTimer.singleShot(200, lambda: QApplication.activeModalWidget().close())
    try:
        {}[marker]
    except KeyError as error:
        context.tell(error)
    window.flows.open_path(folder / f"{marker}.coder")


class Driven(QApplication):
    """The app with somebody who does all that."""

    def exec(self) -> int:
        (window,) = (widget for widget in self.topLevelWidgets() if isinstance(widget, MainWindow))

        def work() -> None:
            for step in (import_files, code, search, go_wrong):
                step(window)
            sys.stdout.write("done\n" if "PySide6.QtNetwork" not in sys.modules else "QtNetwork\n")
            sys.stdout.flush()
            window.close()
            self.quit()

        QTimer.singleShot(0, work)
        return super().exec()


if __name__ == "__main__":
    coder_app.app.QApplication = Driven
    coder_app.app.main(folder / "study.coder")
