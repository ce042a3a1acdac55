"""Writes: one function per thing that a user can do, each one named step of Undo."""
