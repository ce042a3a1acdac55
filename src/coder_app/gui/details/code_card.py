"""What a code means: definition, when to use it, when not, examples; edited in place."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from coder_app.domain.model import Code
from coder_app.domain.tree import CodeTree
from coder_app.edits.codes import describe_code, remove_example
from coder_app.gui.context import Context
from coder_app.gui.details.finish_keys import FinishKeys
from coder_app.gui.sharing.older import older_words
from coder_app.gui.theme import Theme, icon, set_role
from coder_app.gui.widgets.words import SWATCH, card, heading, swatch, words
from coder_app.i18n import tr, trn
from coder_app.queries.codes import code_tree, examples_of, use_of
from coder_app.store.project import Project

_EDITOR_LINES = 4
_LONGEST_EXAMPLE = 300


def _titles() -> tuple[tuple[str, str], ...]:
    return (
        ("definition", tr("Definition")),
        ("use_when", tr("Use when")),
        ("not_when", tr("Do not use when")),
    )


class CodeCard(QWidget):
    """Shows one code. Edit turns its texts into fields; Save, or going on to something else, keeps them as one step."""

    passages_requested = Signal(str)
    review_requested = Signal(str)
    finished = Signal()
    """The editing has ended and the person wants to go back to the text."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code_id = ""
        self._edit_button = QToolButton()
        self._edit_button.setText(tr("Edit"))
        self._edit_button.setAccessibleName(tr("Edit what the code means"))
        set_role(self._edit_button, "quiet")
        self._edit_button.clicked.connect(self.edit)
        self._name = words("", "strong")
        self._swatch = QLabel()
        self._use = QPushButton()
        set_role(self._use, "link")
        self._use.clicked.connect(lambda: self.passages_requested.emit(self._code_id))
        self._older = QPushButton()
        self._older.setAccessibleName(tr("Review older codings"))
        set_role(self._older, "link")
        self._older.clicked.connect(lambda: self.review_requested.emit(self._code_id))
        frame, self._column = card()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._swatch)
        top.addWidget(self._name, 1)
        top.addWidget(self._edit_button)
        self._column.addLayout(top)
        self._column.addWidget(self._use, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        self._keys = FinishKeys(self)
        self._keys.finished.connect(self._save)
        self._fields: dict[str, tuple[QLabel, QLabel, QPlainTextEdit]] = {
            name: self._make_field(title) for name, title in _titles()
        }
        self._examples = QWidget()
        self._rows = QVBoxLayout(self._examples)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._examples_title = words(tr("Examples"), "muted")
        self._column.addWidget(self._examples_title)
        self._column.addWidget(self._examples)
        self._buttons = self._make_buttons()
        self._column.addWidget(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(heading(tr("Code")))
        whole.addWidget(frame)
        context.signals.save_requested.connect(self.keep)
        context.blinding.changed.connect(self.count_again)
        context.theme.changed.connect(self._on_theme)
        self._buttons.hide()
        self.show_code("")

    def _make_field(self, title: str) -> tuple[QLabel, QLabel, QPlainTextEdit]:
        label, text, editor = words(title, "muted"), words(""), QPlainTextEdit()
        editor.setAccessibleName(title)
        editor.setTabChangesFocus(True)
        self._keys.watch(editor)
        for widget in (label, text, editor):
            self._column.addWidget(widget)
        return label, text, editor

    def _make_buttons(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        save, cancel = QPushButton(tr("Save")), QPushButton(tr("Cancel"))
        set_role(save, "primary")
        save.clicked.connect(self._save)
        cancel.clicked.connect(self._cancel)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(save)
        return row

    @property
    def code_id(self) -> str:
        """The id of the code that is shown, "" for none."""
        return self._code_id

    @property
    def editing(self) -> bool:
        """Whether the texts are being edited."""
        return not self._buttons.isHidden()

    def show_code(self, code_id: str) -> None:
        """Show a code as it is now; what was being written about another one is kept first."""
        if code_id == self._code_id and self.editing:
            return
        self.keep()
        project = self._context.project
        tree = code_tree(project) if project is not None else None
        known = tree is not None and code_id in tree
        self._code_id = code_id if known else ""
        self._buttons.hide()
        self.setVisible(known)
        if project is not None and tree is not None and known:
            self._show(project, tree, tree[code_id])

    def _show(self, project: Project, tree: CodeTree, code: Code) -> None:
        self._name.setText(code.name)
        self._name.setToolTip(tree.path(code.id))
        self._swatch.setPixmap(swatch(code.colour).pixmap(QSize(SWATCH, SWATCH)))
        self.count_again()
        self._use.setAccessibleName(tr("Show the passages of {name}", name=code.name))
        self._edit_button.setVisible(self._context.writable)
        for name, (label, text, editor) in self._fields.items():
            value = str(getattr(code, name))
            text.setText(value or tr("Not defined yet."))
            set_role(text, "" if value else "muted")
            shown = bool(value) or name == "definition"
            label.setVisible(shown)
            text.setVisible(shown)
            editor.hide()
        self._show_examples(examples_of(project, code.id))

    def _on_theme(self, _: Theme) -> None:
        self.show_code(self._code_id)

    def _show_examples(self, passages: list[tuple[str, str]]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for example_id, text in passages:
            self._rows.addWidget(self._example(example_id, text))
        self._examples.setVisible(bool(passages))
        self._examples_title.setVisible(bool(passages))

    def _example(self, example_id: str, text: str) -> QWidget:
        """Return the words of an example, with the way to take it back."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        shown = text if len(text) <= _LONGEST_EXAMPLE else text[:_LONGEST_EXAMPLE].rstrip() + " …"
        line.addWidget(words(f"“{shown}”", "quote"), 1)
        if self._context.writable:
            remove = QToolButton()
            set_role(remove, "quiet")
            remove.setIcon(icon("close", self._context.theme.theme, self._context.theme.theme.muted))
            remove.setToolTip(tr("No longer use it as an example"))
            remove.setAccessibleName(tr("Remove the example {text}", text=shown))
            remove.clicked.connect(lambda: self._remove_example(example_id))
            line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _remove_example(self, example_id: str) -> None:
        self._context.attempt(remove_example, example_id)
        self._context.say(tr("The passage is no longer an example; its coding stays."), undo=True)

    def count_again(self) -> None:
        """Show how often the code is used now."""
        project = self._context.project
        if project is not None and self._code_id:
            uses = self._context.blinding.code_uses(project) if self._context.blinding.sources else None
            number = use_of(project, self._code_id).codings if uses is None else uses.get(self._code_id, 0)
            # Where a blind round hides too many to be counted, nothing is said.
            self._use.setText("" if uses == {} else trn("{n} coding", "{n} codings", number))
            told = older_words(project, self._code_id)
            self._older.setText(told)
            self._older.setAccessibleName(told or tr("Review older codings"))
            self._older.setToolTip(tr("Passages that were coded before the definition was worded as it is now"))
            self._older.setVisible(bool(told))

    def edit(self) -> None:
        """Turn the texts into fields."""
        project = self._context.project
        if project is None or not self._code_id or not self._context.writable:
            return
        if not self.editing:
            code = code_tree(project)[self._code_id]
            for name, (label, text, editor) in self._fields.items():
                editor.setPlainText(str(getattr(code, name)))
                editor.setFixedHeight(editor.fontMetrics().lineSpacing() * _EDITOR_LINES + 20)
                text.hide()
                label.show()
                editor.show()
            self._edit_button.hide()
            self._buttons.show()
        self._fields["definition"][2].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Keep what is being written, if anything is, and end the editing; where that fails it goes on."""
        if not self.editing:
            return
        self._buttons.hide()
        texts = self._changed_texts()
        if texts:
            self._context.attempt(describe_code, self._code_id, texts)
        self._buttons.setVisible(bool(self._changed_texts()))

    def _changed_texts(self) -> dict[str, str]:
        project = self._context.project
        tree = code_tree(project) if project is not None else None
        if tree is None or self._code_id not in tree:
            return {}
        code = tree[self._code_id]
        written = {name: editor.toPlainText().strip() for name, (_, _, editor) in self._fields.items()}
        return {name: text for name, text in written.items() if text != getattr(code, name)}

    def _save(self) -> None:
        self.keep()
        if not self.editing:
            self.show_code(self._code_id)
            self.finished.emit()

    def _cancel(self) -> None:
        self._buttons.hide()
        self.show_code(self._code_id)
        self.finished.emit()
