"""The codebook as a tree: to find, apply, order and describe codes."""
