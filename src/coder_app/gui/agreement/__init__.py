"""The layout for coders who code the same texts: how far they agree, where they differ, and what is decided."""
