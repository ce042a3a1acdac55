"""A window in which copies are made by itself, and a project with copies of several days."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from coder_app.edits.codes import add_code
from coder_app.gui.main_window import MainWindow
from coder_app.store.backups import keep_copy

FIRST = datetime(2026, 3, 12, 14, 3).astimezone()


@pytest.fixture
def keeping(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The whole window, in which a copy of whatever has changed is due at once."""
    monkeypatch.setattr("coder_app.gui.backups.copies.is_due", _due_at_once)
    window.context.settings.values.backups = True
    yield window
    window.context.close()
    window.context.copies.finish()


def _due_at_once(project, now, *, elsewhere=None):
    from coder_app.store.backups import backups, is_kept

    return not is_kept(project, backups(project.path, elsewhere))


@pytest.fixture
def copied(coded: SimpleNamespace) -> Path:
    """The path of the small project, closed, with three copies, each with a code less than the next."""
    for number in range(3):
        keep_copy(coded.project, FIRST + timedelta(days=number))
        add_code(coded.project, f"Later {number}")
    coded.project.close()
    return coded.project.path
