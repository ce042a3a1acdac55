"""What a person prefers is kept, and a file that cannot be read never keeps the app from starting."""

import json
from pathlib import Path

import pytest

from coder_app.settings import Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def test_without_a_file_the_defaults_hold_and_nothing_is_written(path: Path) -> None:
    assert SettingsFile(path).values == Settings()
    assert not path.parent.exists()


def test_what_was_saved_is_read_again(path: Path) -> None:
    settings = SettingsFile(path)
    settings.values.theme = "dark"
    settings.values.shortcuts = {"code.add": ["Ctrl+J"]}
    settings.save()
    again = SettingsFile(path).values
    assert (again.theme, again.shortcuts) == ("dark", {"code.add": ["Ctrl+J"]})
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"text_scale": 900}', b'{"recent": 5}'])
def test_a_broken_file_is_set_aside_and_the_defaults_hold(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert SettingsFile(path).values == Settings()
    assert path.with_suffix(".broken.json").read_bytes() == content
    assert not path.exists()


def test_a_folder_in_the_files_place_is_no_reason_to_stop(path: Path) -> None:
    path.mkdir(parents=True)
    settings = SettingsFile(path)
    assert settings.values == Settings()
    settings.save()


def test_what_a_newer_app_wrote_is_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"theme": "dark", "sparkles": {"many": 3}}), encoding="utf-8")
    settings = SettingsFile(path)
    settings.values.theme = "light"
    settings.save()
    assert json.loads(path.read_text(encoding="utf-8"))["sparkles"] == {"many": 3}


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_stop(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    SettingsFile(blocked / "settings.json").save()
    assert blocked.is_file()


def test_recent_projects_come_newest_first_once_each_and_not_too_many(tmp_path: Path) -> None:
    settings = Settings()
    for n in [*range(10), 3]:
        settings.remember(tmp_path / f"{n}.coder")
    assert len(settings.recent) == 8
    assert settings.recent[:2] == [str(tmp_path / "3.coder"), str(tmp_path / "9.coder")]
    assert len(set(settings.recent)) == 8
    settings.forget(tmp_path / "9.coder")
    assert str(tmp_path / "9.coder") not in settings.recent
