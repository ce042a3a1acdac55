"""What every test stands on: no display needed, nobody's settings touched, no network."""

import os
import socket
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("MPLBACKEND", "Agg")

# A slow or busy machine is no failure; `HYPOTHESIS_PROFILE=long` searches further.
settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True, scope="session")
def _home_of_its_own():
    """Settings, logs and caches of the app and of matplotlib go to a folder that vanishes with the run."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"):
            patch.setenv(variable, str(Path(home) / variable.lower()))
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Let nothing that a test calls reach another machine."""

    def refuse(_self: socket.socket, address: object) -> NoReturn:
        pytest.fail(f"something tried to connect to {address}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        yield
