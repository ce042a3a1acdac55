"""Says whether a window can be shown here before Qt is asked: where it cannot, Qt aborts the process."""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from coder_app.i18n import tr

WINDOW_POSSIBLE, NO_DISPLAY, LIBRARY_MISSING = 0, 3, 4
_UNSEEN = {"offscreen", "minimal", "minimalegl", "linuxfb", "vnc"}


def window_problem(env: Mapping[str, str]) -> str | None:
    """Return why no window can be shown in `env`, as one sentence, or None."""
    if not has_display(env):
        return tr("There is no display here, so no window was opened; every other command works without one.")
    library = missing_library(window=True)
    if library:
        return tr("The window needs the system library {library}; install it and try again.", library=library)
    return None


def has_display(env: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether a screen answers. An offscreen platform that was asked for counts as none."""
    if env.get("QT_QPA_PLATFORM", "").partition(":")[0] in _UNSEEN:
        return False
    if not platform.startswith(("linux", "freebsd")):
        return True
    return _wayland_is_there(env) or (bool(env.get("DISPLAY")) and _x11_answers(env["DISPLAY"]))


def _wayland_is_there(env: Mapping[str, str]) -> bool:
    name = env.get("WAYLAND_DISPLAY")
    return bool(name) and (Path(env.get("XDG_RUNTIME_DIR", "/nowhere")) / str(name)).exists()


def _x11_answers(display: str) -> bool:
    """Knock at the X server. Where its library is missing, the answer is yes: then that is the news to bring."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def missing_library(*, window: bool) -> str | None:
    """Return the system library that Qt lacks ("libGL.so.1"), or None.

    `window` asks for what a window on an X screen needs as well; without it, widgets that nobody sees.
    Loading Qt's own files is the whole test: the loader names the first library that is not there.
    """
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return "PySide6"
    qt = Path(spec.submodule_search_locations[0]) / "Qt"
    needed = [qt / "lib" / "libQt6Widgets.so.6", *([qt / "plugins" / "platforms" / "libqxcb.so"] if window else [])]
    for file in needed:
        try:
            if file.exists():
                ctypes.CDLL(str(file))
        except OSError as error:
            return str(error).partition(":")[0]
    return None


def main(arguments: list[str]) -> int:
    """Tell run.py by exit code, and stdout for a library, what stands in Qt's way; `offscreen` needs no screen."""
    window = "offscreen" not in arguments
    if window and not has_display(os.environ):
        return NO_DISPLAY
    library = missing_library(window=window)
    if library:
        sys.stdout.write(library + "\n")
    return LIBRARY_MISSING if library else WINDOW_POSSIBLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
