"""Lets the encoding of a source that is in the project already be corrected, from the file's own bytes."""

from PySide6.QtWidgets import QWidget

from coder_app.domain.model import Source
from coder_app.edits.sources import read_again
from coder_app.gui.context import Context
from coder_app.gui.files.encoding import EncodingDialog, Question
from coder_app.i18n import tr
from coder_app.queries.sources import original_of
from coder_app.store.project import Project


def correct_encoding(context: Context, parent: QWidget, source: Source) -> EncodingDialog | None:
    """Show how a source was read and read it anew as the person chooses.

    Where there is nothing to correct a notice says why, and None is returned.
    """
    data = context.attempt(original_of, source.id)
    if not source.encoding or data is None:
        context.say(
            tr("“{name}” comes from a file that says itself how it is written; no change needed.", name=source.name)
        )
        return None
    if source.codings:
        context.say(
            tr(
                "“{name}” is coded already, so its encoding stays as it is. Import the file once more to read it "
                "otherwise.",
                name=source.name,
            )
        )
        return None
    dialog = EncodingDialog(context, parent, [Question(source.name, data, source.encoding)], tr("Read it like this"))

    def read_as(answers: list[str]) -> None:
        context.attempt(_read_as, source, data, answers[0])

    dialog.answered.connect(read_as)
    dialog.open()
    return dialog


def _read_as(project: Project, source: Source, data: bytes, encoding: str) -> None:
    from coder_app.importers.files import read_bytes

    read_again(project, source.id, read_bytes(source.original_name or source.name, data, encoding))
