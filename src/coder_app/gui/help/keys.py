"""Keys as people read them, and which action has a key already. Used by the window of shortcuts and its tests."""

from PySide6.QtGui import QKeySequence

from coder_app.gui.actions import ACTIONS, Action, ActionSet
from coder_app.i18n import tr

_FORMAT = QKeySequence.SequenceFormat.NativeText


def in_words(sequences: list[QKeySequence]) -> str:
    """Return keys as this system writes them: "Ctrl+Shift+Z, Ctrl+Y"."""
    return ", ".join(sequence.toString(_FORMAT) for sequence in sequences)


_OF_THE_TEXT = frozenset(["Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Tab", "Backtab"])
_COPY, _ALL = QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll


def obstacle(actions: ActionSet, key: QKeySequence) -> str:
    """Return in words what needs `key`, or keys that begin as it does: an action, or the text; "" where it is free."""
    none = QKeySequence.SequenceMatch.NoMatch
    for action in ACTIONS:
        for held in actions[action.id].shortcuts():
            if key.matches(held) != none or held.matches(key) != none:
                return tr("“{action}”", action=tr(action.text))
    strokes = key.toString(QKeySequence.SequenceFormat.PortableText).split(", ")
    moves = any(stroke.rpartition("+")[2] in _OF_THE_TEXT for stroke in strokes)
    copies = any(key in QKeySequence.keyBindings(standard) for standard in (_COPY, _ALL))
    return tr("the text, to move and select") if moves or copies else ""


def holder(actions: ActionSet, key: QKeySequence, but: str) -> Action | None:
    """Return the action, other than `but`, that has `key`; None where the key is free."""
    return next((action for action in ACTIONS if action.id != but and key in actions[action.id].shortcuts()), None)
