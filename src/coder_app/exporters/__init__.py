"""Writers of files that other programs read; each takes domain values and a path."""
