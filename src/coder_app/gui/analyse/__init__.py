"""The layout for counting: which codes occur together, how often, and in which passages."""
