"""Shared codebooks in the window: publishing, taking what is new, reviewing what was coded under older words."""
