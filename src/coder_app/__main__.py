"""Where the program starts: `coder-app` shows the window, `coder-app COMMAND` works without one."""

import gc
import os
import sys
from pathlib import Path

from coder_app.i18n import tr


def main(arguments: list[str] | None = None) -> int:
    """Run the command line `arguments` (by default the process's own) and return the exit code.

    No argument, a path that ends in .coder, or `open PROJECT` shows the window; everything else goes to the
    command line, which never imports Qt.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if _wants_window(arguments):
        return _show(Path(arguments[-1]) if arguments else None)
    from coder_app import cli

    return cli.main(arguments, _show)


def _wants_window(arguments: list[str]) -> bool:
    match arguments:
        case []:
            return True
        case ["open", project]:
            return not project.startswith("-")
        case [project]:
            return project.endswith(".coder")
        case _:
            return False


def _show(project: Path | None) -> int:
    from coder_app.display import window_problem

    problem = window_problem(os.environ)
    if project is not None and not project.is_file():
        problem = tr("{file}: there is no such project, so nothing was opened; check the name.", file=project)
    if problem:
        sys.stderr.write(f"error: {problem}\n")
        return 2
    # Looking for garbage while thousands of lasting things are made finds none and takes a twentieth of the start;
    # once they are made, gui/interpreter.py does so.
    gc.disable()
    from coder_app import app

    return app.main(project)


if __name__ == "__main__":
    sys.exit(main())
