"""The window for the memo on a source, as the list of sources opens it."""

from PySide6.QtWidgets import QWidget

from coder_app.domain.model import Source
from coder_app.gui.context import Context
from coder_app.gui.memo_window import MemoOn, MemoWindow
from coder_app.i18n import tr
from coder_app.queries.sources import has_source


class SourceMemo(MemoWindow):
    """The present coder's memo on one source."""

    def __init__(self, context: Context, source: Source, parent: QWidget | None = None) -> None:
        hint = tr("What strikes you about this source? Where does it come from?")
        on = MemoOn("source", source.id, source.id, source.name, hint, lambda project: has_source(project, source.id))
        super().__init__(context, on, parent)
