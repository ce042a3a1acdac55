"""Finds what ships with the app (seeds, codebooks, projects, resources), from a wheel or a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def bundled(name: str) -> Path:
    """Return the folder `name` that ships with the app, one of the four top-level data folders."""
    in_wheel = _PACKAGE / "_bundled" / name
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent.parent / name
