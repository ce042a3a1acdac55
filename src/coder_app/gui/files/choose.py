"""Asks for files and folders with the desktop's own windows."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from coder_app.settings import SettingsFile

Kinds = Sequence[tuple[str, str]]
"""What may be chosen: words for people and the suffixes, such as ("Codebook", ".json .csv"); "" is any file."""


def documents() -> Path:
    """Return the folder in which a person keeps documents, or else the home folder."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def last_folder(settings: SettingsFile) -> Path:
    """Return the folder in which something was chosen last, or else the one for documents."""
    last = Path(settings.values.last_folder)
    return last if settings.values.last_folder and last.is_dir() else documents()


def remember(settings: SettingsFile, path: Path) -> None:
    """Begin in the folder of `path` the next time, also after a new start."""
    settings.values.last_folder = str(path.absolute().parent)
    settings.save()


def files(parent: QWidget | None, title: str, folder: Path, kinds: Kinds) -> list[Path]:
    """Return the files that the person chose, or none."""
    found, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), ";;".join(map(_filter, kinds)))
    return [Path(name) for name in found]


def file(parent: QWidget | None, title: str, folder: Path, kinds: Kinds) -> Path | None:
    """Return the one file that the person chose, or None."""
    found, _ = QFileDialog.getOpenFileName(parent, title, str(folder), ";;".join(map(_filter, kinds)))
    return Path(found) if found else None


def folder(parent: QWidget | None, title: str, start: Path) -> Path | None:
    """Return the folder that the person chose, or None."""
    found = QFileDialog.getExistingDirectory(parent, title, str(start))
    return Path(found) if found else None


def target(
    parent: QWidget | None, title: str, suggestion: Path, kinds: Kinds, *, may_replace: bool = True
) -> Path | None:
    """Return where the person wants to write, with the suffix of the kind chosen where none was typed."""
    dialog = QFileDialog(parent, title, str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not may_replace)
    suffixes = {_filter(kind): kind[1].split()[0].removeprefix(".") for kind in kinds}
    dialog.setNameFilters(list(suffixes))

    def use_suffix(chosen: str) -> None:
        dialog.setDefaultSuffix(suffixes[chosen])

    dialog.filterSelected.connect(use_suffix)
    dialog.setDefaultSuffix(next(iter(suffixes.values())))
    dialog.selectFile(suggestion.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    suffix = dialog.defaultSuffix()
    dialog.deleteLater()
    if not chosen:
        return None
    path = Path(chosen[0])
    # Qt leaves the suffix out where the program's own folder happens to hold a folder of the typed name.
    return path if path.suffix else path.with_name(f"{path.name}.{suffix}")


def _filter(kind: tuple[str, str]) -> str:
    name, suffixes = kind
    patterns = " ".join("*" + suffix for suffix in suffixes.split()) or "*"
    return f"{name} ({patterns})"
