"""Finds a code by typing, or makes it: for coding, recoding, moving and merging alike."""
