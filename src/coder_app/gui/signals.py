"""What happens to the project, told to every panel alike; the one that asked refreshes from it too."""

from PySide6.QtCore import QObject, Signal


class ProjectSignals(QObject):
    """Facts about the project that is open."""

    opened = Signal(object)
    """A Project was opened and is the one to show."""
    closed = Signal()
    """No project is open any more."""
    left = Signal(object)
    """A project that could be written to was closed and its file let go; carries its Path."""
    changed = Signal(object)
    """A ChangeSet was committed; it says which rows of which tables."""
    save_requested = Signal()
    """What is being typed should be kept now: the project is about to be closed, the coder to change, a step
    to be taken back, a large edit to begin."""
    source_shown = Signal(str)
    """Another source is being read; Context.source_id says which."""
    held = Signal()
    """A large edit holds the project: until `released` there is none to read or write, `Context.project` is None."""
    released = Signal()
    """The project can be used again; what the large edit did has been told by `changed`."""
    coder_changed = Signal(str)
    """Another coder is at work; carries the coder's id."""
    coders_shown_changed = Signal()
    """Other coders' codings are shown or hidden; Context.coders_shown says whose."""
