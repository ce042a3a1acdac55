"""The history: what was done, what was deleted, how the codebook developed, the project as it was."""
