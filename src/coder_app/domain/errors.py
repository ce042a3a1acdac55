"""The errors that a person may see: each says what happened, what was kept and what to do."""


class AppError(Exception):
    """Any failure that the app foresees; its text is one calm sentence for the person."""


class BadInput(AppError):
    """What was given cannot be used; nothing was changed. The command line exits with 2."""


class ImportProblem(BadInput):
    """A file cannot be read as what it claims to be. The only error an importer raises."""


class ProjectProblem(BadInput):
    """A project file is missing, no project, cut short, newer than the app or not writable."""


class DamagedProject(ProjectProblem):
    """A file is there, but it is no project, or it is cut short or damaged; to “verify” that is a finding."""


class AnotherProject(ProjectProblem):
    """A file is no copy of this project; it can be taken in only if the two are aligned."""


class NoProject(DamagedProject):
    """A file is none of this app's, as far as can be told; it may also be a project whose beginning is ruined."""


class ProjectLocked(ProjectProblem):
    """Somebody else has the project open for writing; the text says who."""


class Finding(AppError):
    """The question was answered and the answer is bad news. The command line exits with 1."""


class UndoRefused(Finding):
    """A step cannot be taken back, or there is none; the text names what stands in the way."""

    def __init__(self, words: str, later: tuple[str, ...] = ()) -> None:
        """Refuse with a sentence; `later` are the ids of the steps in the way, the latest first."""
        super().__init__(words)
        self.later = later


class Cancelled(AppError):
    """The person stopped a long job; nothing of it was kept."""
