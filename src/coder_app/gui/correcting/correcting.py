"""The mode of a reader in which its text is corrected: a draft that is kept as one step, or put aside."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from coder_app.domain.change import ChangeSet
from coder_app.domain.placing import place
from coder_app.edits.texts import correct_text
from coder_app.gui.context import Context
from coder_app.gui.correcting.banner import Banner
from coder_app.gui.correcting.preview import Preview
from coder_app.gui.correcting.text import CorrectingText
from coder_app.gui.correcting.told import numbers
from coder_app.gui.reader.positions import Positions
from coder_app.gui.reader.view import ReaderView
from coder_app.i18n import tr
from coder_app.queries.placing import Placement
from coder_app.queries.sources import blocks_of, source, text_of

Drafts = dict[str, tuple[str, str]]
"""What was put aside, by source: the text that was to be corrected, and the draft."""

_CHARACTERS_A_ROW = 1_000
_CHARACTERS_AT_ONCE, _AROUND = 300_000, 8_000


def _nothing() -> None:
    return None


class Correcting(QObject):
    """Puts an editor in the place of the view while a text is corrected; the project changes only by `keep`."""

    changed = Signal()
    """The mode began or ended."""

    def __init__(self, context: Context, view: ReaderView, column: QBoxLayout, aside: Drafts) -> None:
        """`column` holds the view; `aside` is shared by all readers of the window."""
        super().__init__(view)
        self._context = context
        self._view = view
        self._column = column
        self.aside = aside
        self._is_keeping = self._is_overtaken = False
        self.editor: CorrectingText | None = None
        self.source_id = ""
        self._was = self._kept = self._compared = ""
        self.banner = Banner(view.parentWidget() or view)
        self.banner.keep_requested.connect(self.keep)
        self.banner.discard_requested.connect(self.discard)
        self.banner.place_wanted.connect(self._go_to)
        self._preview = Preview(context, self)
        self._preview.found.connect(self._on_compared)
        context.signals.save_requested.connect(self.keep_now)
        context.signals.closed.connect(self.put_aside)
        context.signals.changed.connect(self._on_changed)
        context.signals.coders_shown_changed.connect(self._take_spans)
        context.shown_codes.changed.connect(self._take_spans)
        context.theme.changed.connect(self.follow_style)

    @property
    def is_open(self) -> bool:
        """Whether a text is being corrected."""
        return self.editor is not None

    def begin(self, source_id: str) -> None:
        """Let the text that the view shows, of this source, be corrected; a draft that was put aside comes back."""
        project = self._context.project
        if project is None or self.is_open or not self._context.writable:
            return
        view, about, top = self._view, source(project, source_id), self._view.first_position()
        editor = CorrectingText(self._context.theme, view.reader_style, view.parentWidget())
        self.source_id, self._was = source_id, view.text
        # The codings of a large text come when the editor is in sight, those at this place at once.
        near = (top - _AROUND, top + _AROUND) if len(view.text) > _CHARACTERS_AT_ONCE else (0, len(view.text))
        editor.begin(view.text, view.codings_between(*near), blocks_of(project, source_id))
        editor.edited.connect(self._preview.ask)
        self._column.insertWidget(self._column.indexOf(view), editor, 1)
        places, (start, stop) = Positions(view.text), view.selection()
        self.editor = editor
        self.changed.emit()
        view.setFocusProxy(editor)
        editor.show()
        editor.select(places.to_qt(start), places.to_qt(stop))
        editor.scroll_to(places.to_qt(top))
        editor.setFocus()
        self.banner.begin(about.name)
        self._take_up(source_id)
        self._preview.begin(source_id, editor.draft, about.characters, about.codings)
        if len(view.text) > _CHARACTERS_AT_ONCE:
            QTimer.singleShot(0, self, self._take_spans)

    def _take_up(self, source_id: str) -> None:
        was, draft = self.aside.pop(source_id, ("", ""))
        if self.editor is not None and draft and was == self._was:
            self.editor.replace_all(draft)

    def _end(self) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_focus = editor.hasFocus()
        self._preview.stop()
        self.banner.hide()
        self._view.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none; its stubs do not say so
        self._column.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self.source_id = self._was = self._kept = self._compared = ""
        self._is_overtaken = False
        self.changed.emit()
        if had_focus:
            self._view.setFocus()

    # keeping

    def keep(self, then: Callable[[], object] = _nothing) -> None:
        """Give the source the draft as its text, as one step, then call `then`; where that fails the mode stays."""
        if self.editor is None or self._is_keeping:
            return
        draft, source_id = self.editor.draft(), self.source_id
        if draft == self._was:
            self._end()
            then()
            return
        label = self._label()
        self._kept = draft

        def done(placement: Placement) -> None:
            self._tell_kept(placement)
            then()

        self._is_keeping = True
        self._context.attempt_large(
            tr("Keeping the corrected text"),
            len(draft) // _CHARACTERS_A_ROW,
            lambda project, _: correct_text(project, source_id, draft, label),
            done,
        )
        self._is_keeping = False

    def keep_and_go(self, start: int | None, stop: int | None, go: Callable[[int | None, int | None], object]) -> None:
        """Keep the draft, then call `go` with where [start, stop) of the text before stands in it."""
        if self.editor is not None and start is not None and stop is not None:
            start, stop, _ = place(self._was, self.editor.draft(), [(start, stop)])[0]
        self.keep(partial(go, start, stop))

    def keep_now(self) -> None:
        """Keep the draft before anything else is done; where that fails, which is told, it is put aside."""
        if self.editor is None or self._is_keeping:
            return
        self._kept = draft = self.editor.draft()
        if draft == self._was:
            self._end()
            return
        placement = self._context.attempt(correct_text, self.source_id, draft, self._label())
        if placement is None:
            self.put_aside()
        else:
            self._tell_kept(placement)

    def _label(self) -> str:
        """Return what the history says. It quotes nothing: a name that was taken out must not stay in a label."""
        name = self._name()
        places = self.editor.places_changed() if self.editor is not None else 0
        return f"Correct “{name}” in {places} places" if places > 1 else f"Correct “{name}”"

    def _name(self) -> str:
        project = self._context.project
        return source(project, self.source_id).name if project is not None else ""

    def _tell_kept(self, placement: Placement) -> None:
        if self.editor is None:
            return
        name, (top, caret) = self._name(), self.editor.where()
        self._end()
        self._view.select(caret, caret)
        self._view.scroll_to(top)
        told = tr("The corrected text of “{name}” was kept: {numbers}.", name=name, numbers=numbers(placement))
        self._context.say(told, undo=True)

    # not keeping

    def discard(self) -> None:
        """Show the text as it was; the draft can be taken up again."""
        if self.editor is None:
            return
        is_other, name = self.editor.draft() != self._was, self._name()
        self.put_aside()
        if is_other:
            self._context.say(
                tr("The corrections to “{name}” were discarded; “Correct the text” brings them back.", name=name)
            )

    def put_aside(self) -> None:
        """End the mode; the draft can be taken up again while the window is open."""
        if self.editor is not None:
            draft = self.editor.draft()
            if draft != self._was:
                self.aside[self.source_id] = self._was, draft
            self._end()

    def undo(self) -> bool:
        """Take back what was typed last, while the editor has the focus; False where it has not."""
        if self.editor is None or not self.editor.hasFocus():
            return False
        self.editor.undo()
        return True

    def redo(self) -> bool:
        """Type again what was taken back last, while the editor has the focus; False where it has not."""
        if self.editor is None or not self.editor.hasFocus():
            return False
        self.editor.redo()
        return True

    # keeping up

    def follow_style(self, *_: object) -> None:
        """Set the text as the view sets it."""
        if self.editor is not None:
            self.editor.set_reader_style(self._view.reader_style)

    def _take_spans(self) -> None:
        if self.editor is not None and not self._is_overtaken:
            self.editor.take_spans(self._view.spans_shown())

    def _on_compared(self, placement: Placement, draft: str) -> None:
        if self.editor is None or self._is_overtaken:
            return
        self._compared = draft
        self.editor.set_to_check({one.segment_id for one in placement.to_check})
        self.banner.tell(placement)

    def _go_to(self, start: int, stop: int) -> None:
        if self.editor is not None:
            places = Positions(self._compared)
            self.editor.select(places.to_qt(start), places.to_qt(stop))
            self.editor.reveal(places.to_qt(start), places.to_qt(stop))
            self.editor.setFocus()

    def lose_source(self) -> None:
        """Put the draft aside because its source was removed, and say so."""
        if self.editor is not None:
            self.put_aside()
            self._context.say(
                tr(
                    "The text was removed while it was being corrected. Undo brings it back; then “Correct the text” "
                    "brings back what you typed."
                )
            )

    def _on_changed(self, change: ChangeSet) -> None:
        project = self._context.project
        if self.editor is None or project is None:
            return
        if change.touches("source") and text_of(project, self.source_id) != self._was:
            self._check_overtaken(text_of(project, self.source_id))
        elif change.touches("coding", "segment", "code", "coder"):
            self._preview.forget()
            self._preview.ask()
            self._take_spans()

    def _check_overtaken(self, text: str) -> None:
        if text != self._kept:
            self._is_overtaken = True
            self.banner.warn(tr("the text was changed elsewhere meanwhile; Keep puts these words in its place"))
