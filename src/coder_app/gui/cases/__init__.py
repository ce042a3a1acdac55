"""The layout for cases: grids of cases and sources by variables, what belongs to a case, sets."""
