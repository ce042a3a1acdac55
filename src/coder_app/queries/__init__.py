"""Reads: one file per noun, each function answers one question about a project."""
