"""How the window is put together."""

import pytest

from coder_app.app import known_theme


@pytest.mark.parametrize("choice", ["light", "dark", "high_contrast", "system"])
def test_a_theme_that_there_is_is_shown(choice: str) -> None:
    assert known_theme(choice) == choice


@pytest.mark.parametrize("choice", ["", "solarized", "../light"])
def test_an_unknown_theme_means_the_desktops_own(choice: str) -> None:
    assert known_theme(choice) == "system"
