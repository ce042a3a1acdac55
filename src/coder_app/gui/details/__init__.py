"""The panel at the right: the chosen segment, the memo on it, and what its code means."""
