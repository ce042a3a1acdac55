"""The commands that work without a window, for scripts, archives and people; Qt is never imported here."""

from coder_app.cli.program import main

__all__ = ["main"]
