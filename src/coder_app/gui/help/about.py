"""Says which version this is, under which licence, and where the log of errors is."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

import coder_app
from coder_app import crash_log
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import words
from coder_app.i18n import tr

_WIDTH = 460


def facts() -> list[str]:
    """Return what can be said about this copy of the app, one sentence each; no licence of a part is left out."""
    return [
        tr("For coding texts: mark passages, say what they are about, see what occurs together."),
        tr("Free software under the MIT licence. It works without a network and sends nothing anywhere."),
        tr(
            "Made with Qt {qt} and PySide6 (LGPL), Python {python}, and Noto Serif (SIL Open Font License).",
            qt=qVersion(),
            python=platform.python_version(),
        ),
        tr("Errors that nobody foresaw are written to {log}, without a word of your texts.", log=crash_log.log_path()),
    ]


def show_about(parent: QWidget) -> QDialog:
    """Show the window about the app."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("About Coder App"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFixedWidth(_WIDTH)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 20, 20, 14)
    column.setSpacing(8)
    title = words(tr("Coder App {version}", version=coder_app.__version__), "heading", dialog)
    column.addWidget(title)
    for fact in facts():
        label = words(fact, "", dialog)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(fact)
        column.addWidget(label)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=dialog)
    buttons.rejected.connect(dialog.close)
    set_role(dialog, "panel")
    column.addSpacing(8)
    column.addWidget(buttons)
    dialog.show()
    return dialog
