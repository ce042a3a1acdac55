"""Gives a source the text of a newer file: read aside, shown with what becomes of its passages, then one step."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coder_app.domain.errors import ImportProblem
from coder_app.domain.imported import ImportedText
from coder_app.domain.model import Source
from coder_app.domain.text import sha256
from coder_app.edits.texts import replace_text_from_file
from coder_app.gui.context import Context
from coder_app.gui.correcting.to_check_list import ToCheckModel, ToCheckView
from coder_app.gui.correcting.told import numbers
from coder_app.gui.files import choose
from coder_app.gui.files.encoding import EncodingDialog, Question
from coder_app.gui.files.reading import Batch, read_batch
from coder_app.gui.jobs import Progress
from coder_app.gui.widgets.words import sentence
from coder_app.i18n import tr
from coder_app.queries.placing import Placement, placement_preview

_WIDTH, _HEIGHT = 760, 520
_CHARACTERS_A_ROW = 1_000


def ask_newer_file(context: Context, parent: QWidget, source: Source) -> None:
    """Ask for the newer file of a source; nothing happens before the person has seen what it does."""
    kinds = [(tr("Texts"), ".txt .text .md .markdown .docx .pdf .html .htm"), (tr("All files"), "")]
    title = tr("Replace the text of “{name}” by a newer file", name=source.name)
    path = choose.file(parent, title, choose.documents(), kinds)
    if path is not None:
        read_newer_file(context, parent, source, path)


def read_newer_file(context: Context, parent: QWidget, source: Source, path: Path) -> None:
    """Read the newer file of a source aside, then show what it would do."""
    # What is being corrected by hand is a step of its own, and is compared with.
    context.signals.save_requested.emit()
    project = context.project
    if project is None:
        return
    place = project.path

    def done(batch: Batch) -> None:
        if batch.texts:
            _confirm_encoding(context, parent, batch.texts[0], lambda text: _compare(context, parent, source, text))
        else:
            context.say(" ".join(batch.problems))

    context.jobs.run(tr("Reading files"), lambda progress: read_batch([path], place, progress), done)


def _confirm_encoding(
    context: Context, parent: QWidget, text: ImportedText, go_on: Callable[[ImportedText], object]
) -> None:
    if text.encoding_sure:
        go_on(text)
        return
    dialog = EncodingDialog(
        context, parent, [Question(text.name, text.original, text.encoding)], tr("Read it like this")
    )

    def read(answers: list[str]) -> None:
        from coder_app.importers.files import read_bytes

        try:
            go_on(read_bytes(text.name, text.original, answers[0]))
        except ImportProblem as error:
            context.tell(error)

    dialog.answered.connect(read)
    dialog.open()


def _compare(context: Context, parent: QWidget, source: Source, text: ImportedText) -> None:
    project = context.project
    if project is None:
        return
    if sha256(text.text) == source.text_hash:
        context.say(tr("“{file}” has the same text as “{name}”; nothing to replace.", file=text.name, name=source.name))
        return

    def work(progress: Progress) -> Placement:
        with project.snapshot(progress) as snapshot:
            return placement_preview(snapshot, source.id, text.text)

    def done(placement: Placement) -> None:
        ReplaceDialog(context, parent, source, text, placement).open()

    context.jobs.run(tr("Comparing"), work, done)


class ReplaceDialog(QDialog):
    """Says what a newer text would do to the passages of a source, and lists those that would be to check."""

    def __init__(
        self, context: Context, parent: QWidget, source: Source, text: ImportedText, placement: Placement
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._source = source
        self._text = text
        self.setWindowTitle(tr("Replace the text by a newer file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sizes = context.theme.theme.sizes
        told = tr(
            "“{name}” would get the text of “{file}”. Its passages: {numbers}.",
            name=source.name,
            file=text.name,
            numbers=numbers(placement),
        )
        model = ToCheckModel(self)
        model.show(placement.to_check)
        self.list = ToCheckView(context.theme, model, self)
        self.list.setVisible(bool(placement.to_check))
        buttons = QDialogButtonBox(self)
        self.replace = buttons.addButton(tr("Replace"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.replace.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.large, sizes.large, sizes.large, sizes.medium)
        column.setSpacing(sizes.medium)
        column.addWidget(sentence(told, "", self))
        for warning in text.warnings:
            column.addWidget(sentence(warning, "muted", self))
        if placement.to_check:
            hint = tr("All codings stay. The passages below go where they are guessed, until you have checked them.")
            column.addWidget(sentence(hint, "muted", self))
            self.resize(_WIDTH, _HEIGHT)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        context.signals.closed.connect(self.reject)
        self.replace.setFocus(Qt.FocusReason.PopupFocusReason)

    def accept(self) -> None:
        super().accept()
        source, text, context = self._source, self._text, self._context

        def done(placement: Placement) -> None:
            context.say(
                tr("“{name}” has the newer text: {numbers}.", name=source.name, numbers=numbers(placement)), undo=True
            )

        context.attempt_large(
            tr("Replacing the text"),
            len(text.text) // _CHARACTERS_A_ROW,
            lambda project, _: replace_text_from_file(project, source.id, text),
            done,
        )
