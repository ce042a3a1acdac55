"""Readers of files: a file comes in, its text and blocks come out; nothing is written to a project."""
