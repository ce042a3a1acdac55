"""Tables of codes by sources, cases, values and coders, and what else a coded material shows without pairs."""
