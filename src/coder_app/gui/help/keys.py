"""Keys as people read them, and which action has a key already. Used by the window of shortcuts and its tests."""

from PySide6.QtGui import QKeySequence

from coder_app.gui.actions import ACTIONS, Action, ActionSet

_FORMAT = QKeySequence.SequenceFormat.NativeText


def in_words(sequences: list[QKeySequence]) -> str:
    """Return keys as this system writes them: "Ctrl+Shift+Z, Ctrl+Y"."""
    return ", ".join(sequence.toString(_FORMAT) for sequence in sequences)


def holder(actions: ActionSet, key: QKeySequence, but: str) -> Action | None:
    """Return the action, other than `but`, that has `key`; None where the key is free."""
    return next((action for action in ACTIONS if action.id != but and key in actions[action.id].shortcuts()), None)
