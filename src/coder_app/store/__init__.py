"""The only user of SQLite: the project file, its journal, undo, verification and backup."""

import importlib
import sys


def _load_sqlite_utils() -> None:
    """Import sqlite-utils before anybody else does, without numpy and pandas.

    It loads them where they are installed, only to know their types of columns. Nothing of ours gives it such
    values, and the window would wait for numpy at every start.
    """
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    # None in this place makes an import fail as that of a package that is not installed.
    sys.modules.update(dict.fromkeys(hidden))  # pyright: ignore[reportArgumentType, reportCallIssue] (so documented)
    try:
        importlib.import_module("sqlite_utils")
    finally:
        for name in hidden:
            del sys.modules[name]


_load_sqlite_utils()
