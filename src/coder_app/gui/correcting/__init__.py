"""Texts that are corrected after they were coded: the draft, a newer file, and what is then to check."""
