"""Passages to read through: those of a code, or those that a search found."""
