"""The only user of SQLite: the project file, its journal, undo, verification and backup."""
