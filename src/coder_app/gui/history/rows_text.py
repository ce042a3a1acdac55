"""What a step did, row by row, as a text to read and copy: what it was is struck through, what it is follows."""

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from coder_app.domain.field_words import one_name
from coder_app.domain.step_words import ADDED, CHANGED, REMOVED
from coder_app.gui.theme import Theme, ThemeSource, set_role
from coder_app.i18n import tr, trn
from coder_app.queries.history_rows import ShownField, ShownRow, StepRows

_LONGEST = 2_000


class RowsText(QTextEdit):
    """Read only; people's words are inserted as plain text, never as markup."""

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._shown = StepRows((), 0)
        self.setReadOnly(True)
        self.setAccessibleName(tr("What the step changed"))
        self.setTabChangesFocus(True)
        set_role(self, "quiet")
        themes.changed.connect(self._draw)

    def show_rows(self, rows: StepRows) -> None:
        """Show other rows."""
        self._shown = rows
        self._draw()

    def _draw(self, *_: object) -> None:
        theme = self._themes.theme
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        first = True
        for row in self._shown.rows:
            self._row(cursor, theme, row, space=0 if first else theme.sizes.medium)
            first = False
        more = self._shown.number - len(self._shown.rows)
        if more > 0:
            _paragraph(cursor, theme.sizes.medium)
            cursor.insertText(trn("… and {n} row more", "… and {n} rows more", more), _look(theme.muted))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _row(self, cursor: QTextCursor, theme: Theme, row: ShownRow, *, space: int) -> None:
        _paragraph(cursor, space)
        how = {ADDED: tr("added"), REMOVED: tr("deleted")}.get(row.how, tr("changed"))
        cursor.insertText(f"{one_name(row.table)} · {how}", _look(theme.muted, size=theme.sizes.note))
        if row.what:
            _paragraph(cursor, 2)
            cursor.insertText(row.what, _look(theme.ink, bold=True))
        for field in row.fields:
            if row.how == CHANGED or row.what not in (field.before, field.after):
                self._field(cursor, theme, field)

    @staticmethod
    def _field(cursor: QTextCursor, theme: Theme, field: ShownField) -> None:
        _paragraph(cursor, 4)
        cursor.insertText(f"{field.field}  ", _look(theme.muted, size=theme.sizes.note))
        changed = field.before is not None and field.after is not None
        if field.before:
            cursor.insertText(_cut(field.before), _look(theme.muted, struck=changed))
        if changed and field.before and field.after:
            cursor.insertText(" → ", _look(theme.muted))
        if field.after:
            cursor.insertText(_cut(field.after), _look(theme.ink))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _paragraph(cursor: QTextCursor, space: int) -> None:
    form = QTextBlockFormat()
    form.setTopMargin(space)
    if cursor.atStart() and cursor.document().isEmpty():
        cursor.setBlockFormat(form)
    else:
        cursor.insertBlock(form)


def _look(colour: QColor, *, size: int = 0, bold: bool = False, struck: bool = False) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(colour)
    form.setFontStrikeOut(struck)
    if bold:
        form.setFontWeight(QFont.Weight.DemiBold)
    if size:
        form.setProperty(QTextCharFormat.Property.FontPixelSize, size)
    return form
