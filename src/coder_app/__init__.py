"""Coder App: qualitative coding of texts, with a journal in which nothing is ever lost."""

__version__ = "0.1.0"
