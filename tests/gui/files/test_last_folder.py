"""Dialogs for opening begin where something was chosen last, also after a new start."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from coder_app.gui.context import Context
from coder_app.gui.files import choose
from coder_app.gui.files.flows import FileFlows
from coder_app.settings import SettingsFile


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Stand for the desktop's windows: note where they begin, and choose a file in the folder “chosen”."""
    (tmp_path / "chosen").mkdir()
    begun: list[Path] = []

    def one(_parent, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        begun.append(Path(folder))
        return str(tmp_path / "chosen" / "file.csv"), ""

    def several(*arguments) -> tuple[list[str], str]:
        return [one(*arguments)[0]], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
    return begun


@pytest.mark.parametrize(
    "action", ["project.open", "sources.import", "codebook.import", "codings.import"], ids=lambda one: one
)
@pytest.mark.usefixtures("project")
def test_the_folder_is_known_the_next_time(
    context: Context, flows: FileFlows, asked: list[Path], until_idle, tmp_path: Path, action: str
) -> None:
    settings = context.settings
    for _ in range(2):
        flows.handlers()[action]()
        until_idle()
    assert asked == [choose.documents(), tmp_path / "chosen"]
    assert choose.last_folder(SettingsFile(settings.path)) == tmp_path / "chosen"


def test_a_folder_that_is_gone_gives_way_to_that_of_documents(context: Context, tmp_path: Path) -> None:
    settings = context.settings
    choose.remember(settings, tmp_path / "gone" / "file.csv")
    assert choose.last_folder(settings) == choose.documents()
