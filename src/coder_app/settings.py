"""What a person prefers, on this machine: typed, versioned, kept in a JSON file outside any project."""

from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

VERSION = 1
"""Raised when a field changes its meaning; a new field with a default needs no new version."""

_RECENT = 8


class Settings(BaseModel):
    """The settings with their defaults; keys that a newer app wrote are kept."""

    model_config = ConfigDict(extra="allow")

    version: int = VERSION
    theme: str = "system"
    text_scale: float = Field(default=1.0, ge=0.5, le=3.0)
    reader_font: str = ""
    reader_size: int = Field(default=17, ge=8, le=48)
    reader_columns: int = Field(default=66, ge=30, le=160)
    reader_line_height: float = Field(default=1.6, ge=1.0, le=3.0)
    reader_numbers: str = ""
    reader_margin: bool = True
    reader_minimap: bool = True
    language: str = ""
    coder_name: str = ""
    last_folder: str = ""
    backups: bool = True
    backup_folder: str = ""
    sync_by_itself: bool = True
    sync_minutes: int = Field(default=5, ge=1, le=120)
    recent: list[str] = Field(default_factory=list[str])
    codes_shown: dict[str, dict[str, list[str]]] = Field(default_factory=dict[str, dict[str, list[str]]])
    shortcuts: dict[str, list[str]] = Field(default_factory=dict[str, list[str]])

    def backups_elsewhere(self) -> Path | None:
        """Return the folder that was chosen for the backups of all projects; None: each beside its project."""
        return Path(self.backup_folder) if self.backup_folder else None

    def remember(self, project: Path) -> None:
        """Put a project at the front of the recent ones."""
        path = str(project.absolute())
        self.recent = [path, *(other for other in self.recent if other != path)][:_RECENT]

    def forget(self, project: Path) -> None:
        """Take a project that is gone out of the recent ones."""
        self.recent = [other for other in self.recent if other != str(project.absolute())]


class SettingsFile:
    """The settings of the person at this machine and the file that keeps them."""

    def __init__(self, path: Path | None = None) -> None:
        """Read the settings; a missing or broken file means the defaults, and a broken one is set aside."""
        self.path = path or _default_path()
        self.values = self._read()

    def _read(self) -> Settings:
        try:
            return Settings.model_validate_json(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValidationError, UnicodeDecodeError):
            with suppress(OSError):
                self.path.replace(self.path.with_suffix(".broken.json"))
            return Settings()

    def save(self) -> None:
        """Write the settings, whole or not at all; a folder that cannot be written to is no reason to stop."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_suffix(".new")
            temporary.write_text(self.values.model_dump_json(indent=2), encoding="utf-8")
            temporary.replace(self.path)
        except OSError:
            return


def _default_path() -> Path:
    from platformdirs import user_config_path

    return user_config_path("coder-app", appauthor=False) / "settings.json"
