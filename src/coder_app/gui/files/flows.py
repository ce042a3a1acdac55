"""All flows between files and the project under one name, as the window knows them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coder_app.gui.backups.flow import BackupFlow
from coder_app.gui.context import Context
from coder_app.gui.files.exchange_flow import ExchangeFlow
from coder_app.gui.files.import_flow import ImportFlow
from coder_app.gui.files.new_project import SUFFIX
from coder_app.gui.files.project_flow import ProjectFlow


class FileFlows(QObject):
    """Projects, sources, codebooks and annotation sets on their way from files and to files."""

    sources_imported = Signal(list)
    """Sources were imported; carries their ids."""

    def __init__(self, context: Context, parent_widget: QWidget) -> None:
        super().__init__(parent_widget)
        self.project = ProjectFlow(context, parent_widget)
        self.imports = ImportFlow(context, parent_widget)
        self.backups = BackupFlow(context, parent_widget, self.project.open_path)
        self.project.damage_found.connect(self.backups.offer)
        self.project.repair_requested.connect(self.backups.repair)
        self.exchange = ExchangeFlow(context, parent_widget)
        self.imports.sources_imported.connect(self.sources_imported)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions of the menu File."""
        parts = (self.project, self.imports, self.exchange, self.backups)
        return {action: handler for part in parts for action, handler in part.handlers().items()}

    def open_path(self, path: Path) -> None:
        """Open the project at `path`."""
        self.project.open_path(path)

    def new_coder(self) -> None:
        """Ask for the name of another coder."""
        self.project.new_coder()

    def rename_coder(self, coder_id: str) -> None:
        """Ask for another name of a coder."""
        self.project.rename_coder(coder_id)

    def import_paths(self, paths: list[Path]) -> None:
        """Import files and folders; a project among them is opened instead."""
        projects = [path for path in paths if path.suffix.lower() == SUFFIX and path.is_file()]
        if projects:
            self.project.open_path(projects[0])
        else:
            self.imports.import_paths(paths)
